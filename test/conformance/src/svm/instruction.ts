import { encodeBase58, encodeHex, equalBytes } from "@dragoman/bytes";
import { Engine, type LinearMemory, MemoryState } from "@dragoman/core";
import {
  ACCOUNT_DOMAIN,
  type AccountMeta,
  ADDRESS,
  accountCells,
  executeInstruction,
  instructionErrorCode,
  MAINNET_NATIVES,
  readAccount,
  type SvmAccount,
  type SvmInstruction,
  SvmPrograms,
} from "@dragoman/frontend-sbpf";
import { addressOf, type FixtureAccount, fixtureAccount } from "./fixture-account.ts";
import { fixtureFeatures } from "./fixture-features.ts";
import { fixtureSysvars, RECENT_BLOCKHASHES_HEX } from "./fixture-sysvars.ts";
import { foreignProgram } from "./foreign-programs.ts";
import type { Message } from "./protobuf.ts";

/** InstrContext. */
export interface InstructionCase {
  readonly accounts: readonly FixtureAccount[];
  readonly instruction: SvmInstruction;
  readonly units: bigint;
  readonly features: ReturnType<typeof fixtureFeatures>;
}

/** Undefined: the instruction names an account that is not there. */
export function readInstructionCase(input: Message): InstructionCase | undefined {
  const accounts = input.messages(3).map(fixtureAccount);
  const metas: AccountMeta[] = [];
  for (const meta of input.messages(4)) {
    const account = accounts[meta.number(1)];
    if (account === undefined) return undefined;
    const [isWritable, isSigner] = [meta.number(2) !== 0, meta.number(3) !== 0];
    metas.push({ key: account.key, isWritable, isSigner });
  }
  return {
    accounts,
    instruction: {
      programId: addressOf(input.bytes(1)),
      accounts: metas,
      data: Uint8Array.from(input.bytes(5)),
    },
    units: input.big(6),
    features: fixtureFeatures(input.message(9)),
  };
}

/** A state with the accounts of a fixture. */
export function stateOf(accounts: readonly FixtureAccount[]): MemoryState {
  const state = new MemoryState();
  for (const account of accounts) {
    for (const [cell, value] of accountCells(account)) {
      state.write(ACCOUNT_DOMAIN, account.key, cell, value);
    }
  }
  return state;
}

/** Runs one instr fixture; undefined = as recorded, else what differs; "skipped: …" = needs a program that is not here. */
export function checkInstruction(fixture: Message, memory: LinearMemory): string | undefined {
  const read = readInstructionCase(fixture.message(2));
  const wanted = fixture.has(3) && fixture.bytes(3).length > 0 ? fixture.message(3) : undefined;
  if (read === undefined || !canBegin(read)) {
    return wanted === undefined ? undefined : "there is a result where none can be";
  }
  const foreign = foreignProgram(read.instruction.programId);
  if (foreign !== undefined) return `skipped: ${foreign}`;
  if (wanted === undefined) return "there is no result where one can be";
  const { accounts, instruction, units, features } = read;
  const engine = new Engine({ state: stateOf(accounts), tier: "interpret", memory });
  const sysvar = fixtureSysvars(accounts);
  const programs = new SvmPrograms(MAINNET_NATIVES, { features });
  const { failure, gasUsed, returnData } = executeInstruction(
    engine,
    {
      ...{ findProgram: programs.find, sysvar, heapBytes: 32 * 1024, heightMax: 5, features },
      ...lastBlockhash(accounts),
    },
    instruction,
    units,
  );
  const code = failure === undefined ? 0 : instructionErrorCode(failure.error) + 1;
  if (code !== wanted.number(1)) return `error ${code} instead of ${wanted.number(1)}`;
  const custom = failure?.custom ?? 0;
  if (custom !== wanted.number(2)) return `custom error ${custom} instead of ${wanted.number(2)}`;
  const left = units - gasUsed;
  if (left !== wanted.big(4)) return `${left} units left instead of ${wanted.big(4)}`;
  if (failure !== undefined) return undefined;
  if (!equalBytes(returnData, wanted.bytes(5))) return "the returned data differ";
  return compareAccounts(wanted.messages(3), (key) => readAccount(engine.journal, key));
}

/** The recording machine runs nothing where an account stands twice, or the program is not there or not its own. */
function canBegin({ accounts, instruction }: InstructionCase): boolean {
  const names = accounts.map(({ key }) => encodeHex(key));
  if (new Set(names).size < names.length) return false;
  const program = accounts.find(({ key }) => equalBytes(key, instruction.programId));
  if (program === undefined) return false;
  const isNative = MAINNET_NATIVES.has(encodeHex(program.key));
  return !isNative || equalBytes(program.owner, ADDRESS.NATIVE_LOADER.bytes);
}

/** The oldest entry of the sysvar RecentBlockhashes stands for the newest. */
function lastBlockhash(accounts: readonly FixtureAccount[]): {
  readonly blockhash: Uint8Array;
  readonly lamportsPerSignature: bigint;
} {
  const account = accounts.find(({ key }) => encodeHex(key) === RECENT_BLOCKHASHES_HEX);
  const none = { blockhash: new Uint8Array(32), lamportsPerSignature: 0n };
  if (account === undefined || account.lamports === 0n || account.data.length < 8) return none;
  const { data } = account;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const count = Number(view.getBigUint64(0, true));
  const at = 8 + (count - 1) * 40;
  if (count === 0 || at + 40 > data.length) return none;
  return {
    blockhash: data.slice(at, at + 32),
    lamportsPerSignature: view.getBigUint64(at + 32, true),
  };
}

/** What differs from the accounts that were recorded. */
export function compareAccounts(
  wanted: readonly Message[],
  read: (key: Uint8Array) => SvmAccount | undefined,
): string | undefined {
  for (const state of wanted) {
    const recorded = fixtureAccount(state);
    const name = encodeBase58(recorded.key);
    const account = read(recorded.key);
    if (account === undefined) return `account ${name} is missing`;
    if (account.lamports !== recorded.lamports) {
      return `account ${name} has ${account.lamports} lamports, not ${recorded.lamports}`;
    }
    if (!equalBytes(account.owner, recorded.owner)) return `the owner of ${name} differs`;
    if (account.executable !== recorded.executable) return `${name} is executable or not`;
    if (!equalBytes(account.data, recorded.data)) return `the data of ${name} differ`;
  }
  return undefined;
}
