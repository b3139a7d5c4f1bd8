import { decodeHex, encodeHex, KeyMap } from "@dragoman/bytes";
import type { Journal } from "@dragoman/core";
import { sha256 } from "@dragoman/crypto";
import { FaultError } from "@dragoman/fault";
import type { SbpfVersion } from "../isa/version.ts";
import { loadProgram, type SbpfProgram } from "../program.ts";
import { syscallsOf } from "../syscalls/registry.ts";
import type { Syscall } from "../syscalls/syscall.ts";
import { accountIndex, HEAD, readData, readHead } from "./accounts.ts";
import { ADDRESS } from "./addresses.ts";
import { type FeatureSet, MAINNET_FEATURES } from "./features.ts";
import type { InstructionErrorName } from "./instruction-error.ts";
import type { FoundProgram } from "./invocation.ts";
import { exitInvocation } from "./invoke.ts";
import { isProgramData, LOADER_HEADER, readLoaderState } from "./loader-state.ts";
import { nativeProgram } from "./native.ts";

export interface LoadSbpfOptions {
  /** Identity for the engine's caches; default: a new one each time. */
  readonly id?: string;
  /** Syscalls beside those of mainnet, for example the portal's. */
  readonly syscalls?: readonly Syscall[];
  readonly versions?: readonly SbpfVersion[];
  readonly deploy?: boolean;
  /** Features that decide on the syscalls; default: mainnet's. */
  readonly features?: FeatureSet;
}

let programs = 0;
const registries = new WeakMap<readonly Syscall[], readonly Syscall[]>();

/** `syscalls` and `extra`; one array for one `extra`, so that hashes are computed once. */
function registry(
  syscalls: readonly Syscall[],
  extra: readonly Syscall[] | undefined,
): readonly Syscall[] {
  if (extra === undefined || extra.length === 0) return syscalls;
  let all = registries.get(extra);
  if (all === undefined) {
    all = [...syscalls, ...extra];
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
    syscalls: registry(syscallsOf(options.features ?? MAINNET_FEATURES), options.syscalls),
    exit: exitInvocation,
    ...(options.versions === undefined ? {} : { versions: options.versions }),
    ...(options.deploy === undefined ? {} : { deploy: options.deploy }),
  });
}

/** A program in whose place nothing runs: `line` is logged, and the call fails. */
const refusing = (line: string, error: InstructionErrorName): FoundProgram =>
  nativeProgram(`svm-refuses-${error}`, 0, ({ log }) => {
    log(line);
    return error;
  });

const NOT_DEPLOYED = "Program is not deployed";
const UNDEPLOYED = refusing(NOT_DEPLOYED, "UnsupportedProgramId");
/** Before removeAccountsExecutableFlagChecks. */
const UNDEPLOYED_OLD = refusing(NOT_DEPLOYED, "InvalidAccountData");
const NOT_EXECUTABLE = refusing("Program is not executable", "IncorrectProgramId");

/** Finds programs in the accounts of a journal, and keeps what it loaded by the identity of the account's data. */
export class SvmPrograms {
  readonly #natives: KeyMap<FoundProgram>;
  readonly #options: LoadSbpfOptions;
  readonly #checksFlag: boolean;
  readonly #undeployed: FoundProgram;
  readonly #loaded = new WeakMap<Uint8Array, FoundProgram>();
  /** Where the code is, by the data of programs of the upgradeable loader. */
  readonly #addresses = new WeakMap<Uint8Array, Uint8Array>();

  /** `natives`: programs in the host's language by address in hex. */
  constructor(
    natives: ReadonlyMap<string, FoundProgram> = new Map(),
    options: LoadSbpfOptions = {},
  ) {
    this.#natives = new KeyMap([...natives].map(([hex, found]) => [decodeHex(hex), found]));
    this.#options = options;
    const features = options.features ?? MAINNET_FEATURES;
    this.#checksFlag = !features.has("removeAccountsExecutableFlagChecks");
    this.#undeployed = this.#checksFlag ? UNDEPLOYED_OLD : UNDEPLOYED;
  }

  /**
   * What runs at an address: a native program, the code of a loader's account, or what refuses in its place: code runs only after the slot
   * in which it was deployed. Undefined: no loader knows the account. `ignoresFlag`: the account need not be marked executable, where that counts.
   */
  readonly find = (
    journal: Journal,
    id: Uint8Array,
    slot?: bigint,
    ignoresFlag = false,
  ): FoundProgram | undefined => {
    const native = this.#natives.get(id);
    if (native !== undefined) return native;
    const index = accountIndex(journal, id);
    const head = readHead(journal, index);
    const isExecutable = head[HEAD.EXECUTABLE] !== 0;
    const loader = LOADERS.get(head, HEAD.OWNER);
    if (loader === undefined) {
      return this.#checksFlag && isExecutable ? this.#natives.get(head, HEAD.OWNER) : undefined;
    }
    if (this.#checksFlag && !isExecutable && !ignoresFlag) return NOT_EXECUTABLE;
    const data = readData(journal, index);
    if (loader !== "v3") return this.#load(data, 0, loader === "v1");
    const elf = this.#programData(journal, data);
    return elf === undefined || (slot !== undefined && deployedIn(elf) === slot)
      ? this.#undeployed
      : this.#load(elf, LOADER_HEADER.PROGRAM_DATA, false);
  };

  /** Data of the account to which a program account of the upgradeable loader points; undefined if either is something else. */
  #programData(journal: Journal, data: Uint8Array): Uint8Array | undefined {
    let address = this.#addresses.get(data);
    if (address === undefined) {
      const state = readLoaderState(data);
      if (state?.kind !== "program") return undefined;
      address = state.dataAddress;
      this.#addresses.set(data, address);
    }
    const target = readData(journal, accountIndex(journal, address));
    return isProgramData(target) ? target : undefined;
  }

  #load(data: Uint8Array, offset: number, isUnaligned: boolean): FoundProgram {
    let found = this.#loaded.get(data);
    if (found === undefined) {
      found = this.#tryLoad(data.subarray(offset), isUnaligned);
      this.#loaded.set(data, found);
    }
    return found;
  }

  #tryLoad(elf: Uint8Array, isUnaligned: boolean): FoundProgram {
    try {
      // Chains of one process share what was compiled for the same bytes.
      const id = `svm:${encodeHex(sha256(elf))}`;
      return { program: loadSbpf(elf, { id, ...this.#options }), isUnaligned, isNative: false };
    } catch (error) {
      if (error instanceof FaultError) return this.#undeployed;
      throw error;
    }
  }
}

const LOADERS = new KeyMap<"v1" | "v2" | "v3">([
  [ADDRESS.LOADER_V1.bytes, "v1"],
  [ADDRESS.LOADER_V2.bytes, "v2"],
  [ADDRESS.LOADER_V3.bytes, "v3"],
]);

/** Slot in which program data were written last. */
const deployedIn = (data: Uint8Array): bigint =>
  new DataView(data.buffer, data.byteOffset, data.byteLength).getBigUint64(4, true);
