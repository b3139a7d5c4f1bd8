import { encodeBase58 } from "@dragoman/bytes";
import type { Random } from "@dragoman/core/testing";
import { Keypair, PublicKey } from "@solana/web3.js";
import type { SvmPair } from "./svm-pair.ts";

/** Token programs that transactions call: p-token, SPL Token 3.5.0 under an address of its own, Token-2022. */
export const TOKEN = new PublicKey("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
export const OLD_TOKEN: PublicKey = Keypair.fromSeed(new Uint8Array(32).fill(250)).publicKey;
export const TOKEN_2022 = new PublicKey("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb");

/** Accounts of one token program. */
export interface TokenSet {
  readonly program: PublicKey;
  readonly mint: Keypair;
  /** One for each wallet, by their order. */
  readonly holdings: readonly Keypair[];
}

/** What random transactions are made of: few accounts, so that they meet each other's effects. */
export interface World {
  readonly random: Random;
  readonly pair: SvmPair;
  readonly wallets: readonly Keypair[];
  /** Keys of accounts that come and go. */
  readonly spare: readonly Keypair[];
  readonly tokens: readonly TokenSet[];
  /** Lookup tables that were asked for. */
  readonly tables: PublicKey[];
  /** Whether the programs of ZK Compression are there. */
  readonly hasLight: boolean;
  /** Leaves of their queue, by index; undefined: one whose content is not known. */
  readonly leaves: (Leaf | undefined)[];
}

/** Lamports that were compressed, and whose they are. */
export interface Leaf {
  readonly owner: PublicKey;
  readonly lamports: number;
}

const key = (kind: number, index: number): Keypair =>
  Keypair.fromSeed(new Uint8Array(32).fill(index + 1).fill(kind, 0, 4));

const WALLET_LAMPORTS = 1_000_000_000_000n;
const WALLETS = 5;
const SPARE = 8;

/** A world with rich wallets and nothing else; the programs of ZK Compression are set up by others. */
export function openWorld(random: Random, pair: SvmPair, hasLight: boolean): World {
  const wallets = Array.from({ length: WALLETS }, (_, index) => key(1, index));
  for (const wallet of wallets) {
    pair.setAccount({
      address: encodeBase58(wallet.publicKey.toBytes()),
      data: new Uint8Array(0),
      executable: false,
      lamports: WALLET_LAMPORTS,
      programAddress: "11111111111111111111111111111111",
      space: 0n,
    });
  }
  const tokens = [TOKEN, OLD_TOKEN, TOKEN_2022].map((program, index) => ({
    program,
    mint: key(10 + index, 0),
    holdings: wallets.map((_, at) => key(20 + index, at)),
  }));
  const spare = Array.from({ length: SPARE }, (_, index) => key(2, index));
  return { random, pair, wallets, spare, tokens, tables: [], hasLight, leaves: [] };
}

/** Every key that can sign. */
export const signersOf = ({ wallets, spare, tokens }: World): Keypair[] => [
  ...wallets,
  ...spare,
  ...tokens.flatMap(({ mint, holdings }) => [mint, ...holdings]),
];

export const anyWallet = ({ random, wallets }: World): PublicKey => random.pick(wallets).publicKey;

/** A wallet, mostly, or any other key. */
export function anyKey(world: World): PublicKey {
  const { random } = world;
  if (!random.oneIn(4)) return anyWallet(world);
  return random.pick(signersOf(world)).publicKey;
}

export const anySpare = ({ random, spare }: World): PublicKey => random.pick(spare).publicKey;

/** Lamports, often at an edge. */
export const anyLamports = ({ random }: World): number =>
  random.pick([0, 1, 890_880, 890_879, 1_447_680, 2_039_280, 5_000_000, 1_000_000_000, 2e12]);
