import { Journal, MemoryState } from "@dragoman/core";
import { type Account, type ForkName, scheduleOf, writeAccount } from "@dragoman/frontend-evm";
import type { ChainState } from "@dragoman/ledger";
import { bloomOf } from "./block/bloom.ts";
import { type EvmBlock, NO_WITHDRAWALS, sealBlock, ZERO_HASH } from "./block/evm-block.ts";
import type { ForkBase } from "./fork/fork-base.ts";
import { ForkedState } from "./fork/forked-state.ts";
import { type CodeTable, updateStateTrie } from "./state-trie.ts";
import { requestsHash } from "./system/block-requests.ts";
import { SYSTEM_CONTRACTS } from "./system/system-contracts.ts";
import { EMPTY_ROOT } from "./trie/trie.ts";

/** Block 0 and what is the same in all blocks. */
export interface EvmGenesis {
  readonly chainId: bigint;
  /** Seconds since 1970-01-01. */
  readonly timestamp: number;
  /** Accounts by 20-byte address, beside the contracts that the protocol calls. */
  readonly accounts?: Iterable<readonly [address: Uint8Array, account: Account]>;
  /** Gas of a block; default 30,000,000. */
  readonly gasLimit?: bigint;
  /** Wei a unit of gas in block 0; default 10^9. */
  readonly baseFee?: bigint;
  /** Receives tips; default: the zero address. */
  readonly coinbase?: Uint8Array;
}

/** A chain that goes on from a block of another one, which keeps its number and hash. */
export interface ForkedGenesis {
  readonly chainId: bigint;
  readonly base: ForkBase;
  /** What is otherwise than in the base, by 20-byte address. */
  readonly accounts?: EvmGenesis["accounts"];
}

/** The lowest block of a chain, the state behind it, and the code in it as far as it is known. */
export interface OpenedGenesis {
  readonly block: EvmBlock;
  readonly state: ChainState;
  readonly codes: CodeTable;
}

const GAS_LIMIT = 30_000_000n;
const BASE_FEE = 1_000_000_000n;
const NOBODY = new Uint8Array(20);
const NAME = new TextEncoder().encode("dragoman");

/** Block 0, the state that it leaves, and the code in it. */
export function openGenesis(genesis: EvmGenesis, fork: ForkName): OpenedGenesis {
  const state = new MemoryState();
  const journal = new Journal(state);
  const { rules } = scheduleOf(fork);
  for (const { address, code, isActive } of SYSTEM_CONTRACTS) {
    if (isActive(rules)) writeAccount(journal, address, { nonce: 1n, code });
  }
  for (const [address, account] of genesis.accounts ?? []) writeAccount(journal, address, account);
  const changes = journal.changes();
  state.apply(changes);
  const codes: CodeTable = new Map();
  const trie = updateStateTrie(undefined, changes, codes);
  const header = {
    parentHash: ZERO_HASH,
    coinbase: genesis.coinbase ?? NOBODY,
    stateRoot: trie?.hash() ?? EMPTY_ROOT,
    transactionsRoot: EMPTY_ROOT,
    receiptsRoot: EMPTY_ROOT,
    bloom: bloomOf([]),
    number: 0,
    gasLimit: genesis.gasLimit ?? GAS_LIMIT,
    gasUsed: 0n,
    timestamp: genesis.timestamp,
    extraData: NAME,
    prevRandao: ZERO_HASH,
    baseFee: genesis.baseFee ?? BASE_FEE,
    ...(rules.withdrawals ? { withdrawalsRoot: NO_WITHDRAWALS } : {}),
    ...(rules.blobMax > 0 ? { blobGasUsed: 0n, excessBlobGas: 0n } : {}),
    ...(rules.beaconRoot ? { parentBeaconRoot: ZERO_HASH } : {}),
    ...(rules.requests ? { requestsHash: requestsHash([]) } : {}),
  };
  return { block: sealBlock(header, [], [], [], trie), state, codes };
}

/** The forked block, without its transactions and receipts: those are the other chain's. */
export function openFork({ base, accounts = [] }: ForkedGenesis): OpenedGenesis {
  const state = new ForkedState(base.state);
  const journal = new Journal(state);
  for (const [address, account] of accounts) writeAccount(journal, address, account);
  const changes = journal.changes();
  state.apply(changes);
  const codes: CodeTable = new Map();
  const trie = updateStateTrie(undefined, changes, codes, false, base.state);
  const { header, hash } = base;
  return { block: { ...sealBlock(header, [], [], [], trie), hash }, state, codes };
}
