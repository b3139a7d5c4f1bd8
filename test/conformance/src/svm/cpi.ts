import { equalBytes } from "@dragoman/bytes";
import { Engine, type LinearMemory } from "@dragoman/core";
import {
  ADDRESS,
  type FoundProgram,
  type Invocation,
  nativeProgram,
  readAccount,
  writeAccount,
} from "@dragoman/frontend-sbpf";
import { fixtureAccount } from "./fixture-account.ts";
import { type InstructionCase, readInstructionCase, stateOf } from "./instruction.ts";
import type { Message } from "./protobuf.ts";
import { effectsOf, runSyscall, syscallNamed } from "./syscall.ts";

/** Runs one fixture of a call between programs; undefined = as recorded, else what differs. */
export function checkCpi(fixture: Message, memory: LinearMemory): string | undefined {
  const input = fixture.message(2);
  const name = Buffer.from(input.message(3).bytes(1)).toString("latin1");
  const read = readInstructionCase(input.message(2));
  const syscall = syscallNamed(name);
  if (read === undefined || syscall === undefined) return "the fixture has no such instruction";
  const engine = new Engine({ state: stateOf(read.accounts), tier: "interpret", memory });
  const callee = calleeOf(input.message(4));
  const caller = callerOf(engine, read, callee);
  return effectsOf(runSyscall(fixture, syscall, engine, caller), fixture.message(3));
}

/** The instruction that makes the call. What is recorded of its accounts in the input is nothing: all stand at its beginning. */
function callerOf(
  engine: Engine,
  { accounts, instruction, features }: InstructionCase,
  callee: FoundProgram,
): Partial<Invocation> {
  const { journal } = engine;
  const nowhere = { key: 0, owner: 0, lamports: 0, data: 0, dataBytes: 0 };
  const program = accounts.find(({ key }) => equalBytes(key, instruction.programId));
  const isUnaligned = program !== undefined && equalBytes(program.owner, ADDRESS.LOADER_V1.bytes);
  return {
    programId: instruction.programId,
    accounts: instruction.accounts.map((account, position) => {
      const index = journal.account(account.key);
      const first = instruction.accounts.findIndex(({ key }) => equalBytes(key, account.key));
      return { ...account, index, first: first < 0 ? position : first };
    }),
    data: instruction.data,
    height: 1,
    parent: undefined,
    found: { ...callee, isUnaligned },
    layout: instruction.accounts.map(() => nowhere),
    transaction: {
      findProgram: () => callee,
      sysvar: () => undefined,
      heapBytes: 32 * 1024,
      heightMax: 5,
      features,
    },
  };
}

/** A program that leaves the accounts as they were recorded, whatever the rules say. */
function calleeOf(effects: Message): FoundProgram {
  const left = effects.messages(3).map(fixtureAccount);
  return nativeProgram("fixture-callee", 0, ({ journal, invocation }) => {
    for (const { key } of invocation.accounts) {
      const recorded = left.find((account) => equalBytes(account.key, key));
      if (recorded === undefined) continue;
      const old = readAccount(journal, key);
      const data = recorded.data.length > 0 ? recorded.data : (old?.data ?? recorded.data);
      writeAccount(journal, key, { ...recorded, data });
    }
    return undefined;
  });
}
