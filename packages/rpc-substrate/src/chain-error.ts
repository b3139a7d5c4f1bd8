import { FaultError } from "@dragoman/fault";
import { VALIDITY_ERRORS, type ValidityError } from "@dragoman/ledger-substrate";
import { RPC_ERROR, RpcError } from "@dragoman/rpc-server";

/** Codes of Substrate's RPC: 1000 of `author`, 4000 of `state`. */
export const CHAIN_ERROR = {
  BAD_FORMAT: 1001,
  INVALID_TRANSACTION: 1010,
  UNKNOWN_VALIDITY: 1011,
  ALREADY_IMPORTED: 1013,
  TOO_LOW_PRIORITY: 1014,
  IMMEDIATELY_DROPPED: 1016,
  CLIENT: 4003,
} as const;

/** A block that is not canonical, so that its state is not there. */
export const unknownBlock = (hash: string): RpcError =>
  new RpcError(
    CHAIN_ERROR.CLIENT,
    `Client error: UnknownBlock: State already discarded for ${hash}`,
  );

/** The error with which a node refuses a transaction for this reason. */
export function validityRpcError(why: ValidityError): RpcError {
  const [text] = VALIDITY_ERRORS[why];
  return why === "CannotLookup"
    ? new RpcError(CHAIN_ERROR.UNKNOWN_VALIDITY, "Unknown Transaction Validity", text)
    : new RpcError(CHAIN_ERROR.INVALID_TRANSACTION, "Invalid Transaction", text);
}

/** What a node answers for a fault of the ledger; undefined if it is no fault. */
export function explainFault(error: unknown): RpcError | undefined {
  if (!(error instanceof FaultError)) return undefined;
  const { name, message } = error.fault;
  const { validity, priority, least, poolMax } = { ...error.fault.context };
  if (name === "MALFORMED_TRANSACTION") {
    return new RpcError(CHAIN_ERROR.BAD_FORMAT, `Extrinsic has invalid format: ${message}`);
  }
  if (validity !== undefined) {
    return validityRpcError(validity as ValidityError);
  }
  if (priority !== undefined) {
    const text = `Priority is too low: (${least} vs ${priority})`;
    const why =
      "The transaction has too low priority to replace another transaction already in the pool.";
    return new RpcError(CHAIN_ERROR.TOO_LOW_PRIORITY, text, why);
  }
  if (poolMax !== undefined) {
    const why = "The transaction couldn't enter the pool because of the limit";
    return new RpcError(CHAIN_ERROR.IMMEDIATELY_DROPPED, "Immediately Dropped", why);
  }
  return new RpcError(RPC_ERROR.INVALID_PARAMS, `Invalid params: ${message}`);
}
