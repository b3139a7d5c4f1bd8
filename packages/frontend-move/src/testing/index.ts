/** What suites outside this package use to test it. */
export {
  type DecoderFuzzOptions,
  type DecoderFuzzReport,
  fuzzMoveDecoder,
} from "./fuzz-decoder.ts";
export { mutateInstruction, mutateModule } from "./mutate-module.ts";
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
