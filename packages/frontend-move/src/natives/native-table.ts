import type { LinkedFunction } from "../load/linkage.ts";
import { CONTEXT_NATIVES } from "./context-natives.ts";
import { CORE_NATIVES } from "./core-natives.ts";
import { CRYPTOGRAPHY_NATIVES } from "./cryptography-natives.ts";
import type { Native, NativeRow } from "./native.ts";
import { declarationOf } from "./native-signature.ts";

const BY_NAME: ReadonlyMap<string, NativeRow> = new Map(
  [...CORE_NATIVES, ...CONTEXT_NATIVES, ...CRYPTOGRAPHY_NATIVES].map((row) => [
    `0x1::${row[0]}`,
    row,
  ]),
);

/** The native function of this package that `fn` declares, if there is one. */
export function findNative(fn: LinkedFunction): Native | undefined {
  const row = BY_NAME.get(`${fn.module.name}::${fn.name}`);
  return row !== undefined && row[1] === declarationOf(fn) ? row[2] : undefined;
}
