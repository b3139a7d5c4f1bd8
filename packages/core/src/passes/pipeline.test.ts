import { describe, expect, it } from "vitest";
import { parseModule } from "../ir/parse.ts";
import { printFunction } from "../ir/print.ts";
import { verifyModule } from "../ir/verify.ts";
import { optimise } from "./optimise.ts";

const HOSTS = `host h0 "put" (i32, i64, i256) -> ()
host h1 "i" () -> (i32)
host h2 "l" () -> (i64)
host h3 "w" () -> (i256)
`;

/** Lines of the entry function after the pipeline; `lines` are those before. Function 1 is a leaf with a loop. */
function optimised(...lines: string[]): string[] {
  const head = `module "m"\nframe 40960\nentry f0\n${HOSTS}function f0 "main" () -> () {\n`;
  const leaf = '\nfunction f1 "leaf" () -> () {\nblock0:\nret\n}\n';
  const module = parseModule(`${head}${lines.join("\n")}\n}${leaf}`);
  const result = optimise(module, { inlineRounds: 0 });
  verifyModule(result);
  const [entry] = result.functions;
  const text = entry === undefined ? "" : printFunction(entry, 0, result);
  return text
    .split("\n")
    .slice(1, -1)
    .map((line) => line.trim().replace(/ ;.*$/, ""));
}

/** The entry after the pipeline, for lines without control flow that define %9 from %0 (i32), %1 (i64), %2 (i256). */
function kept(type: "i32" | "i64" | "i256", ...lines: string[]): string[] {
  const zeros = ["%10 = i32.const 0", "%11 = i64.const 0", "%12 = i256.const 0x0"];
  const args = { i32: "%9, %11, %12", i64: "%10, %9, %12", i256: "%10, %11, %9" }[type];
  const result = optimised(
    "block0:",
    "%0: i32 = host h1()",
    "%1: i64 = host h2()",
    "%2: i256 = host h3()",
    ...lines,
    ...zeros,
    `host h0(${args})`,
    "ret",
  );
  return result
    .slice(1)
    .filter((line) => !/^check$|host h|ret$|i(32|64|256)\.const 0x?0?$/.test(line));
}

describe("folding leaves", () => {
  it.each([
    ["i32", ["%3 = i32.const 5", "%9 = i32.add %3, %3"], ["%3 = i32.const 10"]],
    ["i64", ["%3 = i64.const -1", "%9 = i64.clz %3"], []],
    ["i256", ["%3 = i256.const 0x5", "%9 = i256.mul %3, %3"], ["%3 = i256.const 0x19"]],
    ["i256", ["%3 = i256.const 0x1", "%9 = i256.mul %3, %2"], []],
    ["i256", ["%3 = i256.const 0x0", "%9 = i256.and %2, %3"], []],
    ["i32", ["%3 = i256.from_i32 %0", "%9 = i32.wrap_i256 %3"], []],
    ["i32", ["%3 = i256.from_i64 %1", "%9 = i256.eqz %3"], ["%3 = i64.eqz %1"]],
    [
      "i32",
      ["%3 = i64.eqz %1", "%4 = i256.from_i32 %3", "%9 = i256.eqz %4"],
      ["%3 = i64.eqz %1", "%4 = i32.eqz %3"],
    ],
    ["i32", ["%3 = i64.lt_u %1, %1", "%9 = i32.eqz %3"], ["%3 = i32.const 1"]],
    [
      "i32",
      ["%3 = i64.const 7", "%4 = i64.lt_u %1, %3", "%9 = i32.eqz %4"],
      ["%3 = i64.const 7", "%4 = i64.ge_u %1, %3"],
    ],
    ["i32", ["%3 = i256.eqz %2", "%4 = i32.eqz %3", "%9 = i32.eqz %4"], ["%3 = i256.eqz %2"]],
    [
      "i32",
      ["%3 = i256.from_i64 %1", "%4 = i256.const 0x9", "%5 = i256.from_i64 %1"].concat([
        "%6 = i256.add %5, %4",
        "%9 = i256.lt_u %3, %3",
      ]),
      [],
    ],
    ["i32", ["%3 = i256.from_i64 %1", "%9 = i256.fits %3, 64"], ["%3 = i32.const 1"]],
    ["i64", ["%3 = i64.const 1", "%4 = i256.make %1, %3, %1, %3", "%9 = i256.limb %4, 2"], []],
    ["i64", ["%3 = i64.const 0", "%9 = i64.addc %1, %3, 64, 0x300"], []],
    [
      "i64",
      ["%3 = i64.const 3", "%4 = i64.const 0", "%9 = i64.divc %3, %4, 64, 0x300"],
      ["%3 = i64.const 3", "%5 = i64.divc %3, %4, 64, 0x300"],
    ],
  ] as const)("%s %s as %s", (type, lines, expected) => {
    const [unnumbered, wanted] = [kept(type, ...lines), expected].map((code) =>
      code.map((line) => line.replace(/^%\d+/, "%")),
    );
    expect(unnumbered).toEqual(wanted);
  });
});

