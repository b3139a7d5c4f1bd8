import { decodeBase58, encodeHex } from "@dragoman/bytes";
import { Engine, type LinearMemory } from "@dragoman/core";
import {
  ADDRESS,
  type FeatureSet,
  INSTRUCTION_ERRORS,
  instructionErrorCode,
  MAINNET_NATIVES,
  readStateAccount,
  type SvmAccount,
  SvmPrograms,
} from "@dragoman/frontend-sbpf";
import {
  Bank,
  BankState,
  type ExecutedTransaction,
  messageAccounts,
  type SvmMessage,
  sysvarAccounts,
  type TransactionError,
} from "@dragoman/ledger-svm";
import { collectRent } from "./collect-rent.ts";
import { addressOf, type FixtureAccount, fixtureAccount } from "./fixture-account.ts";
import { fixtureFeatures } from "./fixture-features.ts";
import { RECENT_BLOCKHASHES_HEX, recentBlockhashes } from "./fixture-sysvars.ts";
import { foreignProgram, NATIVE_FOREIGN_PROGRAMS, PROOF_PROGRAM } from "./foreign-programs.ts";
import { compareAccounts, stateOf } from "./instruction.ts";
import type { Message } from "./protobuf.ts";
import { TRANSACTION_ERRORS } from "./transaction-errors.ts";

/** A transaction and the chain that it meets. TxnContext. */
interface TransactionCase {
  readonly message: SvmMessage;
  readonly accounts: readonly FixtureAccount[];
  readonly blockhashes: readonly Uint8Array[];
  readonly features: ReturnType<typeof fixtureFeatures>;
  readonly slot: number;
}

/** Numbers of a packed field of small numbers. */
const packed = (bytes: Uint8Array): number[] => {
  const numbers: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at] as number;
      value |= (byte & 127) << shift;
      if (byte < 128) break;
      at++;
    }
    numbers.push(value & 255);
  }
  return numbers;
};

function readMessage(message: Message): SvmMessage {
  const header = message.message(2);
  const lookups = message.messages(7).map((lookup) => ({
    table: addressOf(lookup.bytes(1)),
    writable: packed(lookup.bytes(2)),
    readonly: packed(lookup.bytes(3)),
  }));
  return {
    version: message.number(1) !== 0 ? "legacy" : 0,
    requiredSignatures: Math.max(1, header.number(1) & 255),
    readonlySigned: header.number(2) & 255,
    readonlyUnsigned: header.number(3) & 255,
    keys: message.all(3).map(addressOf),
    recentBlockhash: addressOf(message.bytes(5)),
    instructions: message.messages(6).map((instruction) => ({
      program: instruction.number(1) & 255,
      accounts: packed(instruction.bytes(2)),
      data: Uint8Array.from(instruction.bytes(3)),
    })),
    ...(lookups.length > 0 && message.number(1) === 0 ? { lookups } : {}),
  };
}

function readCase(input: Message): TransactionCase {
  const message = input.message(1).message(1);
  const seen = new Set<string>();
  // The first state of an account counts; native programs come by themselves.
  const accounts = message
    .messages(4)
    .map(fixtureAccount)
    .filter(({ key }) => {
      const name = encodeHex(key);
      if (seen.has(name)) return false;
      seen.add(name);
      return true;
    });
  const blockhashes = input.all(3).map(addressOf);
  return {
    message: readMessage(message),
    accounts,
    blockhashes: blockhashes.length > 0 ? blockhashes : [new Uint8Array(32)],
    features: fixtureFeatures(input.message(4)),
    slot: input.message(5).has(1) ? input.message(5).number(1) : 10,
  };
}

/** Runs one txn fixture; undefined = as recorded, else what differs; "skipped: …" = needs a program that is not here. */
export function checkTransaction(fixture: Message, memory: LinearMemory): string | undefined {
  const read = readCase(fixture.message(2));
  const wanted = fixture.message(3);
  const foreign = foreignIn(read);
  if (foreign !== undefined && wanted.number(1) !== 0) return `skipped: ${foreign}`;
  const { bank, message } = openBank(read, memory);
  const transaction = {
    wire: new Uint8Array(0),
    signatures: [new Uint8Array(64)],
    messageBytes: new Uint8Array(0),
    message,
  };
  const result = bank.execute(transaction);
  if ("refused" in result) {
    return compareError(result.refused, wanted, false) ?? isExecuted(wanted, false);
  }
  return (
    isExecuted(wanted, true) ??
    compareError(result.error, wanted, true) ??
    compareExecuted(result, wanted, (key) => bank.account(key))
  );
}

const isExecuted = (wanted: Message, executed: boolean): string | undefined =>
  (wanted.number(1) !== 0) === executed ? undefined : `executed: ${executed}`;

/** A program among those that are called that this runtime has not. */
function foreignIn({ message }: TransactionCase): string | undefined {
  for (const { program } of message.instructions) {
    const key = message.keys[program];
    const foreign = key && foreignProgram(key);
    if (foreign !== undefined) return foreign;
  }
  return undefined;
}

