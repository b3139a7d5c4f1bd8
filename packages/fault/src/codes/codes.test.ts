import { FAULT_RANGES, FAULT_TABLE } from "@dragoman/fault";
import { expect, test } from "vitest";

const GRAMMAR =
  /^(?:(?:MALFORMED|INVALID|UNSUPPORTED)_[A-Z0-9_]+|[A-Z0-9_]+_(?:OUT_OF_RANGE|MISMATCH|EXCEEDED))$/;

test("every name follows the grammar", () => {
  const others = FAULT_TABLE.map(([, name]) => name).filter((name) => !GRAMMAR.test(name));
  expect(others).toEqual([]);
});

test("no two faults share a name", () => {
  expect(new Set(FAULT_TABLE.map(([, name]) => name)).size).toBe(FAULT_TABLE.length);
});

test.each(Object.entries(FAULT_RANGES))("codes of %s are numbered without gaps", (_, range) => {
  const expected = range.rows.map((_, index) => range.first + index + 1);
  expect(range.rows.map(([code]) => code)).toEqual(expected);
  expect(range.rows.length).toBeLessThan(1000);
});

test("a meaning is a clause without a full stop", () => {
  expect(FAULT_TABLE.filter(([, , meaning]) => !/^[a-z].*[^.]$/i.test(meaning))).toEqual([]);
});
