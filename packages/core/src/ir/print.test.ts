import { FaultError } from "@dragoman/fault";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomModule } from "../testing/random-ir.ts";
import { parseModule } from "./parse.ts";
import { printModule } from "./print.ts";

const TEXT = `module "sum"
frame 4096
operands 2048
entry f0
word 0x0
word 0xffffffffffffffffffffffffffffffff
host h0 "sload" (i256) -> (i256)
host h1 "log" (i32, i64) -> ()
signature s0 (i32) -> (i64)
table f1, none

function f0 "main \\"quoted\\"" () -> () {
  var $0: i64
  unused %9: i256
block0:
  meter 3 @0
  %0 = i256.const 0xffffffffffffffffffffffffffffffff @1
  %1: i256 = host h0(%0) @2 ; sload
  %2 = i32.wrap_i256 %1
  %3: i64 = call.indirect s0 %2(%2)
  var.set $0, %3
  host.if %2, h1(%2, %3) ; log
  br.if %2, block2, block1(%2, %3) @7
block2:
  exit 0x100
block1(%4: i32, %5: i64):
  %6 = var.get $0
  %7 = i64.addc %5, %6, 32, 0x202
  %8 = i64.const -5
  switch %4, [block2, block2], block2
}

function f1 "narrow" (i32) -> (i64) {
block0(%0: i32):
  trap.if %0, 0x300 @-7
  %1 = i64.extend_s %0
  ret %1
}
declare f2 (i256, i256) -> (i32)
`;

const refusal = (text: string): string => {
  try {
    parseModule(text);
  } catch (error) {
    if (error instanceof FaultError) return `${error.fault}`;
    throw error;
  }
  return "accepted";
};

describe("text form", () => {
  it("of a module with every kind of item reads back to itself", () => {
    expect(printModule(parseModule(TEXT))).toBe(TEXT);
  });

  it("gives an equal module for any module", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const module = randomModule(seed);
        const text = printModule(module);
        const parsed = parseModule(text);
        expect(parsed).toEqual(module);
        expect(printModule(parsed)).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it("takes i256 constants that no word line announces, comments, indentation, and numbers left out", () => {
    const module = parseModule(
      'module "m" ; name\n\nentry f0\nfunction f0 "f" () -> () {\nblock0: ; begin\n' +
        "%0 = i256.const 77\n\n   %4 = i256.const #0\n ret\n}\n",
    );
    expect(module.words).toEqual([77n]);
    expect(printModule(module)).toContain("unused %1: i32, %2: i32, %3: i32");
  });

  it.each([
    ["", 'line 1, column 1: expected "module", found the end of the text'],
    ['module "a"\n  oops', 'line 2, column 3: expected an item of a module, found "oops"'],
    ['module "a"\n?', 'line 2, column 1: unexpected character "?"'],
    [TEXT.replace("%6 = var.get $0", "%6 = var.get $3"), "3 is not in 0 to 0"],
    [TEXT.replace("%6 = var.get", "%5 = var.get"), "%5 is defined twice"],
    [TEXT.replace("i64.addc", "i64.addq"), 'unknown operation "i64.addq"'],
    [TEXT.replace("%6 = var.get $0\n", ""), "%6 is never defined"],
    [TEXT.replace("block2:", "block3:"), "block2 is missing"],
    [TEXT.replace("block2:", "block1:"), "block1 is written twice"],
    [TEXT.replace("(%4: i32, %5: i64):", ""), 'expected ":"'],
    [TEXT.replace("0xffffffffffffffffffffffffffffffff @1", `${2n ** 256n}`), "exceeds 256 bits"],
    [TEXT.replace("i64.const -5", `i64.const ${2n ** 64n}`), "exceeds 64 bits"],
    [TEXT.replace("%3: i64 =", "%3 ="), "the type of %3 is missing"],
    [TEXT.replace("host h1", "host h7"), "expected h1"],
    [TEXT.replace("exit 0x100", "%9 = exit 0x100"), "exit has 0 results, not 1"],
    [TEXT.replace("meter 3", "meter 99999999999"), "99999999999 is not in"],
    [TEXT.slice(0, -80), "expected"],
  ])("refuses what is malformed, with line and column (%#)", (text, why) => {
    expect(refusal(text)).toMatch(/^MALFORMED_IR at \d+: line \d+, column \d+: /);
    expect(refusal(text)).toContain(why);
  });

  it("parsing damaged text ends in a module or a fault", () => {
    fc.assert(
      fc.property(fc.nat(TEXT.length), fc.nat(20), fc.string({ maxLength: 8 }), (at, cut, put) => {
        refusal(TEXT.slice(0, at) + put + TEXT.slice(at + cut));
      }),
      { numRuns: 500 },
    );
  });
});
