import { type FeatureName, type FeatureSet, MAINNET_FEATURES } from "../runtime/features.ts";
import { ALT_BN128_SYSCALL } from "./alt-bn128.ts";
import { ALT_BN128_COMPRESSION_SYSCALL } from "./alt-bn128-compression.ts";
import { BIG_MOD_EXP_SYSCALL } from "./big-mod-exp.ts";
import { BLS_SYSCALLS } from "./bls12-381.ts";
import { CONTROL_SYSCALLS, REMAINING_UNITS_SYSCALL } from "./control.ts";
import { CPI_SYSCALLS } from "./cpi.ts";
import { CURVE_SYSCALLS } from "./curves.ts";
import { BLAKE3_SYSCALL, HASH_SYSCALLS } from "./hashing.ts";
import { LOG_SYSCALLS } from "./logging.ts";
import { MEMORY_SYSCALLS } from "./memory.ts";
import { POSEIDON_SYSCALL } from "./poseidon.ts";
import { ADDRESS_SYSCALLS } from "./program-address.ts";
import { RETURN_DATA_SYSCALLS } from "./return-data.ts";
import { SECP256K1_SYSCALLS } from "./secp256k1.ts";
import type { Syscall } from "./syscall.ts";
import { SYSVAR_SYSCALLS } from "./sysvars.ts";
import { TRACE_SYSCALLS } from "./trace.ts";

/** Syscalls that mainnet has and this runtime provides. */
export const MAINNET_SYSCALLS: readonly Syscall[] = [
  ...CONTROL_SYSCALLS,
  ...MEMORY_SYSCALLS,
  ...LOG_SYSCALLS,
  ...HASH_SYSCALLS,
  ...RETURN_DATA_SYSCALLS,
  ...ADDRESS_SYSCALLS,
  ...SYSVAR_SYSCALLS,
  ...CPI_SYSCALLS,
  ...SECP256K1_SYSCALLS,
  ...CURVE_SYSCALLS,
  ...BLS_SYSCALLS,
  ALT_BN128_SYSCALL,
  ALT_BN128_COMPRESSION_SYSCALL,
  POSEIDON_SYSCALL,
  ...TRACE_SYSCALLS,
];

/** Syscalls that came with a feature, by name. */
const SYSCALL_FEATURES: Readonly<Record<string, FeatureName>> = {
  sol_blake3: "blake3Syscall",
  sol_remaining_compute_units: "remainingComputeUnitsSyscall",
  sol_get_sysvar: "getSysvarSyscall",
  sol_get_epoch_stake: "getEpochStakeSyscall",
  sol_get_last_restart_slot: "lastRestartSlotSysvar",
  sol_curve_validate_point: "curve25519Syscall",
  sol_curve_group_op: "curve25519Syscall",
  sol_curve_multiscalar_mul: "curve25519Syscall",
  sol_curve_decompress: "enableBls12381Syscall",
  sol_curve_pairing_map: "enableBls12381Syscall",
  sol_alt_bn128_group_op: "altBn128Syscall",
  sol_alt_bn128_compression: "altBn128CompressionSyscall",
  sol_poseidon: "poseidonSyscall",
  sol_big_mod_exp: "bigModExpSyscall",
};

const bySet = new WeakMap<FeatureSet, readonly Syscall[]>();

/** The syscalls of a chain with `features`; one array for one set, so that hashes are computed once. */
export function syscallsOf(features: FeatureSet): readonly Syscall[] {
  if (features === MAINNET_FEATURES) return MAINNET_SYSCALLS;
  let syscalls = bySet.get(features);
  if (syscalls === undefined) {
    const all = [...MAINNET_SYSCALLS, BLAKE3_SYSCALL, REMAINING_UNITS_SYSCALL, BIG_MOD_EXP_SYSCALL];
    syscalls = all.filter(({ name }) => {
      const feature = SYSCALL_FEATURES[name];
      return feature === undefined || features.has(feature);
    });
    bySet.set(features, syscalls);
  }
  return syscalls;
}
