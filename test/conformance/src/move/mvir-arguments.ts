import type { JsonValue } from "@dragoman/frontend-move";

/** What a `run` task says behind its name. */
export interface MvirArguments {
  /** `0x42::M::f`; undefined where the task has a script. */
  readonly call: string | undefined;
  readonly signers: readonly string[];
  readonly typeArguments: readonly string[];
  readonly args: readonly JsonValue[];
}

/** Reads `0x42::M::f --signers 0x1 --type-args u64 --args 0 @0x1 b"xyz"`. */
export function parseMvirArguments(text: string): MvirArguments {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const call = words[0]?.startsWith("--") === false ? words.shift() : undefined;
  const lists: Record<string, string[]> = {};
  let list: string[] = [];
  for (const word of words) {
    if (word.startsWith("--")) {
      list = [];
      lists[word] = list;
    } else {
      list.push(word);
    }
  }
  return {
    call,
    signers: lists["--signers"] ?? [],
    typeArguments: lists["--type-args"] ?? [],
    args: (lists["--args"] ?? []).map(literal),
  };
}

/** `0`, `1u8`, `@0x1`, `true`, `b"text"` as the JSON that stands for it. */
function literal(word: string): JsonValue {
  if (word === "true" || word === "false") return word === "true";
  if (word.startsWith("@")) return word.slice(1);
  const text = /^b"(.*)"$/.exec(word);
  if (text !== null) return Buffer.from(text[1] as string, "utf8").toString("hex");
  return word.replace(/u(?:8|16|32|64|128|256)$/, "");
}
