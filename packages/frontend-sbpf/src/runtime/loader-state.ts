import { equalBytes } from "@dragoman/bytes";

/**
 * What an account of the upgradeable loader holds (anza-xyz/solana-sdk `loader-v3-interface/src/state.rs`): u32 tag, then the fields. Buffers
 * and program data have an optional authority, and bytes behind their header.
 */
export type LoaderState =
  | { readonly kind: "uninitialised" }
  | { readonly kind: "buffer"; readonly authority: Uint8Array | undefined }
  | { readonly kind: "program"; readonly dataAddress: Uint8Array }
  | {
      readonly kind: "programData";
      readonly slot: bigint;
      readonly authority: Uint8Array | undefined;
    };

/** Bytes before the content of each kind. */
export const LOADER_HEADER = { BUFFER: 37, PROGRAM: 36, PROGRAM_DATA: 45 } as const;

const KINDS = ["uninitialised", "buffer", "program", "programData"] as const;
const NO_KEY = new Uint8Array(32);

/** State of an account's data; undefined if they are too short or have another tag. */
export function readLoaderState(data: Uint8Array): LoaderState | undefined {
  if (data.length < 4) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  switch (KINDS[view.getUint32(0, true)]) {
    case "uninitialised":
      return { kind: "uninitialised" };
    case "buffer":
      if (data.length < LOADER_HEADER.BUFFER) return undefined;
      return { kind: "buffer", authority: optionalKey(data, 4) };
    case "program":
      if (data.length < LOADER_HEADER.PROGRAM) return undefined;
      return { kind: "program", dataAddress: data.slice(4, 36) };
    case "programData":
      if (data.length < LOADER_HEADER.PROGRAM_DATA) return undefined;
      return {
        kind: "programData",
        slot: view.getBigUint64(4, true),
        authority: optionalKey(data, 12),
      };
    default:
      return undefined;
  }
}

/** Whether the data are program data, as {@link readLoaderState} tells. */
export const isProgramData = (data: Uint8Array): boolean =>
  data.length >= LOADER_HEADER.PROGRAM_DATA &&
  data[0] === KINDS.indexOf("programData") &&
  (data[1] | data[2] | data[3]) === 0;

const optionalKey = (data: Uint8Array, at: number): Uint8Array | undefined =>
  data[at] === 1 ? data.slice(at + 1, at + 33) : undefined;

/** Header of a state, as long as {@link LOADER_HEADER} says. */
export function loaderHeader(state: LoaderState): Uint8Array {
  const writer = new DataView(new ArrayBuffer(LOADER_HEADER.PROGRAM_DATA));
  const bytes = new Uint8Array(writer.buffer);
  writer.setUint32(0, KINDS.indexOf(state.kind), true);
  const putKey = (at: number, key: Uint8Array | undefined): void => {
    bytes[at] = key === undefined ? 0 : 1;
    bytes.set(key ?? NO_KEY, at + 1);
  };
  switch (state.kind) {
    case "buffer":
      putKey(4, state.authority);
      return bytes.slice(0, LOADER_HEADER.BUFFER);
    case "program":
      bytes.set(state.dataAddress, 4);
      return bytes.slice(0, LOADER_HEADER.PROGRAM);
    case "programData":
      writer.setBigUint64(4, state.slot, true);
      putKey(12, state.authority);
      return bytes;
    default:
      return bytes.slice(0, 4);
  }
}

/** Whether two optional keys are the same. */
export const sameKey = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a === undefined || b === undefined ? a === b : equalBytes(a, b);
