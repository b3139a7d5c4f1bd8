import { BlockProducer, LedgerClock, type LedgerInput } from "@dragoman/ledger";
import { type EvmBlock, EvmLedger } from "@dragoman/ledger-evm";
import type { RpcServer } from "@dragoman/rpc-server";
import { startEthRpc } from "../start-eth-rpc.ts";

export interface TestNodeOptions {
  /** 20-byte addresses that have a thousand ether each. */
  readonly rich: readonly Uint8Array[];
  readonly finalityDepth: number;
  /** Applied before the node answers. */
  readonly inputs?: readonly LedgerInput[];
  readonly port?: number;
}

export interface TestNode {
  readonly ledger: EvmLedger;
  readonly producer: BlockProducer<EvmBlock>;
  readonly clock: LedgerClock;
  readonly server: RpcServer;
  /** What the ledger took, from genesis on. */
  readonly inputs: readonly LedgerInput[];
  /** Unexpected errors. */
  readonly lines: readonly string[];
}

/** Time at which test chains stand, seconds since 1970-01-01. */
export const GENESIS_TIME = 1_700_000_000;
const BALANCE = 1000n * 10n ** 18n;

/** A node in this process that makes a block for every transaction; chain 1337, its clock standing still. */
export async function startTestNode(options: TestNodeOptions): Promise<TestNode> {
  const { rich, finalityDepth, port } = options;
  const clock = new LedgerClock(() => GENESIS_TIME * 1000);
  const accounts = rich.map((address) => [address, { balance: BALANCE }] as const);
  const genesis = { chainId: 1337n, timestamp: GENESIS_TIME, accounts };
  const ledger = new EvmLedger({ clock, genesis, finalityDepth });
  const inputs = [...(options.inputs ?? [])];
  for (const input of inputs) ledger.apply(input);
  ledger.onInput((input) => inputs.push(input));
  const producer = new BlockProducer(ledger, { kind: "instant" });
  const lines: string[] = [];
  const server = await startEthRpc({
    ...{ ledger, producer, clock, log: (line: string) => lines.push(line) },
    ...(port === undefined ? {} : { port }),
  });
  return { ledger, producer, clock, server, inputs, lines };
}
