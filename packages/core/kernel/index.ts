// The kernel: what compiled programs and the host need and WebAssembly has no instruction for.
export { addmod, div, mod, mulmod, sdiv, smod } from "./divide";
export { exp, mul, mulChecked } from "./multiply";
export { sar, shl, shr, signextend } from "./shift";
export { compare } from "./bytes";
export { keccak, keccak256, keccakAnew, sha3 } from "./keccak";
export { sha256 } from "./sha";
export { cellFind, cellSetMark, cellStore, counterAdd, logAppend } from "./journal";
export { frameEnter, frameLeave, framePlace } from "./frames";
