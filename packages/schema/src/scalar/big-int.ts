import { assert, refuse } from "@dragoman/fault";
import { GraphQLScalarType, Kind } from "graphql";
import { refusable } from "./refusable.ts";

/** Digits of the largest number read: 2^512 has 155. */
const LENGTH_MAX = 160;

/**
 * `BigInt`: a decimal string on output; a decimal or `0x` string or an integer on input, exactly. Faults: INVALID_ARGUMENT,
 * VALUE_OUT_OF_RANGE for JSON numbers that may have been rounded.
 */
export const BigIntScalar = new GraphQLScalarType<bigint, string>({
  name: "BigInt",
  serialize(value) {
    assert(typeof value === "bigint", "a resolver of BigInt gives a bigint");
    return value.toString();
  },
  parseValue: (value) => refusable(() => readInteger(value)),
  parseLiteral: (node) =>
    refusable(() => {
      if (node.kind === Kind.INT || node.kind === Kind.STRING) return readText(node.value);
      refuse("INVALID_ARGUMENT", undefined, `BigInt is an integer or a string, not ${node.kind}`);
    }, node),
});

function readInteger(value: unknown): bigint {
  if (typeof value === "string") return readText(value);
  if (typeof value === "number" && Number.isInteger(value)) {
    if (Number.isSafeInteger(value)) return BigInt(value);
    const why = `${value} is beyond 2^53, where JSON numbers are not exact; use a string`;
    refuse("VALUE_OUT_OF_RANGE", undefined, why);
  }
  const shown = JSON.stringify(value)?.slice(0, 40);
  refuse("INVALID_ARGUMENT", undefined, `BigInt is an integer or a string, not ${shown}`);
}

function readText(text: string): bigint {
  if (text.length > LENGTH_MAX) {
    refuse("VALUE_OUT_OF_RANGE", undefined, `an integer has at most ${LENGTH_MAX} digits here`);
  }
  if (!/^(-?[0-9]+|0x[0-9a-fA-F]+)$/.test(text)) {
    refuse("INVALID_ARGUMENT", undefined, `${JSON.stringify(text.slice(0, 40))} is no integer`);
  }
  return BigInt(text);
}
