import { OP } from "./ops.ts";

const FIRST = OP["i64.addc"];
const LAST = OP["i256.narrow"];

/** True for the checked arithmetic operations, whose immediates are (bits, trap). */
export const isChecked = (op: number): boolean => op >= FIRST && op <= LAST;
