import { decodeHex, encodeHex } from "@dragoman/bytes";
import { type CellChange, Engine, type LinearMemory, MemoryState, type Tier } from "@dragoman/core";
import { FaultError } from "@dragoman/fault";
import {
  DOMAIN,
  type Environment,
  evmRequest,
  type ForkName,
  readBalance,
  readCode,
  readNonce,
  scheduleOf,
  writeAccount,
} from "@dragoman/frontend-evm";
import {
  type CodeTable,
  decodeTransaction,
  type EvmTransaction,
  executeTransaction,
  objectionTo,
  type Trie,
  tipOf,
  trieRoot,
  updateStateTrie,
} from "@dragoman/ledger-evm";
import type { WorldAccount } from "../evm/case.ts";
import {
  type AccountEnding,
  addressHex,
  type BlockEnding,
  type BlockSite,
  CHAIN_ID,
  oldBlockHash,
  type SealedTransaction,
  type TransactionEnding,
  wordHex,
} from "./block-case.ts";
import { BEACON_ROOTS_CONTRACT, HISTORY_CONTRACT } from "./system-contracts.ts";

/** Caller of the protocol's calls. */
const SYSTEM = (1n << 160n) - 2n;

/** Our ledger's rules on a state of its own: decoding, checks, execution, state root. */
export class OurChain {
  readonly #fork: ForkName;
  readonly #tier: Tier;
  readonly #memory: LinearMemory;
  readonly #state = new MemoryState();
  readonly #codes: CodeTable = new Map();
  readonly #hashes = new Map<bigint, bigint>();
  #trie: Trie;

  constructor(fork: ForkName, tier: Tier, memory: LinearMemory, accounts: readonly WorldAccount[]) {
    this.#fork = fork;
    this.#tier = tier;
    this.#memory = memory;
    const engine = new Engine({ state: this.#state, memory });
    for (const { address, ...account } of accounts) {
      writeAccount(engine.journal, decodeHex(addressHex(address)), account);
    }
    this.#commit(engine.journal.changes());
  }

  #commit(changes: readonly CellChange[]): void {
    this.#state.apply(changes);
    this.#trie = updateStateTrie(this.#trie, changes, this.#codes);
  }

  run(site: BlockSite, transactions: readonly SealedTransaction[]): BlockEnding {
    this.#hashes.set(BigInt(site.number - 1), site.parentHash);
    const engine = new Engine({ state: this.#state, tier: this.#tier, memory: this.#memory });
    this.#call(engine, site, HISTORY_CONTRACT.address, site.parentHash);
    this.#call(engine, site, BEACON_ROOTS_CONTRACT.address, 0n);
    const endings: TransactionEnding[] = [];
    let gasUsed = 0n;
    for (const { raw } of transactions) {
      const ending = this.#add(engine, site, raw, gasUsed);
      if ("ok" in ending) gasUsed += ending.gasUsed;
      endings.push(ending);
    }
    this.#commit(engine.journal.changes());
    return {
      transactions: endings,
      accounts: this.accounts(),
      stateRoot: encodeHex(trieRoot(this.#trie)),
    };
  }

  /** A call by the protocol (EIP-2935, EIP-4788). */
  #call(engine: Engine, site: BlockSite, to: bigint, input: bigint): void {
    engine.journal.beginTransaction();
    engine.execute(
      evmRequest(engine.journal, {
        fork: this.#fork,
        from: decodeHex(addressHex(SYSTEM)),
        to: decodeHex(addressHex(to)),
        input: decodeHex(wordHex(input)),
        gas: 30_000_000n,
        environment: { number: BigInt(site.number), timestamp: BigInt(site.timestamp) },
      }),
    );
  }

  #add(engine: Engine, site: BlockSite, raw: Uint8Array, gasUsed: bigint): TransactionEnding {
    const { journal } = engine;
    const { baseFee, gasLimit } = site;
    let tx: EvmTransaction;
    try {
      tx = decodeTransaction(raw);
    } catch (error) {
      if (error instanceof FaultError) return { refused: error.message };
      throw error;
    }
    if (tx.chainId !== undefined && tx.chainId !== CHAIN_ID) return { refused: "another chain" };
    if (gasUsed + tx.gasLimit > gasLimit) return { refused: "the block is full" };
    const sender = {
      nonce: readNonce(journal, tx.sender),
      balance: readBalance(journal, tx.sender),
      code: readCode(journal, tx.sender),
    };
    const { rules } = scheduleOf(this.#fork);
    const objection = objectionTo(tx, { rules, sender, blockGasLimit: gasLimit, baseFee });
    if (objection !== undefined) return { refused: objection.message };
    const tip = tipOf(tx, baseFee);
    const environment = this.#environment(site, tx, baseFee + tip);
    const result = executeTransaction(engine, { ...tx, tip }, environment, this.#fork);
    const trie = updateStateTrie(this.#trie, journal.changes(), this.#codes);
    return {
      ok: result.ok,
      gasUsed: result.gasUsed,
      logs: result.logs.map(
        ({ account, topics, data }) =>
          `${encodeHex(account)} ${topics.map(encodeHex).join(",")} ${encodeHex(data)}`,
      ),
      created: result.created && encodeHex(result.created),
      root: encodeHex(trieRoot(trie)),
    };
  }

  #environment(site: BlockSite, tx: EvmTransaction, gasPrice: bigint): Environment {
    return {
      origin: tx.sender,
      gasPrice,
      blobHashes: [],
      coinbase: decodeHex(addressHex(site.coinbase)),
      timestamp: BigInt(site.timestamp),
      number: BigInt(site.number),
      prevRandao: site.prevRandao,
      gasLimit: site.gasLimit,
      chainId: CHAIN_ID,
      baseFee: site.baseFee,
      blobBaseFee: 1n,
      blockHash: (number) => this.#hashes.get(number) ?? BigInt(encodeHex(oldBlockHash(number))),
    };
  }

  /** All accounts that are not empty. */
  accounts(): Map<string, AccountEnding> {
    const accounts = new Map<string, Writable>();
    for (const { domain, account, key, value } of this.#state.cells()) {
      const name = encodeHex(account);
      let ending = accounts.get(name);
      if (ending === undefined) {
        ending = { balance: 0n, nonce: 0n, code: "0x", storage: new Map() };
        accounts.set(name, ending);
      }
      const hex = encodeHex(value);
      if (domain === DOMAIN.CODE) ending.code = hex;
      if (domain === DOMAIN.BALANCE) ending.balance = BigInt(hex);
      if (domain === DOMAIN.NONCE) ending.nonce = BigInt(hex);
      if (domain === DOMAIN.STORAGE)
        ending.storage.set(wordHex(BigInt(encodeHex(key))), BigInt(hex));
    }
    return accounts;
  }
}

interface Writable {
  balance: bigint;
  nonce: bigint;
  code: string;
  readonly storage: Map<string, bigint>;
}
