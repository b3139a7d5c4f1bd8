import { encodeHex } from "@dragoman/bytes";
import { DOMAIN } from "@dragoman/frontend-evm";
import type { BlockProducer } from "@dragoman/ledger";
import type { AccountProof, EvmBlock, EvmLedger } from "@dragoman/ledger-evm";
import { RpcError, type RpcMethod, refuseParams } from "@dragoman/rpc-server";
import { failureOf } from "../explain-failure.ts";
import {
  readAddress,
  readArray,
  readCall,
  readData,
  readSlot,
  readStateAt,
  SERVER_ERROR,
} from "../read-params.ts";
import { quantity } from "../views.ts";

/** Slots of one proof at most, as in geth. */
const PROOF_SLOTS_MAX = 1024;
const ZERO_WORD = `0x${"00".repeat(32)}`;

/** Accounts, calls and transactions that are sent. */
export function stateMethods(
  ledger: EvmLedger,
  producer: BlockProducer<EvmBlock>,
): Record<string, RpcMethod> {
  return {
    eth_getBalance: ([address, at]) =>
      quantity(ledger.account(readAddress(address), readStateAt(ledger, at)).balance),
    eth_getCode: ([address, at]) =>
      encodeHex(ledger.account(readAddress(address), readStateAt(ledger, at)).code),
    eth_getTransactionCount: ([address, at]) => {
      const sender = readAddress(address);
      if (at === "pending") return quantity(ledger.nextNonce(sender));
      return quantity(ledger.account(sender, readStateAt(ledger, at)).nonce);
    },
    eth_getStorageAt: ([address, slot, at]) => {
      const state = ledger.stateAt(readStateAt(ledger, at));
      const word = state.read(DOMAIN.STORAGE, readAddress(address), readSlot(slot));
      return word === undefined ? ZERO_WORD : encodeHex(word);
    },
    eth_getProof: ([address, slots, at]) => {
      const account = readAddress(address);
      const keys = readArray(slots ?? [], "storage keys");
      if (keys.length > PROOF_SLOTS_MAX) refuseParams(`too many keys: ${keys.length}`);
      const proof = ledger.proof(account, keys.map(readSlot), readStateAt(ledger, at));
      return proofView(account, proof);
    },
    eth_call: ([call, at, overrides]) => {
      const executed = ledger.call(readCall(call, overrides), readStateAt(ledger, at));
      if (!executed.ok) throw failureOf(executed);
      return encodeHex(executed.output);
    },
    eth_estimateGas: ([call, at, overrides]) => {
      const estimate = ledger.estimateGas(
        readCall(call, overrides),
        readStateAt(ledger, at, "pending"),
      );
      if ("gas" in estimate) return quantity(estimate.gas);
      const { failure, allowance } = estimate;
      const error = failureOf(failure);
      if (error.message !== "out of gas") throw error;
      throw new RpcError(SERVER_ERROR, `gas required exceeds allowance (${allowance})`);
    },
    eth_sendRawTransaction: ([raw]) =>
      encodeHex(producer.submit(readData(raw, "signed transaction"))),
  };
}

const proofView = (address: Uint8Array, proof: AccountProof): unknown => ({
  address: encodeHex(address),
  accountProof: proof.nodes.map((node) => encodeHex(node)),
  balance: quantity(proof.balance),
  codeHash: encodeHex(proof.codeHash),
  nonce: quantity(proof.nonce),
  storageHash: encodeHex(proof.storageRoot),
  storageProof: proof.slots.map(({ slot, value, nodes }) => ({
    key: encodeHex(slot),
    value: quantity(value),
    proof: nodes.map((node) => encodeHex(node)),
  })),
});
