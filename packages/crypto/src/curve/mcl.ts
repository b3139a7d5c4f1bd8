import { assert } from "@dragoman/fault";
import createModule from "mcl-wasm/dist/mcl_c.js";

/** Offset in the memory of an instance. */
export type Pointer = number;

type Copy = (to: Pointer, from: Pointer) => void;
type Combine = (to: Pointer, left: Pointer, right: Pointer) => void;
type Test = (of: Pointer) => number;
/** Reads bytes; the result is not 0 if they are refused. */
type Read = (to: Pointer, bytes: Pointer, size: number) => number;
/** Writes bytes; the result is their count, 0 if they do not fit. */
type Write = (bytes: Pointer, sizeMax: number, from: Pointer) => number;
type SumOfProducts = (to: Pointer, points: Pointer, scalars: Pointer, count: number) => void;

/** What we call of mcl's C interface (`mcl/bn.h` of herumi/mcl), here with a memory of its own. */
export interface Mcl {
  readonly memory: WebAssembly.Memory;
  malloc(size: number): Pointer;
  free(pointer: Pointer): void;
  mclBn_init(curve: number, compiledTimeVar: number): number;
  mclBn_setETHserialization(enable: number): void;
  mclBn_setMapToMode(mode: number): number;
  mclBn_verifyOrderG1(enable: number): void;
  mclBn_verifyOrderG2(enable: number): void;
  mclBnFr_setInt32(to: Pointer, value: number): void;
  mclBnFr_setBigEndianMod: Read;
  mclBnFr_getLittleEndian: Write;
  mclBnFr_add: Combine;
  mclBnFr_sub: Combine;
  mclBnFr_mul: Combine;
  mclBnFr_neg: Copy;
  mclBnFr_inv: Copy;
  mclBnFr_isZero: Test;
  mclBnFr_invVec(to: Pointer, from: Pointer, count: number): number;
  mclBnFp_setInt32(to: Pointer, value: number): void;
  mclBnFp_setBigEndianMod: Read;
  mclBnFp_getLittleEndian: Write;
  mclBnFp_neg: Copy;
  mclBnFp_add: Combine;
  mclBnFp_mul: Combine;
  mclBnFp_squareRoot(to: Pointer, from: Pointer): number;
  mclBnFp2_add: Combine;
  mclBnFp2_mul: Combine;
  /** The result is not 0 if there is none. */
  mclBnFp2_squareRoot(to: Pointer, from: Pointer): number;
  mclBnFp_mapToG1(to: Pointer, from: Pointer): number;
  mclBnFp2_mapToG2(to: Pointer, from: Pointer): number;
  mclBnG1_add: Combine;
  mclBnG1_sub: Combine;
  mclBnG1_mul: Combine;
  mclBnG1_neg: Copy;
  mclBnG1_normalize: Copy;
  mclBnG1_normalizeVec(to: Pointer, from: Pointer, count: number): void;
  mclBnG1_mulVec: SumOfProducts;
  mclBnG1_isZero: Test;
  mclBnG1_isValid: Test;
  mclBnG1_isValidOrder: Test;
  mclBnG1_serialize: Write;
  mclBnG1_deserialize: Read;
  mclBnG2_add: Combine;
  mclBnG2_sub: Combine;
  mclBnG2_mul: Combine;
  mclBnG2_neg: Copy;
  mclBnG2_dbl: Copy;
  mclBnG2_isEqual(left: Pointer, right: Pointer): number;
  mclBnG2_normalize: Copy;
  mclBnG2_mulVec: SumOfProducts;
  mclBnG2_isZero: Test;
  mclBnG2_isValid: Test;
  mclBnG2_isValidOrder: Test;
  mclBnG2_deserialize: Read;
  mclBnGT_setInt32(to: Pointer, value: number): void;
  mclBnGT_isOne: Test;
  mclBn_finalExp: Copy;
  mclBn_getUint64NumToPrecompute(): number;
  mclBn_precomputeG2(lines: Pointer, g2: Pointer): void;
  /** Product of two pairings before the final power, with the lines of the points of G2. */
  mclBn_precomputedMillerLoop2(
    to: Pointer,
    left: Pointer,
    leftLines: Pointer,
    right: Pointer,
    rightLines: Pointer,
  ): void;
  mclBn_millerLoopVec(to: Pointer, g1: Pointer, g2: Pointer, count: number): void;
}

/** Pages of 64 KiB that mcl is linked with. */
const PAGES = 32;

let compiled: WebAssembly.Module | undefined;

/**
 * A new instance of mcl, which keeps one curve; made at once, 30 ms for the first on Node 20 and 2 ms for others.
 *
 * The package offers its code in `createModule` alone, which instantiates it through a promise, and a precompile cannot wait. So
 * `WebAssembly.instantiate` stands aside for the length of that one call, which calls nothing else, and its bytes are compiled here (ADR 0010).
 */
export function instantiateMcl(): Mcl {
  compiled ??= compileMcl();
  const memory = new WebAssembly.Memory({ initial: PAGES });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  (exports.__wasm_call_ctors as () => void)();
  return { ...exports, memory } as unknown as Mcl;
}

function compileMcl(): WebAssembly.Module {
  const { instantiate } = WebAssembly;
  let module: WebAssembly.Module | undefined;
  WebAssembly.instantiate = (source: unknown) => {
    module = new WebAssembly.Module(source as Uint8Array<ArrayBuffer>);
    return new Promise<never>(() => {});
  };
  try {
    createModule({});
  } finally {
    WebAssembly.instantiate = instantiate;
  }
  assert(module !== undefined, "mcl instantiates its code when it is called");
  return module;
}
