import { decodeBase64 } from "@dragoman/bytes";
import { KERNEL_BASE64 } from "./kernel-binary.ts";

/** Signatures of the kernel's functions: i = i32, l = i64; parameters, then the result. */
export const KERNEL_FUNCTIONS = {
  mul: ["llllllll", "l"],
  mulChecked: ["llllllll", "l"],
  div: ["llllllll", "l"],
  mod: ["llllllll", "l"],
  sdiv: ["llllllll", "l"],
  smod: ["llllllll", "l"],
  addmod: ["llllllllllll", "l"],
  mulmod: ["llllllllllll", "l"],
  exp: ["llllllll", "l"],
  shl: ["lllll", "l"],
  shr: ["lllll", "l"],
  sar: ["lllll", "l"],
  signextend: ["lllll", "l"],
  compare: ["iii", "i"],
  keccak: ["ii", "l"],
  keccak256: ["iii", ""],
  sha256: ["iii", ""],
  sha3: ["iii", ""],
  cellFind: ["illll", "i"],
  cellStore: ["illll", ""],
  cellSetMark: ["ii", ""],
  counterAdd: ["il", ""],
  logAppend: ["iiiii", "i"],
  framePlace: ["ii", "i"],
  frameEnter: ["iii", ""],
  frameLeave: ["i", ""],
} as const satisfies Record<string, readonly [string, string]>;

export type KernelFunction = keyof typeof KERNEL_FUNCTIONS;

/**
 * The kernel, instantiated over one linear memory. Word operations take limbs as i64, lowest first,
 * answer limb 0 and leave all four in {@link KERNEL_CELLS}.RESULT; compiled programs import them,
 * so no JavaScript lies between. The members below take i32 only and serve the host.
 */
export interface Kernel {
  readonly exports: Readonly<Record<KernelFunction, WebAssembly.ExportValue>>;
  /** Writes the 32-byte Keccak-256 digest of [address, address + length) to `out`. */
  keccak256(address: number, length: number, out: number): void;
  /** Writes the 32-byte SHA-256 digest of [address, address + length) to `out`. */
  sha256(address: number, length: number, out: number): void;
  /** -1, 0 or 1 as the bytes compare. */
  compare(a: number, b: number, length: number): number;
}

let compiled: WebAssembly.Module | undefined;

/**
 * Instantiates the kernel over `memory`, whose first MiB belongs to it.
 *
 * @param remembersDigests whether `keccak` answers 64-byte inputs that it has seen from a table; which function programs are linked
 * to is decided here, so that nothing is asked at run time
 */
export function createKernel(memory: WebAssembly.Memory, remembersDigests = true): Kernel {
  compiled ??= new WebAssembly.Module(decodeBase64(KERNEL_BASE64));
  const instance = new WebAssembly.Instance(compiled, { env: { memory } });
  const all = instance.exports as Record<KernelFunction | "keccakAnew", WebAssembly.ExportValue>;
  const exports = remembersDigests ? all : { ...all, keccak: all.keccakAnew };
  return {
    exports,
    keccak256: exports.keccak256 as Kernel["keccak256"],
    sha256: exports.sha256 as Kernel["sha256"],
    compare: exports.compare as Kernel["compare"],
  };
}
