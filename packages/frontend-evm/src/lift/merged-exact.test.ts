import { Engine, type Journal, MemoryState, OUTCOME } from "@dragoman/core";
import { runBothTiers } from "@dragoman/core/testing";
import { evmRequest, loadEvm, writeAccount } from "@dragoman/frontend-evm";
import { assemble } from "@dragoman/frontend-evm/asm";
import { expect, test } from "vitest";

const SELF = new Uint8Array(20).fill(0xaa);

/** Goes 200 times through one of two routines, whose addresses come from the calldata; adds up what they give. */
const COMPUTED = `
  push 0 push 200
  again:                                    ; [left, sum]
  dup1 push 1 and push 5 shl calldataload jump
  even: swap1 push 3 add swap1 push @next jump
  odd: swap1 push 10 add swap1
  next: push 1 swap1 sub dup1 push @again jumpi
  pop push 0 mstore push 32 push 0 return`;
const CODE = assemble(COMPUTED);

/** The same before 16 KB that are never reached: too much for one function. */
const LONG = new Uint8Array([...CODE, 0, ...new Uint8Array(16_384).fill(0x5b)]);

function request(journal: Journal, input: Uint8Array, code = CODE) {
  writeAccount(journal, SELF, { code });
  journal.beginTransaction();
  return evmRequest(journal, { to: SELF, gas: 100_000n, input });
}

/** Calldata of the offsets at which two labels stand. */
function offsets(...labels: number[]): Uint8Array {
  const input = new Uint8Array(32 * labels.length);
  labels.forEach((label, i) => {
    input[32 * i + 31] = label;
  });
  return input;
}

const jumpdests = [...CODE.keys()].filter((pc) => CODE[pc] === 0x5b);

test.each([
  ["code", CODE],
  ["long code", LONG],
])(
  "%s whose jumps come from the calldata is not lifted optimistically, but compiled",
  (_, code) => {
    const program = loadEvm(code);
    expect(program.liftOptimistic()).toBe(undefined);
    const engine = new Engine({ state: new MemoryState(), tier: "compile" });
    const [, even, odd] = jumpdests;
    const input = offsets(even, odd);
    const { outcome, output, tier } = engine.execute(request(engine.journal, input, code));
    expect({ outcome, tier, sum: (output[30] << 8) | output[31] }).toEqual({
      outcome: OUTCOME.OK,
      tier: "compile",
      sum: 100 * 3 + 100 * 10,
    });
  },
);

test("and it is the same in every tier, with good destinations and bad ones", () => {
  const [again, even, odd, next] = jumpdests;
  for (const input of [offsets(even, odd), offsets(even, 1), offsets(next, again), offsets(odd)]) {
    runBothTiers(new MemoryState(), (journal) => request(journal, input));
    runBothTiers(new MemoryState(), (journal) => request(journal, input, LONG));
  }
});
