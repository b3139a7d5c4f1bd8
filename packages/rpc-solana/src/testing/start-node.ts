import { type BlockMode, BlockProducer, LedgerClock } from "@dragoman/ledger";
import {
  type Faucet,
  faucetAccount,
  type KeyedAccount,
  type SolanaBlock,
  SvmLedger,
  wellKnownPrograms,
} from "@dragoman/ledger-svm";
import type { RpcServer } from "@dragoman/rpc-server";
import { startSolanaRpc } from "../start-solana-rpc.ts";

/** A node for tests, with all that a test may look into. */
export interface TestNode {
  readonly ledger: SvmLedger;
  readonly producer: BlockProducer<SolanaBlock>;
  readonly clock: LedgerClock;
  readonly server: RpcServer;
  /** Lines of unexpected errors; a test expects none. */
  readonly lines: string[];
  close(): Promise<void>;
}

export interface TestNodeOptions {
  readonly accounts?: readonly KeyedAccount[];
  readonly finalityDepth?: number;
  readonly mode?: BlockMode;
}

const FAUCET: Faucet = { secret: new Uint8Array(32).fill(0xfa) };
const FAUCET_LAMPORTS = 9_000_000_000_000_000n;
const GENESIS_TIME = 1_750_000_000;

/**
 * A node on free ports, whose clock stands but for what a test moves, with a faucet and the well-known programs if `litesvm` is there. Mode
 * `instant` by default, one block makes another final.
 */
export async function startTestNode(options: TestNodeOptions = {}): Promise<TestNode> {
  const { accounts = [], finalityDepth = 2, mode = { kind: "instant" } } = options;
  const programs = (await wellKnownPrograms()) ?? [];
  const clock = new LedgerClock(() => GENESIS_TIME * 1000);
  const ledger = new SvmLedger({
    clock,
    finalityDepth,
    genesis: {
      timestamp: GENESIS_TIME,
      accounts: [...programs, faucetAccount(FAUCET, FAUCET_LAMPORTS), ...accounts],
    },
  });
  const producer = new BlockProducer(ledger, mode);
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const server = await startSolanaRpc({ ledger, producer, clock, faucet: FAUCET, port: 0, log });
  return {
    ...{ ledger, producer, clock, server, lines },
    async close() {
      producer.stop();
      await server.close();
    },
  };
}
