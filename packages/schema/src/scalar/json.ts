import { refuse } from "@dragoman/fault";
import { GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { refusable } from "./refusable.ts";

/** Lists and objects within each other in one literal. */
const DEPTH_MAX = 64;

/** `JSON`: any value. Integer literals beyond 2^53 become decimal strings; bigints are written as such. */
export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  serialize: plain,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => refusable(() => readNode(node, variables ?? {}, 0), node),
});

/** The value without bigints. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function readNode(node: ValueNode, variables: Record<string, unknown>, depth: number): unknown {
  if (depth > DEPTH_MAX) {
    refuse("INVALID_ARGUMENT", undefined, `JSON literals nest at most ${DEPTH_MAX} deep`);
  }
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
    case Kind.INT:
      return Number.isSafeInteger(Number(node.value)) ? Number(node.value) : node.value;
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.VARIABLE:
      return variables[node.name.value];
    case Kind.LIST:
      return node.values.map((item) => readNode(item, variables, depth + 1));
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map(({ name, value }) => [name.value, readNode(value, variables, depth + 1)]),
      );
  }
}
