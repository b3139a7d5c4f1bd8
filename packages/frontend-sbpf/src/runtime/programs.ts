import { encodeHex } from "@dragoman/bytes";
import type { Journal } from "@dragoman/core";
import { FaultError } from "@dragoman/fault";
import type { SbpfVersion } from "../isa/version.ts";
import { loadProgram, type SbpfProgram } from "../program.ts";
import { MAINNET_SYSCALLS } from "../syscalls/registry.ts";
import type { Syscall } from "../syscalls/syscall.ts";
import { accountIndex, HEAD, readAccount, readData, readHead } from "./accounts.ts";
import { ADDRESS } from "./addresses.ts";
import type { FoundProgram } from "./invocation.ts";
import { exitInvocation } from "./invoke.ts";

export interface LoadSbpfOptions {
  /** Identity for the engine's caches; default: a new one each time. */
  readonly id?: string;
  /** Syscalls beside those of mainnet, for example the portal's. */
  readonly syscalls?: readonly Syscall[];
  readonly versions?: readonly SbpfVersion[];
  readonly deploy?: boolean;
}

let programs = 0;
const registries = new WeakMap<readonly Syscall[], readonly Syscall[]>();

/** Mainnet's syscalls and `extra`; one array for one `extra`, so that hashes are computed once. */
function registry(extra: readonly Syscall[] | undefined): readonly Syscall[] {
  if (extra === undefined || extra.length === 0) return MAINNET_SYSCALLS;
  let all = registries.get(extra);
  if (all === undefined) {
    all = [...MAINNET_SYSCALLS, ...extra];
    registries.set(extra, all);
  }
  return all;
}

/**
 * Loads a program that runs on accounts: what `invocationRequest` takes.
 *
 * Faults: those of `loadElf`, `decodeText` and `verifyText`.
 */
export function loadSbpf(elf: Uint8Array, options: LoadSbpfOptions = {}): SbpfProgram {
  return loadProgram(elf, {
    id: options.id ?? `sbpf-${programs++}`,
    syscalls: registry(options.syscalls),
    exit: exitInvocation,
    ...(options.versions === undefined ? {} : { versions: options.versions }),
    ...(options.deploy === undefined ? {} : { deploy: options.deploy }),
  });
}

/** Header of a program account of loader 3: tag 2 and the address of the account that holds the ELF behind 45 bytes. */
const PROGRAM_ACCOUNT_BYTES = 36;
const PROGRAM_DATA_HEADER_BYTES = 45;

/** Finds programs in the accounts of a journal, and keeps what it loaded by the identity of the account's data. */
export class SvmPrograms {
  readonly #natives: ReadonlyMap<string, FoundProgram>;
  readonly #options: LoadSbpfOptions;
  readonly #loaded = new WeakMap<Uint8Array, FoundProgram | "broken">();

  /** `natives`: programs in the host's language by address in hex. */
  constructor(
    natives: ReadonlyMap<string, FoundProgram> = new Map(),
    options: LoadSbpfOptions = {},
  ) {
    this.#natives = natives;
    this.#options = options;
  }

  readonly find = (journal: Journal, id: Uint8Array): FoundProgram | undefined => {
    const native = this.#natives.get(encodeHex(id));
    if (native !== undefined) return native;
    const index = accountIndex(journal, id);
    const data = readData(journal, index);
    const owner = encodeHex(readHead(journal, index).subarray(HEAD.OWNER, HEAD.OWNER + 32));
    if (owner === ADDRESS.LOADER_V2.hex) return this.#load(data, 0, false);
    if (owner === ADDRESS.LOADER_V1.hex) return this.#load(data, 0, true);
    if (owner !== ADDRESS.LOADER_V3.hex || data.length < PROGRAM_ACCOUNT_BYTES) return undefined;
    const elf = readAccount(journal, data.subarray(4, PROGRAM_ACCOUNT_BYTES))?.data;
    return elf === undefined ? undefined : this.#load(elf, PROGRAM_DATA_HEADER_BYTES, false);
  };

  #load(data: Uint8Array, offset: number, isUnaligned: boolean): FoundProgram | undefined {
    let found = this.#loaded.get(data);
    if (found === undefined) {
      found = this.#tryLoad(data.subarray(offset), isUnaligned);
      this.#loaded.set(data, found);
    }
    return found === "broken" ? undefined : found;
  }

  #tryLoad(elf: Uint8Array, isUnaligned: boolean): FoundProgram | "broken" {
    try {
      return { program: loadSbpf(elf, this.#options), isUnaligned, isNative: false };
    } catch (error) {
      if (error instanceof FaultError) return "broken";
      throw error;
    }
  }
}
