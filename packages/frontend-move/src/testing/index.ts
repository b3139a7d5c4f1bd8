/** What suites outside this package use to test it. */
export { assertedPrograms } from "./asserted-programs.ts";
export {
  type DecoderFuzzOptions,
  type DecoderFuzzReport,
  fuzzMoveDecoder,
} from "./fuzz-decoder.ts";
export { mutateInstruction, mutateModule } from "./mutate-module.ts";
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
