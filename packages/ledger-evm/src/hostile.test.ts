import { decodeHex, encodeHex } from "@dragoman/bytes";
import { Engine, MemoryState } from "@dragoman/core";
import { DEFAULT_ENVIRONMENT, DOMAIN, type ForkName } from "@dragoman/frontend-evm";
import { assemble } from "@dragoman/frontend-evm/asm";
import { LedgerClock } from "@dragoman/ledger";
import { afterAll, expect, test } from "vitest";
import { CALL_GAS_MAX, NOBODY } from "./evm-call.ts";
import { EvmLedger } from "./evm-ledger.ts";
import { executeTransaction } from "./transaction/execute-transaction.ts";

// A file of tests has a process of its own: what the process takes, these programs took.
const MEGABYTE = 1 << 20;
const RSS_BEFORE = process.memoryUsage.rss();
const RSS_GROWTH_MAX = 700 * MEGABYTE;
/** Gas of an attack. */
const GAS = 2_000_000n;
/**
 * CPU that it may take, microseconds: a hundred times what it takes on a quiet machine, and far below what anything would that is not linear in
 * the gas.
 */
const CPU_MAX = 20_000_000;
/** For all machines, however busy. */
const TIMEOUT_MS = 600_000;
const OUT_OF_GAS = 0x200;
const JUMPDEST = 0x5b;
const TARGET = decodeHex("c0".repeat(20));

afterAll(() => {
  const growth = process.resourceUsage().maxRSS * 1024 - RSS_BEFORE;
  expect(growth).toBeLessThan(RSS_GROWTH_MAX);
});

const ledgers = new Map<ForkName, EvmLedger>();

function ledgerOf(fork: ForkName): EvmLedger {
  const known = ledgers.get(fork);
  if (known !== undefined) return known;
  const clock = new LedgerClock(() => 1_000_000_000);
  const genesis = { chainId: 1n, timestamp: 900_000, gasLimit: CALL_GAS_MAX };
  const ledger = new EvmLedger({ clock, genesis, finalityDepth: 1, fork });
  ledgers.set(fork, ledger);
  return ledger;
}

function attack(code: Uint8Array, data = new Uint8Array(0), fork: ForkName = "osaka", gas = GAS) {
  const overrides = new Map([[encodeHex(TARGET), { code }]]);
  const start = process.cpuUsage();
  const result = ledgerOf(fork).call({ to: TARGET, gas, data, overrides });
  const { user, system } = process.cpuUsage(start);
  return { ...result, cpu: user + system };
}

/** Repeats `body`, which leaves the stack as it is, until the gas is gone. */
const loop = (body: string): Uint8Array => assemble(`jumpdest ${body} push1 0 jump`);

/** The largest code that there may be: a destination, as many of `filler` as fit, `tail`. */
function filled(filler: string, tail: string): Uint8Array {
  const end = assemble(tail);
  const unit = assemble(filler);
  const code = new Uint8Array(24_576).fill(JUMPDEST, 0, 1);
  const count = Math.floor((code.length - 1 - end.length) / unit.length);
  for (let i = 0; i < count; i++) code.set(unit, 1 + i * unit.length);
  code.set(end, 1 + count * unit.length);
  return code.subarray(0, 1 + count * unit.length + end.length);
}

test.each([
  ["hashing 32 KiB", loop("push2 0x8000 push1 0 keccak256 pop")],
  ["hashing what is never the same", loop("gas push1 0 mstore push2 0x8000 push1 0 keccak256 pop")],
  ["copying calldata", loop("push2 0x8000 push1 0 push1 0 calldatacopy")],
  [
    "copying its code",
    filled("jumpdest", "jumpdest push2 0x6000 push1 0 push1 0 codecopy push1 0 jump"),
  ],
  ["copying code of another", loop(`push2 0x6000 push1 0 push1 0 address extcodecopy`)],
  ["copying memory over itself", loop("push2 0x8000 push1 1 push1 0 mcopy")],
  ["growing exponents", loop("push1 0 not push1 0 not exp pop")],
  ["dividing wide numbers", loop("push1 7 push1 0 not push1 0 not mulmod push1 0 not sdiv pop")],
  ["jumping over 24 KB of destinations", filled("jumpdest", "push1 0 jump")],
  ["running straight through 24 KB", filled("calldatasize calldatasize mul pop", "push1 0 jump")],
  [
    "jumping where calldata says",
    filled("push1 0 calldataload calldatasize add pop", "push1 0 calldataload jump"),
  ],
  ["writing cold slots", loop("gas gas sstore")],
  ["reading cold accounts", loop("gas balance pop")],
  ["transient storage", loop("gas gas tstore")],
  ["large logs", loop("push1 1 push1 2 push2 0x4000 push1 0 log2")],
  ["48 KiB of initcode", loop("push2 0xc000 push1 0 push1 0 create pop")],
  [
    "code that creates itself",
    filled(
      "jumpdest",
      "codesize push1 0 push1 0 codecopy codesize push1 0 push1 0 create pop push1 0 jump",
    ),
  ],
  [
    "the identity precompile with 32 KiB",
    loop("push2 0x8000 push1 0 push2 0x8000 push1 0 push1 4 gas staticcall pop"),
  ],
  [
    "modular powers of 1,024 bytes",
    loop(
      "push2 0x400 push1 0 mstore push2 0x400 push1 32 mstore push2 0x400 push1 64 mstore push1 0 push1 0 push2 0xc60 push1 0 push1 5 gas staticcall pop",
    ),
  ],
  [
    "failing calls of itself",
    loop("push1 0 push1 0 push1 0 push1 0 push1 0 address push2 0x2000 call pop"),
  ],
])(
  "%s ends when the gas is gone, after seconds",
  (_, code) => {
    const result = attack(code);
    expect(result.outcome).toBe(OUT_OF_GAS);
    expect(result.gasUsed).toBe(GAS);
    expect(result.cpu).toBeLessThan(CPU_MAX);
  },
  TIMEOUT_MS,
);

