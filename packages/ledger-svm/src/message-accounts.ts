import { decodeBase58, equalBytes, KeyMap } from "@dragoman/bytes";
import {
  type AccountMeta,
  ADDRESS,
  type FeatureSet,
  MAINNET_FEATURES,
  type SvmInstruction,
  SYSVARS,
  type SysvarName,
} from "@dragoman/frontend-sbpf";
import { INSTRUCTIONS_SYSVAR } from "./instructions-sysvar.ts";
import { isHeaderWritable, isSigner, type SvmMessage } from "./message.ts";

const named = (...addresses: readonly string[]): Uint8Array[] =>
  addresses.map((address) => decodeBase58(address));

const sysvars = (...names: readonly SysvarName[]): Uint8Array[] =>
  named(...names.map((name) => SYSVARS[name].address));

const setOf = (keys: readonly Uint8Array[]): KeyMap<true> =>
  new KeyMap(keys.map((key) => [key, true]));

/** Keys that no transaction writes, whatever its header says (anza-xyz/solana-sdk `reserved-account-keys/src/lib.rs`). */
const OLD_KEYS: readonly Uint8Array[] = [
  ADDRESS.LOADER_V1.bytes,
  ADDRESS.LOADER_V2.bytes,
  ADDRESS.LOADER_V3.bytes,
  ADDRESS.SYSTEM.bytes,
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
  INSTRUCTIONS_SYSVAR,
  ...sysvars("clock", "epochSchedule", "rent", "slotHashes", "stakeHistory"),
];
const OLD_RESERVED = setOf(OLD_KEYS);

/** With those of addNewReservedAccountKeys. */
const RESERVED = setOf([
  ...OLD_KEYS,
  ADDRESS.COMPUTE_BUDGET.bytes,
  ADDRESS.ED25519.bytes,
  ADDRESS.SECP256K1.bytes,
  ADDRESS.SECP256R1.bytes,
  ADDRESS.NATIVE_LOADER.bytes,
  ...sysvars("epochRewards", "lastRestartSlot"),
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
  const { keys, instructions } = message;
  const reserved = features.has("addNewReservedAccountKeys") ? RESERVED : OLD_RESERVED;
  const upgrades = keys.some((key) => equalBytes(key, ADDRESS.LOADER_V3.bytes));
  const isCalled = (index: number): boolean =>
    instructions.some(({ program }) => program === index);
  return keys.map((key, index) => ({
    key,
    isSigner: isSigner(message, index),
    isWritable:
      isHeaderWritable(message, index) && !reserved.has(key) && (upgrades || !isCalled(index)),
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
