import { readFileSync } from "node:fs";
import { encodeModule } from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";

/** The module of `programs/margin.mvir`. */
export function marginModule(): Uint8Array {
  const text = readFileSync(new URL("../../programs/margin.mvir", import.meta.url), "utf8");
  return encodeModule(assembleModule(text));
}
