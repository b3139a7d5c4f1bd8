import { type CallRequest, type Journal, MemoryState } from "@dragoman/core";
import { runBothTiers } from "@dragoman/core/testing";
import { evmRequest, readCode, readStorage, worldOf, writeAccount } from "@dragoman/frontend-evm";
import { assemble } from "@dragoman/frontend-evm/asm";
import { expect, test } from "vitest";
import { createAddress } from "./create-address.ts";

const A = new Uint8Array(20).fill(0xa1);
const COUNT = 9;

/** Creates COUNT contracts from `init` with a word behind it that is the number of the creation. */
function createAll(init: string): Journal {
  const code = assemble(init);
  const hex = Buffer.from(code).toString("hex").padEnd(64, "0");
  const size = code.length + 32;
  const body = `push32 0x${hex} push 0 mstore dup1 push ${code.length} mstore push ${size} push 0 push 0 create pop`;
  const a = `push ${COUNT} head: ${body} push 1 swap1 sub dup1 push @head jumpi stop`;
  let journal: Journal | undefined;
  runBothTiers(new MemoryState(), (own): CallRequest => {
    journal = own;
    writeAccount(own, A, { code: assemble(a), nonce: 1n });
    own.beginTransaction();
    return evmRequest(own, { from: A, to: A, gas: 9_000_000n, fork: "cancun" });
  });
  return journal!;
}

const created = (turn: number): Uint8Array => createAddress(A, BigInt(turn + 1));

test("each constructor reads its own argument and deploys its own code, however many went before", () => {
  const size = assemble(
    "push 32 push 19 push 0 codecopy push 0 mload push 1 sstore push 31 push 1 return",
  ).length;
  const init = `push 32 push ${size} push 0 codecopy push 0 mload push 1 sstore push 31 push 1 return`;
  const journal = createAll(init);
  for (let turn = 0; turn < COUNT; turn++) {
    const own = COUNT - turn;
    expect(readStorage(journal, created(turn), 1n)).toBe(BigInt(own));
    expect(readCode(journal, created(turn))).toEqual(
      Uint8Array.from({ length: 31 }, (_, i) => (i === 30 ? own : 0)),
    );
  }
});

test("data that is jumped into is code of its own", () => {
  // The word behind is 0...n: with the jump into it the run fails for each n, and 0x5b there would not.
  const journal = createAll("push 5 jump stop push 1 jumpdest push 31 jump");
  for (let turn = 0; turn < COUNT; turn++) {
    expect(worldOf(journal).code(worldOf(journal).account(created(turn))).length).toBe(0);
  }
});
