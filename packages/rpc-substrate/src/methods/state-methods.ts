import { ByteReader, encodeHex } from "@dragoman/bytes";
import { encode, type SubstrateLedger } from "@dragoman/ledger-substrate";
import { RpcError, type RpcMethod, type Subscriptions } from "@dragoman/rpc-server";
import { CHAIN_ERROR } from "../chain-error.ts";
import { blockOf, bytesOf, textOf } from "../parameters.ts";
import type { RuntimeApiMethod } from "../runtime-api/runtime-api.ts";
import { metadata, RUNTIME_APIS, runtimeVersion } from "../runtime-api/runtime-apis.ts";
import { feed } from "./feed.ts";

const RUNTIME_METHODS: ReadonlyMap<string, RuntimeApiMethod> = new Map(
  RUNTIME_APIS.flatMap(({ name, methods }) =>
    Object.entries(methods).map(([method, run]) => [`${name}_${method}`, run] as const),
  ),
);

function versionJson(): object {
  const version = runtimeVersion();
  return {
    specName: version.spec_name,
    implName: version.impl_name,
    authoringVersion: version.authoring_version,
    specVersion: version.spec_version,
    implVersion: version.impl_version,
    apis: version.apis.map(([id, number]) => [encodeHex(id), number]),
    transactionVersion: version.transaction_version,
    systemVersion: version.system_version,
    stateVersion: version.system_version,
  };
}

function callRuntime(ledger: SubstrateLedger, params: readonly unknown[]): string {
  const [name, data, at] = params;
  const method = RUNTIME_METHODS.get(textOf(name, "method"));
  if (method === undefined) {
    const why = `Client error: Execution failed: Other: Exported method ${name} is not found`;
    throw new RpcError(CHAIN_ERROR.CLIENT, why);
  }
  const execution = ledger.executionAt(blockOf(ledger, at).height);
  const reader = new ByteReader(bytesOf(data, "data"));
  const inputs = Object.entries(method.inputs).map(
    ([input, shape]) => [input, shape.read(reader)] as const,
  );
  reader.finish();
  const result = method.run({ ledger, execution }, Object.fromEntries(inputs));
  return encodeHex(encode(method.output, result));
}

/** `state_*` but for storage: metadata, version, runtime calls. */
export function stateMethods(
  ledger: SubstrateLedger,
  subscriptions: Subscriptions,
): [string, RpcMethod][] {
  return [
    ["state_getMetadata", ([at]) => blockOf(ledger, at) && encodeHex(metadata(14))],
    ["state_getRuntimeVersion", ([at]) => blockOf(ledger, at) && versionJson()],
    ["state_call", (params) => callRuntime(ledger, params)],
    ...feed(
      subscriptions,
      {
        open: "state_subscribeRuntimeVersion",
        close: "state_unsubscribeRuntimeVersion",
        event: "state_runtimeVersion",
      },
      (send) => {
        send(versionJson());
        return () => {};
      },
    ),
  ];
}
