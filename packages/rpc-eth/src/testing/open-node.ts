import { decodeHex } from "@dragoman/bytes";
import { BlockProducer, LedgerClock } from "@dragoman/ledger";
import { EvmLedger } from "@dragoman/ledger-evm";
import type { RpcServer } from "@dragoman/rpc-server";
import { privateKeyToAccount } from "viem/accounts";
import { startEthRpc } from "../start-eth-rpc.ts";

export const alice = privateKeyToAccount(`0x${"a1".repeat(32)}`);
export const bob = privateKeyToAccount(`0x${"b0".repeat(32)}`);
export const ETHER = 10n ** 18n;
export const GENESIS_TIME = 1_700_000_000;

/** A node with one rich account, that makes a block for every transaction. */
export async function openNode(): Promise<{
  readonly ledger: EvmLedger;
  readonly producer: BlockProducer<EvmLedger["blocks"]["head"]>;
  readonly clock: LedgerClock;
  readonly server: RpcServer;
  readonly log: readonly string[];
}> {
  const clock = new LedgerClock(() => GENESIS_TIME * 1000);
  const accounts = [[decodeHex(alice.address), { balance: 1000n * ETHER }]] as const;
  const genesis = { chainId: 1337n, timestamp: GENESIS_TIME, accounts };
  const ledger = new EvmLedger({ clock, genesis, finalityDepth: 5 });
  const producer = new BlockProducer(ledger, { kind: "instant" });
  const lines: string[] = [];
  const server = await startEthRpc({ ledger, producer, clock, log: (line) => lines.push(line) });
  return { ledger, producer, clock, server, log: lines };
}
