import { decodeBase58, decodeHex, encodeBase58, encodeHex } from "@dragoman/bytes";
import {
  type AccountState,
  type BlockRef,
  type ChainAdapter,
  ChainError,
  type ChainId,
  type FollowedBlock,
  type MarketAction,
  type MarketState,
  type SignedTransaction,
  type SimulatedAction,
  type TradeAction,
  type TradeQuote,
  type TransactionStatus,
  type UnsignedTransaction,
} from "@dragoman/chain";
import { FaultError, refuse } from "@dragoman/fault";
import {
  decodeSvmAccount,
  decodeSvmLogs,
  decodeSvmMarket,
  decodeSvmQuote,
  isSvmReceipt,
  type SvmDeployment,
  type SvmMarketState,
  svmAccountAddress,
  svmMarketAddress,
  svmQuote,
  svmReceiptAddress,
} from "@dragoman/protocol";
import { Connection, PublicKey, VersionedTransaction } from "@solana/web3.js";
import { executionFailure } from "./execution-failure.ts";
import { joinSignature } from "./join-signature.ts";
import { marketInstructions, messageOf, readData, toWeb3 } from "./market-message.ts";
import { SolanaBlocks } from "./solana-blocks.ts";
import { asking } from "./solana-chain-error.ts";
import { walletOf } from "./token-instructions.ts";
import { transactionStatus } from "./transaction-status.ts";

export interface SolanaAdapterOptions {
  readonly rpcUrl: string;
  /** The chain's number in packets. */
  readonly domain: number;
  readonly deployment: SvmDeployment;
  /** Blocks that stand on a final one; default: 32, as on Solana's clusters. */
  readonly finalityDepth?: number;
}

/** Characters of the genesis hash in the chain's CAIP-2 name. */
const CHAIN_REFERENCE_LENGTH = 32;
const FINALITY_DEPTH = 32;
/** Offset of the amount in a token account. */
const AMOUNT_AT = 64;

/** Connects to a Solana node. Rejects with a ChainError if it does not answer. */
export async function createSolanaAdapter(options: SolanaAdapterOptions): Promise<ChainAdapter> {
  const connection = connect(options.rpcUrl);
  const genesis = await asking("solana:unknown", () => connection.getGenesisHash());
  return new SolanaAdapter(
    connection,
    `solana:${genesis.slice(0, CHAIN_REFERENCE_LENGTH)}`,
    options,
  );
}

/** A client that reads what is confirmed, and leaves it to the caller to try again. */
export const connect = (rpcUrl: string): Connection =>
  new Connection(rpcUrl, { commitment: "confirmed", disableRetryOnRateLimit: true });

/** Solana through web3.js: heights are slots, and an owner is a wallet's key. */
class SolanaAdapter implements ChainAdapter {
  readonly id: ChainId;
  readonly family = "svm";
  readonly domain: number;
  readonly finalityDepth: number;
  readonly #connection: Connection;
  readonly #deployment: SvmDeployment;
  readonly #blocks: SolanaBlocks;
  /** Who pays where only a simulation needs a payer: the market's admin, whose wallet exists. */
  #admin: PublicKey | undefined;

  constructor(connection: Connection, id: ChainId, options: SolanaAdapterOptions) {
    this.id = id;
    this.domain = options.domain;
    this.finalityDepth = options.finalityDepth ?? FINALITY_DEPTH;
    this.#connection = connection;
    this.#deployment = options.deployment;
    this.#blocks = new SolanaBlocks(connection, id, options.deployment.programId);
  }

  ownerOf(address: string): string {
    return encodeHex(addressBytes(address));
  }

  addressOf(owner: string): string {
    const bytes = ownerBytes(owner);
    return encodeBase58(bytes);
  }

  head(): Promise<BlockRef> {
    return this.#blocks.newest("confirmed");
  }

  finalized(): Promise<BlockRef> {
    return this.#blocks.newest("finalized");
  }

  block(height: number): Promise<FollowedBlock | undefined> {
    return this.#blocks.block(height);
  }

  nextHeight(height: number): Promise<number | undefined> {
    return this.#blocks.next(height);
  }

  async market(): Promise<MarketState> {
    const state = await this.#market();
    const { price, confidence, priceTime, volatility } = state;
    const { pool, openLong, openShort, nextSequence } = state;
    return { price, confidence, priceTime, volatility, pool, openLong, openShort, nextSequence };
  }