function openBank(
  { message, accounts, blockhashes, features, slot }: TransactionCase,
  memory: LinearMemory,
): { readonly bank: Bank; readonly message: SvmMessage } {
  const lamportsPerSignature = signatureFee(accounts);
  const live = accounts.filter(({ lamports }) => lamports > 0n);
  const own = new Map<string, SvmAccount>(live.map((account) => [encodeHex(account.key), account]));
  const state = stateOf([...live, ...nativeAccounts(features)]);
  const sysvars = (): ReadonlyMap<string, SvmAccount> => {
    const made = new Map(sysvarAccounts({ slot, timestamp: 0, ancestors: [] }));
    for (const idHex of made.keys()) {
      const account = own.get(idHex);
      if (account !== undefined) made.set(idHex, account);
    }
    const [idHex, list] = recentBlockhashes(blockhashes, lamportsPerSignature);
    return made.set(idHex, list);
  };
  const bankState = new BankState(state, sysvars);
  const newest = blockhashes[blockhashes.length - 1] as Uint8Array;
  const names = new Set(blockhashes.map((hash) => encodeHex(hash)));
  const bank = new Bank({
    engine: new Engine({ state: bankState, memory }),
    sysvar: (idHex) => bankState.sysvar(idHex)?.data,
    programs: new SvmPrograms(MAINNET_NATIVES, { features }),
    blockhash: newest,
    isRecent: (hash) => names.has(encodeHex(hash)),
    features,
    lamportsPerSignature,
  });
  const writable = messageAccounts(message, features).filter(({ isWritable }) => isWritable);
  for (const { key } of writable) {
    const account = readStateAccount(bankState, key);
    if (account !== undefined) bank.decree(key, collectRent(account, key, bankState, features));
  }
  return { bank, message };
}

/** Programs that the recording machine had by itself. */
const NATIVES: readonly string[] = [
  ADDRESS.SYSTEM.text,
  ADDRESS.LOADER_V1.text,
  ADDRESS.LOADER_V2.text,
  ADDRESS.LOADER_V3.text,
  ADDRESS.COMPUTE_BUDGET.text,
  ADDRESS.ED25519.text,
  ADDRESS.SECP256K1.text,
  ...NATIVE_FOREIGN_PROGRAMS,
];

const nativeAccounts = (features: FeatureSet): FixtureAccount[] =>
  [
    ...NATIVES,
    ...(features.has("secp256r1Precompile") ? [ADDRESS.SECP256R1.text] : []),
    ...(features.has("zkElgamalProofProgram") ? [PROOF_PROGRAM] : []),
  ].map((address) => ({
    key: decodeBase58(address),
    lamports: 1n,
    data: new TextEncoder().encode("native_program"),
    owner: ADDRESS.NATIVE_LOADER.bytes,
    executable: true,
    rentEpoch: 0n,
  }));

/** What the newest entry of the fixture's sysvar RecentBlockhashes says of the fee for a signature, in lamports. */
function signatureFee(accounts: readonly FixtureAccount[]): bigint {
  const list = accounts.find(({ key }) => encodeHex(key) === RECENT_BLOCKHASHES_HEX)?.data;
  if (list === undefined || list.length < 48) return 5000n;
  const fee = new DataView(list.buffer, list.byteOffset).getBigUint64(40, true);
  return fee === 0n ? 5000n : fee;
}

function compareError(
  error: TransactionError | undefined,
  wanted: Message,
  hasCustom: boolean,
): string | undefined {
  const [status, instruction, index, custom] = numbersOf(error);
  const found = [status, instruction, index, hasCustom ? custom : 0].join(":");
  const recorded = [wanted.number(6), wanted.number(7), wanted.number(8), wanted.number(9)];
  const shown = recorded.join(":");
  return found === shown ? undefined : `error ${found} instead of ${shown}`;
}

/** Numbers of an error: of the transaction, of the instruction, its position, its own. 0 = none. */
function numbersOf(error: TransactionError | undefined): readonly [number, number, number, number] {
  if (error === undefined) return [0, 0, 0, 0];
  if (typeof error === "string") return [TRANSACTION_ERRORS.indexOf(error) + 1, 0, 0, 0];
  if ("InstructionError" in error) {
    const [index, reason] = error.InstructionError;
    const status = TRANSACTION_ERRORS.indexOf("InstructionError") + 1;
    if (typeof reason !== "string") return [status, CUSTOM, index, reason.Custom];
    return [status, instructionErrorCode(reason) + 1, index, 0];
  }
  const name =
    "DuplicateInstruction" in error ? "DuplicateInstruction" : "InsufficientFundsForRent";
  return [TRANSACTION_ERRORS.indexOf(name) + 1, 0, 0, 0];
}

const CUSTOM = INSTRUCTION_ERRORS.findIndex(([name]) => name === "Custom") + 1;

function compareExecuted(
  executed: ExecutedTransaction,
  wanted: Message,
  read: (key: Uint8Array) => SvmAccount | undefined,
): string | undefined {
  const { unitsConsumed, fee, priorityFee, returnData, error } = executed;
  if (BigInt(unitsConsumed) !== wanted.big(11)) {
    return `${unitsConsumed} units instead of ${wanted.big(11)}`;
  }
  const fees = wanted.message(12);
  const found = `${fee - priorityFee}+${priorityFee}`;
  const recorded = `${fees.big(1)}+${fees.big(2)}`;
  if (found !== recorded) return `fee ${found} instead of ${recorded}`;
  if (error !== undefined) return undefined;
  const returned = Buffer.from(returnData?.data ?? []).toString("hex");
  if (returned !== Buffer.from(wanted.bytes(10)).toString("hex")) return "the returned data differ";
  const left = wanted.message(3).messages(1);
  const rights = new Map(
    messageAccounts(executed.message).map((account) => [encodeHex(account.key), account]),
  );
  // Accounts that are only read stand here as they were loaded, programs without their data.
  const written = left.filter(
    (account) => rights.get(encodeHex(addressOf(account.bytes(1))))?.isWritable === true,
  );
  return compareAccounts(
    written.filter((account) => account.big(2) > 0n),
    read,
  );
}
