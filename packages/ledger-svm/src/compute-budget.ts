import { encodeHex } from "@dragoman/bytes";
import { ADDRESS } from "@dragoman/frontend-sbpf";
import { precompileSignatures } from "./ed25519-precompile.ts";
import type { SvmMessage } from "./message.ts";
import type { TransactionError } from "./transaction-error.ts";

/** What a transaction may use and pays (agave `compute-budget-instruction/src/compute_budget_instruction_details.rs`). */
export interface ComputeBudget {
  readonly unitLimit: number;
  /** Micro-lamports for each unit of the limit. */
  readonly unitPrice: bigint;
  readonly heapBytes: number;
  /** Bytes of all accounts that are loaded. */
  readonly loadedBytesMax: number;
}

export const LAMPORTS_PER_SIGNATURE = 5000n;
export const UNITS_MAX = 1_400_000;
const UNITS_PER_INSTRUCTION = 200_000;
const UNITS_PER_NATIVE = 3_000;
const HEAP = { DEFAULT: 32 * 1024, MAX: 256 * 1024, STEP: 1024 } as const;
const LOADED_BYTES_MAX = 64 * 1024 * 1024;
const MICRO_LAMPORTS = 1_000_000n;

const KIND = { HEAP: 1, UNIT_LIMIT: 2, UNIT_PRICE: 3, LOADED_BYTES: 4 } as const;
/** Bytes of each instruction, by kind. */
const SIZES: Readonly<Record<number, number>> = { 1: 5, 2: 5, 3: 9, 4: 5 };

const NATIVES = new Set<string>(
  Object.values(ADDRESS)
    .filter(({ hex }) => hex !== ADDRESS.NATIVE_LOADER.hex)
    .map(({ hex }) => hex),
);

/** Reads the instructions of the compute budget program, before anything runs. */
export function readComputeBudget(
  message: SvmMessage,
): { readonly budget: ComputeBudget } | { readonly error: TransactionError } {
  const asked = new Map<number, bigint>();
  let defaults = 0;
  for (const [index, { program, data }] of message.instructions.entries()) {
    const id = encodeHex(message.keys[program]!);
    defaults += NATIVES.has(id) ? UNITS_PER_NATIVE : UNITS_PER_INSTRUCTION;
    if (id !== ADDRESS.COMPUTE_BUDGET.hex) continue;
    const kind = data[0] ?? 0;
    const value = readValue(kind, data);
    if (value === undefined) {
      return { error: { InstructionError: [index, "InvalidInstructionData"] } };
    }
    if (asked.has(kind)) return { error: { DuplicateInstruction: index } };
    asked.set(kind, value);
  }
  const loaded = asked.get(KIND.LOADED_BYTES);
  if (loaded === 0n) return { error: "InvalidLoadedAccountsDataSizeLimit" };
  return {
    budget: {
      unitLimit: Math.min(Number(asked.get(KIND.UNIT_LIMIT) ?? defaults), UNITS_MAX),
      unitPrice: asked.get(KIND.UNIT_PRICE) ?? 0n,
      heapBytes: Number(asked.get(KIND.HEAP) ?? HEAP.DEFAULT),
      loadedBytesMax: Math.min(Number(loaded ?? LOADED_BYTES_MAX), LOADED_BYTES_MAX),
    },
  };
}

/** Value of an instruction; undefined if it has no known form. */
function readValue(kind: number, data: Uint8Array): bigint | undefined {
  const size = SIZES[kind];
  if (size === undefined || data.length < size) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (kind === KIND.UNIT_PRICE) return view.getBigUint64(1, true);
  const value = view.getUint32(1, true);
  const isHeap = kind === KIND.HEAP;
  const fits = value >= HEAP.DEFAULT && value <= HEAP.MAX && value % HEAP.STEP === 0;
  return isHeap && !fits ? undefined : BigInt(value);
}

/** Fee in lamports: for each signature, and the priority fee, rounded up. */
export function feeOf(message: SvmMessage, { unitLimit, unitPrice }: ComputeBudget): bigint {
  const priority = (unitPrice * BigInt(unitLimit) + MICRO_LAMPORTS - 1n) / MICRO_LAMPORTS;
  const signatures = message.requiredSignatures + precompileSignatures(message);
  return BigInt(signatures) * LAMPORTS_PER_SIGNATURE + priority;
}
