import type { FunctionAttribute, Visibility } from "../format/module.ts";
import { ATTRIBUTE_WORDS } from "./attribute-words.ts";
import { TokenCursor } from "./lexer.ts";
import { parseAccesses } from "./parse-access.ts";
import { parseBody } from "./parse-body.ts";
import {
  parseAbilities,
  parseBytes,
  parseModuleName,
  parseNamedType,
  parseType,
  parseTypeParameters,
} from "./parse-type.ts";
import type {
  FunctionNode,
  ImportNode,
  ModuleName,
  ModuleNode,
  NamedType,
  ScriptNode,
  SignatureNode,
  StructNode,
  TypeNode,
} from "./syntax-tree.ts";

/** Reads the text of one module or one script. */
export function parseUnit(text: string, defaultWord: number): ModuleNode | ScriptNode {
  const cursor = new TokenCursor(text);
  const versionWord = parseVersion(cursor, defaultWord);
  const unit = cursor.at("module")
    ? parseModule(cursor, versionWord)
    : parseScript(cursor, versionWord);
  if (cursor.peek().kind !== "end") cursor.refuse("nothing may follow the module or script");
  return unit;
}

/** `version 6;`, from 7 on of the Aptos flavour; `version 0x5000007;` for the whole word. */
function parseVersion(cursor: TokenCursor, defaultWord: number): number {
  if (!cursor.take("version")) return defaultWord;
  const word = Number(cursor.integer(32));
  cursor.expect(";");
  return word >= 7 && word < 256 ? 0x0a000000 + word : word;
}

function parseModule(cursor: TokenCursor, versionWord: number): ModuleNode {
  const { at } = cursor.expect("module");
  const name = parseModuleName(cursor);
  const friends: ModuleName[] = [];
  const imports: ImportNode[] = [];
  const structs: StructNode[] = [];
  const functions: FunctionNode[] = [];
  const metadata: { key: Uint8Array; value: Uint8Array }[] = [];
  cursor.expect("{");
  while (!cursor.take("}")) {
    if (cursor.take("friend")) {
      friends.push(parseModuleName(cursor));
      cursor.expect(";");
    } else if (cursor.at("import")) {
      imports.push(parseImport(cursor));
    } else if (cursor.at("metadata") && cursor.peek(1).kind === "string") {
      cursor.advance();
      metadata.push({ key: parseBytes(cursor), value: parseBytes(cursor) });
      cursor.expect(";");
    } else if (cursor.at("synthetic") && cursor.peek(1).kind === "name") {
      skipUntil(cursor, ";");
      cursor.expect(";");
    } else if (startsStruct(cursor)) {
      structs.push(parseStruct(cursor));
    } else {
      functions.push(parseFunction(cursor));
    }
  }
  return {
    at,
    tag: "module",
    versionWord,
    name,
    friends,
    imports,
    structs,
    functions,
    metadata,
  };
}

function parseScript(cursor: TokenCursor, versionWord: number): ScriptNode {
  const { at } = cursor.peek();
  const imports: ImportNode[] = [];
  while (cursor.at("import")) imports.push(parseImport(cursor));
  if (!cursor.at("main")) cursor.refuse("a script is imports and main");
  return { at, tag: "script", versionWord, imports, main: parseFunction(cursor) };
}

function startsStruct(cursor: TokenCursor): boolean {
  const ahead = cursor.at("native") ? 1 : 0;
  return cursor.at("struct", ahead) || cursor.at("enum", ahead);
}

function parseImport(cursor: TokenCursor): ImportNode {
  const { at } = cursor.expect("import");
  const module = parseModuleName(cursor);
  const alias = cursor.take("as") ? cursor.name("an alias") : module.name;
  if (alias === "Self") cursor.refuse("Self is the module itself");
  const structs: StructNode[] = [];
  const functions: SignatureNode[] = [];
  if (cursor.take("{")) {
    while (!cursor.take("}")) {
      if (cursor.at("struct")) {
        structs.push(parseStructHead(cursor));
      } else {
        functions.push(parseSignature(cursor));
      }
      cursor.expect(";");
    }
  } else {
    cursor.expect(";");
  }
  return { at, module, alias, structs, functions };
}

/** `struct S<T> has copy, drop` */
function parseStructHead(cursor: TokenCursor): StructNode {
  const { at } = cursor.advance();
  const name = cursor.name("a struct");
  const typeParameters = parseTypeParameters(cursor);
  const hasAbilities = cursor.take("has") && !cursor.at("{");
  const abilities = hasAbilities ? parseAbilities(cursor, ",") : 0;
  return { at, name, abilities, typeParameters, layout: { tag: "native" } };
}

