import { encodeHex } from "@dragoman/bytes";
import type { BlockProducer } from "@dragoman/ledger";
import type { EvmBlock, EvmLedger, ImpersonatedFields } from "@dragoman/ledger-evm";
import { RpcError, type RpcMethod } from "@dragoman/rpc-server";
import { failureOf } from "../explain-failure.ts";
import { readAddress, readCall, readQuantity, readRecord, SERVER_ERROR } from "../read-params.ts";

/** Tip of a transaction that names none, wei. */
const TIP = 1_000_000_000n;

/** Names under which development nodes have the methods of impersonation. */
const PREFIXES = ["anvil_", "hardhat_"] as const;

/**
 * `eth_sendTransaction` from accounts for which nobody signs: those that the node keeps unlocked, and those that a test impersonates. Contracts may be
 * among them. Such a transaction is an input of the ledger like any other.
 */
export function sendMethods(
  ledger: EvmLedger,
  producer: BlockProducer<EvmBlock>,
  unlocked: readonly Uint8Array[],
): Record<string, RpcMethod> {
  const own = new Set<string>(unlocked.map((address) => encodeHex(address)));
  const impersonated = new Set<string>();
  let isAuto = false;
  const methods: Record<string, RpcMethod> = {
    eth_accounts: () => [...own],
    eth_sendTransaction: ([request]) => {
      const { from } = readRecord(request, "transaction");
      const sender = readAddress(from, "from");
      const name = encodeHex(sender);
      if (!isAuto && !own.has(name) && !impersonated.has(name)) {
        const next = "sign it and use eth_sendRawTransaction, or anvil_impersonateAccount first";
        throw new RpcError(SERVER_ERROR, `no key for ${name}: ${next}`);
      }
      const fields = readTransaction(ledger, request, sender);
      return encodeHex(producer.submitBy(() => ledger.submitAs(sender, fields)));
    },
  };
  const switches: Record<string, RpcMethod> = {
    impersonateAccount: ([address]) => {
      impersonated.add(encodeHex(readAddress(address)));
      return true;
    },
    stopImpersonatingAccount: ([address]) => impersonated.delete(encodeHex(readAddress(address))),
    autoImpersonateAccount: ([on]) => {
      isAuto = on === true;
      return true;
    },
  };
  for (const [name, method] of Object.entries(switches)) {
    for (const prefix of PREFIXES) methods[`${prefix}${name}`] = method;
  }
  return methods;
}

/** What is not given is the next nonce, gas as estimated, and fees with which the next blocks take it. */
function readTransaction(
  ledger: EvmLedger,
  request: unknown,
  sender: Uint8Array,
): ImpersonatedFields {
  const { nonce, gasPrice, maxFeePerGas, maxPriorityFeePerGas } = readRecord(
    request,
    "transaction",
  );
  const call = readCall(request);
  const { baseFee } = ledger.nextHeader();
  const isLegacy = gasPrice != null;
  const tip =
    maxPriorityFeePerGas == null ? TIP : readQuantity(maxPriorityFeePerGas, "priority fee");
  const maxFee = isLegacy
    ? readQuantity(gasPrice, "gas price")
    : maxFeePerGas == null
      ? 2n * baseFee + tip
      : readQuantity(maxFeePerGas, "max fee");
  const { accessList = [] } = call;
  return {
    type: isLegacy ? (accessList.length > 0 ? 1 : 0) : 2,
    nonce: nonce == null ? ledger.nextNonce(sender) : readQuantity(nonce, "nonce"),
    gasLimit: call.gas ?? estimate(ledger, call),
    to: call.to,
    value: call.value ?? 0n,
    data: call.data ?? new Uint8Array(0),
    accessList,
    maxFee,
    maxPriorityFee: isLegacy || tip > maxFee ? maxFee : tip,
  };
}

function estimate(ledger: EvmLedger, call: ReturnType<typeof readCall>): bigint {
  const found = ledger.estimateGas(call);
  if ("gas" in found) return found.gas;
  throw failureOf(found.failure);
}
