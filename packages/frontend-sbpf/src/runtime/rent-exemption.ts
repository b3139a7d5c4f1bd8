/** Bytes that every account is charged beside its data. */
const ACCOUNT_BYTES = 128n;
const U64_MAX = (1n << 64n) - 1n;
const MANTISSA_BITS = 53;
/** 1.0 as bits of a double, and what a double holds exactly. */
const ONE = 0x3ff0_0000_0000_0000n;
const EXACT_MAX = 1n << 53n;

/**
 * Balance from which an account of `dataBytes` bytes is exempt from rent, in lamports, by the data of the sysvar Rent: lamports for each byte
 * and year, times a number of years that is a double (anza-xyz/solana-sdk `rent/src/lib.rs`).
 */
export function rentExemption(rent: Uint8Array, dataBytes: number): bigint {
  const view = new DataView(rent.buffer, rent.byteOffset, rent.byteLength);
  const bytes = ACCOUNT_BYTES + BigInt(dataBytes);
  const perYear = BigInt.asUintN(64, bytes * view.getBigUint64(0, true));
  const years = view.getBigUint64(8, true);
  return years === ONE && perYear < EXACT_MAX ? perYear : timesDouble(perYear, years);
}

/** A number with a mantissa of at most 53 bits and an exponent of two. */
interface Rounded {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** The nearest such number to `mantissa` times 2^exponent; of two equally near ones the even one. */
function rounded(mantissa: bigint, exponent: number): Rounded {
  const excess = mantissa.toString(2).length - MANTISSA_BITS;
  if (excess <= 0) return { mantissa, exponent };
  const shift = BigInt(excess);
  const half = 1n << (shift - 1n);
  const rest = mantissa & ((1n << shift) - 1n);
  const kept = mantissa >> shift;
  const isUp = rest > half || (rest === half && (kept & 1n) === 1n);
  return { mantissa: isUp ? kept + 1n : kept, exponent: exponent + excess };
}

/** `value` as a double times the double with these bits, cut to a u64: IEEE 754 in integers, so that every machine gives the same. */
function timesDouble(value: bigint, bits: bigint): bigint {
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  const isNegative = bits >> 63n === 1n;
  const isNumber = biased < 0x7ff || fraction === 0n;
  if (value === 0n || isNegative || !isNumber) return 0n;
  if (biased === 0x7ff) return U64_MAX;
  const factor =
    biased === 0
      ? { mantissa: fraction, exponent: -1074 }
      : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
  const own = rounded(value, 0);
  const { mantissa, exponent } = rounded(
    own.mantissa * factor.mantissa,
    own.exponent + factor.exponent,
  );
  const product =
    exponent >= 0 ? mantissa << BigInt(Math.min(exponent, 64)) : mantissa >> BigInt(-exponent);
  return product > U64_MAX ? U64_MAX : product;
}
