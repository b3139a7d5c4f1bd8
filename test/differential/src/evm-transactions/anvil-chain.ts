import { gunzipSync, gzipSync } from "node:zlib";
import { encodeHex } from "@dragoman/bytes";
import type { ForkName } from "@dragoman/frontend-evm";
import { keccak_256 } from "@noble/hashes/sha3.js";
import type { WorldAccount } from "../evm/case.ts";
import { AnvilNode, AnvilRefusal } from "./anvil-node.ts";
import {
  type AccountEnding,
  addressHex,
  BLOCK_GAS_LIMIT,
  type BlockEnding,
  type BlockPlan,
  type BlockSite,
  CHAIN_ID,
  GENESIS_NUMBER,
  GENESIS_TIMESTAMP,
  type TransactionEnding,
  wordHex,
} from "./block-case.ts";

/** A node that mines when it is told to, takes what pays anything, in the order of arrival. */
const OPTIONS = [
  ["--accounts", "0"],
  ["--order", "fifo"],
  ["--no-mining"],
  ["--no-request-size-limit"],
  ["--disable-min-priority-fee"],
  ["--disable-default-create2-deployer"],
  ["--chain-id", `${CHAIN_ID}`],
  ["--number", `${GENESIS_NUMBER}`],
  ["--timestamp", `${GENESIS_TIMESTAMP}`],
  ["--gas-limit", `${BLOCK_GAS_LIMIT}`],
  ["--base-fee", "7"],
].flat();

interface Dump {
  readonly accounts: Readonly<Record<string, DumpedAccount>>;
}

interface DumpedAccount {
  readonly nonce: number;
  readonly balance: string;
  readonly code: string;
  readonly storage: Readonly<Record<string, string>>;
}

interface Header {
  readonly hash: string;
  readonly number: string;
  readonly timestamp: string;
  readonly miner: string;
  readonly baseFeePerGas: string;
  readonly gasLimit: string;
  readonly mixHash: string;
  readonly parentHash: string;
  readonly excessBlobGas: string;
  readonly receiptsRoot: string;
  readonly transactions: readonly string[];
}

interface Receipt {
  readonly transactionHash: string;
  readonly status: string;
  readonly gasUsed: string;
  readonly contractAddress: string | null;
  readonly logs: readonly { address: string; topics: readonly string[]; data: string }[];
}

/** The real anvil as an oracle: its state is put back between cases. */
export class AnvilChain {
  readonly #node: AnvilNode;
  readonly #empty: Dump;
  #snapshot: unknown;

  private constructor(node: AnvilNode, empty: Dump, snapshot: unknown) {
    this.#node = node;
    this.#empty = empty;
    this.#snapshot = snapshot;
  }

  static async open(program: string, fork: ForkName): Promise<AnvilChain> {
    const cap = fork === "osaka" ? ["--enable-tx-gas-limit"] : [];
    const node = await AnvilNode.start(program, ["--hardfork", fork, ...cap, ...OPTIONS]);
    const empty = readDump(await node.call("anvil_dumpState"));
    return new AnvilChain(node, empty, await node.call("evm_snapshot"));
  }

  stop(): Promise<void> {
    return this.#node.stop();
  }

