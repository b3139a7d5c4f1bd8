import { decodeHex, encodeHex } from "@dragoman/bytes";
import { type BlockRef, ChainError, type ChainId } from "@dragoman/chain";
import { ApiPromise, HttpProvider, WsProvider } from "@polkadot/api";
import type { ApiOptions } from "@polkadot/api/types";
import type { Vec } from "@polkadot/types";
import type { AccountInfo, DispatchError, EventRecord } from "@polkadot/types/interfaces";
import { blake2AsHex } from "@polkadot/util-crypto";
import { h160Of, isEthereum } from "./account-address.ts";
import { polkadotError } from "./polkadot-error.ts";

type Provider = NonNullable<ApiOptions["provider"]>;

interface HeaderJson {
  readonly parentHash: string;
  readonly number: string;
}

/** A block with what happened in it. */
export interface NodeBlock {
  readonly ref: BlockRef;
  readonly extrinsics: readonly { readonly hash: string; readonly bytes: string }[];
  readonly events: readonly EventRecord[];
}

/** A node of Substrate: the client for types and encodings, and plain requests, of which none is answered from a cache. */
export class PolkadotNode {
  readonly api: ApiPromise;
  readonly chain: ChainId;
  readonly #provider: Provider;

  constructor(api: ApiPromise, provider: Provider) {
    this.api = api;
    this.chain = `polkadot:${api.genesisHash.toHex().slice(2, 34)}`;
    this.#provider = provider;
  }

  async ask<T>(method: string, ...params: readonly unknown[]): Promise<T> {
    return await this.#provider.send<T>(method, [...params]);
  }

  /** Hash of the canonical block at a height; the head's without. */
  async hashAt(height?: number): Promise<string | undefined> {
    const hash = await this.ask<string | null>(
      "chain_getBlockHash",
      ...(height === undefined ? [] : [height]),
    );
    return hash ?? undefined;
  }

  async headHash(): Promise<string> {
    return await this.ask("chain_getBlockHash");
  }

  async finalizedHash(): Promise<string> {
    return await this.ask("chain_getFinalizedHead");
  }

  /** Value of a raw storage key after a block. */
  async storage(key: string, at: string): Promise<Uint8Array | undefined> {
    const value = await this.ask<string | null>("state_getStorage", key, at);
    return value === null ? undefined : decodeHex(value);
  }

  async refOf(hash: string): Promise<BlockRef> {
    const [header, now] = await Promise.all([
      this.ask<HeaderJson | null>("chain_getHeader", hash),
      this.storage(this.api.query.timestamp!.now!.key(), hash),
    ]);
    if (header === null) throw new ChainError(this.chain, "unreachable", `${hash} is gone`);
    return this.#ref(hash, header, now);
  }

  #ref(hash: string, header: HeaderJson, now: Uint8Array | undefined): BlockRef {
    const millis = this.api.registry.createType("u64", now).toNumber();
    return {
      height: Number(header.number),
      hash,
      parentHash: header.parentHash,
      timestamp: Math.floor(millis / 1000),
    };
  }

  /** The canonical block at a height; undefined if there is none. */
  async block(height: number): Promise<NodeBlock | undefined> {
    const hash = await this.hashAt(height);
    if (hash === undefined) return undefined;
    const [found, now, events] = await Promise.all([
      this.ask<{ block: { header: HeaderJson; extrinsics: string[] } } | null>(
        "chain_getBlock",
        hash,
      ),
      this.storage(this.api.query.timestamp!.now!.key(), hash),
      this.storage(this.api.query.system!.events!.key(), hash),
    ]);
    if (found === null) return undefined;
    const { header, extrinsics } = found.block;
    const records = this.api.registry.createType<Vec<EventRecord>>(
      "Vec<FrameSystemEventRecord>",
      events,
    );
    return {
      ref: this.#ref(hash, header, now),
      extrinsics: extrinsics.map((bytes) => ({ hash: blake2AsHex(bytes, 256), bytes })),
      events: [...records],
    };
  }

  /** Number of an account's next transaction after a block. */
  async nonceAt(account: Uint8Array, at: string): Promise<number> {
    const key = this.api.query.system!.account!.key(account);
    const info = this.api.registry.createType<AccountInfo>(
      "FrameSystemAccountInfo",
      await this.storage(key, at),
    );
    return info.nonce.toNumber();
  }

  /** Whether the Revive pallet takes calls of the account. */
  async isMapped(account: Uint8Array, at: string): Promise<boolean> {
    if (isEthereum(account)) return true;
    const key = this.api.query.revive!.originalAccount!.key(encodeHex(h160Of(account)));
    return (await this.storage(key, at)) !== undefined;
  }

  /** Name of a dispatch error: `revive.ContractReverted`. */
  describe(error: DispatchError): string {
    if (!error.isModule) return error.toString();
    const { section, name } = this.api.registry.findMetaError(error.asModule);
    return `${section}.${name}`;
  }

  /** Ends the connection; resolves when it has ended. */
  async close(): Promise<void> {
    const provider = this.#provider;
    const isOpen = provider.hasSubscriptions && provider.isConnected;
    const ended = new Promise<void>((resolve) => {
      if (isOpen) provider.on("disconnected", () => resolve());
      else resolve();
    });
    await this.api.disconnect();
    await ended;
  }
}

/** Connects to a node by `http`, or `ws`. Rejects with a ChainError if it does not answer. */
export async function openNode(rpcUrl: string): Promise<PolkadotNode> {
  const provider = (
    rpcUrl.startsWith("ws") ? new WsProvider(rpcUrl) : new HttpProvider(rpcUrl)
  ) as Provider;
  try {
    const api = await ApiPromise.create({ provider, noInitWarn: true, throwOnConnect: true });
    return new PolkadotNode(api, provider);
  } catch (error) {
    await provider.disconnect();
    throw polkadotError("polkadot", error);
  }
}
