import { assert, refuse } from "@dragoman/fault";
import { GraphQLScalarType, Kind } from "graphql";
import { refusable } from "./refusable.ts";

/** An exact decimal number: `raw` / 10^`decimals`. */
export interface Decimal {
  readonly raw: bigint;
  readonly decimals: number;
}

const LENGTH_MAX = 100;

/**
 * `Decimal`: digits with a point where there is a fraction, without trailing zeros behind it. Input: a string or an integer. Faults:
 * INVALID_ARGUMENT, VALUE_OUT_OF_RANGE.
 */
export const DecimalScalar = new GraphQLScalarType<Decimal, string>({
  name: "Decimal",
  serialize(value) {
    const isDecimal = typeof value === "object" && value !== null && "raw" in value;
    assert(isDecimal, "a resolver of Decimal gives raw and decimals");
    return formatDecimal(value as Decimal);
  },
  parseValue: (value) =>
    refusable(() => {
      if (typeof value === "string") return parseDecimal(value);
      if (typeof value === "number" && Number.isSafeInteger(value)) return parseDecimal(`${value}`);
      const shown = JSON.stringify(value)?.slice(0, 40);
      refuse("INVALID_ARGUMENT", undefined, `Decimal is a string like "2812.5", not ${shown}`);
    }),
  parseLiteral: (node) =>
    refusable(() => {
      if (node.kind === Kind.STRING || node.kind === Kind.INT) return parseDecimal(node.value);
      refuse("INVALID_ARGUMENT", undefined, `Decimal is a string like "2812.5", not ${node.kind}`);
    }, node),
});

/** Text of a decimal, exactly; no trailing zeros behind the point. */
export function formatDecimal({ raw, decimals }: Decimal): string {
  const digits = (raw < 0n ? -raw : raw).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, "");
  const sign = raw < 0n ? "-" : "";
  return `${sign}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/** Reads a decimal, keeping every digit. Faults: INVALID_ARGUMENT, VALUE_OUT_OF_RANGE. */
export function parseDecimal(text: string): Decimal {
  if (text.length > LENGTH_MAX) {
    refuse("VALUE_OUT_OF_RANGE", undefined, `a decimal has at most ${LENGTH_MAX} characters here`);
  }
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (match === null) {
    refuse("INVALID_ARGUMENT", undefined, `${JSON.stringify(text.slice(0, 40))} is no decimal`);
  }
  const [, sign, whole, fraction = ""] = match;
  return { raw: BigInt(`${sign}${whole}${fraction}`), decimals: fraction.length };
}

/** The decimal in units of 10^-`decimals`. Fault: VALUE_OUT_OF_RANGE if it has more digits than that. */
export function scaleDecimal(value: Decimal, decimals: number): bigint {
  if (value.decimals <= decimals) return value.raw * 10n ** BigInt(decimals - value.decimals);
  const unit = 10n ** BigInt(value.decimals - decimals);
  if (value.raw % unit !== 0n) {
    const why = `${formatDecimal(value)} has more than ${decimals} digits behind the point`;
    refuse("VALUE_OUT_OF_RANGE", undefined, why);
  }
  return value.raw / unit;
}