  /** Begins a case: nothing of the last one is left. */
  async reset(accounts: readonly WorldAccount[]): Promise<void> {
    await this.#node.call("evm_revert", this.#snapshot);
    this.#snapshot = await this.#node.call("evm_snapshot");
    const world: Record<string, DumpedAccount> = {};
    for (const { address, balance, nonce, code, storage } of accounts) {
      world[addressHex(address)] = {
        nonce: Number(nonce),
        balance: `0x${balance.toString(16)}`,
        code: encodeHex(code),
        storage: Object.fromEntries(
          storage.map(([slot, value]) => [wordHex(slot), wordHex(value)]),
        ),
      };
    }
    const dump = gzipSync(JSON.stringify({ ...this.#empty, accounts: world }), { level: 1 });
    await this.#node.call("anvil_loadState", encodeHex(dump));
  }

  /** Makes the next block; also answers what of its header anvil chose. */
  async run(plan: BlockPlan): Promise<{ readonly ending: BlockEnding; readonly site: BlockSite }> {
    const node = this.#node;
    await node.batch([
      ["anvil_setCoinbase", addressHex(plan.coinbase)],
      ["anvil_setNextBlockBaseFeePerGas", `0x${plan.baseFee.toString(16)}`],
      ["evm_setNextBlockTimestamp", plan.timestamp],
    ]);
    const refusals = new Map<string, string>();
    for (const { raw, wrapped } of plan.transactions) {
      try {
        await node.call("eth_sendRawTransaction", encodeHex(wrapped?.() ?? raw));
      } catch (error) {
        if (!(error instanceof AnvilRefusal)) throw error;
        refusals.set(hashOf(raw), error.message);
      }
    }
    await node.call("evm_mine");
    // What it took for later would be in the way of the next block's.
    await node.call("anvil_dropAllTransactions");
    const [block, receipts, state] = await node.batch([
      ["eth_getBlockByNumber", "latest", false],
      ["eth_getBlockReceipts", "latest"],
      ["anvil_dumpState"],
    ]);
    const header = block as Header;
    const included = new Map(
      (receipts as Receipt[]).map((receipt) => [receipt.transactionHash, receipt]),
    );
    const hashes = plan.transactions.map(({ raw }) => hashOf(raw));
    const ending = {
      transactions: hashes.map((hash) =>
        endingOf(included.get(hash), refusals.get(hash) ?? "is not in the block"),
      ),
      accounts: accountsOf(readDump(state)),
      // Its root counts accounts that were touched and are empty, which are not in a state (EIP-161): the accounts are compared instead.
      stateRoot: undefined,
      receiptsRoot: header.receiptsRoot,
    };
    return { ending, site: siteOf(header) };
  }
}

function endingOf(receipt: Receipt | undefined, refused: string): TransactionEnding {
  if (receipt === undefined) return { refused };
  const { status, gasUsed, contractAddress, logs } = receipt;
  const ok = status === "0x1";
  return {
    ok,
    gasUsed: BigInt(gasUsed),
    logs: logs.map(({ address, topics, data }) => `${address} ${topics.join(",")} ${data}`),
    created: ok && contractAddress !== null ? contractAddress : undefined,
  };
}

function siteOf(header: Header): BlockSite {
  return {
    number: Number(header.number),
    timestamp: Number(header.timestamp),
    coinbase: BigInt(header.miner),
    baseFee: BigInt(header.baseFeePerGas),
    gasLimit: BigInt(header.gasLimit),
    prevRandao: BigInt(header.mixHash),
    parentHash: BigInt(header.parentHash),
    excessBlobGas: BigInt(header.excessBlobGas),
  };
}

function accountsOf({ accounts }: Dump): Map<string, AccountEnding> {
  const endings = new Map<string, AccountEnding>();
  for (const [address, { balance, nonce, code, storage }] of Object.entries(accounts)) {
    const slots = Object.entries(storage)
      .map(([slot, value]) => [wordHex(BigInt(slot)), BigInt(value)] as const)
      .filter(([, value]) => value !== 0n);
    const ending = {
      balance: BigInt(balance),
      nonce: BigInt(nonce),
      code,
      storage: new Map(slots),
    };
    if (ending.balance === 0n && ending.nonce === 0n && code === "0x") continue;
    endings.set(address.toLowerCase(), ending);
  }
  return endings;
}

const readDump = (hex: unknown): Dump =>
  JSON.parse(gunzipSync(Buffer.from((hex as string).slice(2), "hex")).toString()) as Dump;

const hashOf = (raw: Uint8Array): string => encodeHex(keccak_256(raw));
