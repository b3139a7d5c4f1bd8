import * as fc from "fast-check";
import { expect, test } from "vitest";
import { loadElf } from "../elf/load.ts";
import { decodeText } from "../isa/decode.ts";
import { INSTRUCTIONS } from "../isa/table.ts";
import { verifyText } from "../isa/verify.ts";
import type { SbpfVersion } from "../isa/version.ts";
import { assemble } from "./assemble.ts";
import { disassemble } from "./disassemble.ts";
import { link } from "./link.ts";

test("the example of the upstream assembler has the bytes of its documentation", () => {
  const { text } = assemble(`
    add64 r1, 0x605
    mov64 r2, 0x32
    mov64 r1, r0
    be16 r0
    neg64 r2
    exit`);
  expect(Buffer.from(text).toString("hex")).toBe(
    "0701000005060000b702000032000000bf01000000000000dc0000001000000087020000000000009500000000000000",
  );
});

const PROGRAM = `
  entrypoint: mov64 r1, 5
    lddw r3, 0x1122334455667788
    stxdw [r10-8], r1
    ldxdw r0, [r10-8]
    stb [r10-9], -3
    jeq r1, 5, +1   # over the next
    ja out
    syscall sol_log_
    call f
    callx r3
  out: exit
  f: neg64 r1
    exit`;

test.each([0, 3] as const)(
  "v%i: text that is linked and loaded is the assembled text",
  (version) => {
    const assembly = assemble(PROGRAM, version);
    const executable = loadElf(link(assembly, Uint8Array.of(1, 2, 3)), { isSyscall: () => false });
    const loaded = decodeText(executable.text, version);
    const assembled = decodeText(assembly.text, version);
    verifyText(loaded);
    expect([...loaded.imm]).toEqual([...assembled.imm]);
    expect([...loaded.op]).toEqual([...assembled.op]);
    expect(executable.entryPc).toBe(assembly.entryPc);
  },
);

test.each([
  ["an unknown instruction", "frob r1, 2"],
  ["a missing label", "ja nowhere"],
  ["an offset of 17 bits", "ldxb r1, [r2+40000]"],
  ["a wrong operand", "add64 5, r1"],
])("%s is refused with its line", (_, line) => {
  expect(() => assemble(`exit\n${line}`)).toThrow(/MALFORMED_SBPF_ASM at 2/);
});

const ALU = ["add", "sub", "mul", "div", "or", "and", "lsh", "rsh", "mod", "xor", "mov", "arsh"];
const ALU_CODES = [0x00, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0x90, 0xa0, 0xb0, 0xc0];
const JUMPS = "jeq jgt jge jset jne jsgt jsge jlt jle jslt jsle".split(" ");
const JUMP_CODES = [0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0xa0, 0xb0, 0xc0, 0xd0];

/** Lines with their opcodes, put together from the classes of `src/ebpf.rs` as upstream's assembler does it. */
const KNOWN: readonly (readonly [line: string, opcode: number, version: SbpfVersion])[] = [
  ...ALU.flatMap((name, at) => {
    const code = ALU_CODES[at] as number;
    return [
      ...[
        [`${name} r1, 2`, 0x07 | code, 0] as const,
        [`${name}64 r1, r2`, 0x0f | code, 0] as const,
      ],
      ...[
        [`${name}32 r1, 2`, 0x04 | code, 3] as const,
        [`${name}32 r1, r2`, 0x0c | code, 3] as const,
      ],
    ];
  }),
  ...JUMPS.flatMap((name, at) => {
    const code = JUMP_CODES[at] as number;
    return [
      ...[
        [`${name} r1, 2, +0`, 0x05 | code, 0] as const,
        [`${name}64 r1, r2, +0`, 0x0d | code, 3] as const,
      ],
      ...[
        [`${name}32 r1, 2, +0`, 0x06 | code, 3] as const,
        [`${name}32 r1, r2, +0`, 0x0e | code, 3] as const,
      ],
    ];
  }),
  ...["w", "h", "b", "dw"].flatMap((size, at) => {
    const code = 0x60 | (at << 3);
    return [
      [`ldx${size} r1, [r2+8]`, 0x01 | code, 0] as const,
      ...[
        [`st${size} [r1-8], 3`, 0x02 | code, 3] as const,
        [`stx${size} [r1], r2`, 0x03 | code, 0] as const,
      ],
    ];
  }),
  ...[["neg r1", 0x87, 0] as const, ["neg64 r1", 0x87, 3] as const, ["neg32 r1", 0x84, 0] as const],
  ...[
    ["le16 r1", 0xd4, 0] as const,
    ["be64 r1", 0xdc, 3] as const,
    ["hor64 r1, 2", 0xf7, 2] as const,
  ],
  ...[["lddw r1, 0x1122334455667788", 0x18, 0] as const, ["ja +0", 0x05, 0] as const],
  ...[["call 0", 0x85, 3] as const, ["callx r3", 0x8d, 0] as const, ["exit", 0x95, 0] as const],
  ...[
    ["lmul r1, 2", 0x96, 2] as const,
    ["lmul32 r1, r2", 0x8e, 2] as const,
    ["uhmul64 r1, r2", 0x3e, 2] as const,
  ],
  ...[
    ["udiv32 r1, 2", 0x46, 2] as const,
    ["urem64 r1, r2", 0x7e, 2] as const,
    ["shmul r1, 2", 0xb6, 2] as const,
  ],
  ...[
    ["sdiv64 r1, 2", 0xd6, 2] as const,
    ["srem32 r1, r2", 0xee, 2] as const,
    ["ldxw r1, [r2]", 0x8c, 2] as const,
  ],
];

test.each(KNOWN)(
  "%s has opcode %i in v%i, and its listing assembles to it again",
  (line, opcode, version) => {
    const { text } = assemble(`${line}\nexit`, version);
    expect(text[0]).toBe(opcode);
    const [listed] = disassemble(decodeText(text, version));
    expect(assemble(`${listed}\nexit`, version).text).toEqual(text);
  },
);

const versions = fc.constantFrom<SbpfVersion>(0, 1, 2, 3);

/** One instruction of a version that the verifier would take, as bytes. */
const instruction = versions.chain((version) =>
  fc.tuple(
    fc.constant(version),
    fc.constantFrom(...INSTRUCTIONS[version].filter((row) => row !== undefined)),
    fc.nat(9),
    fc.nat(9),
    fc.integer({ min: -32768, max: 32767 }),
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  ),
);

test("assembling the listing of any bytes gives their text again", () => {
  fc.assert(
    fc.property(fc.array(instruction, { minLength: 1, maxLength: 8 }), (rows) => {
      const version = rows[0][0];
      const bytes = new Uint8Array(rows.length * 8);
      const view = new DataView(bytes.buffer);
      rows.forEach(([, row, dst, src, off, imm], index) => {
        bytes[index * 8] = row.opcode;
        bytes[index * 8 + 1] = dst | (src << 4);
        view.setInt16(index * 8 + 2, off, true);
        view.setInt32(index * 8 + 4, row.form === "end" ? 32 : imm, true);
      });
      const listing = disassemble(decodeText(bytes, version)).filter(
        (line) => !/^call /.test(line),
      );
      const again = disassemble(
        decodeText(assemble(`${listing.join("\n")}\nexit`, version).text, version),
      );
      expect(again).toEqual([...listing, "exit"]);
    }),
  );
});
