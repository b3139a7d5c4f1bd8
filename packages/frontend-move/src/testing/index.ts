/** What suites outside this package use to test it. */
export { assertedPrograms } from "./asserted-programs.ts";
export {
  type DecoderFuzzOptions,
  type DecoderFuzzReport,
  fuzzMoveDecoder,
} from "./fuzz-decoder.ts";
export { FUZZ_SEED_TEXT } from "./fuzz-seed-text.ts";
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
  type MvirAdmission,
  type MvirCase,
  type MvirTask,
  publishedLibrary,
  type StaticScore,
  saysWhatVerifies,
  scoreMvirStatically,
} from "./mvir-pack.ts";
