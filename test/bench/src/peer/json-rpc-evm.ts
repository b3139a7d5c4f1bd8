import type { Loaded } from "../contender.ts";
import { type EvmAnswer, type EvmWorkload, hex, intrinsicGas } from "../workload/evm.ts";

/** Sends one JSON-RPC request given as text; the text of the reply. */
export type Send = (request: string) => Promise<string>;

/** Names of the development methods that a node understands: "anvil" or "hardhat". */
export type Prefix = "anvil" | "hardhat";

const quantity = (value: bigint | number): string => `0x${value.toString(16)}`;
const word = (value: bigint): string => `0x${value.toString(16).padStart(64, "0")}`;

/** An address without code: a call of it costs what the way to the node costs. */
const EMPTY_ADDRESS = "0x00000000000000000000000000000000000e0e0e";

/** An Ethereum development node behind {@link Send}; the same timing for anvil and EDR. */
export class JsonRpcEvm {
  readonly #send: Send;
  readonly #prefix: Prefix;
  #clean: string | undefined;

  constructor(send: Send, prefix: Prefix) {
    this.#send = send;
    this.#prefix = prefix;
  }

  async request(method: string, ...params: unknown[]): Promise<unknown> {
    const reply = parseReply(
      await this.#send(JSON.stringify({ jsonrpc: "2.0", id: 1, method, params })),
    );
    if (reply.error !== undefined) throw new RpcFailure(method, JSON.stringify(reply.error));
    return reply.result;
  }

  /** Installs code and storage over a state without earlier workloads. */
  async load(workload: EvmWorkload): Promise<Loaded<EvmAnswer>> {
    if (this.#clean !== undefined) await this.request("evm_revert", this.#clean);
    this.#clean = String(await this.request("evm_snapshot"));
    await this.install(workload);
    const call = callText(workload, workload.to);
    const empty = callText(workload, EMPTY_ADDRESS);
    return {
      once: () => this.#timed(call),
      entrance: () => this.#timed(empty),
      answer: () => this.#answer(workload, call),
    };
  }

  /** Return data of the workload's call, or the text of an error. */
  async call(workload: EvmWorkload): Promise<string> {
    const { result, error } = parseReply(await this.#send(callText(workload, workload.to)));
    return error === undefined ? String(result) : JSON.stringify(error);
  }

  /** Writes code, slots and balances. */
  async install(workload: EvmWorkload): Promise<void> {
    for (const [address, code] of workload.accounts) {
      await this.request(`${this.#prefix}_setCode`, address, hex(code));
    }
    for (const [address, slots] of workload.storage) {
      for (const [slot, value] of slots) {
        await this.request(`${this.#prefix}_setStorageAt`, address, quantity(slot), word(value));
      }
    }
    for (const [address, wei] of workload.balances) {
      await this.request(`${this.#prefix}_setBalance`, address, quantity(wei));
    }
    await this.request(`${this.#prefix}_setBalance`, workload.from, quantity(10n ** 24n));
  }

  async #timed(request: string): Promise<number> {
    const begin = performance.now();
    await this.#send(request);
    return performance.now() - begin;
  }

  async #answer(workload: EvmWorkload, call: string): Promise<EvmAnswer> {
    const reply = parseReply(await this.#send(call));
    if (reply.error !== undefined) {
      const { data, message } = reply.error;
      const reverted = /revert/i.test(message ?? "");
      const returnValue = typeof data === "string" ? data : "0x";
      return { outcome: reverted ? "revert" : "trap", returnValue, gas: undefined };
    }
    return { outcome: "ok", returnValue: String(reply.result), gas: await this.#gas(workload) };
  }

  /** anvil answers before it has mined: asks until the receipt is there. */
  async receipt(hash: unknown): Promise<{ readonly gasUsed: string }> {
    for (let attempt = 0; attempt < 500; attempt++) {
      const receipt = await this.request("eth_getTransactionReceipt", hash);
      if (receipt !== null) return receipt as { gasUsed: string };
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new RpcFailure("eth_getTransactionReceipt", `no receipt of ${hash}`);
  }

  /** Execution gas before refund from a receipt; the transaction is taken back. */
  async #gas(workload: EvmWorkload): Promise<bigint> {
    const before = await this.request("evm_snapshot");
    await this.request(`${this.#prefix}_impersonateAccount`, workload.from);
    const hash = await this.request("eth_sendTransaction", transaction(workload, workload.to));
    const { gasUsed } = await this.receipt(hash);
    await this.request("evm_revert", before);
    return BigInt(gasUsed) - intrinsicGas(workload.calldata) + workload.gasRefund;
  }
}

/** A node refused a request. */
export class RpcFailure extends Error {
  override readonly name = "RpcFailure";

  constructor(method: string, reply: string) {
    super(`${method}: ${reply}`);
  }
}

interface Reply {
  readonly result?: unknown;
  readonly error?: { readonly message?: string; readonly data?: unknown };
}

const parseReply = (text: string): Reply => JSON.parse(text) as Reply;

function transaction(workload: EvmWorkload, to: string): Record<string, string> {
  const { from, gasLimit, calldata } = workload;
  return { from, to, gas: quantity(gasLimit), gasPrice: "0x0", data: hex(calldata) };
}

function callText(workload: EvmWorkload, to: string): string {
  const params = [transaction(workload, to), "latest"];
  return JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_call", params });
}
