import { expect, test } from "vitest";
import { assembleModule, assembleScript } from "../asm/assemble.ts";
import type { CompiledModule, FunctionDefinition } from "../format/module.ts";
import { MoveFault } from "../format/move-fault.ts";
import { OP, type OpName } from "../format/opcodes.ts";
import { FUZZ_SEED_TEXT } from "../testing/fuzz-seed-text.ts";
import { verdictOnModule } from "../testing/refusal.ts";
import { verifyScript } from "./verify.ts";

const SEED = assembleModule(FUZZ_SEED_TEXT);
/** An index that no pool of the seed has. */
const FAR = 60_000;

type Rows = {
  [K in keyof CompiledModule]: CompiledModule[K] extends readonly unknown[] ? K : never;
};
type Pool = Rows[keyof CompiledModule];

/** The seed with the first row of a pool changed. */
function withRow(pool: Pool, change: object): CompiledModule {
  const [first, ...rest] = SEED[pool] as readonly object[];
  return { ...SEED, [pool]: [{ ...first, ...change }, ...rest] };
}

test.each([
  ["moduleHandles", "address"],
  ["moduleHandles", "name"],
  ["structHandles", "module"],
  ["structHandles", "name"],
  ["functionHandles", "module"],
  ["functionHandles", "name"],
  ["functionHandles", "parameters"],
  ["functionHandles", "returns"],
  ["functionInstantiations", "of"],
  ["functionInstantiations", "typeArguments"],
  ["structDefinitions", "handle"],
  ["structInstantiations", "of"],
  ["structInstantiations", "typeArguments"],
  ["functionDefinitions", "handle"],
  ["fieldHandles", "owner"],
  ["fieldHandles", "field"],
  ["fieldInstantiations", "of"],
  ["fieldInstantiations", "typeArguments"],
  ["friends", "address"],
  ["friends", "name"],
  ["variantFieldHandles", "owner"],
  ["variantFieldHandles", "field"],
  ["variantFieldInstantiations", "of"],
  ["variantFieldInstantiations", "typeArguments"],
  ["structVariantHandles", "owner"],
  ["structVariantHandles", "variant"],
  ["structVariantInstantiations", "of"],
  ["structVariantInstantiations", "typeArguments"],
] as const)("%s: %s points to something that is there", (pool, member) => {
  expect(verdictOnModule(withRow(pool, { [member]: FAR }))).toBe("INDEX_OUT_OF_BOUNDS");
});

const field = (name: number, type: object) => ({
  layout: { tag: "fields", fields: [{ name, type }] },
});

test.each([
  ["the module's own handle", { ...SEED, self: FAR }],
  ["an acquired struct", withRow("functionDefinitions", { acquires: [FAR] })],
  ["a variant of a field handle", withRow("variantFieldHandles", { variants: [FAR] })],
  ["the name of a field", withRow("structDefinitions", field(FAR, { tag: "u8" }))],
  ["the struct of a field", withRow("structDefinitions", field(0, { tag: "struct", handle: FAR }))],
  [
    "the type parameter of a field",
    withRow("structDefinitions", field(0, { tag: "typeParameter", index: 0 })),
  ],
  [
    "the struct of a signature",
    { ...SEED, signatures: [...SEED.signatures, [{ tag: "struct", handle: FAR } as const]] },
  ],
  ["the struct of a constant", withRow("constants", { type: { tag: "struct", handle: FAR } })],
])("%s is there", (_, module) => {
  expect(verdictOnModule(module as CompiledModule)).toBe("INDEX_OUT_OF_BOUNDS");
});

test("a module has its own handle", () => {
  expect(verdictOnModule({ ...SEED, moduleHandles: [] })).toBe("NO_MODULE_HANDLES");
});

test("a struct type has as many arguments as its handle says", () => {
  const token = { tag: "structInstantiation", handle: 0, typeArguments: [{ tag: "u8" }] } as const;
  const signatures = [...SEED.signatures, [token]];
  expect(verdictOnModule({ ...SEED, signatures })).toBe("NUMBER_OF_TYPE_ARGUMENTS_MISMATCH");
});

test("an enum has variants, and a variant field handle names some", () => {
  const none = { layout: { tag: "variants", variants: [] } };
  expect(verdictOnModule(withRow("structDefinitions", none))).not.toBe("accepted");
  expect(verdictOnModule(withRow("variantFieldHandles", { variants: [] }))).toBe(
    "ZERO_VARIANTS_ERROR",
  );
});

/** The seed with the first instruction of the kind, in whatever function it is, pointing elsewhere; and where it is. */
function withOperand(name: OpName, a: number): { module: CompiledModule; place: string } {
  const index = SEED.functionDefinitions.findIndex(({ code }) => code?.ops.includes(OP[name]));
  const definition = SEED.functionDefinitions[index] as FunctionDefinition;
  const code = definition.code as NonNullable<FunctionDefinition["code"]>;
  const pc = code.ops.indexOf(OP[name]);
  const column = code.a.slice();
  column[pc] = a;
  const functionDefinitions = [...SEED.functionDefinitions];
  functionDefinitions[index] = { ...definition, code: { ...code, a: column } };
  return { module: { ...SEED, functionDefinitions }, place: `${index}:${pc}` };
}

test.each([
  ["Branch", FAR],
  ["BrFalse", FAR],
  ["CopyLoc", 200],
  ["LdConst", FAR],
  ["CallGeneric", FAR],
  ["MutBorrowField", FAR],
  ["MutBorrowFieldGeneric", FAR],
  ["MoveToGeneric", FAR],
  ["PackVariantGeneric", FAR],
  ["ImmBorrowVariantFieldGeneric", FAR],
  ["VecLen", FAR],
] as const)("the operand of %s points to something that is there", (name, a) => {
  const { module, place } = withOperand(name, a);
  expect(verdictOnModule(module)).toBe(`INDEX_OUT_OF_BOUNDS ${place}`);
});

test("the locals of a function are a signature, at most 255 with its parameters, of its type parameters", () => {
  const withLocals = (signatures: CompiledModule["signatures"], locals: number) => {
    const [first, ...rest] = SEED.functionDefinitions as [FunctionDefinition];
    const code = { ...(first.code as NonNullable<FunctionDefinition["code"]>), locals };
    return { ...SEED, signatures, functionDefinitions: [{ ...first, code }, ...rest] };
  };
  const own = SEED.signatures.length;
  expect(verdictOnModule(withLocals(SEED.signatures, FAR))).toBe("INDEX_OUT_OF_BOUNDS");
  const many = Array.from({ length: 255 }, () => ({ tag: "u8" }) as const);
  expect(verdictOnModule(withLocals([...SEED.signatures, many], own))).toBe("TOO_MANY_LOCALS 0");
  const foreign = [{ tag: "typeParameter", index: 0 } as const];
  expect(verdictOnModule(withLocals([...SEED.signatures, foreign], own))).toBe(
    "INDEX_OUT_OF_BOUNDS",
  );
});

test("a script's parameters are a signature of its type parameters", () => {
  const script = assembleScript("main(x: u64) bytecode { Ret }");
  const status = (change: object): string => {
    try {
      verifyScript({ ...script, ...change });
      return "accepted";
    } catch (error) {
      if (error instanceof MoveFault) return error.status;
      throw error;
    }
  };
  expect(status({})).toBe("accepted");
  expect(status({ parameters: FAR })).toBe("INDEX_OUT_OF_BOUNDS");
  const signatures = [...script.signatures, [{ tag: "typeParameter", index: 0 }]];
  expect(status({ signatures, parameters: script.signatures.length })).toBe("INDEX_OUT_OF_BOUNDS");
});
