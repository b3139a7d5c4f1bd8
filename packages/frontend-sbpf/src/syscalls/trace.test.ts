import { expect, test } from "vitest";
import { type AssemblyRun, evaluate, runAssembly } from "../testing/run-assembly.ts";

const VOTE = new Uint8Array(32).fill(0x33);
const KEY = new Uint8Array(32).fill(0x44);
const EARLIER = new Uint8Array(32).fill(0x55);

const staked: AssemblyRun = {
  data: VOTE,
  transaction: {
    epochStake: (vote) => (vote === undefined ? 1_000n : Buffer.from(vote).equals(VOTE) ? 7n : 0n),
  },
};

test.each([
  ["of all", "mov64 r1, 0", 1_000n],
  ["of a vote account", "mov64 r1, r2", 7n],
  ["of one that is none", "mov64 r1, r10\nadd64 r1, -32", 0n],
])("sol_get_epoch_stake gives the stake %s", (_, load, wanted) => {
  const source = `
    ${load}
    syscall sol_get_epoch_stake
    stxdw [r10-40], r0
    mov64 r1, r10
    add64 r1, -40
    mov64 r2, 8
    syscall sol_set_return_data
    mov64 r0, 0
    exit`;
  const { output } = runAssembly(source, staked);
  expect(Buffer.from(output).readBigUInt64LE()).toBe(wanted);
});

test("without stakes sol_get_epoch_stake gives none", () => {
  expect(evaluate("mov64 r1, 0\nsyscall sol_get_epoch_stake\nexit")).toBe(0n);
});

/** Asks for the sibling `back`, with room for `data` bytes and `accounts` metas; returns answer, lengths, id, data and one meta. */
const askSibling = (back: number, data: number, accounts: number): string => `
  stdw [r10-208], ${data}
  stdw [r10-200], ${accounts}
  mov64 r1, ${back}
  mov64 r2, r10
  add64 r2, -208
  mov64 r3, r10
  add64 r3, -192
  mov64 r4, r10
  add64 r4, -160
  mov64 r5, r10
  add64 r5, -156
  syscall sol_get_processed_sibling_instruction
  stxdw [r10-216], r0
  mov64 r1, r10
  add64 r1, -216
  mov64 r2, 94
  syscall sol_set_return_data
  mov64 r0, 0
  exit`;

const processed: AssemblyRun = {
  transaction: {
    processed: [
      { programId: VOTE, accounts: [], data: new Uint8Array(0) },
      {
        programId: EARLIER,
        accounts: [{ key: KEY, isSigner: false, isWritable: true }],
        data: Uint8Array.of(1, 2, 3, 4),
      },
    ],
  },
};

/** What {@link askSibling} returned. */
function siblingOf(back: number, data: number, accounts: number): Buffer {
  const { output, failure } = runAssembly(askSibling(back, data, accounts), processed);
  expect(failure).toBeUndefined();
  return Buffer.from(output);
}

test("sol_get_processed_sibling_instruction copies the instruction before when the lengths are right", () => {
  const got = siblingOf(0, 4, 1);
  expect(got.readBigUInt64LE()).toBe(1n);
  expect(got.subarray(24, 56)).toEqual(Buffer.from(EARLIER));
  expect([...got.subarray(56, 60)]).toEqual([1, 2, 3, 4]);
  expect(got.subarray(60, 92)).toEqual(Buffer.from(KEY));
  expect([...got.subarray(92, 94)]).toEqual([0, 1]);
});

test("with other lengths it says only what they are, and of no sibling it says that there is none", () => {
  const lengths = siblingOf(0, 9, 9);
  expect([0, 8, 16].map((at) => lengths.readBigUInt64LE(at))).toEqual([1n, 4n, 1n]);
  expect(lengths.subarray(24, 94).every((byte) => byte === 0)).toBe(true);
  expect(siblingOf(1, 0, 0).subarray(24, 56)).toEqual(Buffer.from(VOTE));
  expect(siblingOf(2, 4, 1).readBigUInt64LE()).toBe(0n);
});
