import { decodeBase58, equalBytes, KeyMap } from "@dragoman/bytes";
import { ADDRESS, type FeatureSet, MAINNET_FEATURES } from "@dragoman/frontend-sbpf";
import type { SvmMessage } from "./message.ts";
import type { MessageConfig } from "./message-v1.ts";
import { precompileSignatures } from "./precompiles.ts";
import type { TransactionError } from "./transaction-error.ts";

/** What a transaction may use and pays (agave `compute-budget-instruction/src/compute_budget_instruction_details.rs`). */
export interface ComputeBudget {
  readonly unitLimit: number;
  /** Micro-lamports for each unit of the limit. */
  readonly unitPrice: bigint;
  /** Lamports in place of what the price comes to: what version 1 names. */
  readonly priorityFee?: bigint;
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
const U64_MAX = (1n << 64n) - 1n;

const KIND = { HEAP: 1, UNIT_LIMIT: 2, UNIT_PRICE: 3, LOADED_BYTES: 4 } as const;
/** Bytes of each instruction, by kind. */
const SIZES: Readonly<Record<number, number>> = { 1: 5, 2: 5, 3: 9, 4: 5 };

/** Programs that reserve few units by default (agave `builtins-default-costs/src/lib.rs`). */
const NATIVES = new KeyMap<true>(
  [
    ADDRESS.SYSTEM.bytes,
    ADDRESS.COMPUTE_BUDGET.bytes,
    ADDRESS.LOADER_V1.bytes,
    ADDRESS.LOADER_V2.bytes,
    ADDRESS.LOADER_V3.bytes,
    ADDRESS.ED25519.bytes,
    ADDRESS.SECP256K1.bytes,
    decodeBase58("Vote111111111111111111111111111111111111111"),
    decodeBase58("LoaderV411111111111111111111111111111111111"),
  ].map((key) => [key, true] as const),
);

/** Reads the instructions of the compute budget program, or the header of a message of version 1, before anything runs. */
export function readComputeBudget(
  message: SvmMessage,
  features: FeatureSet = MAINNET_FEATURES,
): { readonly budget: ComputeBudget } | { readonly error: TransactionError } {
  if (message.version === 1) return readConfigBudget(message.config ?? {});
  let asked: Map<number, bigint> | undefined;
  const reserves = features.has("reserveMinimalCusForBuiltins");
  let defaults = 0;
  let heapAt = 0;
  const { instructions, keys } = message;
  for (let index = 0; index < instructions.length; index++) {
    const { program, data } = instructions[index]!;
    const id = keys[program]!;
    const isBudget = equalBytes(id, ADDRESS.COMPUTE_BUDGET.bytes);
    if (reserves) defaults += NATIVES.has(id) ? UNITS_PER_NATIVE : UNITS_PER_INSTRUCTION;
    else if (!isBudget) defaults += UNITS_PER_INSTRUCTION;
    if (!isBudget) continue;
    const kind = data[0] ?? 0;
    const value = readValue(kind, data);
    if (value === undefined) {
      return { error: { InstructionError: [index, "InvalidInstructionData"] } };
    }
    asked ??= new Map();
    if (asked.has(kind)) return { error: { DuplicateInstruction: index } };
    asked.set(kind, value);
    if (kind === KIND.HEAP) heapAt = index;
  }
  const unitLimit = Math.min(Number(asked?.get(KIND.UNIT_LIMIT) ?? defaults), UNITS_MAX);
  if (asked === undefined) {
    const [heapBytes, loadedBytesMax] = [HEAP.DEFAULT, LOADED_BYTES_MAX];
    return { budget: { unitLimit, unitPrice: 0n, heapBytes, loadedBytesMax } };
  }
  if (!isHeap(Number(asked.get(KIND.HEAP) ?? HEAP.DEFAULT))) {
    return { error: { InstructionError: [heapAt, "InvalidInstructionData"] } };
  }
  const loaded = asked.get(KIND.LOADED_BYTES);
  if (loaded === 0n) return { error: "InvalidLoadedAccountsDataSizeLimit" };
  return {
    budget: {
      unitLimit,
      unitPrice: asked.get(KIND.UNIT_PRICE) ?? 0n,
      heapBytes: Number(asked.get(KIND.HEAP) ?? HEAP.DEFAULT),
      loadedBytesMax: Math.min(Number(loaded ?? LOADED_BYTES_MAX), LOADED_BYTES_MAX),
    },
  };
}

/** Version 1 (SIMD-0385): what is not asked for is not had, but for the heap's least size. */
function readConfigBudget(config: MessageConfig): ReturnType<typeof readComputeBudget> {
  const { priorityFee = 0n, unitLimit = 0, loadedBytesMax = 0, heapBytes = HEAP.DEFAULT } = config;
  const limit = Math.min(unitLimit, UNITS_MAX);
  return {
    budget: {
      ...{ unitLimit: limit, priorityFee, heapBytes },
      unitPrice: limit === 0 ? 0n : (priorityFee * MICRO_LAMPORTS) / BigInt(limit),
      loadedBytesMax: Math.min(loadedBytesMax, LOADED_BYTES_MAX),
    },
  };
}

/** Value of an instruction; undefined if it has no known form. */
function readValue(kind: number, data: Uint8Array): bigint | undefined {
  const size = SIZES[kind];
  if (size === undefined || data.length < size) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return kind === KIND.UNIT_PRICE ? view.getBigUint64(1, true) : BigInt(view.getUint32(1, true));
}

/** Whether a heap can have so many bytes. */
const isHeap = (bytes: number): boolean =>
  bytes >= HEAP.DEFAULT && bytes <= HEAP.MAX && bytes % HEAP.STEP === 0;

/** Fees in lamports: for each signature, and the priority fee, rounded up. */
export function feesOf(
  message: SvmMessage,
  { unitLimit, unitPrice, priorityFee }: ComputeBudget,
  features: FeatureSet = MAINNET_FEATURES,
): { readonly signatures: bigint; readonly priority: bigint } {
  const priority = priorityFee ?? priceOf(unitLimit, unitPrice);
  const signatures = message.requiredSignatures + precompileSignatures(message, features);
  return {
    signatures: SIGNATURE_FEES[signatures] ?? BigInt(signatures) * LAMPORTS_PER_SIGNATURE,
    priority: priority > U64_MAX ? U64_MAX : priority,
  };
}

/** Lamports for few signatures, by their number. */
const SIGNATURE_FEES = [0n, 1n, 2n, 3n, 4n].map((count) => count * LAMPORTS_PER_SIGNATURE);

/** Lamports for units, rounded up. */
const priceOf = (units: number, price: bigint): bigint =>
  price === 0n ? 0n : (price * BigInt(units) + MICRO_LAMPORTS - 1n) / MICRO_LAMPORTS;

/** Fee in lamports, both together. */
export function feeOf(message: SvmMessage, budget: ComputeBudget): bigint {
  const { signatures, priority } = feesOf(message, budget);
  return signatures + priority;
}