function parseStruct(cursor: TokenCursor): StructNode {
  const native = cursor.take("native");
  const isEnum = cursor.at("enum");
  const head = parseStructHead(cursor);
  if (native) {
    cursor.expect(";");
    return head;
  }
  if (!isEnum) return { ...head, layout: { tag: "fields", fields: parseFields(cursor) } };
  cursor.expect("{");
  const variants = cursor.list("}", () => {
    const { at } = cursor.peek();
    const name = cursor.name("a variant");
    return { at, name, fields: cursor.at("{") ? parseFields(cursor) : [] };
  });
  cursor.expect("}");
  return { ...head, layout: { tag: "variants", variants } };
}

function parseFields(cursor: TokenCursor): NamedType[] {
  cursor.expect("{");
  const fields: NamedType[] = [];
  while (!cursor.at("}")) {
    if (cursor.at("invariant") && !cursor.at(":", 1)) {
      skipUntil(cursor, "}");
      break;
    }
    fields.push(parseNamedType(cursor));
    if (!cursor.take(",")) break;
  }
  cursor.expect("}");
  return fields;
}

/** Reads over words up to a mark outside of braces that were opened on the way. */
function skipUntil(cursor: TokenCursor, mark: string): void {
  for (let open = 0; open > 0 || !cursor.at(mark); cursor.advance()) {
    if (cursor.peek().kind === "end") cursor.refuse(`${mark} expected, not the end of the text`);
    if (cursor.at("{")) open++;
    if (cursor.at("}")) open--;
  }
}

const SPECIFICATIONS = new Set(["ensures", "requires", "aborts_if", "succeeds_if"]);

/** `f<T>(x: u64): u64 * bool` */
function parseSignature(cursor: TokenCursor): SignatureNode {
  const { at } = cursor.peek();
  const name = cursor.name("a function");
  const typeParameters = parseTypeParameters(cursor);
  cursor.expect("(");
  const parameters = cursor.list(")", () => parseNamedType(cursor));
  cursor.expect(")");
  const returns: TypeNode[] = [];
  if (cursor.take(":")) {
    do {
      returns.push(parseType(cursor));
    } while (cursor.take("*"));
  }
  const attributes = parseAttributes(cursor);
  const accesses = parseAccesses(cursor);
  return { at, name, typeParameters, parameters, returns, attributes, accesses };
}

/** `with persistent, module_lock`, or nothing. */
function parseAttributes(cursor: TokenCursor): FunctionAttribute[] {
  const attributes: FunctionAttribute[] = [];
  if (!cursor.take("with")) return attributes;
  do {
    const word = cursor.peek();
    const name = cursor.name("an attribute");
    if (!Object.hasOwn(ATTRIBUTE_WORDS, name)) cursor.refuse(`${name} is no attribute`, word);
    attributes.push(ATTRIBUTE_WORDS[name]);
  } while (cursor.take(","));
  return attributes;
}

function parseFunction(cursor: TokenCursor): FunctionNode {
  const native = cursor.take("native");
  const visibility = parseVisibility(cursor);
  const entry = cursor.at("entry") && cursor.peek(1).kind === "name";
  if (entry) cursor.advance();
  const signature = parseSignature(cursor);
  const acquires: { at: number; name: string }[] = [];
  if (cursor.take("acquires")) {
    do {
      acquires.push({ at: cursor.peek().at, name: cursor.name("a struct") });
    } while (cursor.take(","));
  }
  // Specifications are for a prover; they are read over.
  if (SPECIFICATIONS.has(cursor.peek().text)) skipUntil(cursor, native ? ";" : "{");
  if (native) cursor.expect(";");
  const body = native ? undefined : parseBody(cursor);
  if (body?.tag === "blocks") refuseKeywords(cursor, [...signature.parameters, ...body.locals]);
  return { ...signature, visibility, entry, acquires, body };
}

/** Words of Move IR that it does not take for variables. Bytecode bodies take any name. */
const KEYWORDS = new Set(
  (
    "abort acquires as assert copy false freeze friend import jump jump_if jump_if_false label let " +
    "main module move native nop public return script struct synthetic true"
  ).split(" "),
);

function refuseKeywords(cursor: TokenCursor, variables: readonly NamedType[]): void {
  const keyword = variables.find(({ name }) => KEYWORDS.has(name));
  if (keyword === undefined) return;
  cursor.refuse(`${keyword.name} is a word of the language`, {
    ...cursor.peek(),
    at: keyword.at,
  });
}

function parseVisibility(cursor: TokenCursor): Visibility {
  if (!cursor.take("public")) return "private";
  if (!cursor.at("(")) return "public";
  cursor.expect("(");
  cursor.expect("friend");
  cursor.expect(")");
  return "friend";
}
