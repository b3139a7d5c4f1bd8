import { ByteWriter } from "@dragoman/bytes";
import { publicKeyEd25519, signEd25519 } from "@dragoman/crypto";
import { ADDRESS } from "@dragoman/frontend-sbpf";
import { type KeyedAccount, wallet } from "./genesis.ts";
import { type CompiledInstruction, encodeMessage } from "./message.ts";
import { encodeTransaction } from "./signed-transaction.ts";

/** Who gives test coins away. */
export interface Faucet {
  /** Ed25519 secret, 32 bytes. */
  readonly secret: Uint8Array;
}

/** The faucet's account, for a genesis. */
export const faucetAccount = ({ secret }: Faucet, lamports: bigint): KeyedAccount => [
  publicKeyEd25519(secret),
  wallet(lamports),
];

/** Instruction SetComputeUnitLimit. */
const UNIT_LIMIT = 2;
/** Instruction Transfer. */
const TRANSFER = 2;
/** Units that the two instructions need, and more. */
const UNITS = 1000;

/**
 * A signed transfer of `lamports` to `to`. `number` makes transfers different that are equal otherwise and name the same blockhash; it goes
 * into the limit of units.
 */
export function transferFromFaucet(
  { secret }: Faucet,
  transfer: {
    readonly to: Uint8Array;
    readonly lamports: bigint;
    readonly recentBlockhash: Uint8Array;
    readonly number: number;
  },
): Uint8Array {
  const { to, lamports, recentBlockhash, number } = transfer;
  const limit = new ByteWriter();
  limit.u8(UNIT_LIMIT);
  limit.u32(UNITS + number);
  const data = new ByteWriter();
  data.u32(TRANSFER);
  data.u64(lamports);
  const instructions: CompiledInstruction[] = [
    { program: 3, accounts: [], data: limit.finish() },
    { program: 2, accounts: [0, 1], data: data.finish() },
  ];
  const message = encodeMessage({
    version: "legacy",
    requiredSignatures: 1,
    readonlySigned: 0,
    readonlyUnsigned: 2,
    keys: [publicKeyEd25519(secret), to, ADDRESS.SYSTEM.bytes, ADDRESS.COMPUTE_BUDGET.bytes],
    recentBlockhash,
    instructions,
  });
  return encodeTransaction([signEd25519(message, secret)], message);
}
