import { encodeHex } from "@dragoman/bytes";
import { MemoryState, type StateReader } from "@dragoman/core";
import { refuse } from "@dragoman/fault";
import type { OpenedFork } from "@dragoman/fork-evm";
import { DOMAIN, isDelegation, NEWEST_FORK } from "@dragoman/frontend-evm";
import { formatProgramId, type Message, type Vm } from "@dragoman/vm";
import type { Console } from "../command.ts";
import type { OptionForms, Options } from "../options.ts";
import { FORK_OPTIONS, FORK_USAGE, forkOf } from "./fork.ts";
import { machineName } from "./machine-name.ts";
import { MESSAGE_OPTIONS, messageOf } from "./message.ts";
import { hexBytes, type ProgramFile, programFile } from "./program-bytes.ts";

/** Options that say what runs, with what, on which state. */
export const SUBJECT_OPTIONS = {
  vm: "text",
  to: "text",
  from: "text",
  ...MESSAGE_OPTIONS,
  ...FORK_OPTIONS,
} as const satisfies OptionForms;

/** How usages put what only a call on a fork has. */
export const SUBJECT_FORK_USAGE = `${FORK_USAGE} [--to address] [--from address]`;

/** What a command runs. */
export interface Subject {
  readonly vm: Vm;
  /** As the command line names it. */
  readonly source: string;
  readonly program: ProgramFile;
  readonly message: Message;
  readonly state: StateReader;
}

/**
 * Runs `use` on what options name: a program on an empty state, or with `--fork-url` the contract `--to` on the state behind a block. There the
 * positional is left out, or is a Solidity compiler's JSON for the names of functions and the lines of the source.
 *
 * Faults: `INVALID_COMMAND`, those of programs and forks.
 */
export async function withSubject<T>(
  options: Options,
  console: Console,
  use: (subject: Subject) => T,
): Promise<T> {
  options.noMoreThan(1);
  const isForked = options.text("fork-url") !== undefined;
  const vm = machineName(options.text("vm") ?? (isForked ? "evm" : undefined));
  if (isForked && vm !== "evm") {
    refuse("INVALID_COMMAND", undefined, `--vm ${options.text("vm")}: forks are of the evm alone`);
  }
  const fork = await forkOf(options, (line) => console.note(line));
  if (fork === undefined) return use(programSubject(vm, options));
  try {
    return use(await contractSubject(fork, options, console));
  } finally {
    fork.close();
  }
}

function programSubject(vm: Vm, options: Options): Subject {
  for (const name of ["to", "from"]) {
    if (options.text(name) === undefined) continue;
    refuse("INVALID_COMMAND", undefined, `--${name} names an account of a fork: give --fork-url`);
  }
  const source = options.positional(0, "the program");
  const program = programFile(source, options.text("contract"));
  const message = messageOf(vm, program, options);
  return { vm, source, program, message, state: new MemoryState() };
}

async function contractSubject(
  { base, chainId }: OpenedFork,
  options: Options,
  console: Console,
): Promise<Subject> {
  const to = addressOption(options, "to");
  if (to === undefined) {
    return refuse("INVALID_COMMAND", undefined, "--to is missing: the contract on the fork");
  }
  const from = addressOption(options, "from");
  if (from !== undefined && options.text("sender") !== undefined) {
    refuse("INVALID_COMMAND", undefined, "--from and --sender: give one of them");
  }
  const { header, state } = base;
  const addresses = from === undefined ? [to] : [to, from];
  state.prefetch(addresses.map((address) => ({ address, slots: [] })));
  const bytes = codeAt(state, to, header.number);
  const contract = artefactOf(options);
  const program = { bytes, ...(contract === undefined ? {} : { contract }) };
  const { code: _, ...call } = messageOf("evm", program, options);
  const { blockEnvironment } = await import("@dragoman/ledger-evm");
  const blockHash = (number: bigint): bigint => BigInt(encodeHex(base.blockHash(Number(number))));
  console.note(`on block ${header.number} of chain ${chainId}`);
  const message = {
    ...call,
    program: formatProgramId({ vm: "evm", address: to, name: "" }),
    ...(from === undefined ? {} : { sender: from }),
    environment: blockEnvironment(header, { chainId, blockHash, fork: NEWEST_FORK }),
  };
  return { vm: "evm", source: encodeHex(to), program, message, state };
}

function addressOption(options: Options, name: string): Uint8Array | undefined {
  const text = options.text(name);
  if (text === undefined) return undefined;
  const bytes = hexBytes(text, `--${name}`);
  if (bytes.length === 20) return bytes;
  return refuse("INVALID_COMMAND", undefined, `--${name} has ${bytes.length} bytes, not 20`);
}

function codeAt(state: StateReader, to: Uint8Array, block: number): Uint8Array {
  const code = state.read(DOMAIN.CODE, to, new Uint8Array(0));
  const name = `--to ${encodeHex(to)}`;
  if (code === undefined) {
    return refuse("INVALID_COMMAND", undefined, `${name} has no code at block ${block}`);
  }
  if (!isDelegation(code)) return code;
  const other = encodeHex(code.subarray(3));
  return refuse("INVALID_COMMAND", undefined, `${name} only delegates to ${other}: call that`);
}

/** The compiler's JSON that the positional names, if there is one. */
function artefactOf(options: Options): ProgramFile["contract"] {
  const [path] = options.positionals;
  const name = options.text("contract");
  if (path === undefined && name === undefined) return undefined;
  if (path === undefined) {
    return refuse("INVALID_COMMAND", undefined, `--contract ${name} needs a compiler's JSON`);
  }
  const { contract } = programFile(path, name);
  if (contract !== undefined) return contract;
  const why = "beside --to only a compiler's JSON, for names and lines";
  return refuse("INVALID_COMMAND", undefined, `${path.slice(0, 80)}: ${why}`);
}
