import { FaultError } from "@dragoman/fault";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomModule } from "../testing/random-ir.ts";
import type { IrFunction, IrModule } from "./function.ts";
import { OP, opWord } from "./ops.ts";
import { parseModule } from "./parse.ts";
import { verifyModule } from "./verify.ts";

const HEAD = `module "m"
frame 40960
operands 2048
entry f0
word 0x7
host h0 "get" (i64) -> (i64)
host h1 "put" (i64) -> ()
signature s0 (i64) -> (i64)
table f1
`;
const REST = `
function f1 "double" (i64) -> (i64) {
block0(%0: i64):
  %1 = i64.add %0, %0
  ret %1
}
`;

function refusal(module: IrModule): string {
  try {
    verifyModule(module);
  } catch (error) {
    if (error instanceof FaultError) return `${error.fault}`;
    throw error;
  }
  return "accepted";
}

/** A module whose entry has these lines. */
const entry = (...lines: string[]): IrModule =>
  parseModule(`${HEAD}function f0 "main" () -> () {\n${lines.join("\n")}\n}\n${REST}`);

/** The module with some property of its entry function replaced. */
function damaged(change: (fn: IrFunction) => Partial<IrFunction>): IrModule {
  const module = entry("block0:", "%0 = i32.const 1", "%1 = i32.eqz %0", "ret");
  const [first, ...others] = module.functions;
  const fn = first as IrFunction;
  return { ...module, functions: [{ ...fn, ...change(fn) }, ...others] };
}

const setWord = (fn: IrFunction, at: number, word: number): Partial<IrFunction> => {
  const code = fn.code.slice();
  code[at] = word;
  return { code };
};

