import { encodeHex, equalBytes } from "@dragoman/bytes";
import type { StateReader } from "@dragoman/core";
import { GAS_PARAMETERS, gasUnits, intrinsicGas } from "../gas-parameters.ts";
import { readAccount, readAptosBalance, readNonce } from "../resource.ts";
import { type AccountAuthenticator, authenticationKey } from "./account-authenticator.ts";
import { verifyAuthenticator } from "./authenticator.ts";
import type { SignedTransaction } from "./transaction.ts";
import { discard } from "./validation-status.ts";

/** How far in the future an orderless transaction may expire, and how long its nonce is kept after that. */
const ORDERLESS_SECONDS_MAX = 100n;

/** What a transaction is checked against. */
export interface ValidationContext {
  readonly state: StateReader;
  readonly chainId: number;
  /** Seconds since 1970-01-01 of the block. */
  readonly timestamp: number;
}

/** Checks that need no state: signature, size and gas. Faults: INVALID_SIGNATURE, INVALID_TRANSACTION. */
export function checkForm(transaction: SignedTransaction): void {
  const { authenticator, rawBytes } = transaction;
  if (!verifyAuthenticator(authenticator, rawBytes)) {
    discard("INVALID_SIGNATURE", "a signature is not one of its key over this transaction");
  }
  checkGas(transaction);
}

/** Size and gas. Faults: INVALID_TRANSACTION. */
export function checkGas({ bytes, maxGasAmount, gasUnitPrice }: SignedTransaction): void {
  const { TRANSACTION_BYTES_MAX, MAX_GAS_UNITS, PRICE_MIN, PRICE_MAX } = GAS_PARAMETERS;
  if (bytes.length > TRANSACTION_BYTES_MAX) {
    const message = `${bytes.length} bytes; a transaction has at most ${TRANSACTION_BYTES_MAX}`;
    discard("EXCEEDED_MAX_TRANSACTION_SIZE", message);
  }
  if (maxGasAmount > MAX_GAS_UNITS) {
    const message = `max_gas_amount ${maxGasAmount} is over ${MAX_GAS_UNITS}`;
    discard("MAX_GAS_UNITS_EXCEEDS_MAX_GAS_UNITS_BOUND", message);
  }
  const least = gasUnits(intrinsicGas(bytes.length));
  if (maxGasAmount < least) {
    const message = `max_gas_amount ${maxGasAmount} is below ${least}, which any such transaction costs`;
    discard("MAX_GAS_UNITS_BELOW_MIN_TRANSACTION_GAS_UNITS", message);
  }
  if (gasUnitPrice < PRICE_MIN) {
    discard(
      "GAS_UNIT_PRICE_BELOW_MIN_BOUND",
      `gas_unit_price ${gasUnitPrice} is below ${PRICE_MIN}`,
    );
  }
  if (gasUnitPrice > PRICE_MAX) {
    discard(
      "GAS_UNIT_PRICE_ABOVE_MAX_BOUND",
      `gas_unit_price ${gasUnitPrice} is over ${PRICE_MAX}`,
    );
  }
}

/**
 * Checks against a state, in the order of Aptos's prologue. `ahead`: how far the sequence number may lie before the account's next one.
 *
 * Faults: CHAIN_ID_MISMATCH, INVALID_TRANSACTION (expired), INVALID_SIGNATURE (another key's), NONCE_MISMATCH, BALANCE_EXCEEDED.
 */
export function checkAgainstState(
  transaction: SignedTransaction,
  { state, chainId, timestamp }: ValidationContext,
  ahead = 0n,
): void {
  const { maxGasAmount, gasUnitPrice } = transaction;
  if (BigInt(timestamp) >= transaction.expiration) {
    const message = `it expired at ${transaction.expiration}; the chain's time is ${timestamp}`;
    discard("TRANSACTION_EXPIRED", message);
  }
  if (transaction.chainId !== chainId) {
    discard("BAD_CHAIN_ID", `it is for chain ${transaction.chainId}; this is ${chainId}`);
  }
  checkSigners(transaction, state);
  if (transaction.nonce === undefined) checkSequenceNumber(transaction, state, ahead);
  else checkNonce(transaction, transaction.nonce, state, timestamp);
  const balance = readAptosBalance(state, payerOf(transaction));
  if (balance < maxGasAmount * gasUnitPrice) {
    const message = `${maxGasAmount} gas units at ${gasUnitPrice} Octas cost more than the balance, ${balance}`;
    discard("INSUFFICIENT_BALANCE_FOR_TRANSACTION_FEE", message);
  }
}

function checkSequenceNumber(
  { sender, sequenceNumber }: SignedTransaction,
  state: StateReader,
  ahead: bigint,
): void {
  const next = readAccount(state, sender).sequenceNumber;
  if (sequenceNumber < next) {
    discard("SEQUENCE_NUMBER_TOO_OLD", `sequence number ${sequenceNumber}; the next is ${next}`);
  }
  if (sequenceNumber > next + ahead) {
    discard("SEQUENCE_NUMBER_TOO_NEW", `sequence number ${sequenceNumber}; the next is ${next}`);
  }
}

/** An orderless transaction expires soon, and no other one of its sender has had its nonce (aptos-framework `nonce_validation.move`). */
function checkNonce(
  { sender, expiration }: SignedTransaction,
  nonce: bigint,
  state: StateReader,
  timestamp: number,
): void {
  const now = BigInt(timestamp);
  if (expiration > now + ORDERLESS_SECONDS_MAX) {
    const message = `it expires at ${expiration}, more than ${ORDERLESS_SECONDS_MAX} seconds after ${now}`;
    discard("TRANSACTION_EXPIRATION_TOO_FAR_IN_FUTURE", message);
  }
  const used = readNonce(state, sender, nonce);
  if (used === undefined) return;
  if (used >= now || expiration <= used + ORDERLESS_SECONDS_MAX) {
    discard("NONCE_ALREADY_USED", `the nonce ${nonce} is in use until ${used}`);
  }
}

/** Who pays the fee. */
export const payerOf = ({ sender, authenticator }: SignedTransaction): Uint8Array =>
  authenticator.feePayer?.address ?? sender;

/** Each signs with the key of its account, and no one twice. Faults: INVALID_SIGNATURE, INVALID_TRANSACTION. */
function checkSigners(
  { sender, authenticator }: SignedTransaction,
  state: ValidationContext["state"],
): void {
  const { secondary, feePayer } = authenticator;
  checkKey(state, sender, authenticator.sender, "sender");
  for (const one of secondary) checkKey(state, one.address, one.authenticator, "secondary signer");
  if (feePayer !== undefined) {
    checkKey(state, feePayer.address, feePayer.authenticator, "fee payer");
  }
  const signers = [sender, ...secondary.map(({ address }) => address)].map((one) => encodeHex(one));
  if (new Set(signers).size !== signers.length) {
    discard("SIGNERS_CONTAIN_DUPLICATES", "an account signs twice");
  }
}

function checkKey(
  state: ValidationContext["state"],
  address: Uint8Array,
  authenticator: AccountAuthenticator,
  role: string,
): void {
  if (authenticator.scheme === "none") return;
  if (
    !equalBytes(authenticationKey(authenticator), readAccount(state, address).authenticationKey)
  ) {
    discard("INVALID_AUTH_KEY", `the key is not that of the ${role}'s account`);
  }
}
