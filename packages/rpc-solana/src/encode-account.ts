import { encodeBase58 } from "@dragoman/bytes";
import type { SvmAccount } from "@dragoman/frontend-sbpf";
import { refuseParams } from "@dragoman/rpc-server";
import { type Config, config, integer } from "./params.ts";
import { parseTokenAccount } from "./parse-token-account.ts";

/** How account data are written. */
export type AccountEncoding = "base58" | "base64" | "jsonParsed" | "legacy-base58";

/** Data that base58 may hold: its work grows with the square. */
const BASE58_BYTES_MAX = 128;

export interface AccountForm {
  readonly encoding: AccountEncoding;
  readonly slice?: { readonly offset: number; readonly length: number } | undefined;
}

/** Form of accounts that a configuration asks for. */
export function accountForm(from: Config): AccountForm {
  const slice = from.dataSlice;
  return {
    encoding: encodingOf(from.encoding),
    slice: slice === undefined || slice === null ? undefined : sliceOf(config(slice)),
  };
}

const sliceOf = (from: Config): { offset: number; length: number } => ({
  offset: integer(from.offset),
  length: integer(from.length),
});

function encodingOf(value: unknown): AccountEncoding {
  if (value === undefined || value === null || value === "binary") return "legacy-base58";
  if (value === "base58" || value === "base64" || value === "jsonParsed") return value;
  return refuseParams(`Invalid params: unsupported account encoding ${JSON.stringify(value)}`);
}

/** Reads accounts of the state that an answer is about. */
export type ReadAccount = (key: Uint8Array) => SvmAccount | undefined;

/** An account as JSON (agave `account-decoder/src/lib.rs`, encode_ui_account). `read` finds a token account's mint. */
export function encodeAccount(account: SvmAccount, form: AccountForm, read: ReadAccount): unknown {
  return {
    lamports: Number(account.lamports),
    owner: encodeBase58(account.owner),
    data: encodeData(account, form, read),
    executable: account.executable,
    rentEpoch: Number(account.rentEpoch),
    space: account.data.length,
  };
}

function encodeData(
  account: SvmAccount,
  { encoding, slice }: AccountForm,
  read: ReadAccount,
): unknown {
  if (encoding === "jsonParsed") {
    const parsed = parseTokenAccount(account, read);
    if (parsed !== undefined) return parsed;
  }
  const data =
    slice === undefined
      ? account.data
      : account.data.subarray(slice.offset, slice.offset + slice.length);
  if (encoding === "base64" || encoding === "jsonParsed") {
    return [Buffer.from(data).toString("base64"), "base64"];
  }
  if (data.length > BASE58_BYTES_MAX) {
    return refuseParams(
      "Encoded binary (base 58) data should be less than 128 bytes, please use Base64 encoding.",
    );
  }
  return encoding === "base58" ? [encodeBase58(data), "base58"] : encodeBase58(data);
}
