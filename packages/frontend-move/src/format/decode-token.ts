import { ABILITIES_ALL, type AbilitySet } from "./abilities.ts";
import type { Decoder } from "./decode-tables.ts";
import { VERSION_CLOSURES } from "./dialect.ts";
import { LIMIT } from "./limits.ts";
import type { ModuleReader } from "./module-reader.ts";
import { BASIC, PRIMITIVE_TOKENS, type SignatureToken, TOKEN_CODE } from "./signature-token.ts";

const SINCE: number[] = [];
const PRIMITIVES: (SignatureToken | undefined)[] = [];
for (const [code, tag, since] of PRIMITIVE_TOKENS) {
  SINCE[code] = since;
  PRIMITIVES[code] = BASIC[tag];
}

/** A type that still lacks `missing` of its inner types. */
interface Unfinished {
  readonly code: number;
  readonly handle: number;
  /** Of a function type: its parameters among the inner types, and its abilities. */
  readonly parameterCount?: number;
  readonly abilities?: AbilitySet;
  missing: number;
  readonly inner: SignatureToken[];
}

/** Reads one type without recursion: a type nested deeper than the limit is a fault. */
export function decodeToken(decoder: Decoder, reader: ModuleReader): SignatureToken {
  const open: Unfinished[] = [];
  for (;;) {
    let token = decodeNode(decoder, reader, open);
    if (open.length >= LIMIT.tokenDepth + (token === undefined ? 1 : 0)) {
      reader.refuse("MALFORMED", `a type is nested deeper than ${LIMIT.tokenDepth}`);
    }
    while (token !== undefined) {
      const parent = open.at(-1);
      if (parent === undefined) return token;
      parent.inner.push(token);
      parent.missing--;
      if (parent.missing > 0) break;
      open.pop();
      token = finish(parent);
    }
  }
}

/** Reads one node: a leaf is returned, a node with inner types is pushed on `open`. */
function decodeNode(
  decoder: Decoder,
  reader: ModuleReader,
  open: Unfinished[],
): SignatureToken | undefined {
  if (++decoder.typeNodes > LIMIT.typeNodes) {
    reader.refuse("MALFORMED", `the file has more than ${LIMIT.typeNodes} type nodes`);
  }
  const code = reader.u8();
  const primitive = PRIMITIVES[code];
  if (primitive !== undefined) {
    if (decoder.dialect.flavour !== "aptos" && SINCE[code] > 7) {
      reader.refuse("UNKNOWN_SERIALIZED_TYPE", `no type has the code ${code}`);
    }
    if (SINCE[code] > decoder.version) {
      reader.refuse("MALFORMED", `version ${decoder.version} has no type ${primitive.tag}`);
    }
    return primitive;
  }
  switch (code) {
    case TOKEN_CODE.vector:
    case TOKEN_CODE.reference:
    case TOKEN_CODE.mutableReference:
      open.push({ code, handle: 0, missing: 1, inner: [] });
      return undefined;
    case TOKEN_CODE.struct:
      return { tag: "struct", handle: reader.uleb(LIMIT.index, "struct handle index") };
    case TOKEN_CODE.typeParameter: {
      const index = reader.uleb(LIMIT.typeParameterIndex, "type parameter index");
      return { tag: "typeParameter", index };
    }
    case TOKEN_CODE.structInstantiation: {
      const handle = reader.uleb(LIMIT.index, "struct handle index");
      const missing = reader.uleb(LIMIT.typeParameterCount, "type argument count");
      if (missing === 0) reader.refuse("MALFORMED", "a struct instantiation has no arguments");
      open.push({ code, handle, missing, inner: [] });
      return undefined;
    }
    case TOKEN_CODE.function:
      return decodeFunction(decoder, reader, open);
    default:
      return reader.refuse("UNKNOWN_SERIALIZED_TYPE", `no type has the code ${code}`);
  }
}

/** A function type: abilities, the two counts, then parameters and results. */
function decodeFunction(
  { dialect, version }: Decoder,
  reader: ModuleReader,
  open: Unfinished[],
): SignatureToken | undefined {
  if (dialect.flavour !== "aptos") {
    reader.refuse("UNKNOWN_SERIALIZED_TYPE", `no type has the code ${TOKEN_CODE.function}`);
  }
  if (version < VERSION_CLOSURES) {
    reader.refuse("MALFORMED", `version ${version} has no function types`);
  }
  const abilities = reader.uleb(ABILITIES_ALL, "ability set");
  const parameterCount = reader.uleb(LIMIT.signatureSize, "parameter count");
  const missing = parameterCount + reader.uleb(LIMIT.signatureSize, "result count");
  const node = { code: TOKEN_CODE.function, handle: 0, parameterCount, abilities, missing };
  if (missing === 0) return finish({ ...node, inner: [] });
  open.push({ ...node, inner: [] });
  return undefined;
}

function finish(node: Unfinished): SignatureToken {
  const { code, handle, inner } = node;
  switch (code) {
    case TOKEN_CODE.function:
      return {
        tag: "function",
        parameters: inner.slice(0, node.parameterCount),
        results: inner.slice(node.parameterCount),
        abilities: node.abilities ?? 0,
      };
    case TOKEN_CODE.vector:
      return { tag: "vector", inner: inner[0] };
    case TOKEN_CODE.reference:
      return { tag: "reference", inner: inner[0] };
    case TOKEN_CODE.mutableReference:
      return { tag: "mutableReference", inner: inner[0] };
    default:
      return { tag: "structInstantiation", handle, typeArguments: inner };
  }
}
