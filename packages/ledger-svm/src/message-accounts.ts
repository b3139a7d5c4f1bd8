import { decodeBase58, encodeHex } from "@dragoman/bytes";
import { type AccountMeta, ADDRESS, type SvmInstruction, SYSVARS } from "@dragoman/frontend-sbpf";
import { INSTRUCTIONS_SYSVAR_HEX } from "./instructions-sysvar.ts";
import { isHeaderWritable, isSigner, type SvmMessage } from "./message.ts";

/** Keys that no transaction writes, whatever its header says. */
const RESERVED: ReadonlySet<string> = new Set<string>([
  ...Object.values(ADDRESS).map(({ hex }) => hex),
  ...Object.values(SYSVARS).map(({ idHex }) => idHex),
  INSTRUCTIONS_SYSVAR_HEX,
  encodeHex(decodeBase58("SysvarRecentB1ockHashes11111111111111111111")),
]);

/**
 * The message's keys with their rights. Sysvars and native programs are never written, nor are programs that an instruction calls, unless the
 * loader of upgradeable programs is there (anza-xyz/solana-sdk `message/src/legacy.rs`, is_maybe_writable).
 */
export function messageAccounts(message: SvmMessage): AccountMeta[] {
  const called = new Set<number>(message.instructions.map(({ program }) => program));
  const names: string[] = message.keys.map((key) => encodeHex(key));
  const upgrades = names.includes(ADDRESS.LOADER_V3.hex);
  return message.keys.map((key, index) => ({
    key,
    isSigner: isSigner(message, index),
    isWritable:
      isHeaderWritable(message, index) &&
      !RESERVED.has(names[index]!) &&
      (upgrades || !called.has(index)),
  }));
}

/** The message's instructions with keys in place of positions. */
export function messageInstructions(
  message: SvmMessage,
  accounts: readonly AccountMeta[],
): SvmInstruction[] {
  return message.instructions.map((instruction) => ({
    programId: message.keys[instruction.program]!,
    accounts: instruction.accounts.map((index) => accounts[index]!),
    data: instruction.data,
  }));
}
