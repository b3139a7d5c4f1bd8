/** What suites outside this package use to test it. */
export { assertedPrograms } from "./asserted-programs.ts";
export {
  type DecoderFuzzOptions,
  type DecoderFuzzReport,
  fuzzMoveDecoder,
} from "./fuzz-decoder.ts";
export { CLOSURE_SEED_TEXT, FUZZ_SEED_TEXT, SUI_SEED_TEXT } from "./fuzz-seed-text.ts";
export {
  checkEntry,
  entryParameters,
  type ModuleEntry,
  ModuleProgram,
} from "./module-program.ts";
export { oracleModules } from "./move-fixtures.ts";
export { mutateInstruction, mutateModule, mutateReal } from "./mutate-module.ts";

export {
  admitMvirTask,
  expectedRefusal,
  isParanoid,
  type MvirAdmission,
  type MvirCase,
  type MvirTask,
  publishedLibrary,
  type StaticScore,
  saysWhatVerifies,
  scoreMvirStatically,
  statusHere,
  versionWordOf,
} from "./mvir-pack.ts";
export { assembleUnverified, placeText, UNVERIFIED, type Unverified } from "./unverified.ts";
