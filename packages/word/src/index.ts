/** u64 to u256 semantics, one copy. */
export { wrap } from "./wrap.ts";
