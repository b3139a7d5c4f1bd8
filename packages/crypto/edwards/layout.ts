// Where things lie in the memory; `../src/wasm/edwards.ts` must agree.

/** An element of the field: ten limbs of four bytes. */
export const ELEMENT: usize = 40;
/** A point: X, Y, Z, T of the extended coordinates, T = X Y / Z. */
export const POINT: usize = 160;
/** An entry of a table: y + x, y - x, 2 d x y. */
export const ENTRY: usize = 120;

export const D: usize = 0x400;
export const D2: usize = 0x440;
export const ROOT: usize = 0x480;
/** Scratch elements. */
export const T0: usize = 0x500;
export const T1: usize = 0x540;
export const T2: usize = 0x580;
export const T3: usize = 0x5c0;
export const T4: usize = 0x600;
/** What an addition or doubling leaves before its last products. */
export const E: usize = 0x640;
export const F: usize = 0x680;
export const G: usize = 0x6c0;
export const H: usize = 0x700;
export const SUM: usize = 0x800;
export const STEP: usize = 0x900;
export const DIGITS: usize = 0xa00;
export const ENCODED: usize = 0xb00;
/** The remainder of a scalar: nine words. */
export const REST: usize = 0xb40;
/** R and S of a signature, the key, and the digest of them and the message. */
export const SIGNATURE: usize = 0x1000;
export const KEY: usize = 0x1040;
export const DIGEST: usize = 0x1080;
export const SHA_STATE: usize = 0x1100;
export const SHA_SCHEDULE: usize = 0x1200;
export const SHA_CONSTANTS: usize = 0x1500;
export const SHA_START: usize = 0x1800;
/** The key's point, and its multiples for one verification. */
export const KEY_POINT: usize = 0x1900;
export const MULTIPLES: usize = 0x2000;
/** Points of a table that is being made, with room for a product of each. */
export const BUILDING: usize = 0x60000;