test(
  "a gigabyte of memory is not had for any gas of a block",
  () => {
    for (const write of [
      "push1 1 push4 0x40000000 mstore",
      "push1 1 push8 0xffffffffffffffff mstore",
    ]) {
      const { outcome, gasUsed, cpu } = attack(assemble(`${write} stop`));
      expect(outcome).toBe(OUT_OF_GAS);
      expect(gasUsed).toBe(GAS);
      expect(cpu).toBeLessThan(CPU_MAX);
    }
  },
  TIMEOUT_MS,
);

test(
  "frames that each take as much memory as is cheap leave the process small",
  () => {
    // 256 KiB a frame, then itself: deepest where memory costs least.
    const code = assemble(
      "push1 1 push3 0x03ffe0 mstore push1 0 push1 0 push1 0 push1 0 push1 0 address gas call pop stop",
    );
    expect(attack(code).ok).toBe(true);
  },
  TIMEOUT_MS,
);

test(
  "10 MB of calldata reach the code, where a fork has gas for them",
  () => {
    const data = new Uint8Array(10_000_000);
    data[9_999_999] = 0x2a;
    const code = assemble(
      "calldatasize push1 0 mstore push3 0x98967f calldataload push1 32 mstore push1 64 push1 0 return",
    );
    const { ok, output } = attack(code, data, "shanghai", CALL_GAS_MAX);
    expect(ok).toBe(true);
    const word = (n: bigint): string => n.toString(16).padStart(64, "0");
    expect(encodeHex(output)).toBe(`0x${word(10_000_000n)}${word(0x2an << 248n)}`);
    // 10 gas a token since Prague (EIP-7623).
    expect(() => attack(code, data)).toThrow(/intrinsic gas too low/);
  },
  TIMEOUT_MS,
);

test(
  "calls nest 1,024 deep with all the gas there is, and come back",
  () => {
    // Counts its frames in slot 0, and returns the count.
    const code = assemble(`
    push1 1 push1 0 sload add push1 0 sstore
    push1 0 push1 0 push1 0 push1 0 push1 0 address gas call pop
    push1 0 sload push1 0 mstore push1 32 push1 0 return`);
    const state = new MemoryState();
    state.write(DOMAIN.CODE, TARGET, new Uint8Array(0), code);
    for (const tier of ["interpret", "compile"] as const) {
      const tx = {
        ...{ sender: NOBODY, nonce: 0n, gasLimit: 1n << 62n, to: TARGET, value: 0n, tip: 0n },
        ...{ data: new Uint8Array(0), accessList: [] },
      };
      const engine = new Engine({ state, tier });
      const { ok, output } = executeTransaction(engine, tx, DEFAULT_ENVIRONMENT, "prague");
      expect(ok).toBe(true);
      // The transaction's own frame and 1,024 below it.
      expect(BigInt(encodeHex(output))).toBe(1025n);
    }
  },
  TIMEOUT_MS,
);

test(
  "24,576 times the same byte ends, whichever it is",
  () => {
    for (let op = 0; op < 256; op += 15) {
      const { cpu, gasUsed } = attack(new Uint8Array(24_576).fill(op));
      expect(gasUsed).toBeLessThanOrEqual(GAS);
      expect(cpu).toBeLessThan(CPU_MAX);
    }
  },
  TIMEOUT_MS,
);
