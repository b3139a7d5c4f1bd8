import { assert, refuse } from "@dragoman/fault";
import { GraphQLScalarType, Kind } from "graphql";
import { refusable } from "./refusable.ts";

/** Seconds from 1970 to the year 10000, where the text would get longer. */
const SECONDS_END = 253_402_300_800n;

/** `DateTime`: ISO 8601 in UTC to the second; seconds since 1970-01-01 inside. Faults: INVALID_ARGUMENT, VALUE_OUT_OF_RANGE. */
export const DateTimeScalar = new GraphQLScalarType<bigint, string>({
  name: "DateTime",
  serialize(value) {
    assert(typeof value === "bigint", "a resolver of DateTime gives a bigint");
    return formatDateTime(value);
  },
  parseValue: (value) => refusable(() => readText(value)),
  parseLiteral: (node) =>
    refusable(() => readText(node.kind === Kind.STRING ? node.value : undefined), node),
});

/** Text of a moment, seconds since 1970-01-01; moments of the year 10000 and later are shown as its first. */
export function formatDateTime(seconds: bigint): string {
  const shown = seconds < SECONDS_END ? seconds : SECONDS_END - 1n;
  return new Date(Number(shown) * 1000).toISOString().replace(".000Z", "Z");
}

function readText(value: unknown): bigint {
  const isText = typeof value === "string";
  if (!isText || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.000)?Z$/.test(value)) {
    const why = `DateTime is a string like "2026-11-28T21:00:00Z", not ${JSON.stringify(value)?.slice(0, 40)}`;
    refuse("INVALID_ARGUMENT", undefined, why);
  }
  const millis = Date.parse(value);
  if (Number.isNaN(millis) || millis < 0) {
    refuse("VALUE_OUT_OF_RANGE", undefined, `${value} is no moment since 1970`);
  }
  return BigInt(millis / 1000);
}
