import { expect, test } from "vitest";
import { executionFailure } from "./execution-failure.ts";

const MARKET = "Market1111111111111111111111111111111111111";
const TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
const custom = (n: number) => ({ InstructionError: [1, { Custom: n }] });

test("a custom error of the market has its number", () => {
  const logs = [
    `Program ${MARKET} invoke [1]`,
    `Program ${MARKET} failed: custom program error: 0x4`,
  ];
  expect(executionFailure(custom(4), logs, MARKET)).toEqual({
    marketError: 4,
    reason: "market error 4",
  });
});

test("a custom error of a program that the market called is not the market's", () => {
  const logs = [
    `Program ${TOKEN} failed: custom program error: 0x1`,
    `Program ${MARKET} failed: custom program error: 0x1`,
  ];
  expect(executionFailure(custom(1), logs, MARKET)).toEqual({
    reason: `${TOKEN}: custom program error: 0x1`,
  });
});

test("errors before any program runs are named as the node names them", () => {
  expect(executionFailure("AccountNotFound", [], MARKET)).toEqual({ reason: "AccountNotFound" });
  const rent = { InsufficientFundsForRent: { account_index: 1 } };
  expect(executionFailure(rent, [], MARKET).reason).toBe(JSON.stringify(rent));
});
