/** Fault codes, FaultError and assert. */
export { assert, Bug } from "./assert.ts";
