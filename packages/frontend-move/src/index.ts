/** Move modules to IR. */
export { movePrograms } from "./execute/default-programs.ts";
export { failureSentence, type MoveFailure } from "./execute/failure.ts";
export {
  type MoveMessage,
  type MoveRequest,
  type MoveResults,
  moveMessage,
  moveResults,
} from "./execute/message.ts";
export { MoveProgram } from "./execute/program.ts";
export { MovePrograms } from "./execute/programs.ts";
export { type TouchedResource, touchedResources } from "./execute/touched-resources.ts";
export * from "./format/index.ts";
export { bcsFromJson, type JsonValue, jsonFromBcs } from "./layout/json-value.ts";
export type { MoveType } from "./layout/move-type.ts";
export { checkTypeArguments } from "./layout/type-pool.ts";
export { formatType, parseTypeTag, structTagBytes, type TypeTag } from "./layout/type-tag.ts";
export { MOVE_OUTCOMES, MOVE_TRAP, statusOfOutcome } from "./lift/outcome.ts";
export type { FunctionInstance } from "./lift/program-lift.ts";
export type { Linkage, LinkedFunction, LinkedModule } from "./load/linkage.ts";
export { MODULE_DOMAIN, ModuleLoader, moduleCell } from "./load/loader.ts";
export {
  canonicalModuleName,
  formatAddress,
  moduleName,
  parseAddress,
} from "./load/module-name.ts";
export { abortNative } from "./natives/abort.ts";
export { readByteVector, writeByteVector } from "./natives/byte-vector.ts";
export { RESOURCE_DOMAIN } from "./natives/global-storage.ts";
export { TABLE_DOMAIN } from "./natives/table.ts";
export type { TransactionFacts } from "./natives/transaction-context.ts";
export * from "./stdlib/index.ts";
export * from "./verify/index.ts";
