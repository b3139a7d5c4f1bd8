import type { Random } from "@dragoman/core/testing";
import { decodeModule } from "../format/decode.ts";
import { encodeModule } from "../format/encode.ts";
import type { CompiledModule } from "../format/module.ts";
import { mutateAccess } from "./mutate-access.ts";
import { mutateCode } from "./mutate-code.ts";
import { mutateDefinition, mutatePool, mutateTypeParameters } from "./mutate-tables.ts";
import { mutateLayout, mutateSignature } from "./mutate-types.ts";

/** A module that is being changed. */
export type Draft = { -readonly [K in keyof CompiledModule]: CompiledModule[K] };

/** A file that differs from a real one: in its bytes, or in the data that they stand for. */
export function mutateModule(random: Random, corpus: readonly Uint8Array[]): Uint8Array {
  const file = random.pick(corpus);
  switch (random.below(8)) {
    case 0:
      return file.slice(0, random.below(file.length));
    case 1:
      return splice(random, file, random.pick(corpus));
    case 2:
    case 3:
      return mutateBytes(random, file);
    default: {
      const module = decodeModule(file);
      // The tables of Sui's enums are one pool here only while they fit each other: its code alone is changed.
      if (module.flavour === "sui") return mutateInstruction(random, file);
      return encodeModule(mutateData(random, module, random.between(1, 6)));
    }
  }
}

/** A module with one instruction changed, moved, doubled or taken out: the likeliest to verify. */
export function mutateInstruction(random: Random, file: Uint8Array): Uint8Array {
  const draft: Draft = { ...decodeModule(file) };
  mutateFunction(random, draft);
  return encodeModule(draft);
}

/**
 * A mutant of `module`, whose file is `file`. Of ten, six differ in one or two instructions, three in tables, types and
 * instructions at once, and one in its bytes, so that most decode and many verify.
 */
export function mutateReal(random: Random, file: Uint8Array, module: CompiledModule): Uint8Array {
  const draw = random.below(10);
  if (draw === 0) return mutateBytes(random, file);
  // The tables of Sui's enums are one pool here only while they fit each other: its code alone is changed.
  if (draw < 4 && module.flavour !== "sui") {
    return encodeModule(mutateData(random, module, random.between(1, 4)));
  }
  const draft: Draft = { ...module };
  for (let edits = random.between(1, 2); edits > 0; edits--) mutateFunction(random, draft);
  return encodeModule(draft);
}

function splice(random: Random, x: Uint8Array, y: Uint8Array): Uint8Array {
  const head = x.subarray(0, random.below(x.length));
  const tail = y.subarray(random.below(y.length));
  const all = new Uint8Array(head.length + tail.length);
  all.set(head);
  all.set(tail, head.length);
  return all;
}

function mutateBytes(random: Random, file: Uint8Array): Uint8Array {
  const bytes = [...file];
  for (let edits = random.between(1, 8); edits > 0 && bytes.length > 0; edits--) {
    const at = random.below(bytes.length);
    switch (random.below(5)) {
      case 0:
        bytes[at] ^= 1 << random.below(8);
        break;
      case 1:
        bytes[at] = random.below(256);
        break;
      case 2:
        bytes.splice(at, 0, random.below(256));
        break;
      case 3:
        bytes.splice(at, random.between(1, 4));
        break;
      default:
        bytes[at] = random.pick([0, 1, 127, 128, 255]);
    }
  }
  return Uint8Array.from(bytes);
}

/** Changes indices, types and instructions, so that the file still decodes. */
function mutateData(random: Random, module: CompiledModule, edits: number): CompiledModule {
  const draft: Draft = { ...module };
  for (let left = edits; left > 0; left--) {
    switch (random.below(9)) {
      case 0:
      case 1:
        mutatePool(random, draft);
        break;
      case 2:
        mutateSignature(random, draft);
        break;
      case 3:
        mutateLayout(random, draft);
        break;
      case 4:
        mutateDefinition(random, draft);
        break;
      case 5:
        mutateTypeParameters(random, draft);
        break;
      case 6:
        if (mayDeclareAccess(draft) && random.oneIn(2)) mutateAccess(random, draft);
        else mutateFunction(random, draft);
        break;
      default:
        mutateFunction(random, draft);
    }
  }
  return draft;
}

/** The first version with access specifiers. */
const VERSION_ACCESS = 7;
const mayDeclareAccess = ({ flavour, version }: Draft): boolean =>
  flavour === "aptos" && version >= VERSION_ACCESS;

function mutateFunction(random: Random, draft: Draft): void {
  if (draft.functionDefinitions.length === 0) return;
  const definitions = [...draft.functionDefinitions];
  const at = random.below(definitions.length);
  const { code } = definitions[at];
  if (code === undefined || code.ops.length === 0) return;
  definitions[at] = { ...definitions[at], code: mutateCode(random, code, draft.flavour) };
  draft.functionDefinitions = definitions;
}
