import { encodeHex } from "@dragoman/bytes";
import {
  type AccountState,
  type BlockRef,
  type ChainAdapter,
  ChainError,
  type FollowedBlock,
  type MarketAction,
  type MarketState,
  type PlacedEvent,
  type SignedTransaction,
  type SimulatedAction,
  type TradeAction,
  type TradeQuote,
  type TransactionStatus,
  type UnsignedTransaction,
} from "@dragoman/chain";
import { refuse } from "@dragoman/fault";
import {
  decodeEvmAccount,
  decodeEvmLog,
  decodeEvmMarket,
  decodeEvmQuote,
  EVM_MARKET_READS,
  encodeEvmAccountRead,
  encodeEvmAction,
  encodeEvmQuote,
  encodeEvmRead,
  encodeEvmReceived,
  encodeTokenCall,
} from "@dragoman/protocol";
import { type Address, BlockNotFoundError, type PublicClient, type Block as ViemBlock } from "viem";
import { allowanceOverride } from "./allowance-override.ts";
import { refOf } from "./block-ref.ts";
import { buildEvm, takesTokens } from "./build-evm.ts";
import { evmClient } from "./evm-client.ts";
import type { EvmDeployment } from "./evm-deployment.ts";
import { evmError, marketErrorOf } from "./evm-error.ts";
import { evmStatus } from "./evm-status.ts";
import { bytesOf, hex, joinEvm } from "./evm-transaction.ts";
import { simulatedEvents } from "./simulated-events.ts";

export interface EvmAdapterOptions {
  readonly rpcUrl: string;
  /** The chain's number in packets. */
  readonly domain: number;
  readonly deployment: EvmDeployment;
  /** Blocks that must stand on a block before it is final. */
  readonly finalityDepth: number;
}

/** An EVM chain with the Solidity market, through viem. Rejects with a ChainError if the node does not answer. */
export async function createEvmAdapter(options: EvmAdapterOptions): Promise<ChainAdapter> {
  const client = evmClient(options.rpcUrl);
  const chainId = await client.getChainId().catch((error: unknown) => {
    throw evmError("eip155", error);
  });
  return new EvmAdapter(client, chainId, options);
}

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

class EvmAdapter implements ChainAdapter {
  readonly id: string;
  readonly family = "evm";
  readonly domain: number;
  readonly finalityDepth: number;
  readonly #client: PublicClient;
  readonly #chainId: number;
  readonly #market: Address;
  readonly #token: Address;

  constructor(client: PublicClient, chainId: number, options: EvmAdapterOptions) {
    this.id = `eip155:${chainId}`;
    this.domain = options.domain;
    this.finalityDepth = options.finalityDepth;
    this.#client = client;
    this.#chainId = chainId;
    this.#market = options.deployment.market as Address;
    this.#token = options.deployment.token as Address;
  }

  ownerOf(address: string): string {
    if (!ADDRESS.test(address)) {
      refuse(
        "MALFORMED_ADDRESS",
        undefined,
        `${address} is no address of ${this.id}: 0x and 40 hex digits`,
      );
    }
    return `0x${"00".repeat(12)}${address.slice(2).toLowerCase()}`;
  }

  addressOf(owner: string): string {
    return `0x${owner.slice(26)}`;
  }

  async head(): Promise<BlockRef> {
    return await this.#ask(async () => refOf(await this.#client.getBlock({ blockTag: "latest" })));
  }

  async finalized(): Promise<BlockRef> {
    return await this.#ask(() => this.#finalized());
  }

  async #finalized(): Promise<BlockRef> {
    const head = await this.#client.getBlockNumber();
    const depth = BigInt(this.finalityDepth);
    const blockNumber = head > depth ? head - depth : 0n;
    return refOf(await this.#client.getBlock({ blockNumber }));
  }

