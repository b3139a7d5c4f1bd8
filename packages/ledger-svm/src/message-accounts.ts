import { decodeBase58, encodeHex } from "@dragoman/bytes";
import {
  type AccountMeta,
  ADDRESS,
  type FeatureSet,
  MAINNET_FEATURES,
  type SvmInstruction,
  SYSVARS,
} from "@dragoman/frontend-sbpf";
import { INSTRUCTIONS_SYSVAR_HEX } from "./instructions-sysvar.ts";
import { isHeaderWritable, isSigner, type SvmMessage } from "./message.ts";

const named = (...addresses: readonly string[]): string[] =>
  addresses.map((address) => encodeHex(decodeBase58(address)));

/** Keys that no transaction writes, whatever its header says (anza-xyz/solana-sdk `reserved-account-keys/src/lib.rs`). */
const OLD_RESERVED: ReadonlySet<string> = new Set<string>([
  ADDRESS.LOADER_V1.hex,
  ADDRESS.LOADER_V2.hex,
  ADDRESS.LOADER_V3.hex,
  ADDRESS.SYSTEM.hex,
  ...named(
    "Config1111111111111111111111111111111111111",
    "Feature111111111111111111111111111111111111",
    "Stake11111111111111111111111111111111111111",
    "StakeConfig11111111111111111111111111111111",
    "Vote111111111111111111111111111111111111111",
    "SysvarFees111111111111111111111111111111111",
    "SysvarRecentB1ockHashes11111111111111111111",
    "SysvarRewards111111111111111111111111111111",
    "SysvarS1otHistory11111111111111111111111111",
  ),
  INSTRUCTIONS_SYSVAR_HEX,
  SYSVARS.clock.idHex,
  SYSVARS.epochSchedule.idHex,
  SYSVARS.rent.idHex,
  SYSVARS.slotHashes.idHex,
  SYSVARS.stakeHistory.idHex,
]);

/** With those of addNewReservedAccountKeys. */
const RESERVED: ReadonlySet<string> = new Set<string>([
  ...OLD_RESERVED,
  ADDRESS.COMPUTE_BUDGET.hex,
  ADDRESS.ED25519.hex,
  ADDRESS.SECP256K1.hex,
  ADDRESS.SECP256R1.hex,
  ADDRESS.NATIVE_LOADER.hex,
  SYSVARS.epochRewards.idHex,
  SYSVARS.lastRestartSlot.idHex,
  ...named(
    "AddressLookupTab1e1111111111111111111111111",
    "LoaderV411111111111111111111111111111111111",
    "Sysvar1111111111111111111111111111111111111",
    "ZkE1Gama1Proof11111111111111111111111111111",
    "ZkTokenProof1111111111111111111111111111111",
  ),
]);

/**
 * The message's keys with their rights. Sysvars and native programs are never written, nor are programs that an instruction calls, unless the
 * loader of upgradeable programs is there (anza-xyz/solana-sdk `message/src/legacy.rs`, is_maybe_writable).
 */
export function messageAccounts(
  message: SvmMessage,
  features: FeatureSet = MAINNET_FEATURES,
): AccountMeta[] {
  const reserved = features.has("addNewReservedAccountKeys") ? RESERVED : OLD_RESERVED;
  const called = new Set<number>(message.instructions.map(({ program }) => program));
  const names: string[] = message.keys.map((key) => encodeHex(key));
  const upgrades = names.includes(ADDRESS.LOADER_V3.hex);
  return message.keys.map((key, index) => ({
    key,
    isSigner: isSigner(message, index),
    isWritable:
      isHeaderWritable(message, index) &&
      !reserved.has(names[index]!) &&
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