describe("the pipeline", () => {
  it("takes a constant branch and removes the other side, and joins what is left", () => {
    expect(
      optimised(
        ...["block0:", "%0 = i32.const 1", "br.if %0, block1(%0), block2"],
        ...["block1(%1: i32):", "br block3(%1)", "block2:", "trap 0x300"],
        ...["block3(%2: i32):", "%3 = i64.extend_u %2", "%4 = i256.from_i32 %2"],
        ...["host h0(%2, %3, %4)", "exit 0x0"],
      ),
    ).toEqual([
      "block0:",
      "%0 = i32.const 1",
      "%1 = i64.const 1",
      "%2 = i256.const 0x1",
      "check",
      "host h0(%0, %1, %2)",
      "exit 0x0",
    ]);
  });

  it("goes through empty blocks and drops the parameters that have one value", () => {
    expect(
      optimised(
        ...["block0:", "%0: i32 = host h1()", "br block1(%0, %0)"],
        ...["block1(%1: i32, %2: i32):", "meter 1", "br.if %2, block2(%1), block3"],
        ...["block2(%3: i32):", "br block1(%3, %1)", "block3:", "br block4", "block4:", "ret"],
      ),
    ).toEqual([
      "block0:",
      "check",
      "%0: i32 = host h1()",
      "br block1",
      "block1:",
      "check",
      "charge 1",
      "br.if %0, block1, block2",
      "block2:",
      "ret",
    ]);
  });

  it("exchanges the sides of a branch on a negation", () => {
    expect(
      optimised(
        ...["block0:", "%0: i32 = host h1()", "%1 = i32.eqz %0", "br.if %1, block1, block2"],
        ...["block1:", "exit 0x1", "block2:", "exit 0x2"],
      ),
    ).toEqual([
      "block0:",
      "check",
      "%0: i32 = host h1()",
      "br.if %0, block2, block1",
      "block1:",
      "exit 0x1",
      "block2:",
      "exit 0x2",
    ]);
  });

  it("does an operation once in a block, and a load again after a store", () => {
    const code = optimised(
      ...["block0:", "%0 = frame", "%1 = i64.load %0, 8", "%2 = i64.load %0, 8"],
      ...[
        "i64.store %0, %2, 16",
        "%3 = frame",
        "%4 = i64.load %3, 8",
        "i64.store %3, %4, 24",
        "ret",
      ],
    );
    expect(code.filter((line) => line.includes("load"))).toHaveLength(2);
    expect(code.filter((line) => line.includes("frame"))).toHaveLength(1);
  });

  it("reads no variable that it knows and writes none that is overwritten or never read", () => {
    expect(
      optimised(
        ...["var $0: i64", "var $1: i64", "block0:", "%0: i64 = host h2()", "var.set $0, %0"],
        ...["%1 = var.get $0", "%2 = i64.add %1, %1", "var.set $0, %2", "var.set $1, %1"],
        ...["br block1", "block1:", "meter 1", "%3 = var.get $0", "%4 = i64.eqz %3"],
        ...["br.if %4, block1, block2", "block2:", "ret"],
      ),
    ).toEqual([
      "var $0: i64",
      "var $1: i64",
      "block0:",
      "check",
      "%0: i64 = host h2()",
      "%1 = i64.add %0, %0",
      "var.set $0, %1",
      "br block1",
      "block1:",
      "check",
      "%2 = var.get $0",
      "%3 = i64.eqz %2",
      "charge 1",
      "br.if %3, block1, block2",
      "block2:",
      "ret",
    ]);
  });

  it("charges once for a stretch, and checks at loop headers, before host calls and where it calls", () => {
    expect(
      optimised(
        ...["block0:", "meter 1", "%0: i64 = host h2()", "meter 2", "meter 3", "call f1()"],
        ...["meter 4", "meter.dynamic %0", "meter 5", "%1 = gas", "meter 6", "%2 = i64.eqz %1"],
        ...["br.if %2, block1, block2", "block1:", "meter 7", "br block1", "block2:", "exit 0x0"],
      ),
    ).toEqual([
      "block0:",
      "meter 1",
      "%0: i64 = host h2()",
      "charge 5",
      "call f1()",
      "meter.dynamic %0",
      "charge 9",
      "%1 = gas",
      "%2 = i64.eqz %1",
      "charge 6",
      "br.if %2, block2, block1",
      "block1:",
      "exit 0x0",
      "block2:",
      "check",
      "charge 7",
      "br block2",
    ]);
  });

  it("removes a loop-carried value that nothing needs", () => {
    const code = optimised(
      ...["block0:", "%0 = i64.const 0", "%1: i32 = host h1()", "br block1(%0)"],
      ...["block1(%2: i64):", "meter 1", "%3 = i64.add %2, %2", "br.if %1, block1(%3), block2"],
      ...["block2:", "ret"],
    );
    expect(code.some((line) => line.includes("i64.add"))).toBe(false);
    expect(code).toContain("block1:");
  });

  it("copies a small function that calls no other into its caller, and clears its variables there", () => {
    const module = parseModule(`module "m"
frame 40960
entry f0
${HOSTS}function f0 "main" () -> () {
block0:
  meter 1
  %0: i32 = host h1()
  %1: i32 = call f1(%0)
  %2: i32 = call f1(%1)
  %3 = i64.extend_u %2
  %4 = i256.from_i32 %1
  host h0(%2, %3, %4)
  ret
}
function f1 "first" (i32) -> (i32) {
  var $0: i32
block0(%0: i32):
  meter 2
  %1 = var.get $0
  br.if %0, block1, block2
block1:
  ret %0
block2:
  ret %1
}
`);
    const result = optimise(module);
    verifyModule(result);
    const [entry] = result.functions;
    const text = entry === undefined ? "" : printFunction(entry, 0, result);
    expect(text).not.toContain("call");
    expect(text.match(/charge 2/g)).toHaveLength(2);
  });
});
