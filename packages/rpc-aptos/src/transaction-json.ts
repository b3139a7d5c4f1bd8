import { encodeHex } from "@dragoman/bytes";
import { Journal } from "@dragoman/core";
import { FaultError } from "@dragoman/fault";
import type { JsonValue } from "@dragoman/frontend-move";
import {
  type Authenticator,
  type CommittedTransaction,
  type ExecutionStatus,
  FRAMEWORK_ADDRESS,
  formatTypeTag,
  type MoveEvent,
  type MoveLedger,
  moduleNameOf,
  type Payload,
  type RawTransaction,
  type SignedTransaction,
  standardAddress,
  vmStatusText,
} from "@dragoman/ledger-move";
import { resolveType } from "./move-types.ts";
import { signatureJson } from "./signature-json.ts";
import { valueJson } from "./value-json.ts";
import { writeSetJson } from "./write-set-json.ts";

type Json = Record<string, unknown>;

/** A waiting transaction. */
export const pendingJson = (ledger: MoveLedger, signed: SignedTransaction): Json => ({
  type: "pending_transaction",
  hash: encodeHex(signed.hash),
  ...requestJson(ledger, signed),
});

/** A committed transaction of any kind. */
export function committedJson(ledger: MoveLedger, transaction: CommittedTransaction): Json {
  const { version, hash, stateChangeHash, eventHash, accumulatorHash } = transaction;
  const info = {
    version: String(version),
    hash: encodeHex(hash),
    state_change_hash: encodeHex(stateChangeHash),
    event_root_hash: encodeHex(eventHash),
    state_checkpoint_hash: null,
    ...outcomeJson(ledger, transaction),
    accumulator_root_hash: encodeHex(accumulatorHash),
  };
  const block = ledger.blocks.at(transaction.height);
  const timestamp = microseconds(block?.timestamp ?? 0);
  switch (transaction.kind) {
    case "genesis":
      return {
        type: "genesis_transaction",
        ...info,
        payload: {
          type: "write_set_payload",
          write_set: { type: "direct_write_set", changes: info.changes, events: info.events },
        },
      };
    case "metadata":
      return {
        type: "block_metadata_transaction",
        ...info,
        id: encodeHex(block?.hash ?? hash),
        epoch: "1",
        round: String(transaction.height),
        previous_block_votes_bitvec: [],
        proposer: standardAddress(FRAMEWORK_ADDRESS),
        failed_proposer_indices: [],
        timestamp,
      };
    default:
      return {
        type: "user_transaction",
        ...info,
        ...requestJson(ledger, transaction.signed),
        timestamp,
      };
  }
}

/** What a user transaction would do, in the form of a committed one. */
export function simulatedJson(
  ledger: MoveLedger,
  signed: SignedTransaction,
  result: Pick<CommittedTransaction, "status" | "gasUsed" | "changes" | "events">,
): Json {
  const none = encodeHex(new Uint8Array(32));
  return {
    type: "user_transaction",
    version: String(ledger.transactions.length),
    hash: encodeHex(signed.hash),
    state_change_hash: none,
    event_root_hash: none,
    state_checkpoint_hash: null,
    ...outcomeJson(ledger, result),
    accumulator_root_hash: none,
    ...requestJson(ledger, signed),
    timestamp: microseconds(ledger.now),
  };
}

/** Seconds as the microseconds that the interface shows. */
export const microseconds = (seconds: number): string => `${BigInt(seconds) * 1_000_000n}`;

function outcomeJson(
  ledger: MoveLedger,
  {
    status,
    gasUsed,
    changes,
    events,
  }: Pick<CommittedTransaction, "status" | "gasUsed" | "changes" | "events">,
) {
  return {
    gas_used: String(gasUsed),
    success: isSuccess(status),
    vm_status: vmStatusText(status),
    changes: writeSetJson(ledger, changes),
    events: events.map((event) => eventJson(ledger, event)),
  };
}

const isSuccess = ({ kind }: ExecutionStatus): boolean => kind === "success";

/** The guid of a module event is zero. */
function eventJson(ledger: MoveLedger, { type, data, handle }: MoveEvent): Json {
  return {
    guid: {
      creation_number: String(handle?.creationNumber ?? 0n),
      account_address: handle === undefined ? "0x0" : standardAddress(handle.address),
    },
    sequence_number: String(handle?.sequenceNumber ?? 0n),
    type: formatTypeTag(type),
    data: valueJson(resolveType(ledger.machine, ledger.state, type), data),
  };
}

function requestJson(
  ledger: MoveLedger,
  signed: RawTransaction & { readonly authenticator: Authenticator },
): Json {
  return {
    sender: standardAddress(signed.sender),
    sequence_number: String(signed.sequenceNumber),
    replay_protection_nonce: signed.nonce === undefined ? null : String(signed.nonce),
    max_gas_amount: String(signed.maxGasAmount),
    gas_unit_price: String(signed.gasUnitPrice),
    expiration_timestamp_secs: String(signed.expiration),
    payload: payloadJson(ledger, signed.payload),
    signature: signatureJson(signed.authenticator),
  };
}

function payloadJson(ledger: MoveLedger, payload: Payload): Json {
  const common = {
    type_arguments: payload.typeArguments.map(formatTypeTag),
    arguments: argumentsJson(ledger, payload),
  };
  if (payload.kind === "script") {
    return { type: "script_payload", code: { bytecode: encodeHex(payload.code) }, ...common };
  }
  const module = `${standardAddress(payload.address)}::${payload.module}`;
  return { type: "entry_function_payload", function: `${module}::${payload.function}`, ...common };
}

/** Arguments by the parameters of what is called; in hex where it does not exist or they do not fit. */
function argumentsJson({ machine, state }: MoveLedger, payload: Payload): JsonValue[] {
  const inHex = payload.args.map((bytes) => encodeHex(bytes));
  try {
    const journal = new Journal(state);
    const tags = [...payload.typeArguments];
    const program =
      payload.kind === "script"
        ? machine.programs.script(journal, payload.code, tags)
        : machine.programs.program(journal, moduleNameOf(payload), payload.function, tags);
    const types = program.layout.parameters
      .map(({ type }) => type)
      .filter(({ kind }) => kind !== "signer");
    if (types.length !== payload.args.length) return inHex;
    return payload.args.map((bytes, index) => valueJson(types[index]!, bytes));
  } catch (error) {
    if (error instanceof FaultError) return inHex;
    throw error;
  }
}
