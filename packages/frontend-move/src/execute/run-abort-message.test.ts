import { expect, test } from "vitest";
import { runMove, stateOf } from "../testing/run-move.ts";

const STATE = stateOf(`version 10;
module 0x1.m {
  fail(code: u64, words: vector<u8>) bytecode { MoveLoc code; MoveLoc words; AbortMsg }
  plain(code: u64) bytecode { MoveLoc code; Abort }
}`);

const failure = (fn: string, ...args: (number | string)[]) =>
  runMove(STATE, { function: fn, args }).failure;

const hex = (text: string) => Buffer.from(text, "utf8").toString("hex");

test("an abort carries its message", () => {
  expect(failure("fail", 7, hex("no funds: 12 €"))).toMatchObject({
    status: "ABORTED",
    code: 4016,
    abortCode: 7n,
    message: "no funds: 12 €",
    function: 0,
    offset: 2,
  });
});

test("an abort without a message has none", () => {
  expect(failure("plain", 8)).toMatchObject({ abortCode: 8n, message: undefined });
});

test("a message of 1,024 bytes is the longest", () => {
  expect(failure("fail", 1, "61".repeat(1024))).toMatchObject({ message: "a".repeat(1024) });
  expect(failure("fail", 1, "61".repeat(1025))).toMatchObject({
    status: "ABORT_MESSAGE_LIMIT_EXCEEDED",
    code: 4043,
    abortCode: undefined,
    message: undefined,
  });
});

test.each(["80", "c3", "eda080", "f8888080"])("the bytes %s are no message", (bytes) => {
  expect(failure("fail", 1, bytes)).toMatchObject({
    status: "INVALID_ABORT_MESSAGE",
    code: 4042,
    offset: 2,
  });
});
