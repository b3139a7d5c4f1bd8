import type { Decoder } from "./decode-tables.ts";
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
    default:
      return reader.refuse("UNKNOWN_SERIALIZED_TYPE", `no type has the code ${code}`);
  }
}

function finish({ code, handle, inner }: Unfinished): SignatureToken {
  switch (code) {
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
