import { LinearMemory } from "@dragoman/core";
import type { ForkName } from "@dragoman/frontend-evm";
import { keccak_256 } from "@noble/hashes/sha3.js";
import type { FuzzOptions, FuzzReport } from "../fuzz.ts";
import { AnvilChain } from "./anvil-chain.ts";
import { anvilProgram } from "./anvil-node.ts";
import {
  addressHex,
  BLOCK_GAS_LIMIT,
  type BlockCase,
  type BlockEnding,
  type BlockPlan,
  type BlockSite,
  GENESIS_NUMBER,
} from "./block-case.ts";
import { blockDifference } from "./block-difference.ts";
import { EthereumJsChain } from "./ethereumjs-chain.ts";
import { makeBlockCase } from "./make-case.ts";
import { OurChain } from "./our-chain.ts";

/** Of so many cases one has what anvil does not follow: it is not asked then. */
const FULL_EVERY = 8;
/** Of so many cases one also runs compiled. */
const COMPILED_EVERY = 4;
const MISMATCHES_MAX = 20;

/** Forks in turn: the newest two, of which no filled state tests are at hand. */
const FORKS: readonly ForkName[] = ["prague", "osaka"];

/**
 * Blocks of random signed transactions on our ledger's rules, in both tiers, against @ethereumjs/vm and, where it is installed, anvil:
 * validity, status, gas, logs, created address, all accounts, state root after each transaction, hash of the block. A case is one transaction of the report.
 */
export async function fuzzEvmTransactions({
  count,
  seed,
  onProgress,
}: FuzzOptions): Promise<FuzzReport> {
  const program = anvilProgram();
  const nodes = new Map<ForkName, AnvilChain>();
  const run: FuzzRun = { memory: new LinearMemory(), mismatches: [], cases: 0 };
  try {
    for (let i = 0; run.cases < count && run.mismatches.length < MISMATCHES_MAX; i++) {
      const at = seed + i;
      const fork = FORKS[at % FORKS.length] as ForkName;
      const full = Math.floor(at / FORKS.length) % FULL_EVERY === 0;
      const test = makeBlockCase(at, { fork, full });
      if (program !== undefined && !full && !nodes.has(fork)) {
        nodes.set(fork, await AnvilChain.open(program, fork));
      }
      await runCase(run, test, full ? undefined : nodes.get(fork));
      onProgress?.(run.cases);
    }
  } finally {
    for (const node of nodes.values()) await node.stop();
  }
  return { cases: run.cases, mismatches: run.mismatches };
}

interface FuzzRun {
  readonly memory: LinearMemory;
  readonly mismatches: { readonly seed: number; readonly why: string }[];
  cases: number;
}

async function runCase(
  run: FuzzRun,
  test: BlockCase,
  anvil: AnvilChain | undefined,
): Promise<void> {
  const { fork, accounts, seed } = test;
  const exact = new OurChain(fork, "interpret", run.memory, accounts);
  const compiled =
    seed % COMPILED_EVERY === 0 ? new OurChain(fork, "compile", run.memory, accounts) : undefined;
  const ethereumJs = await EthereumJsChain.open(fork, accounts);
  await anvil?.reset(accounts);
  let parentHash = 0n;
  const initial = new Map(accounts.map(({ address, balance }) => [addressHex(address), balance]));
  let balances = (address: string): bigint => initial.get(address as `0x${string}`) ?? 0n;
  for (const [i, plan] of test.blocks.entries()) {
    const theirs = await anvil?.run(plan);
    const site = theirs?.site ?? siteOf(plan, i, parentHash);
    parentHash = BigInt(`0x${Buffer.from(keccak_256(Uint8Array.of(seed, i))).toString("hex")}`);
    const sealed = exact.seal(site, plan.transactions);
    const ours = { ...exact.run(site, plan.transactions), ...sealed };
    const others: [string, BlockEnding | undefined][] = [
      ["compiled", compiled?.run(site, plan.transactions)],
      ["@ethereumjs/vm", await ethereumJs.run(site, plan.transactions, touched(ours))],
      ["anvil", theirs?.ending],
    ];
    for (const [name, other] of others) {
      if (name === "anvil" && other !== undefined && payInsideBlock(ours, other, plan, balances)) {
        return;
      }
      const why = other && blockDifference(ours, other, plan.transactions);
      if (why === undefined) continue;
      run.mismatches.push({ seed, why: `${fork}, block ${i}, against ${name}: ${why}` });
      return;
    }
    run.cases += plan.transactions.length;
    balances = (address) => ours.accounts.get(address)?.balance ?? 0n;
  }
}

/**
 * True if the pool of a node refused what the block itself pays for: it looks at balances before the block, the protocol where the transaction
 * stands. From there on the node is in another state.
 */
function payInsideBlock(
  ours: BlockEnding,
  theirs: BlockEnding,
  { transactions }: BlockPlan,
  balanceBefore: (address: string) => bigint,
): boolean {
  return transactions.some(({ payer, costMax }, i) => {
    const [own, other] = [ours.transactions[i], theirs.transactions[i]];
    if (own === undefined || other === undefined || "refused" in own) return false;
    return "refused" in other && balanceBefore(payer) < costMax;
  });
}

/** Accounts and slots that are read of a state which cannot be listed. */
const touched = (ending: BlockEnding): Map<string, Iterable<string>> =>
  new Map([...ending.accounts].map(([address, { storage }]) => [address, storage.keys()]));

/** A header without a node that makes one. */
function siteOf(plan: BlockPlan, index: number, parentHash: bigint): BlockSite {
  return {
    number: GENESIS_NUMBER + 1 + index,
    timestamp: plan.timestamp,
    coinbase: plan.coinbase,
    baseFee: plan.baseFee,
    gasLimit: BLOCK_GAS_LIMIT,
    prevRandao: parentHash >> 1n,
    parentHash,
    excessBlobGas: plan.excessBlobGas,
  };
}
