import type { BlockProducer, LedgerClock } from "@dragoman/ledger";
import type { SubstrateBlock, SubstrateLedger } from "@dragoman/ledger-substrate";
import {
  developerMethods,
  type RpcMethod,
  type RpcServer,
  Subscriptions,
  startRpcServer,
} from "@dragoman/rpc-server";
import { explainFault } from "./chain-error.ts";
import { authorMethods } from "./methods/author-methods.ts";
import { chainMethods } from "./methods/chain-methods.ts";
import { stateMethods } from "./methods/state-methods.ts";
import { storageMethods } from "./methods/storage-methods.ts";
import { systemMethods } from "./methods/system-methods.ts";
import { bytesOf, listOf } from "./parameters.ts";

export interface SubstrateRpcOptions {
  readonly ledger: SubstrateLedger;
  readonly producer: BlockProducer<SubstrateBlock>;
  readonly clock: LedgerClock;
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** 0 = any free one. HTTP and WebSocket share it. */
  readonly port: number;
  /** Hears of unexpected errors; default: standard error. */
  readonly log?: (line: string) => void;
}

/** Serves a ledger's Substrate JSON-RPC. Rejects with the error of Node if the address cannot be bound. */
export function startSubstrateRpc(options: SubstrateRpcOptions): Promise<RpcServer> {
  const { ledger, producer, clock, host, port, log } = options;
  const subscriptions = new Subscriptions();
  const methods = new Map<string, RpcMethod>([
    ...authorMethods(ledger, producer, subscriptions),
    ...chainMethods(ledger, subscriptions),
    ...stateMethods(ledger, subscriptions),
    ...storageMethods(ledger, subscriptions),
    ...systemMethods(ledger),
    ...developerMethods({ ledger, producer, clock }),
    ["dragoman_setStorage", ([entries]) => setStorage(ledger, entries)],
  ]);
  methods.set("rpc_methods", () => ({ methods: [...methods.keys()].sort() }));
  return startRpcServer({
    port,
    methods,
    explain: explainFault,
    ...(host === undefined ? {} : { host }),
    ...(log === undefined ? {} : { log }),
  });
}

/** `dragoman_setStorage [[key, value | null]…]`: writes raw storage in a block of its own; answers the head's height. */
function setStorage(ledger: SubstrateLedger, entries: unknown): number {
  const decree = listOf(entries, "entries").map((entry) => {
    const [key, value] = listOf(entry, "an entry");
    const bytes = value === null || value === undefined ? undefined : bytesOf(value, "value");
    return [bytesOf(key, "key"), bytes] as const;
  });
  return ledger.decree(decree).height;
}
