import type { Frame } from "@dragoman/core";
import { accountIndex } from "../runtime/accounts.ts";
import { hostAddress, numberAt } from "../runtime/guest-memory.ts";
import { failure } from "../runtime/instruction-error.ts";
import {
  type AccountMeta,
  hasFeature,
  invocationOf,
  type SvmInstruction,
} from "../runtime/invocation.ts";
import { createProgramAddress, SEEDS_MAX } from "../runtime/program-address.ts";
import { failAccess, failSyscall, failWith, isMisaligned, pay } from "./answer.ts";
import { COST } from "./costs.ts";
import { SLICE_BYTES } from "./hashing.ts";

/** An account as the caller describes it: guest addresses of its parts. */
export interface CallerInfo {
  /** Number of the account in the journal. */
  readonly index: number;
  readonly key: number;
  readonly owner: number;
  /** Where the lamports stand. */
  readonly lamports: number;
  readonly data: number;
  /** Where the length of the data stands. */
  readonly length: number;
  /** Guest addresses through which the rest was reached; none may lie in the input region. */
  readonly indirect: readonly number[];
}

/** How C and Rust lay out what they pass to a call. Each answers undefined after it has ended the frame. */
export interface CpiAbi {
  readonly instruction: (frame: Frame, address: number) => SvmInstruction | undefined;
  readonly infoBytes: number;
  /** Guest address of the key of the info at host address `at`. */
  readonly infoKey: (frame: Frame, at: number) => number;
  /** The info at guest address `address`, host address `at`. */
  readonly info: (
    frame: Frame,
    address: number,
    at: number,
    index: number,
  ) => CallerInfo | undefined;
}

const ACCOUNTS_MAX = 255;
const DATA_BYTES_MAX = 10 * 1024;
/** Bytes of metas and data together before loosenCpiSizeRestriction. */
export const OLD_BYTES_MAX = 1280;
const SIGNERS_MAX = 16;
/** What a meta costs as, in either language. */
export const META_BYTES = 34;

/** Host address of an aligned range; undefined after it has ended the frame. */
export function readable(
  frame: Frame,
  address: number,
  size: number,
  alignment: number,
): number | undefined {
  const at = hostAddress(frame, address, size, false);
  if (at < 0) return void failAccess(frame, address, size, false);
  if (isMisaligned(frame, at, alignment)) return void failSyscall(frame, "Unaligned pointer");
  return at;
}

interface Parts {
  readonly programId: number;
  readonly metas: number;
  readonly metaCount: number;
  readonly data: number;
  readonly dataBytes: number;
}

/** Reads an instruction whose parts are known; `readMeta` reads one meta at a host address. */
function readInstruction(
  frame: Frame,
  parts: Parts,
  metaBytes: number,
  alignment: number,
  readMeta: (at: number) => AccountMeta | undefined,
): SvmInstruction | undefined {
  const { memory } = frame;
  const metas = readable(frame, parts.metas, parts.metaCount * metaBytes, alignment);
  if (metas === undefined) return undefined;
  const data = readable(frame, parts.data, parts.dataBytes, 1);
  if (data === undefined) return undefined;
  if (!payInstruction(frame, parts)) return undefined;
  const accounts: AccountMeta[] = [];
  for (let i = 0; i < parts.metaCount; i++) {
    const meta = readMeta(metas + i * metaBytes);
    if (meta === undefined) return undefined;
    accounts.push(meta);
  }
  return {
    programId: memory.slice(parts.programId, 32),
    accounts,
    data: memory.slice(data, parts.dataBytes),
  };
}

/** Refuses an instruction that is too large, and takes what its size costs; false after it has ended the frame. */
function payInstruction(frame: Frame, { metaCount, dataBytes }: Parts): boolean {
  const { transaction } = invocationOf(frame);
  const fail = (text: string): boolean => {
    failSyscall(frame, text);
    return false;
  };
  if (!hasFeature(transaction, "loosenCpiSizeRestriction")) {
    const size = metaCount * META_BYTES + dataBytes;
    if (size <= OLD_BYTES_MAX) return true;
    return fail(`Invoked an instruction that is too large (${size} > ${OLD_BYTES_MAX})`);
  }
  if (metaCount > ACCOUNTS_MAX) {
    const text = `${metaCount} > ${ACCOUNTS_MAX}`;
    return fail(`Invoked an instruction with too many accounts (${text})`);
  }
  if (dataBytes > DATA_BYTES_MAX) {
    const text = `${dataBytes} > ${DATA_BYTES_MAX}`;
    return fail(`Invoked an instruction with data that is too large (${text})`);
  }
  const paysMetas = hasFeature(transaction, "increaseCpiAccountInfoLimit");
  const metaUnits = paysMetas ? Math.floor((metaCount * META_BYTES) / COST.BYTES_PER_UNIT) : 0;
  return pay(frame, Math.floor(dataBytes / COST.BYTES_PER_UNIT) + metaUnits);
}

