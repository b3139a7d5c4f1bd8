import { expect, test } from "vitest";
import { runAssembly } from "../testing/run-assembly.ts";

/** Offsets of the first account's fields in the input. */
const OWNER = 48;
const LAMPORTS = 80;
const LENGTH = 88;
const DATA = 96;
/** The second account follows the data, its room to grow, and its epoch. */
const SECOND = 8 + 88 + 8 + 10_240 + 8;

const STRANGER = new Uint8Array(32).fill(77);
const program = (body: string): string => `${body}\nmov64 r0, 0\nexit`;

test("a program may write the data of its own writable account", () => {
  const { failure, changes } = runAssembly(program(`stb [r1+${DATA}], 7`), { accounts: [{}] });
  expect(failure).toBeUndefined();
  expect(changes.map(({ after }) => after)).toEqual([Uint8Array.of(7, 0, 0, 0, 0, 0, 0, 0)]);
});

test("lamports move between accounts and none come from nowhere", () => {
  const move = (taken: number, given: number): string =>
    program(`
      ldxdw r2, [r1+${LAMPORTS}]
      sub64 r2, ${taken}
      stxdw [r1+${LAMPORTS}], r2
      mov64 r3, r1
      add64 r3, ${SECOND + LAMPORTS - 8}
      ldxdw r2, [r3+0]
      add64 r2, ${given}
      stxdw [r3+0], r2`);
  const accounts = [{}, { owner: STRANGER }];
  expect(runAssembly(move(5, 5), { accounts }).failure).toBeUndefined();
  expect(runAssembly(move(5, 6), { accounts }).failure?.error).toBe("UnbalancedInstruction");
});

test("data grow by what the program says, with zeros, and shrink", () => {
  const grow = runAssembly(program(`stdw [r1+${LENGTH}], 10`), { accounts: [{}] });
  expect(grow.changes[0].after).toEqual(new Uint8Array(10));
  const shrink = runAssembly(program(`stdw [r1+${LENGTH}], 3`), { accounts: [{}] });
  expect(shrink.changes[0].after).toEqual(new Uint8Array(3));
});

test.each([
  [
    "lamports of a stranger's account",
    `stdw [r1+${LAMPORTS}], 0`,
    { owner: STRANGER },
    "ExternalAccountLamportSpend",
  ],
  [
    "lamports of a read-only account",
    `stdw [r1+${LAMPORTS}], 2000`,
    { isWritable: false },
    "ReadonlyLamportChange",
  ],
  [
    "data of a stranger's account",
    `stb [r1+${DATA}], 1`,
    { owner: STRANGER },
    "ExternalAccountDataModified",
  ],
  [
    "data of a read-only account",
    `stb [r1+${DATA}], 1`,
    { isWritable: false },
    "ReadonlyDataModified",
  ],
  [
    "length of a stranger's account",
    `stdw [r1+${LENGTH}], 9`,
    { owner: STRANGER },
    "AccountDataSizeChanged",
  ],
  ["more growth than there is room", `stdw [r1+${LENGTH}], 10249`, {}, "InvalidRealloc"],
  [
    "owner of an account with data",
    `stb [r1+${DATA}], 1\nstb [r1+${OWNER}], 1`,
    {},
    "ModifiedProgramId",
  ],
  [
    "owner of a stranger's account",
    `stb [r1+${OWNER}], 1`,
    { owner: STRANGER },
    "ModifiedProgramId",
  ],
])("%s cannot be changed", (_, body, account, error) => {
  const { failure, changes } = runAssembly(program(body), { accounts: [account] });
  expect(failure?.error).toBe(error);
  expect(changes).toEqual([]);
});

test("a failed program leaves no change", () => {
  const { failure, changes } = runAssembly(`stb [r1+${DATA}], 7\nmov64 r0, 1\nexit`, {
    accounts: [{}],
  });
  expect(failure).toMatchObject({ error: "Custom", custom: 1 });
  expect(changes).toEqual([]);
});

test("r2 points to the instruction's data", () => {
  const { failure } = runAssembly("ldxb r0, [r2+1]\nexit", { data: Uint8Array.of(5, 6) });
  expect(failure).toMatchObject({ custom: 6 });
});

test.each([
  ["lddw r0, 0x200000000", "InvalidArgument"],
  ["lddw r0, 0x100000000", "Custom"],
  ["lddw r0, 0x1a00000000", "IncorrectAuthority"],
  ["lddw r0, 0x1b00000000", "InvalidError"],
  ["lddw r0, 0x200000001", "InvalidError"],
])("%s fails as %s", (body, error) => {
  expect(runAssembly(`${body}\nexit`).failure?.error).toBe(error);
});
