import { decodeHex, encodeHex } from "@dragoman/bytes";
import {
  type CellChange,
  Engine,
  type LinearMemory,
  type LogEntry,
  MemoryState,
  type Tier,
} from "@dragoman/core";
import { FaultError } from "@dragoman/fault";
import {
  DOMAIN,
  type ForkName,
  readBalance,
  readCode,
  readNonce,
  scheduleOf,
  writeAccount,
} from "@dragoman/frontend-evm";
import {
  blockEnvironment,
  buildBlock,
  type CodeTable,
  closeBlock,
  decodeTransaction,
  type EvmTransaction,
  executeIncluded,
  type HeaderStart,
  NO_WITHDRAWALS,
  objectionTo,
  openBlock,
  requestsHash,
  type Trie,
  trieRoot,
  updateStateTrie,
  ZERO_HASH,
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

interface OpenBlock {
  readonly engine: Engine;
  readonly environment: ReturnType<typeof blockEnvironment>;
  readonly used: { gas: bigint; blobs: number };
  readonly logs: LogEntry[];
}

export type SealedBlock = Required<Pick<BlockEnding, "receiptsRoot" | "blockHash">>;

const headerStart = (site: BlockSite): HeaderStart => ({
  parentHash: decodeHex(wordHex(site.parentHash)),
  coinbase: decodeHex(addressHex(site.coinbase)),
  number: site.number,
  gasLimit: site.gasLimit,
  timestamp: site.timestamp,
  extraData: new Uint8Array(0),
  prevRandao: decodeHex(wordHex(site.prevRandao)),
  baseFee: site.baseFee,
  withdrawalsRoot: NO_WITHDRAWALS,
  excessBlobGas: site.excessBlobGas,
  parentBeaconRoot: ZERO_HASH,
});

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

  /** Runs a block transaction by transaction, each in the tier of this chain, between what the protocol does. */
  run(site: BlockSite, transactions: readonly SealedTransaction[]): BlockEnding {
    const header = headerStart(site);
    const blockHash = this.#blockHash(site);
    const environment = blockEnvironment(header, {
      chainId: CHAIN_ID,
      fork: this.#fork,
      blockHash,
    });
    const ofProtocol = { ...environment, origin: new Uint8Array(20), gasPrice: 0n };
    const engine = new Engine({ state: this.#state, tier: this.#tier, memory: this.#memory });
    openBlock(engine, header, ofProtocol, this.#fork);
    const endings: TransactionEnding[] = [];
    const logs: LogEntry[] = [];
    const used = { gas: 0n, blobs: 0 };
    for (const { raw } of transactions) {
      endings.push(this.#add({ engine, environment, used, logs }, raw));
    }
    const requests = closeBlock(engine, logs, ofProtocol, this.#fork);
    this.#commit(engine.journal.changes());
    return {
      transactions: endings,
      accounts: this.accounts(),
      stateRoot: encodeHex(trieRoot(this.#trie)),
      requestsHash: encodeHex(requestsHash(requests)),
    };
  }

  #blockHash(site: BlockSite): (number: bigint) => bigint {
    this.#hashes.set(BigInt(site.number - 1), site.parentHash);
    return (number) => this.#hashes.get(number) ?? BigInt(encodeHex(oldBlockHash(number)));
  }

  #add({ engine, environment, used, logs }: OpenBlock, raw: Uint8Array): TransactionEnding {
    const { journal } = engine;
    const { baseFee, gasLimit, blobBaseFee } = environment;
    let tx: EvmTransaction;
    try {
      tx = decodeTransaction(raw);
    } catch (error) {
      if (error instanceof FaultError) return { refused: error.message };
      throw error;
    }
    const { rules } = scheduleOf(this.#fork);
    if (tx.chainId !== undefined && tx.chainId !== CHAIN_ID) return { refused: "another chain" };
    const blobs = tx.blobHashes?.length ?? 0;
    if (used.gas + tx.gasLimit > gasLimit || used.blobs + blobs > rules.blobMax) {
      return { refused: "the block is full" };
    }
    const sender = {
      nonce: readNonce(journal, tx.sender),
      balance: readBalance(journal, tx.sender),
      code: readCode(journal, tx.sender),
    };
    const context = { rules, sender, blockGasLimit: gasLimit, baseFee, blobBaseFee };
    const objection = objectionTo(tx, context);
    if (objection !== undefined) return { refused: objection.message };
    const result = executeIncluded(engine, tx, environment, this.#fork);
    used.gas += result.gasUsed;
    used.blobs += blobs;
    logs.push(...result.logs);
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

  /** The same block as the ledger makes it: roots and hash; the chain stays as it is. */
  seal(site: BlockSite, transactions: readonly SealedTransaction[]): SealedBlock {
    const decoded = transactions.flatMap(({ raw }) => {
      try {
        return [decodeTransaction(raw)];
      } catch (error) {
        if (error instanceof FaultError) return [];
        throw error;
      }
    });
    const { block } = buildBlock(
      {
        parent: { state: this.#trie },
        state: this.#state,
        codes: this.#codes,
        memory: this.#memory,
        fork: this.#fork,
        chainId: CHAIN_ID,
        blockHash: this.#blockHash(site),
      },
      headerStart(site),
      decoded,
    );
    return {
      receiptsRoot: encodeHex(block.header.receiptsRoot),
      blockHash: encodeHex(block.hash),
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
