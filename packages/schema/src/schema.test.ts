import { readFileSync } from "node:fs";
import {
  buildSchema,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isSpecifiedScalarType,
  validateSchema,
} from "graphql";
import { expect, test } from "vitest";
import { generateTypes } from "./generate.ts";
import { SDL } from "./sdl.ts";

const schema = buildSchema(SDL);

const ownTypes = (): GraphQLNamedType[] =>
  Object.values(schema.getTypeMap()).filter(
    (type) => !type.name.startsWith("__") && !isSpecifiedScalarType(type),
  );

test("the schema is valid", () => {
  expect(validateSchema(schema)).toEqual([]);
});

test("the generated types are those of the schema", async () => {
  const committed = readFileSync(new URL("./generated/resolvers.ts", import.meta.url), "utf8");
  expect(await generateTypes(SDL)).toBe(committed);
});

test("a simulation step is given as vm, code, program, fn, args, input, gasLimit and accounts", () => {
  const type = schema.getType("SimulationStep");
  const fields = isInputObjectType(type) ? Object.values(type.getFields()) : [];
  expect(fields.map((field) => `${field.name}: ${field.type}`)).toEqual([
    "vm: VM!",
    "code: Bytes",
    "program: ID",
    "fn: String",
    "args: JSON",
    "input: Bytes",
    "gasLimit: BigInt",
    "accounts: [AccountInput!]",
  ]);
});

test("a simulation says ok, steps and stateDiff", () => {
  const type = schema.getType("Simulation");
  const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
  expect(fields.map((field) => `${field.name}: ${field.type}`)).toEqual([
    "ok: Boolean!",
    "steps: [Step!]!",
    "stateDiff: [Cell!]!",
  ]);
});

test("every type is described, and every field whose name does not say it all", () => {
  const selfEvident = new Set([
    ...["vm", "data", "id", "anchor", "edges", "node", "cursor", "hasNextPage", "hasPreviousPage"],
    ...["startCursor", "endCursor", "side", "kind", "status", "height"],
  ]);
  // `block: Block` says it all; values of these enums are the field's own words.
  const isNamed = (name: string, type: unknown): boolean =>
    String(type)
      .replace(/[![\]]/g, "")
      .toLowerCase() === name.toLowerCase();
  const WORDS = new Set(["ChainFamily", "InstrumentKind", "OptionType", "Side", "TransferKind"]);
  const AS_GIVEN = new Set(["UnsignedTransactionInput", "ValidUntilInput", "SentTransactionInput"]);
  const bare = ownTypes().flatMap((type) => {
    const members = isEnumType(type)
      ? type.getValues()
      : isObjectType(type) || isInputObjectType(type)
        ? Object.values(type.getFields())
        : [];
    const described = type.description != null;
    return [
      ...(described ? [] : [type.name]),
      ...members
        .filter(({ name, description }) => description == null && !selfEvident.has(name))
        .filter((member) => !("type" in member && isNamed(member.name, member.type)))
        .filter(() => !WORDS.has(type.name) && !AS_GIVEN.has(type.name))
        .map(({ name }) => `${type.name}.${name}`),
    ];
  });
  expect(bare).toEqual([]);
});