/** A meta, or undefined after ending the frame if a flag is neither 0 nor 1. */
function metaOf(
  frame: Frame,
  key: number,
  signer: number,
  writable: number,
): AccountMeta | undefined {
  const { u8 } = frame.memory;
  if (u8[signer] > 1 || u8[writable] > 1) return void failWith(frame, failure("InvalidArgument"));
  return {
    key: frame.memory.slice(key, 32),
    isSigner: u8[signer] === 1,
    isWritable: u8[writable] === 1,
  };
}

/** C: `SolInstruction`, `SolAccountMeta`, `SolAccountInfo`. */
export const C_ABI: CpiAbi = {
  instruction: (frame, address) => {
    const at = readable(frame, address, 40, 8);
    if (at === undefined) return undefined;
    const programId = readable(frame, numberAt(frame, at), 32, 1);
    if (programId === undefined) return undefined;
    const parts = {
      programId,
      metas: numberAt(frame, at + 8),
      metaCount: numberAt(frame, at + 16),
      data: numberAt(frame, at + 24),
      dataBytes: numberAt(frame, at + 32),
    };
    return readInstruction(frame, parts, 16, 8, (meta) => {
      const flags = metaOf(frame, meta, meta + 9, meta + 8);
      if (flags === undefined) return undefined;
      const key = readable(frame, numberAt(frame, meta), 32, 1);
      return key === undefined ? undefined : { ...flags, key: frame.memory.slice(key, 32) };
    });
  },
  infoBytes: 56,
  infoKey: (frame, at) => numberAt(frame, at),
  info: (frame, address, at, index) => ({
    index,
    key: numberAt(frame, at),
    lamports: numberAt(frame, at + 8),
    length: address + 16,
    data: numberAt(frame, at + 24),
    owner: numberAt(frame, at + 32),
    indirect: [address + 16],
  }),
};

/** Behind an `Rc<RefCell<T>>`: two counts and a borrow flag. */
const RC_VALUE = 24;

/** Rust: `StableInstruction`, `AccountMeta`, `AccountInfo`. */
export const RUST_ABI: CpiAbi = {
  instruction: (frame, address) => {
    const at = readable(frame, address, 80, 8);
    if (at === undefined) return undefined;
    const parts = {
      programId: at + 48,
      metas: numberAt(frame, at),
      metaCount: numberAt(frame, at + 16),
      data: numberAt(frame, at + 24),
      dataBytes: numberAt(frame, at + 40),
    };
    return readInstruction(frame, parts, META_BYTES, 1, (meta) =>
      metaOf(frame, meta, meta + 32, meta + 33),
    );
  },
  infoBytes: 48,
  infoKey: (frame, at) => numberAt(frame, at),
  info: (frame, _address, at, index) => {
    const lamportsCell = numberAt(frame, at + 8) + RC_VALUE;
    const lamports = readable(frame, lamportsCell, 8, 8);
    if (lamports === undefined) return undefined;
    const dataCell = numberAt(frame, at + 16) + RC_VALUE;
    const data = readable(frame, dataCell, 16, 8);
    if (data === undefined) return undefined;
    return {
      index,
      key: numberAt(frame, at),
      owner: numberAt(frame, at + 24),
      lamports: numberAt(frame, lamports),
      data: numberAt(frame, data),
      length: dataCell + 8,
      indirect: [lamportsCell, dataCell, dataCell + 8],
    };
  },
};

/**
 * Numbers of the accounts for which the caller signs with seeds: `count` lists of slices at guest address `address`, alike in both
 * languages.
 */
export function readSigners(
  frame: Frame,
  programId: Uint8Array,
  address: number,
  count: number,
): Set<number> | undefined {
  const signers = new Set<number>();
  const lists = readable(frame, address, count * SLICE_BYTES, 8);
  if (lists === undefined) return undefined;
  if (count > SIGNERS_MAX) return void failSyscall(frame, "Too many signers");
  for (let i = 0; i < count; i++) {
    const size = numberAt(frame, lists + i * SLICE_BYTES + 8);
    const list = readable(frame, numberAt(frame, lists + i * SLICE_BYTES), size * SLICE_BYTES, 8);
    if (list === undefined) return undefined;
    if (size > SEEDS_MAX) return void failWith(frame, failure("MaxSeedLengthExceeded"));
    const seeds: Uint8Array[] = [];
    for (let seed = 0; seed < size; seed++) {
      const bytes = numberAt(frame, list + seed * SLICE_BYTES + 8);
      const at = readable(frame, numberAt(frame, list + seed * SLICE_BYTES), bytes, 1);
      if (at === undefined) return undefined;
      seeds.push(frame.memory.slice(at, bytes));
    }
    const signer = createProgramAddress(seeds, programId);
    if (signer === undefined) {
      const text = "Provided seeds do not result in a valid address";
      return void failSyscall(frame, `Could not create program address with signer seeds: ${text}`);
    }
    signers.add(accountIndex(frame.journal, signer));
  }
  return signers;
}
