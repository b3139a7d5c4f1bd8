import { FunctionBuilder, type IrFunction } from "@dragoman/core";
import { expect, test } from "vitest";
import { assemble } from "../asm/index.ts";
import { Evm } from "../index.ts";
import { SharedLifts } from "./shared-lifts.ts";

test("a lift is shared by code that has the same bytes at the same place and is as long", () => {
  const lifts = new SharedLifts();
  let made = 0;
  const lift = (): IrFunction => {
    made++;
    const b = new FunctionBuilder("f", [], [], lifts.pool);
    b.begin(0);
    b.ret([]);
    return b.build();
  };
  const code = Uint8Array.of(1, 2, 3, 4, 5);
  const first = lifts.find(code, 0, 3, lift);
  expect(lifts.find(Uint8Array.of(1, 2, 3, 9, 9), 0, 3, lift)).toBe(first);
  expect(made).toBe(1);
  const others: [Uint8Array, number, number][] = [
    [Uint8Array.of(1, 2, 4, 4, 5), 0, 3],
    [Uint8Array.of(1, 2, 3, 4), 0, 3],
    [Uint8Array.of(1, 1, 2, 3, 4), 1, 4],
    [code, 0, 4],
  ];
  for (const [other, from, to] of others) lifts.find(other, from, to, lift);
  expect(made).toBe(5);
});

test.each(["interpret", "auto"] as const)(
  "constructors that differ in their arguments, jump across chunks, and fail where the target is none, tier %s",
  (tier) => {
    const evm = new Evm({ tier });
    // Jumps to the offset that the last word of the initcode names; there, 300 bytes on, lies the code that returns one byte.
    const initcode = (target: string, returned: number): Uint8Array =>
      assemble(`push 32 push 32 codesize sub push 0 codecopy push 0 mload jump
      data 0x${"00".repeat(300)} mark here there: push ${returned} push 0 mstore8 push 1 push 0 return
      push @there pop push32 ${target}`);
    const at = assemble(
      `push 32 push 32 codesize sub push 0 codecopy push 0 mload jump data 0x${"00".repeat(300)}`,
    ).length;
    const results = [1, 2, 3].map((byte) => {
      const good = evm.runCall({ data: initcode(`${at}`, byte) });
      const bad = evm.runCall({ data: initcode(`${at + 1}`, byte) });
      return [
        good.ok,
        good.createdAddress && evm.getAccount(good.createdAddress).code[0],
        bad.exceptionError,
      ];
    });
    expect(results).toEqual([1, 2, 3].map((byte) => [true, byte, "INVALID_JUMP"]));
  },
);
