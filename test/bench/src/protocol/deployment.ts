import {
  type Abi,
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  getContractAddress,
  type Hex,
} from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import { type Artefact, link } from "./artefact.ts";
import { CHAIN, type ProtocolNode } from "./twin-nodes.ts";

/** A contract that was deployed on all nodes. */
export interface Deployed {
  readonly address: Hex;
  readonly abi: Abi;
}

/** What a transaction left, as far as nodes must agree. */
interface Receipt {
  readonly status: Hex;
  readonly gasUsed: Hex;
  readonly contractAddress: Hex | null;
  readonly logs: readonly {
    readonly address: Hex;
    readonly topics: readonly Hex[];
    readonly data: Hex;
  }[];
}

const GAS_DEFAULT = 16_000_000n;
const GAS_PRICE = 100_000_000_000n;
const SECONDS_BETWEEN = 12;

/** The key of everything that is deployed. */
export const DEPLOYER: PrivateKeyAccount = privateKeyToAccount(`0x${"d0".repeat(32)}`);

/**
 * Deploys and configures contracts on several nodes at once: a transaction is signed once, sent to all, and must leave the same status, gas
 * and logs everywhere. Blocks have the same times.
 */
export class Deployment {
  readonly #nodes: readonly ProtocolNode[];
  #nonce = 0;
  #seconds: number = CHAIN.GENESIS_SECONDS;
  #count = 0;

  constructor(nodes: readonly ProtocolNode[]) {
    this.#nodes = nodes;
  }

  get address(): Hex {
    return DEPLOYER.address;
  }

  /** Transactions so far. */
  get count(): number {
    return this.#count;
  }

  /** Time of the last block, seconds. */
  get seconds(): number {
    return this.#seconds;
  }

  /** Lets blocks from now on be later by so many seconds. */
  pass(seconds: number): void {
    this.#seconds += seconds;
  }

  async deploy(
    artefact: Artefact,
    args: readonly unknown[] = [],
    libraries: Readonly<Record<string, Hex>> = {},
  ): Promise<Deployed> {
    const { abi, name } = artefact;
    const bytecode = link(artefact, libraries);
    const data = encodeDeployData({ abi, bytecode, args });
    const address = getContractAddress({ from: this.address, nonce: BigInt(this.#nonce) });
    await this.transact(`deploying ${name}`, { data });
    return { address, abi };
  }

  /** Calls a function by a transaction. */
  send(contract: Deployed, functionName: string, args: readonly unknown[] = []): Promise<void> {
    const data = encodeFunctionData({ abi: contract.abi, functionName, args });
    return this.transact(functionName, { to: contract.address, data });
  }

  /** What a function answers on all nodes. */
  async read(
    contract: Deployed,
    functionName: string,
    args: readonly unknown[] = [],
  ): Promise<unknown> {
    const data = encodeFunctionData({ abi: contract.abi, functionName, args });
    const answer = await this.call({ to: contract.address, data });
    return decodeFunctionResult({ abi: contract.abi, functionName, data: answer });
  }

  /** Return data of a call, which must be the same on all nodes. */
  async call(call: { readonly to: Hex; readonly data: Hex }): Promise<Hex> {
    const full = { from: this.address, ...call };
    const answers = await this.#all((node) => node.rpc.request("eth_call", full, "latest"));
    agree("the call", this.#nodes, answers);
    return answers[0] as Hex;
  }

  /** The next `count` transactions of the deployer, signed and not sent. */
  async sign(
    count: number,
    call: { readonly to: Hex; readonly data: Hex; readonly gas: bigint },
  ): Promise<Hex[]> {
    const sign = (_: unknown, at: number) => this.#sign({ ...call, nonce: this.#nonce + at });
    return Promise.all(Array.from({ length: count }, sign));
  }

  async transact(what: string, fields: { readonly to?: Hex; readonly data: Hex }): Promise<void> {
    const raw = await this.#sign({ gas: GAS_DEFAULT, ...fields, nonce: this.#nonce });
    this.#nonce += 1;
    this.#count += 1;
    this.#seconds += SECONDS_BETWEEN;
    const receipts = await this.#all(async ({ rpc }) => {
      await rpc.request("evm_setNextBlockTimestamp", this.#seconds);
      return receiptOf(await rpc.receipt(await rpc.request("eth_sendRawTransaction", raw)));
    });
    agree(what, this.#nodes, receipts);
    if (receipts[0]?.status !== "0x1")
      throw new Error(`${what} fails: ${await this.#reason(fields)}`);
  }

  /** What a node says of a call that failed as a transaction. */
  async #reason(fields: { readonly to?: Hex; readonly data: Hex }): Promise<string> {
    const call = { from: this.address, gas: `0x${GAS_DEFAULT.toString(16)}`, ...fields };
    const said = await Promise.all(
      this.#nodes.map((node) =>
        node.rpc.request("eth_call", call, "latest").catch((error: Error) => error.message),
      ),
    );
    return said.map(String).join("; ").slice(0, 400);
  }

  #sign(fields: { to?: Hex; data: Hex; gas: bigint; nonce: number }): Promise<Hex> {
    return DEPLOYER.signTransaction({
      ...fields,
      type: "legacy",
      gasPrice: GAS_PRICE,
      chainId: CHAIN.ID,
    });
  }

  async #all<T>(ask: (node: ProtocolNode) => Promise<T>): Promise<T[]> {
    return Promise.all(this.#nodes.map(ask));
  }
}

function receiptOf(value: unknown): Receipt {
  const { status, gasUsed, contractAddress, logs } = value as Receipt;
  return {
    status,
    gasUsed,
    contractAddress: contractAddress === null ? null : (contractAddress.toLowerCase() as Hex),
    logs: logs.map(({ address, topics, data }) => ({
      address: address.toLowerCase() as Hex,
      topics,
      data,
    })),
  };
}

function agree(what: string, nodes: readonly ProtocolNode[], answers: readonly unknown[]): void {
  const texts = answers.map((answer) => JSON.stringify(answer));
  const at = texts.findIndex((text) => text !== texts[0]);
  if (at < 0) return;
  const names = `${nodes[0]?.name} and ${nodes[at]?.name}`;
  const [first, second] = [texts[0] ?? "", texts[at] ?? ""].map((text) => text.slice(0, 300));
  throw new Error(`${names} differ on ${what}: ${first} and ${second}`);
}
