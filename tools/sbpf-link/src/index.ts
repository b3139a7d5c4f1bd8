/** Links clang's BPF objects into sBPF programs, v0 and v3. */
export { linkObject } from "./link-object.ts";
