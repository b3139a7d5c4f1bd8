/** Runs conformance packs. */

export { conformMove } from "./move/conform-move.ts";
export { fixturesFolder } from "./pack/fixtures.ts";
export { JsonRecord } from "./pack/json-record.ts";
export { jsonLines, jsonValue, type PackFile, packFiles, records } from "./pack/pack-file.ts";
export {
  type CaseFailure,
  type ConformOptions,
  type ConformReport,
  sumReports,
  Tally,
} from "./report.ts";
export { CONFORM_SUITES, type Conform, conformPaths } from "./run.ts";
export { elfsOfPacks } from "./svm/elf-loader.ts";
