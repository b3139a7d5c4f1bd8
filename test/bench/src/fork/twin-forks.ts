import { isDeepStrictEqual } from "node:util";
import { getContractAddress, type Hex } from "viem";
import type { OurNode, ProtocolNode } from "../protocol/twin-nodes.ts";
import { openAnvilFork, openOurFork } from "./fork-nodes.ts";

const GAS = 3_000_000n;
const GAS_PRICE = 100_000_000_000n;
const SECONDS_BETWEEN = 12;

/** What a call or transaction says to whom. */
export interface Order {
  readonly from: Hex;
  /** Absent: a creation. */
  readonly to?: Hex | undefined;
  readonly data?: Hex;
  readonly value?: bigint;
}

/** What a node answered: a result, or the data of an error. */
export type Answer = { readonly result: unknown } | { readonly errorData: unknown };

/** What a transaction left, as far as nodes must agree. */
export interface ForkReceipt {
  readonly status: Hex;
  readonly gasUsed: Hex;
  readonly blockNumber: Hex;
  readonly created: Hex | undefined;
  readonly logs: readonly { readonly address: Hex; readonly topics: readonly Hex[] }[];
}

const quantity = (value: bigint | number): Hex => `0x${value.toString(16)}`;

/** Our node and anvil on the same block of a third one. What either is asked must be answered alike, or the difference is thrown. */
export class TwinForks {
  readonly ours: OurNode;
  readonly anvil: ProtocolNode;
  /** The forked block. */
  readonly block: number;
  #seconds: number;

  private constructor(ours: OurNode, anvil: ProtocolNode, block: number) {
    this.ours = ours;
    this.anvil = anvil;
    this.block = block;
    this.#seconds = ours.ledger.blocks.head.timestamp;
  }

  static async open(binary: string, url: string, block: number): Promise<TwinForks> {
    const [ours, anvil] = [await openOurFork(url, block), await openAnvilFork(binary, url, block)];
    return new TwinForks(ours, anvil, block);
  }

  /** The answer of both nodes, in the form that `form` gives it. */
  async ask(
    method: string,
    params: readonly unknown[],
    form: (result: unknown) => unknown = (result) => result,
  ): Promise<Answer> {
    const ours = await answerOf(this.ours, method, params, form);
    const theirs = await answerOf(this.anvil, method, params, form);
    if (!isDeepStrictEqual(ours, theirs)) {
      const [first, second] = [ours, theirs].map((answer) => JSON.stringify(answer).slice(0, 400));
      const asked = JSON.stringify(params).slice(0, 400);
      throw new Error(`${method} ${asked}: ours is ${first}, anvil's ${second}`);
    }
    return ours;
  }

  /** The result of both. */
  async result(method: string, ...params: readonly unknown[]): Promise<unknown> {
    const answer = await this.ask(method, params);
    if ("result" in answer) return answer.result;
    throw new Error(`${method} is refused: ${JSON.stringify(answer.errorData)}`);
  }

  /** Return data of a call, or the data of its error. */
  call({ value = 0n, ...order }: Order): Promise<Answer> {
    const call = { ...order, value: quantity(value), gas: quantity(GAS) };
    return this.ask("eth_call", [call, "latest"]);
  }

  /** A transaction of an account whose key nobody has, in a block of its own. */
  async send({ value = 0n, ...order }: Order): Promise<ForkReceipt> {
    this.#seconds += SECONDS_BETWEEN;
    const { from } = order;
    const nonce = (await this.result("eth_getTransactionCount", from, "latest")) as Hex;
    const fees = { gas: quantity(GAS), gasPrice: quantity(GAS_PRICE), nonce };
    const tx = { ...order, value: quantity(value), ...fees };
    const receipts: ForkReceipt[] = [];
    for (const { rpc } of [this.ours, this.anvil]) {
      await rpc.request("anvil_impersonateAccount", from);
      await rpc.request("evm_setNextBlockTimestamp", this.#seconds);
      const receipt = await rpc.receipt(await rpc.request("eth_sendTransaction", tx));
      receipts.push(receiptForm(receipt, order, nonce));
    }
    const [ours, theirs] = receipts.map((receipt) => JSON.stringify(receipt));
    if (ours !== theirs)
      throw new Error(`${JSON.stringify(tx)}: ours is ${ours}, anvil's ${theirs}`);
    return receipts[0]!;
  }

  /** Balance, nonce, code and slots of an account on both. */
  async account(address: Hex, slots: readonly bigint[] = []): Promise<unknown[]> {
    const methods = ["eth_getBalance", "eth_getTransactionCount", "eth_getCode"];
    const answers: unknown[] = [];
    for (const method of methods) answers.push(await this.result(method, address, "latest"));
    for (const slot of slots) answers.push(await this.slot(address, slot));
    return answers;
  }

  async slot(address: Hex, slot: bigint): Promise<bigint> {
    return BigInt(
      (await this.result("eth_getStorageAt", address, quantity(slot), "latest")) as Hex,
    );
  }

  async stop(): Promise<void> {
    await this.ours.stop();
    await this.anvil.stop();
  }
}

async function answerOf(
  { send }: ProtocolNode,
  method: string,
  params: readonly unknown[],
  form: (result: unknown) => unknown,
): Promise<Answer> {
  const reply = JSON.parse(
    await send(JSON.stringify({ jsonrpc: "2.0", id: 1, method, params })),
  ) as { readonly result?: unknown; readonly error?: { readonly data?: unknown } };
  if (reply.error === undefined) return { result: form(reply.result) };
  return { errorData: reply.error.data ?? "0x" };
}

interface RawReceipt extends Omit<ForkReceipt, "created" | "logs"> {
  readonly logs: readonly RawLog[];
}

interface RawLog {
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly blockNumber: Hex;
  readonly logIndex: Hex;
}

/** A log without hashes, in which chains of two nodes differ. */
export function logForm({ address, topics, data, blockNumber, logIndex }: RawLog) {
  return { address: address.toLowerCase() as Hex, topics, data, blockNumber, logIndex };
}

function receiptForm(value: unknown, { from, to }: Order, nonce: Hex): ForkReceipt {
  const { status, gasUsed, blockNumber, logs } = value as RawReceipt;
  const created = to === undefined ? getContractAddress({ from, nonce: BigInt(nonce) }) : undefined;
  return { status, gasUsed, blockNumber, created, logs: logs.map(logForm) };
}
