/** An Aptos chain in memory: transactions, gas, publishing, events, write sets. */
export type { ExecutionResult } from "./execution/execute-transaction.ts";
export { type ExecutionStatus, vmStatusText } from "./execution/execution-status.ts";
export { FRAMEWORK_ADDRESS, MoveMachine } from "./execution/move-machine.ts";
export { DEPOSIT_DOMAIN } from "./execution/storage-fee.ts";
export { type ViewResult, viewFunction } from "./execution/view-function.ts";
export { GAS_PARAMETERS } from "./gas-parameters.ts";
export type { MoveGenesis } from "./genesis.ts";
export { type CommittedTransaction, lastVersion, type MoveBlock } from "./move-block.ts";
export type { MoveEvent } from "./move-event.ts";
export { MoveLedger, type MoveLedgerOptions } from "./move-ledger.ts";
export {
  type AccountResource,
  APTOS_COIN,
  readAccount,
  readAptosBalance,
  resourceKey,
  storedCoins,
} from "./resource.ts";
export {
  type AccountAuthenticator,
  authenticationKey,
} from "./transaction/account-authenticator.ts";
export {
  type Authenticator,
  signingMessage,
  verifyAuthenticator,
  writeEd25519Authenticator,
} from "./transaction/authenticator.ts";
export {
  decodeEntryFunction,
  decodeTransaction,
  moduleNameOf,
  type Payload,
  type RawTransaction,
  type SignedTransaction,
  transactionHash,
} from "./transaction/transaction.ts";
export {
  formatTypeTag,
  readTypeTag,
  type StructTag,
  standardAddress,
  structTagOfKey,
} from "./transaction/type-tag.ts";
export { payerOf } from "./transaction/validate.ts";
export { type ValidationStatus, validationStatus } from "./transaction/validation-status.ts";
export { discoverTests } from "./unit-test/discover-tests.ts";
export { readManifest } from "./unit-test/manifest.ts";
export { runUnitTests, type UnitTestResult } from "./unit-test/run-unit-tests.ts";
export { testsOfSource } from "./unit-test/source-attributes.ts";
export type { ExpectedFailure, UnitTest } from "./unit-test/unit-test.ts";
