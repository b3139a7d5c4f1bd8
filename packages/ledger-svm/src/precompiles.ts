import { KeyMap } from "@dragoman/bytes";
import { ADDRESS, type FeatureSet } from "@dragoman/frontend-sbpf";
import type { SvmMessage } from "./message.ts";
import type { Verdict } from "./precompile-data.ts";
import { checkEd25519 } from "./precompile-ed25519.ts";
import { checkSecp256k1 } from "./precompile-secp256k1.ts";
import { checkSecp256r1 } from "./precompile-secp256r1.ts";
import type { TransactionError } from "./transaction-error.ts";

type Check = (data: Uint8Array, all: readonly Uint8Array[]) => Verdict;

const CHECKS = new KeyMap<Check>([
  [ADDRESS.ED25519.bytes, checkEd25519],
  [ADDRESS.SECP256K1.bytes, checkSecp256k1],
  [ADDRESS.SECP256R1.bytes, checkSecp256r1],
]);

/** The check of the program at an address; undefined if it is no precompile of this chain. */
function checkAt(program: Uint8Array, features: FeatureSet): Check | undefined {
  const check = CHECKS.get(program);
  return check === checkSecp256r1 && !features.has("secp256r1Precompile") ? undefined : check;
}

/** Signatures that instructions of precompiles check; each is paid like one of the transaction. */
export function precompileSignatures(
  { keys, instructions }: SvmMessage,
  features: FeatureSet,
): number {
  let count = 0;
  for (const { program, data } of instructions) {
    if (checkAt(keys[program]!, features) !== undefined) count += data[0] ?? 0;
  }
  return count;
}

/** Outcome of the instruction at `index`; "none" if its program is no precompile. */
export function checkPrecompile(
  { keys, instructions }: SvmMessage,
  index: number,
  features: FeatureSet,
): Verdict | "none" {
  const { program, data } = instructions[index]!;
  const check = checkAt(keys[program]!, features);
  if (check === undefined) return "none";
  return check(
    data,
    instructions.map((instruction) => instruction.data),
  );
}

/** The first failure of a precompile, as they were checked before anything else (until SIMD-0159). */
export function precompileError(
  message: SvmMessage,
  features: FeatureSet,
): TransactionError | undefined {
  for (const index of message.instructions.keys()) {
    const verdict = checkPrecompile(message, index, features);
    if (typeof verdict === "number") return { InstructionError: [index, { Custom: verdict }] };
  }
  return undefined;
}
