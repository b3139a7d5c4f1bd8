/** What suites outside this package use to test it. */
export {
  type DecoderFuzzOptions,
  type DecoderFuzzReport,
  fuzzMoveDecoder,
} from "./fuzz-decoder.ts";
export {
  type MvirCase,
  type MvirTask,
  type StaticScore,
  saysWhatVerifies,
  scoreMvirStatically,
} from "./mvir-pack.ts";