  async account(owner: string): Promise<AccountState> {
    const address = svmAccountAddress(this.#deployment.programId, ownerBytes(owner));
    return decodeSvmAccount(await this.#ask(() => readData(this.#connection, address)));
  }

  async wallet(owner: string): Promise<bigint> {
    const wallet = walletOf(new PublicKey(ownerBytes(owner)), new PublicKey(this.#deployment.mint));
    const info = await this.#ask(() => this.#connection.getAccountInfo(wallet));
    return info === null ? 0n : info.data.readBigUInt64LE(AMOUNT_AT);
  }

  async quote(trade: TradeAction): Promise<TradeQuote> {
    this.#admin ??= new PublicKey((await this.#market()).admin);
    const payer = this.#admin;
    const { slot, value } = await this.#simulate(payer, [
      toWeb3(svmQuote(this.#deployment, trade)),
    ]);
    if (value.err !== null) {
      const { reason, marketError } = executionFailure(
        value.err,
        value.logs ?? [],
        this.#programId,
      );
      throw new ChainError(this.id, "refused", reason, { marketError });
    }
    const data = value.returnData?.data[0] ?? "";
    const quote = decodeSvmQuote(trade, Uint8Array.from(Buffer.from(data, "base64")));
    return { ...quote, at: (await this.#blocks.ref(slot)) ?? (await this.head()) };
  }

  async simulate(action: MarketAction, sender: string): Promise<SimulatedAction> {
    const payer = new PublicKey(addressBytes(sender));
    const instructions = await this.#ask(() =>
      marketInstructions(this.#connection, this.#deployment, action, payer),
    );
    const { value } = await this.#simulate(payer, instructions);
    const logs = value.logs ?? [];
    if (value.err !== null)
      return { ok: false, ...executionFailure(value.err, logs, this.#programId) };
    return { ok: true, events: decodeSvmLogs(logs, this.#programId) };
  }

  async build(action: MarketAction, sender: string): Promise<readonly UnsignedTransaction[]> {
    const payer = new PublicKey(addressBytes(sender));
    const [instructions, latest] = await this.#ask(() =>
      Promise.all([
        marketInstructions(this.#connection, this.#deployment, action, payer),
        // A final block's hash: no reorganisation makes the transaction void.
        this.#connection.getLatestBlockhash("finalized"),
      ]),
    );
    const message = messageOf(payer, latest.blockhash, instructions);
    return [
      {
        chain: this.id,
        encoding: "solana-message",
        payload: Buffer.from(message.serialize()).toString("base64"),
        validUntil: { height: latest.lastValidBlockHeight },
      },
    ];
  }

  async nonces(): Promise<undefined> {
    return undefined;
  }

  join(unsigned: UnsignedTransaction, signature: Uint8Array, sender: string): SignedTransaction {
    return joinSignature(unsigned, signature, sender);
  }

  async submit(signed: SignedTransaction): Promise<void> {
    // Without preflight: as on other chains, a transaction that fails is included and says why.
    const options = { skipPreflight: true, maxRetries: 0 };
    await this.#ask(() => this.#connection.sendRawTransaction(signed.bytes, options));
  }

  status(signed: SignedTransaction): Promise<TransactionStatus> {
    return this.#ask(() =>
      transactionStatus(this.#connection, this.#blocks, signed, this.#programId),
    );
  }

  async received(
    source: number,
    sequence: bigint,
  ): Promise<{ readonly received: boolean; readonly at: BlockRef }> {
    const address = new PublicKey(svmReceiptAddress(this.#programId, source, sequence));
    const { context, value } = await this.#ask(() =>
      this.#connection.getAccountInfoAndContext(address, "finalized"),
    );
    const at = await this.#blocks.ref(context.slot);
    if (at === undefined) {
      throw new ChainError(this.id, "unreachable", `the node lost its final block ${context.slot}`);
    }
    return { received: isSvmReceipt(value?.data), at };
  }

  async close(): Promise<void> {
    // Requests over HTTP leave nothing open, and nothing here subscribes.
  }

  get #programId(): string {
    return this.#deployment.programId;
  }

  #ask<T>(request: () => Promise<T>): Promise<T> {
    return asking(this.id, request);
  }

  async #market(): Promise<SvmMarketState> {
    const data = await this.#ask(() =>
      readData(this.#connection, svmMarketAddress(this.#programId)),
    );
    if (data === undefined) {
      throw new ChainError(this.id, "unanswerable", `there is no market at ${this.#programId}`);
    }
    return decodeSvmMarket(data);
  }

  async #simulate(payer: PublicKey, instructions: Parameters<typeof messageOf>[2]) {
    const message = messageOf(payer, PublicKey.default.toBase58(), instructions);
    const config = { sigVerify: false, replaceRecentBlockhash: true } as const;
    const { context, value } = await this.#ask(() =>
      this.#connection.simulateTransaction(new VersionedTransaction(message), config),
    );
    return { slot: context.slot, value };
  }
}

const KEY_BYTES = 32;

function addressBytes(address: string): Uint8Array {
  return keyBytes(address, () => decodeBase58(address));
}

function ownerBytes(owner: string): Uint8Array {
  return keyBytes(owner, () => decodeHex(owner));
}

function keyBytes(text: string, decode: () => Uint8Array): Uint8Array {
  try {
    const bytes = decode();
    if (bytes.length === KEY_BYTES) return bytes;
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
  }
  return refuse("MALFORMED_ADDRESS", undefined, `${JSON.stringify(text)} is no key of 32 bytes`);
}
