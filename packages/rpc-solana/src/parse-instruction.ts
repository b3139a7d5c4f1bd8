import { encodeBase58, encodeHex } from "@dragoman/bytes";
import { ADDRESS, type RecordedCall } from "@dragoman/frontend-sbpf";
import { isTokenProgram, TOKEN_PROGRAM, WELL_KNOWN_PROGRAMS } from "@dragoman/ledger-svm";
import { tokenAmount } from "./parse-token-account.ts";

type Info = Readonly<Record<string, unknown>>;
/** Names of accounts by position, then of fields of the data: `name:type`. */
type Layout = readonly [type: string, accounts: string, fields: string];

/** Instructions of the system program by number (agave `transaction-status/src/parse_system.rs`). */
const SYSTEM: Readonly<Record<number, Layout>> = {
  0: ["createAccount", "source newAccount", "lamports:u64 space:u64 owner:key"],
  1: ["assign", "account", "owner:key"],
  2: ["transfer", "source destination", "lamports:u64"],
  3: [
    "createAccountWithSeed",
    "source newAccount",
    "base:key seed:text lamports:u64 space:u64 owner:key",
  ],
  4: ["advanceNonce", "nonceAccount recentBlockhashesSysvar nonceAuthority", ""],
  5: [
    "withdrawFromNonce",
    "nonceAccount destination recentBlockhashesSysvar rentSysvar nonceAuthority",
    "lamports:u64",
  ],
  6: ["initializeNonce", "nonceAccount recentBlockhashesSysvar rentSysvar", "nonceAuthority:key"],
  7: ["authorizeNonce", "nonceAccount nonceAuthority", "newAuthorized:key"],
  8: ["allocate", "account", "space:u64"],
};

/** Instructions of SPL Token by number, of those with one owner (agave `transaction-status/src/parse_token.rs`). */
const TOKEN: Readonly<Record<number, Layout>> = {
  0: ["initializeMint", "mint rentSysvar", "decimals:u8 mintAuthority:key"],
  1: ["initializeAccount", "account mint owner rentSysvar", ""],
  3: ["transfer", "source destination authority", "amount:text64"],
  4: ["approve", "source delegate owner", "amount:text64"],
  5: ["revoke", "source owner", ""],
  7: ["mintTo", "mint account mintAuthority", "amount:text64"],
  8: ["burn", "account mint authority", "amount:text64"],
  9: ["closeAccount", "account destination owner", ""],
  10: ["freezeAccount", "account mint freezeAuthority", ""],
  11: ["thawAccount", "account mint freezeAuthority", ""],
  12: ["transferChecked", "source mint destination authority", "tokenAmount:amount"],
  14: ["mintToChecked", "mint account mintAuthority", "tokenAmount:amount"],
  15: ["burnChecked", "account mint authority", "tokenAmount:amount"],
  17: ["syncNative", "account", ""],
  18: ["initializeAccount3", "account mint", "owner:key"],
  20: ["initializeMint2", "mint", "decimals:u8 mintAuthority:key"],
  22: ["initializeImmutableOwner", "account", ""],
};

/** Instructions of the associated token program; no data = 0. */
const ASSOCIATED: Readonly<Record<number, Layout>> = {
  0: ["create", "source account wallet mint systemProgram tokenProgram", ""],
  1: ["createIdempotent", "source account wallet mint systemProgram tokenProgram", ""],
};

const SYSTEM_NUMBER_BYTES = 4;

/** Reads fields; undefined if the data are cut. */
function readFields(fields: string, data: Uint8Array): Info | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const info: Record<string, unknown> = {};
  let at = 0;
  for (const field of fields.split(" ").filter((one) => one !== "")) {
    const [name, type] = field.split(":") as [string, string];
    const size = SIZES[type] ?? 8 + Number(data.length < at + 8 ? 0 : view.getBigUint64(at, true));
    if (at + size > data.length) return undefined;
    info[name] = readField(type, view, at, data.subarray(at, at + size));
    at += size;
  }
  return info;
}

/** Bytes of each type; a text has its length in eight bytes before it. */
const SIZES: Readonly<Record<string, number>> = { u8: 1, u64: 8, text64: 8, key: 32, amount: 9 };

function readField(type: string, view: DataView, at: number, bytes: Uint8Array): unknown {
  switch (type) {
    case "u8":
      return bytes[0];
    case "u64":
      return Number(view.getBigUint64(at, true));
    case "text64":
      return view.getBigUint64(at, true).toString();
    case "key":
      return encodeBase58(bytes);
    case "amount":
      return tokenAmount(view.getBigUint64(at, true), bytes[8]!);
    default:
      return new TextDecoder().decode(bytes.subarray(8));
  }
}

function parse(
  program: string,
  layouts: Readonly<Record<number, Layout>>,
  number: number | undefined,
  { accounts }: Pick<RecordedCall, "accounts">,
  data: Uint8Array,
): Info | undefined {
  const layout = number === undefined ? undefined : layouts[number];
  if (layout === undefined) return undefined;
  const [type, names, fields] = layout;
  const roles = names.split(" ");
  const values = readFields(fields, data);
  if (accounts.length < roles.length || values === undefined) return undefined;
  const keys = roles.map((role, index) => [role, encodeBase58(accounts[index]!)] as const);
  return { program, parsed: { type, info: { ...Object.fromEntries(keys), ...values } } };
}

/**
 * An instruction in the encoding `jsonParsed`: type and named fields for System, SPL Token, the associated token program and Memo, otherwise
 * program, accounts and data.
 */
export function parseInstruction(
  call: Omit<RecordedCall, "height">,
  stackHeight: number | null,
): unknown {
  const programId = encodeBase58(call.programId);
  const parsed = parseKnown(call, programId);
  if (parsed !== undefined) return { ...parsed, programId, stackHeight };
  return {
    programId,
    accounts: call.accounts.map((key) => encodeBase58(key)),
    data: encodeBase58(call.data),
    stackHeight,
  };
}

function parseKnown(call: Omit<RecordedCall, "height">, programId: string): Info | undefined {
  const { data } = call;
  if (programId === ADDRESS.SYSTEM.text) {
    if (data.length < SYSTEM_NUMBER_BYTES) return undefined;
    const number = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
    return parse("system", SYSTEM, number, call, data.subarray(SYSTEM_NUMBER_BYTES));
  }
  if (isTokenProgram(call.programId)) {
    const isFirst = encodeHex(call.programId) === encodeHex(TOKEN_PROGRAM);
    const name = isFirst ? "spl-token" : "spl-token-2022";
    return parse(name, TOKEN, data[0], call, data.subarray(1));
  }
  if (programId === WELL_KNOWN_PROGRAMS.associatedToken) {
    const name = "spl-associated-token-account";
    return parse(name, ASSOCIATED, data[0] ?? 0, call, data.subarray(1));
  }
  const isMemo = programId === WELL_KNOWN_PROGRAMS.memo || programId === WELL_KNOWN_PROGRAMS.memo1;
  return isMemo ? { program: "spl-memo", parsed: new TextDecoder().decode(data) } : undefined;
}
