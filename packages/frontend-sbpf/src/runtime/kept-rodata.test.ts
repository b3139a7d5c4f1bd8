import { Engine, HOST, LinearMemory, MemoryState } from "@dragoman/core";
import { expect, test } from "vitest";
import { assemble } from "../asm/assemble.ts";
import { link } from "../asm/link.ts";
import { accountKey, PROGRAM_ID } from "../testing/run-assembly.ts";
import { writeAccount } from "./accounts.ts";
import { executeInstruction } from "./execute.ts";
import type { FoundProgram } from "./invocation.ts";
import { hostProgram } from "./native.ts";
import { loadSbpf } from "./programs.ts";

const RODATA_BYTES = 100_000;

/** A program that fails with the last byte of its read-only data, all of which are `byte`. */
function program(byte: number, bytes: number): FoundProgram {
  const source = `mov64 r1, ${bytes - 1}\nldxb r0, [r1+0]\nexit`;
  const elf = link(assemble(source, 3), new Uint8Array(bytes).fill(byte));
  return { program: loadSbpf(elf), isUnaligned: false, isNative: false };
}

test("read-only data are right whatever ran where they lay", () => {
  const engine = new Engine({ state: new MemoryState(), memory: new LinearMemory() });
  const { journal } = engine;
  writeAccount(journal, accountKey(0), {
    ...{ lamports: 1n, owner: PROGRAM_ID, executable: false, rentEpoch: 0n },
    data: new Uint8Array(500_000).fill(0x77),
  });
  const runs = new Map([
    ["large", program(0x11, RODATA_BYTES)],
    ["small", program(0x22, 8)],
    ["other", program(0x33, RODATA_BYTES)],
  ]);
  const run = (name: string, accounts = 0): number | undefined => {
    journal.beginTransaction();
    const transaction = {
      ...{ findProgram: () => runs.get(name), sysvar: () => undefined },
      ...{ heapBytes: 32 * 1024, heightMax: 5 },
    };
    const meta = { key: accountKey(0), isSigner: false, isWritable: false };
    const instruction = {
      ...{ programId: PROGRAM_ID, data: new Uint8Array(0) },
      accounts: new Array(accounts).fill(meta),
    };
    return executeInstruction(engine, transaction, instruction, 1000n).failure?.custom;
  };
  // A frame of somebody else, which writes all over the memory.
  const stranger = (): void => {
    const { memory } = engine;
    engine.execute({
      ...{ program: hostProgram("stranger", (frame) => frame.leave(0)), gas: 0n, context: 0 },
      prepare: ({ address }) => memory.u8.fill(0x55, address + 2048, address + 2_000_000),
      finish: () => HOST.CONTINUE,
    });
  };
  const answers = { large: 0x11, small: 0x22, other: 0x33 };
  // The account lies over what other programs left.
  const order = ["large", "large", "small", "large", "other", "large", "small"] as const;
  for (const accounts of [0, 1]) {
    for (const name of order) {
      expect(run(name)).toBe(answers[name]);
      expect(run("small", accounts)).toBe(answers.small);
      expect(run(name, accounts)).toBe(answers[name]);
    }
    for (const name of order) {
      stranger();
      expect(run(name)).toBe(answers[name]);
    }
  }
});