describe("verifier", () => {
  it("accepts every random module", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(refusal(randomModule(seed))).toBe("accepted");
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    [
      ["block0:", "%0 = i64.const 1", "%1 = i32.eqz %0", "ret"],
      "%0, operand 0, has the wrong type",
    ],
    [["block0:", "%1 = i32.eqz %0", "%0 = i32.const 1", "ret"], "%0 is read before its definition"],
    [
      [
        "block0:",
        "%0 = i32.const 1",
        "br.if %0, block1, block2",
        "block1:",
        "%1 = i32.const 1",
      ].concat(["br block2", "block2:", "%2 = i32.eqz %1", "ret"]),
      "the definition of %1 does not dominate this use",
    ],
    [["unused %0: i32", "block0:", "%1 = i32.eqz %0", "ret"], "%0 has no definition"],
    [["block0:", "br block0"], "the entry block is nobody's target"],
    [["block0:", "br block4"], "block4 does not exist"],
    [["block0:", "br block1", "block1(%0: i32):", "ret"], "block1 takes 1 arguments, not 0"],
    [
      ["block0:", "%0 = i64.const 1", "br block1(%0)", "block1(%1: i32):", "ret"],
      "%0, argument 0, has the wrong type",
    ],
    [
      ["block0:", "%0 = i32.const 1", "switch %0, [], block1", "block1(%1: i32):", "ret"],
      "block1 has parameters",
    ],
    [["block0:", "%0 = i32.const 1"], "the block does not end with a terminator"],
    [["block0:", "ret", "ret"], "a terminator stands before the end"],
    [["block0:", "%0 = i32.const 1", "ret %0"], "there are 0 values, not 1"],
    [["block0(%0: i32):", "ret"], "the entry block has the function's parameters"],
    [["var $0: i64", "block0:", "%0 = i32.const 1", "var.set $0, %0", "ret"], "of variable 0"],
    [
      ["block0:", "%0 = i64.const 1", "br.if %0, block1, block1", "block1:", "ret"],
      "the condition",
    ],
    [["block0:", "call f7()", "ret"], "function 7 does not exist"],
    [["block0:", "call f1()", "ret"], "there are 1 results, not 0"],
    [["block0:", "%0: i64 = call f1()", "ret"], "there are 1 arguments, not 0"],
    [["block0:", "host h9()", "ret"], "host function 9 does not exist"],
    [
      ["block0:", "%0 = i64.const 1", "%1 = i32.const 1", "host.if %1, h0(%0)", "ret"],
      "a host function with results is called always",
    ],
    [
      ["block0:", "%0 = i32.const 1", "%1: i64 = call.indirect s3 %0()", "ret"],
      "signature 3 does not exist",
    ],
    [["block0:", "%0 = i256.const #5", "ret"], "word 5 is not in the pool"],
    [["block0:", "%0 = i256.const 7", "%1 = i256.limb %0, 4", "ret"], "limb 4 is not in 0 to 3"],
    [["block0:", "%0 = i256.const 7", "%1 = i256.fits %0, 257", "ret"], "number of bits 257"],
    [["block0:", "%0 = i64.const 7", "%1 = i64.narrow %0, 65, 0x300", "ret"], "bits 65"],
    [["block0:", "%0 = i64.const 7", "%1 = i64.narrow %0, 8, 0x100", "ret"], "trap outcome 256"],
    [["block0:", "%0 = frame", "%1 = i32.load %0, -4", "ret"], "offset -4"],
    [["block0:", "%0 = frame", "%1 = i256.load_le %0, 0, 8", "ret"], "size 8 is none of 16, 32"],
    [["block0:", "%0 = i64.const 7", "%1 = region.load %0, 0, 3, -1", "ret"], "size 3"],
    [["block0:", "%0 = i64.const 7", "%1 = region.load %0, 0, 4, 8", "ret"], "region 8"],
    [["block0:", "meter -1", "ret"], "amount -1"],
    [["block0:", "%0 = stack.get 1024", "ret"], "depth 1024"],
    [["block0:", "exit 0x200"], "outcome 512"],
    [["block0:", "trap 0x1"], "trap outcome 1"],
  ])("refuses a function that breaks a rule (%#)", (lines, why) => {
    expect(refusal(entry(...lines))).toContain("INVALID_IR");
    expect(refusal(entry(...lines))).toContain(why);
  });

  it.each([
    [damaged((fn) => setWord(fn, 0, 255 | (4 << 8))), "operation 255 is unknown"],
    [damaged((fn) => setWord(fn, 0, OP["i32.const"])), "the instruction leaves its block"],
    [damaged((fn) => setWord(fn, 0, opWord(OP["i32.const"], 99))), "leaves its block"],
    [damaged((fn) => setWord(fn, 0, opWord(OP["i32.const"], 5))), "length differs from its form"],
    [damaged((fn) => setWord(fn, 2, 9)), "%9 is out of range"],
    [damaged((fn) => setWord(fn, 2, 1)), "%1 is defined twice"],
    [damaged((fn) => setWord(fn, 7, -1)), "%-1 is out of range"],
    [damaged((fn) => ({ valueTypes: fn.valueTypes.slice(1) })), "each value has one type"],
    [damaged(() => ({ valueTypes: Uint8Array.of(0, 3) })), "a value's type is unknown"],
    [damaged(() => ({ blocks: [] })), "there is no entry block"],
    [damaged(() => ({ blocks: [{ params: [], start: 0, end: 0 }] })), "the block is empty"],
    [damaged(() => ({ blocks: [{ params: [], start: 0, end: 99 }] })), "outside the code"],
  ])("refuses a damaged function (%#)", (module, why) => {
    expect(refusal(module)).toContain(why);
  });

  it.each([
    [{ entry: 5 }, "the entry is a function"],
    [{ entry: 1 }, "the entry has no parameters and no results"],
    [{ table: Int32Array.of(7) }, "an entry of the table is no function"],
    [{ words: [-1n] }, "a word has 256 bits"],
    [{ frameSize: 100 }, "a frame holds its header and scratch area"],
    [{ operandStack: 64 }, "the operand stack lies in the body of the frame"],
    [{ operandStack: 2052 }, "the operand stack is aligned"],
    [{ frameSize: 4096 }, "the frame holds the operand stack"],
    [{ signatures: [] }, "each function has one signature"],
  ])("refuses a damaged module (%#)", (change, why) => {
    expect(refusal({ ...entry("block0:", "ret"), ...change })).toContain(why);
  });

  it("refuses an operand stack operation in a module without one", () => {
    const module = { ...entry("block0:", "stack.move 1", "ret"), operandStack: 0 };
    expect(refusal(module)).toContain("the module has no operand stack");
  });

  it("says nothing of operands in blocks that cannot be reached", () => {
    expect(
      refusal(entry("block0:", "ret", "block1:", "%1 = i32.eqz %0", "%0 = i32.const 1", "ret")),
    ).toBe("accepted");
  });

  it("ends in acceptance or a fault whatever one word of a module becomes", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(), fc.integer({ min: -4, max: 4000 }), (seed, at, word) => {
        const module = randomModule(seed, { size: 20 });
        const [fn, ...others] = module.functions;
        const code = fn?.code.slice() ?? new Int32Array();
        code[at % code.length] = word;
        refusal({ ...module, functions: [{ ...(fn as IrFunction), code }, ...others] });
      }),
      { numRuns: 400 },
    );
  });
});