  async block(height: number): Promise<FollowedBlock | undefined> {
    return await this.#ask(async () => {
      const block = await this.#blockAt(height);
      if (block === undefined) return undefined;
      const logs = await this.#client.getLogs({ address: this.#market, blockHash: block.hash });
      const events: PlacedEvent[] = [];
      for (const { topics, data, transactionHash } of logs) {
        const event = decodeEvmLog({ topics, data });
        if (event === undefined) continue;
        events.push({ transaction: transactionHash, index: events.length, event });
      }
      return { ref: refOf(block), events };
    });
  }

  async #blockAt(height: number): Promise<ViemBlock<bigint, false, "latest"> | undefined> {
    try {
      const block = await this.#client.getBlock({ blockNumber: BigInt(height) });
      return block as ViemBlock<bigint, false, "latest">;
    } catch (error) {
      if (error instanceof BlockNotFoundError) return undefined;
      throw error;
    }
  }

  async market(): Promise<MarketState> {
    return await this.#ask(async () => {
      const blockNumber = await this.#client.getBlockNumber();
      const words = await Promise.all(
        EVM_MARKET_READS.map((name) => this.#read(this.#market, encodeEvmRead(name), blockNumber)),
      );
      return decodeEvmMarket(words);
    });
  }

  async account(owner: string): Promise<AccountState> {
    const read = encodeEvmAccountRead(owner);
    return await this.#ask(async () => decodeEvmAccount(await this.#read(this.#market, read)));
  }

  async wallet(owner: string): Promise<bigint> {
    const read = encodeTokenCall("balanceOf", [this.addressOf(owner)]);
    return await this.#ask(async () => BigInt(encodeHex(await this.#read(this.#token, read))));
  }

  async quote(trade: TradeAction): Promise<TradeQuote> {
    return await this.#ask(async () => {
      const at = refOf(await this.#client.getBlock({ blockTag: "latest" }));
      const output = await this.#read(this.#market, encodeEvmQuote(trade), BigInt(at.height));
      return { ...decodeEvmQuote(trade, output), at };
    });
  }

  async simulate(action: MarketAction, sender: string): Promise<SimulatedAction> {
    const request = {
      account: sender as Address,
      to: this.#market,
      data: hex(encodeEvmAction(action)),
      // What `build` puts before the action is taken as done.
      ...(takesTokens(action)
        ? { stateOverride: allowanceOverride(this.#token, sender, this.#market) }
        : {}),
    };
    try {
      await this.#client.call(request);
      const events = await simulatedEvents(this.#client, request);
      return { ok: true, ...(events === undefined ? {} : { events }) };
    } catch (error) {
      const { kind, message } = evmError(this.id, error);
      if (kind === "unreachable") throw evmError(this.id, error);
      const marketError = marketErrorOf(error);
      return { ok: false, reason: message, ...(marketError === undefined ? {} : { marketError }) };
    }
  }

  async build(
    action: MarketAction,
    sender: string,
    options: { readonly nonce?: bigint } = {},
  ): Promise<readonly UnsignedTransaction[]> {
    this.ownerOf(sender);
    const place = {
      chain: this.id,
      chainId: this.#chainId,
      market: this.#market,
      token: this.#token,
    };
    return await this.#ask(() => buildEvm(this.#client, place, action, sender as Address, options));
  }

  async nonces(sender: string): Promise<{ readonly included: bigint; readonly pending: bigint }> {
    const address = sender as Address;
    return await this.#ask(async () => {
      const [included, pending] = await Promise.all([
        this.#client.getTransactionCount({ address, blockTag: "latest" }),
        this.#client.getTransactionCount({ address, blockTag: "pending" }),
      ]);
      return { included: BigInt(included), pending: BigInt(pending) };
    });
  }

  join(unsigned: UnsignedTransaction, signature: Uint8Array, sender: string): SignedTransaction {
    return joinEvm(unsigned, signature, sender);
  }

  async submit({ bytes, id }: SignedTransaction): Promise<void> {
    try {
      await this.#client.sendRawTransaction({ serializedTransaction: hex(bytes) });
    } catch (error) {
      const known = await this.#client
        .getTransaction({ hash: id as Address })
        .catch(() => undefined);
      if (known === undefined) throw evmError(this.id, error);
    }
  }

  async status(signed: SignedTransaction): Promise<TransactionStatus> {
    return await this.#ask(() => evmStatus(this.#client, signed, this.finalityDepth));
  }

  async received(
    source: number,
    sequence: bigint,
  ): Promise<{ readonly received: boolean; readonly at: BlockRef }> {
    return await this.#ask(async () => {
      const at = await this.#finalized();
      const read = encodeEvmReceived(source, sequence);
      const word = await this.#read(this.#market, read, BigInt(at.height));
      return { received: word.some((byte) => byte !== 0), at };
    });
  }

  async close(): Promise<void> {}

  async #read(to: Address, data: Uint8Array, blockNumber?: bigint): Promise<Uint8Array> {
    const at = blockNumber === undefined ? {} : { blockNumber };
    const { data: output } = await this.#client.call({ to, data: hex(data), ...at });
    if (output === undefined) {
      throw new ChainError(this.id, "unanswerable", `there is no contract at ${to}`);
    }
    return bytesOf(output);
  }

  async #ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (error) {
      throw evmError(this.id, error);
    }
  }
}
