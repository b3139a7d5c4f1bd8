/** Checks the house rules. */
export { checkFile } from "./check.ts";
export { type Example, findExamples, runExample } from "./example.ts";
export { compareMatrix } from "./matrix.ts";
export { listPaths, type RepositoryFile, readFiles } from "./repository.ts";
