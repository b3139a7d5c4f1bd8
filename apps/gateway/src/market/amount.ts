import type { Decimal } from "@dragoman/schema";
import { DECIMALS } from "./action-input.ts";

/** 1e-6 as a decimal. */
export const decimalOf = (raw: bigint): Decimal => ({ raw, decimals: DECIMALS });

/** Q32 as a decimal: 2^-32 = 5^32 / 10^32, so no digit is lost. */
export const decimalOfQ32 = (value: bigint): Decimal => ({ raw: value * 5n ** 32n, decimals: 32 });
