import { decodeHex, encodeHex } from "@dragoman/bytes";
import { createAddress } from "@dragoman/frontend-evm";
import { GENESIS_TIME, startTestNode, type TestNode } from "@dragoman/rpc-eth/testing";
import { createPublicClient, type Hex, http, type PublicClient } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { AnvilNode } from "../evm-transactions/anvil-node.ts";
import { CALLEE, CALLER, deploying } from "./traced-contracts.ts";

const OWNER = privateKeyToAccount(`0x${"7a".repeat(32)}`);
const ETHER = 10n ** 18n;
const GWEI = 10n ** 9n;

/** One JSON-RPC method on a node; its error is thrown. */
export type Ask = (method: string, ...params: readonly unknown[]) => Promise<unknown>;

/** Our node and anvil with the same genesis, to which the same transactions are sent. */
export class TwinNodes {
  readonly #node: TestNode;
  readonly #anvil: AnvilNode;
  readonly #client: PublicClient;
  readonly owner: Hex = OWNER.address;
  readonly caller: Hex;
  readonly callee: Hex;
  #nonce = 0;

  private constructor(node: TestNode, anvil: AnvilNode) {
    this.#node = node;
    this.#anvil = anvil;
    this.#client = createPublicClient({ transport: http(node.server.url) });
    const sender = decodeHex(OWNER.address);
    this.callee = encodeHex(createAddress(sender, 0n));
    this.caller = encodeHex(createAddress(sender, 1n));
  }

  /** Starts both and deploys the traced contracts. */
  static async start(program: string): Promise<TwinNodes> {
    const node = await startTestNode({ rich: [decodeHex(OWNER.address)], finalityDepth: 100 });
    const anvil = await AnvilNode.start(program, [
      ...[
        "--steps-tracing",
        "--chain-id",
        "1337",
        "--hardfork",
        node.ledger.fork,
        "--gas-limit",
        "30000000",
      ],
      ...["--base-fee", String((7n * GWEI) / 8n), "--timestamp", String(GENESIS_TIME)],
    ]);
    await anvil.call("anvil_setBalance", OWNER.address, `0x${(1000n * ETHER).toString(16)}`);
    await anvil.call("anvil_setCoinbase", `0x${"00".repeat(20)}`);
    const twins = new TwinNodes(node, anvil);
    await twins.send(undefined, deploying(CALLEE));
    await twins.send(undefined, deploying(CALLER));
    await twins.send(twins.caller, decodeHex(`0x06${"00".repeat(43)}${twins.callee.slice(2)}`));
    return twins;
  }

  readonly ours: Ask = (method, ...params) =>
    this.#client.request({ method, params } as unknown as Parameters<PublicClient["request"]>[0]);

  readonly anvil: Ask = (method, ...params) => this.#anvil.call(method, ...params);

  /** Sends a transaction to both, which put it in a block of its own; gives its hash. */
  async send(to: Hex | undefined, data: Uint8Array, value = 0n, gas = 5_000_000n): Promise<Hex> {
    const raw = await OWNER.signTransaction({
      type: "eip1559",
      chainId: 1337,
      nonce: this.#nonce++,
      ...(to === undefined ? {} : { to }),
      data: encodeHex(data),
      value,
      gas,
      maxFeePerGas: 10n * GWEI,
      maxPriorityFeePerGas: GWEI,
    });
    const hashes = [
      await this.ours("eth_sendRawTransaction", raw),
      await this.anvil("eth_sendRawTransaction", raw),
    ];
    if (hashes[0] !== hashes[1]) throw new Error(`two hashes: ${hashes.join(", ")}`);
    return hashes[0] as Hex;
  }

  async stop(): Promise<void> {
    await this.#node.server.close();
    await this.#anvil.stop();
  }
}
