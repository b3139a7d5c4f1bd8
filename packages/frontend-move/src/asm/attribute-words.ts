import type { FunctionAttribute } from "../format/module.ts";

/** Attributes by the word that a text has for them. */
export const ATTRIBUTE_WORDS: Record<string, FunctionAttribute> = {
  persistent: "persistent",
  module_lock: "moduleLock",
};
