import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeModule, stdlibModules } from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dragoman } from "../dragoman.ts";
import { move } from "./move.ts";

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dragoman-move-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a compiler leaves of a module with tests: functions as any others. */
const BANK = encodeModule(
  assembleModule(
    `module 0x42.bank {
      import 0x1.debug;
      import 0x1.signer;
      struct Vault has key { coins: u64 }
      public open(owner: &signer, coins: u64) bytecode {
        MoveLoc owner; MoveLoc coins; Pack Vault; MoveTo Vault; Ret
      }
      public take(owner: address, coins: u64) acquires Vault bytecode {
        let held: &mut u64;
        MoveLoc owner; MutBorrowGlobal Vault; MutBorrowField Vault::coins; StLoc held
        CopyLoc held; ReadRef; CopyLoc coins; Ge; BrTrue enough
        MoveLoc held; Pop; LdU64 7; Abort
      enough:
        CopyLoc held; ReadRef; MoveLoc coins; Sub; MoveLoc held; WriteRef; Ret
      }
      test_take(a: &signer) acquires Vault bytecode {
        let left: u64;
        CopyLoc a; LdU64 10; Call Self.open
        CopyLoc a; Call signer.address_of; LdU64 4; Call Self.take
        MoveLoc a; Call signer.address_of; ImmBorrowGlobal Vault; ImmBorrowField Vault::coins; ReadRef; StLoc left
        ImmBorrowLoc left; Call debug.print<u64>
        MoveLoc left; LdU64 6; Eq; BrTrue done
        LdU64 1; Abort
      done:
        Ret
      }
      test_take_too_much_fails(a: &signer) acquires Vault bytecode {
        CopyLoc a; LdU64 10; Call Self.open
        MoveLoc a; Call signer.address_of; LdU64 11; Call Self.take; Ret
      }
      test_wrong(a: &signer) acquires Vault bytecode {
        CopyLoc a; LdU64 10; Call Self.open
        CopyLoc a; Call signer.address_of; LdU64 3; Call Self.take
        MoveLoc a; Call signer.address_of; LdU64 11; Call Self.take; Ret
      }
      overflow(): u8 bytecode { LdU8 255; LdU8 1; Add; Ret }
      forever() bytecode { again: Branch again }
    }`,
    stdlibModules(),
  ),
);

/** Runs the command; the exit status, the JSON and the lines on standard error. */
async function run(...args: string[]) {
  const notes: string[] = [];
  let json: unknown;
  const status = await dragoman([move], ["move", "test", ...args], {
    json: (value) => {
      json = value;
    },
    text: () => {},
    note: (line) => notes.push(line),
  });
  return { status, json: json as { passed: number; failed: number } | undefined, notes };
}

const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
};

test("functions called test_… are tests; one that fails is shown with what it had touched", async () => {
  const { status, notes, json } = await run(write("bank.mv", BANK), "--json");
  expect(status).toBe(1);
  expect(json).toMatchObject({ passed: 2, failed: 1 });
  const text = notes.join("\n");
  expect(text).toContain("pass  0x42::bank::test_take\n");
  expect(text).toContain("pass  0x42::bank::test_take_too_much_fails\n");
  expect(text).toMatch(
    /FAIL {2}0x42::bank::test_wrong\n\s+it failed: ABORTED with code 7 in 0x42::bank/,
  );
  expect(text).toContain('0x1 0x42::bank::Vault {"coins":"7"}');
  expect(text).toContain("[debug] 6");
  expect(text).toMatch(/gas {2}test\n\s*\d+ {2}0x42::bank::/);
});

test("a filter picks tests, and all may pass", async () => {
  const { status, notes } = await run(write("bank.mv", BANK), "--filter", "take");
  expect(status).toBe(0);
  expect(notes.at(-1)).toBe("2 passed, 0 failed");
});

test("a manifest says how a test must fail", async () => {
  write("bank.mv", BANK);
  const tests = [
    { name: "0x42::bank::overflow", expected_failure: { status: "ARITHMETIC_ERROR" } },
    {
      name: "0x42::bank::test_wrong",
      signers: ["0xcafe"],
      expected_failure: { abort_code: 7, location: "0x42::bank" },
    },
    {
      name: "0x42::bank::test_take_too_much_fails",
      signers: ["0xcafe"],
      expected_failure: { abort_code: 8 },
    },
    { name: "0x42::bank::forever", expected_failure: { status: "OUT_OF_GAS" } },
    { name: "0x42::bank::test_take", signers: ["0x9"], expected_failure: true },
    { name: "0x42::bank::test_take", signers: [] },
  ];
  write("move-tests.json", JSON.stringify({ tests }));
  const { status, notes } = await run(folder, "--gas-limit", "1000000");
  expect(status).toBe(1);
  const text = notes.join("\n");
  expect(notes.at(-1)).toBe("3 passed, 3 failed");
  expect(text).toContain("an abort with code 8 was expected");
  expect(text).toContain("it succeeded; a failure was expected");
  expect(text).toContain("it cannot run: NUMBER_OF_SIGNER_ARGUMENTS_MISMATCH");
});

test("in a package the attributes of the sources say what the tests are", async () => {
  write("Move.toml", '[package]\nname = "Bank"\n\n[addresses]\nbank = "0x42"\n');
  write("build/Bank/bytecode_modules/bank.mv", BANK);
  write(
    "sources/bank.move",
    `module bank::bank {
      // #[test] in a comment is none
      const ENOT_ENOUGH: u64 = 0x7;
      #[test(a = @0x5)]
      fun test_take(a: &signer) acquires Vault {}
      #[test(a = @bank), expected_failure(abort_code = ENOT_ENOUGH, location = Self)]
      fun test_wrong(a: &signer) acquires Vault {}
      #[test]
      #[expected_failure(arithmetic_error, location = bank::bank)]
      fun overflow(): u8 { 255 + 1 }
      #[test_only]
      fun helper() {}
    }`,
  );
  const { status, notes } = await run(folder);
  expect(notes.at(-1), notes.join("\n")).toBe("3 passed, 0 failed");
  expect(status).toBe(0);
});

test.each([
  [[], /the package to test is missing/],
  [["nowhere.mv"], /there is no .*nowhere.mv/],
  [["bank.mv", "--filter", "zzz"], /no test's name has zzz in it/],
  [["bank.mv", "--gas-limit", "many"], /--gas-limit many is no non-negative integer/],
  [["bank.mv", "--gas-limit", "0xffffffffffffffff"], /out of range/],
  [["broken.mv"], /BAD_MAGIC/],
  [["bank.mv", "--manifest", "bad.json"], /bad.json: it is no JSON/],
  [
    ["bank.mv", "--manifest", "odd.json"],
    /odd.json: tests\[0\].name: 0xA::module::function expected/,
  ],
  [["bank.mv", "--manifest", "status.json"], /expected_failure.status: ODD is no status/],
  [["."], /is not compiled/],
])("%j is refused with a reason", async (args, reason) => {
  write("bank.mv", BANK);
  write("broken.mv", "nothing");
  write("bad.json", "{");
  write("odd.json", JSON.stringify({ tests: [{ name: "bank" }] }));
  const odd = { name: "0x42::bank::overflow", expected_failure: { status: "ODD" } };
  write("status.json", JSON.stringify({ tests: [odd] }));
  write("Move.toml", "");
  const inside = args.map((arg) => (/\.|^\.$/.test(arg) ? join(folder, arg) : arg));
  const { status, notes } = await run(...inside);
  expect(notes.join("\n")).toMatch(reason);
  expect(status).toBe(2);
});
