import {
  SVM_ASSOCIATED_TOKEN_PROGRAM,
  SVM_TOKEN_PROGRAM,
  svmWalletAddress,
} from "@dragoman/protocol";
import { PublicKey, SystemProgram, TransactionInstruction } from "@solana/web3.js";

/** Bytes of a mint, for its rent. */
export const MINT_BYTES = 82;

export const TOKEN_PROGRAM = new PublicKey(SVM_TOKEN_PROGRAM);

/** Numbers of SPL Token's instructions (solana-program/token `interface/src/instruction.rs`). */
const TOKEN = { TRANSFER: 3, SET_AUTHORITY: 6, MINT_TO: 7, INITIALISE_MINT: 20 } as const;
const AUTHORITY_OF_MINT = 0;
/** The associated token program's instruction that does nothing if the account is there. */
const CREATE_IDEMPOTENT = 1;

const account = (pubkey: PublicKey, isWritable: boolean, isSigner = false) => ({
  ...{ pubkey, isWritable, isSigner },
});

function tokenInstruction(
  keys: TransactionInstruction["keys"],
  ...parts: readonly Uint8Array[]
): TransactionInstruction {
  return new TransactionInstruction({ programId: TOKEN_PROGRAM, keys, data: Buffer.concat(parts) });
}

function u64(value: bigint): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

/** Makes an account of {@link MINT_BYTES} bytes a mint, which nobody can freeze. */
export const initialiseMint = (
  mint: PublicKey,
  decimals: number,
  authority: PublicKey,
): TransactionInstruction =>
  tokenInstruction(
    [account(mint, true)],
    Uint8Array.of(TOKEN.INITIALISE_MINT, decimals),
    authority.toBytes(),
    Uint8Array.of(0),
  );

/** Hands the right to mint on. */
export const setMintAuthority = (
  mint: PublicKey,
  from: PublicKey,
  to: PublicKey,
): TransactionInstruction =>
  tokenInstruction(
    [account(mint, true), account(from, false, true)],
    Uint8Array.of(TOKEN.SET_AUTHORITY, AUTHORITY_OF_MINT, 1),
    to.toBytes(),
  );

export const mintTo = (
  mint: PublicKey,
  to: PublicKey,
  authority: PublicKey,
  amount: bigint,
): TransactionInstruction =>
  tokenInstruction(
    [account(mint, true), account(to, true), account(authority, false, true)],
    Uint8Array.of(TOKEN.MINT_TO),
    u64(amount),
  );

export const transferTokens = (
  from: PublicKey,
  to: PublicKey,
  owner: PublicKey,
  amount: bigint,
): TransactionInstruction =>
  tokenInstruction(
    [account(from, true), account(to, true), account(owner, false, true)],
    Uint8Array.of(TOKEN.TRANSFER),
    u64(amount),
  );

/** Address of a wallet's token account. */
export const walletOf = (owner: PublicKey, mint: PublicKey): PublicKey =>
  new PublicKey(svmWalletAddress(owner.toBase58(), mint.toBase58()));

/** Creates a wallet's token account if it is not there. */
export const createWallet = (
  payer: PublicKey,
  owner: PublicKey,
  mint: PublicKey,
): TransactionInstruction =>
  new TransactionInstruction({
    programId: new PublicKey(SVM_ASSOCIATED_TOKEN_PROGRAM),
    keys: [
      account(payer, true, true),
      account(walletOf(owner, mint), true),
      account(owner, false),
      account(mint, false),
      account(SystemProgram.programId, false),
      account(TOKEN_PROGRAM, false),
    ],
    data: Buffer.of(CREATE_IDEMPOTENT),
  });
