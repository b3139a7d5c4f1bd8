import { assemble, disassemble, formatListing } from "@dragoman/frontend-evm/asm";
import fc from "fast-check";
import { expect, test } from "vitest";

const hex = (code: Uint8Array) => Buffer.from(code).toString("hex");

test("push takes the shortest form, labels the one that reaches everywhere", () => {
  expect(hex(assemble("push 0x40 push 0x1234 push3 1 push0 loop: push @loop jump"))).toBe(
    "6040" + "611234" + "62000001" + "5f" + "5b" + "600a" + "56",
  );
});

test("a program of more than 256 bytes pushes labels with two bytes", () => {
  expect(hex(assemble(`push @end jump data 0x${"00".repeat(300)} end: stop`)).slice(0, 8)).toBe(
    "61013056",
  );
});

test("negative numbers are two's complement", () => {
  expect(hex(assemble("push -1"))).toBe(`7f${"ff".repeat(32)}`);
});

test("unknown words, labels and operands are refused with their place", () => {
  expect(() => assemble("add frobnicate")).toThrow("MALFORMED_EVM_ASM at 4");
  expect(() => assemble("push @nowhere")).toThrow("nowhere is not defined");
  expect(() => assemble("push1 256")).toThrow("needs 2 bytes");
  expect(() => assemble("a: a:")).toThrow("twice");
});

test("a listing shows offset, gas and operand; truncated data is padded with zero", () => {
  expect(
    formatListing(disassemble(Uint8Array.of(0x60, 0x01, 0x54, 0x0c, 0x61, 0xff), "cancun")),
  ).toBe(
    [
      "0000      3  push1 0x01",
      "0002    100  sload",
      "0003      0  invalid 0x0c",
      "0004      3  push2 0xff00",
    ].join("\n"),
  );
});

test("disassembling and assembling again gives the same bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (code) => {
      const text = disassemble(code, "osaka")
        .map(({ name, operand }) =>
          name === "invalid" ? `data ${operand || "0xfe"}` : `${name} ${operand}`,
        )
        .join("\n");
      expect(hex(assemble(text)).slice(0, code.length * 2)).toBe(hex(code));
    }),
  );
});
