import { encodeHex } from "@dragoman/bytes";
import type { BlockProducer } from "@dragoman/ledger";
import { blake2b256, type SubstrateBlock, type SubstrateLedger } from "@dragoman/ledger-substrate";
import { RpcError, type RpcMethod, type Subscriptions } from "@dragoman/rpc-server";
import { CHAIN_ERROR, validityRpcError } from "../chain-error.ts";
import { bytesOf } from "../parameters.ts";
import { feed } from "./feed.ts";
import { watchExtrinsic } from "./watch-extrinsic.ts";

/** `author_*`: what comes into the pool. */
export function authorMethods(
  ledger: SubstrateLedger,
  producer: BlockProducer<SubstrateBlock>,
  subscriptions: Subscriptions,
): [string, RpcMethod][] {
  const readNew = (value: unknown): { bytes: Uint8Array; hash: Uint8Array } => {
    const bytes = bytesOf(value, "extrinsic");
    const hash = blake2b256(bytes);
    if (ledger.pool.has(hash)) {
      throw new RpcError(CHAIN_ERROR.ALREADY_IMPORTED, "Transaction Already Imported");
    }
    if (ledger.find(hash) !== undefined) throw validityRpcError("Stale");
    return { bytes, hash };
  };
  return [
    [
      "author_submitExtrinsic",
      ([extrinsic]) => {
        const { bytes } = readNew(extrinsic);
        return encodeHex(producer.submit(bytes));
      },
    ],
    ...feed(
      subscriptions,
      {
        open: "author_submitAndWatchExtrinsic",
        close: "author_unwatchExtrinsic",
        event: "author_extrinsicUpdate",
      },
      (send, [extrinsic]) => {
        const { bytes, hash } = readNew(extrinsic);
        const end = watchExtrinsic(ledger, hash, send);
        try {
          producer.submit(bytes);
        } catch (error) {
          end();
          throw error;
        }
        return end;
      },
    ),
    ["author_pendingExtrinsics", () => ledger.pool.extrinsics.map(({ bytes }) => encodeHex(bytes))],
  ];
}
