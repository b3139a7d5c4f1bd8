import { encodeHex } from "@dragoman/bytes";
import {
  DIGEST_ITEM,
  encode,
  type SubstrateBlock,
  type SubstrateLedger,
} from "@dragoman/ledger-substrate";
import { type RpcMethod, refuseParams, type Subscriptions } from "@dragoman/rpc-server";
import { findBlock } from "../parameters.ts";
import { feed } from "./feed.ts";

/** A header in JSON. */
export function headerJson({ header }: SubstrateBlock): object {
  return {
    parentHash: encodeHex(header.parent_hash),
    number: `0x${header.number.toString(16)}`,
    stateRoot: encodeHex(header.state_root),
    extrinsicsRoot: encodeHex(header.extrinsics_root),
    digest: { logs: header.digest.logs.map((log) => encodeHex(encode(DIGEST_ITEM, log))) },
  };
}

/** `chain_*`: blocks, and who hears of them. */
export function chainMethods(
  ledger: SubstrateLedger,
  subscriptions: Subscriptions,
): [string, RpcMethod][] {
  const { blocks } = ledger;
  const hashAt = (height: unknown): string | null => {
    const number = typeof height === "string" ? Number(height) : height;
    if (typeof number !== "number" || !Number.isInteger(number) || number < 0) {
      return refuseParams("Invalid params: a block number is an unsigned integer");
    }
    const block = blocks.at(number);
    return block === undefined ? null : encodeHex(block.hash);
  };
  return [
    [
      "chain_getBlockHash",
      ([height]) => {
        if (height === undefined || height === null) return encodeHex(blocks.head.hash);
        return Array.isArray(height) ? height.map(hashAt) : hashAt(height);
      },
    ],
    [
      "chain_getHeader",
      ([hash]) => {
        const block = findBlock(ledger, hash);
        return block === undefined ? null : headerJson(block);
      },
    ],
    [
      "chain_getBlock",
      ([hash]) => {
        const block = findBlock(ledger, hash);
        if (block === undefined) return null;
        const extrinsics = block.extrinsics.map(({ bytes }) => encodeHex(bytes));
        return { block: { header: headerJson(block), extrinsics }, justifications: null };
      },
    ],
    ["chain_getFinalizedHead", () => encodeHex(blocks.finalized.hash)],
    // The older name is what @polkadot/api calls.
    ...["NewHeads", "NewHead"].flatMap((noun) =>
      feed(subscriptions, heads(noun, "newHead"), (send) => {
        send(headerJson(blocks.head));
        return blocks.subscribe(() => send(headerJson(blocks.head)));
      }),
    ),
    ...feed(subscriptions, heads("AllHeads", "allHead"), (send) => {
      send(headerJson(blocks.head));
      return blocks.subscribe((event) => {
        if (event.kind === "block") send(headerJson(event.block));
      });
    }),
    ...feed(subscriptions, heads("FinalizedHeads", "finalizedHead"), (send) => {
      let sent = blocks.finalized.height;
      send(headerJson(blocks.finalized));
      return blocks.subscribe(() => {
        const { height } = blocks.finalized;
        for (let at = sent + 1; at <= height; at++) send(headerJson(blocks.at(at)!));
        sent = Math.max(sent, height);
      });
    }),
  ];
}

const heads = (noun: string, event: string) => ({
  open: `chain_subscribe${noun}`,
  close: `chain_unsubscribe${noun}`,
  event: `chain_${event}`,
});
