import { CONTROL_SYSCALLS } from "./control.ts";
import { CPI_SYSCALLS } from "./cpi.ts";
import { HASH_SYSCALLS } from "./hashing.ts";
import { LOG_SYSCALLS } from "./logging.ts";
import { MEMORY_SYSCALLS } from "./memory.ts";
import { ADDRESS_SYSCALLS } from "./program-address.ts";
import { RETURN_DATA_SYSCALLS } from "./return-data.ts";
import { SECP256K1_SYSCALLS } from "./secp256k1.ts";
import type { Syscall } from "./syscall.ts";
import { SYSVAR_SYSCALLS } from "./sysvars.ts";

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
];
