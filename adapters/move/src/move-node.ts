import {
  AptosApiError,
  AptosConfig,
  type Block,
  getAptosFullNode,
  type LedgerInfo,
  MimeType,
  Network,
  postAptosFullNode,
  type TransactionResponse,
} from "@aptos-labs/ts-sdk";
import { type BlockRef, ChainError, type ChainId } from "@dragoman/chain";

/** What `GET /v1` says; a development node also how deep it reorganises, and its newest final block. */
interface NodeInfo extends LedgerInfo {
  readonly dragoman_finality_depth?: number;
  readonly dragoman_final_block_height?: number;
}

/** A block; of a development node also with its parent's hash. */
export type NodeBlock = Block & { readonly dragoman_parent_hash?: string };

type Params = Record<string, string | number | bigint | boolean | undefined>;

const PAGE = 100;
/** Looks at a block whose place moves. */
const LOOKS_MAX = 5;

/**
 * The REST interface of an Aptos node through ts-sdk's client. ts-sdk's own readers are passed by: they keep the ledger's state for ten
 * seconds under the network's name, whichever node answered.
 */
export class MoveNode {
  readonly config: AptosConfig;
  /** `aptos:4`; `aptos` until the node has said it. */
  chain: ChainId = "aptos";

  /** `rpcUrl`: of the node, with or without `/v1`. */
  constructor(rpcUrl: string) {
    const root = rpcUrl.replace(/\/+$/, "");
    const fullnode = root.endsWith("/v1") ? root : `${root}/v1`;
    // LOCAL, with another URL: for CUSTOM ts-sdk writes a note to standard output.
    this.config = new AptosConfig({ network: Network.LOCAL, fullnode });
  }

  /** Rejects with a {@link ChainError}; an answer of 404 gives undefined. */
  async find<T extends object>(path: string, params: Params = {}): Promise<T | undefined> {
    try {
      return await this.#get<T>(path, params);
    } catch (error) {
      if (error instanceof AptosApiError && error.status === 404) return undefined;
      throw this.explain(error);
    }
  }

  /** Rejects with a {@link ChainError}. */
  async get<T extends object>(path: string, params: Params = {}): Promise<T> {
    try {
      return await this.#get<T>(path, params);
    } catch (error) {
      throw this.explain(error);
    }
  }

  async #get<T extends object>(path: string, params: Params): Promise<T> {
    const { config: aptosConfig } = this;
    const originMethod = "dragoman";
    const answer = await getAptosFullNode<Params, T>({ aptosConfig, originMethod, path, params });
    return answer.data;
  }

  /** Posts BCS. Rejects with a {@link ChainError}. */
  async post<T extends object>(
    path: string,
    contentType: MimeType,
    body: Uint8Array,
    params: Params = {},
  ): Promise<T> {
    const { config: aptosConfig } = this;
    const originMethod = "dragoman";
    try {
      const request = { aptosConfig, originMethod, path, body, contentType, params };
      return (await postAptosFullNode<Uint8Array, T>(request)).data;
    } catch (error) {
      throw this.explain(error);
    }
  }

  /** An error of the client as the adapter's: what the node says, or that it says nothing. */
  explain(error: unknown): ChainError {
    if (error instanceof ChainError) return error;
    if (error instanceof AptosApiError && error.status < 500) {
      const said: unknown = error.data?.message;
      const message = typeof said === "string" ? said : error.message;
      return new ChainError(this.chain, "refused", message, { cause: error });
    }
    const message = error instanceof Error ? error.message : String(error);
    return new ChainError(this.chain, "unreachable", message, { cause: error });
  }

  info(): Promise<NodeInfo> {
    return this.get<NodeInfo>("");
  }

  /** A block without its transactions; undefined if there is none. */
  blockAt(height: number): Promise<NodeBlock | undefined> {
    return this.find<NodeBlock>(`blocks/by_height/${height}`);
  }

  /** A block with all of its transactions; undefined if there is none. */
  async wholeBlock(
    height: number,
  ): Promise<{ block: NodeBlock; transactions: TransactionResponse[] } | undefined> {
    const path = `blocks/by_height/${height}`;
    const block = await this.find<NodeBlock>(path, { with_transactions: true });
    if (block === undefined) return undefined;
    const transactions: TransactionResponse[] = [...(block.transactions ?? [])];
    const first = Number(block.first_version);
    const count = Number(block.last_version) + 1 - first;
    if (transactions.length === count) return { block, transactions };
    while (transactions.length < count) {
      const start = first + transactions.length;
      const limit = Math.min(PAGE, count - transactions.length);
      const more = await this.get<TransactionResponse[]>("transactions", { start, limit });
      if (more.length === 0) break;
      transactions.push(...more);
    }
    // The rest came in answers of their own: all of them are this block's only if it still stands.
    const again = await this.blockAt(height);
    if (again?.block_hash !== block.block_hash || transactions.length !== count) {
      const message = `block ${height} was reorganised while it was read`;
      throw new ChainError(this.chain, "unreachable", message);
    }
    return { block, transactions };
  }

  /**
   * A block with the hash of the one before it, which Aptos's blocks do not name: a development node's do, of others the block before is read,
   * which cannot change there. Rejects with a {@link ChainError}.
   */
  async refOf(block: NodeBlock): Promise<BlockRef> {
    const height = Number(block.block_height);
    return {
      height,
      hash: block.block_hash,
      parentHash: block.dragoman_parent_hash ?? (await this.#parentHash(height)),
      timestamp: Number(BigInt(block.block_timestamp) / 1_000_000n),
    };
  }

  async #parentHash(height: number): Promise<string> {
    if (height === 0) return `0x${"00".repeat(32)}`;
    return (await this.get<Block>(`blocks/by_height/${height - 1}`)).block_hash;
  }

  /** The newest block. Rejects with a {@link ChainError}. */
  headBlock(): Promise<NodeBlock> {
    return this.#blockOf(({ block_height }) => Number(block_height));
  }

  /** The newest final block: the one that the node names, else the one on which `finalityDepth` others stand. Rejects with a {@link ChainError}. */
  finalBlock(finalityDepth: number): Promise<NodeBlock> {
    return this.#blockOf(
      ({ block_height, dragoman_final_block_height: known }) =>
        known ?? Math.max(0, Number(block_height) - finalityDepth),
    );
  }

  /** A reorganisation may come between two answers: then both are asked for again. */
  async #blockOf(heightOf: (info: NodeInfo) => number): Promise<NodeBlock> {
    for (let look = 0; look < LOOKS_MAX; look++) {
      const block = await this.blockAt(heightOf(await this.info()));
      if (block !== undefined) return block;
    }
    throw new ChainError(this.chain, "unreachable", "the chain keeps reorganising");
  }

  /** Result of a view function, as JSON. `body`: BCS of the EntryFunction. Rejects with a {@link ChainError}. */
  view(body: Uint8Array, params: Params = {}): Promise<unknown[]> {
    return this.post<unknown[]>("view", MimeType.BCS_VIEW_FUNCTION, body, params);
  }
}
