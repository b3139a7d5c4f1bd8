import { concatBytes } from "@dragoman/bytes";
import { parseAddress } from "@dragoman/frontend-move";

/** What a `run` task says behind its name. */
export interface MvirArguments {
  /** `0x42::M::f`; undefined where the task has a script. */
  readonly call: string | undefined;
  /** Addresses. */
  readonly signers: readonly Uint8Array[];
  readonly typeArguments: readonly string[];
  /** BCS of each; a number is a u64 where it does not say otherwise. */
  readonly args: readonly Uint8Array[];
  /** Gas units of the reference's schedule, where the task bounds them. */
  readonly gasBudget: bigint | undefined;
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
  const budget = lists["--gas-budget"]?.[0];
  return {
    call,
    signers: (lists["--signers"] ?? []).map(parseAddress),
    typeArguments: lists["--type-args"] ?? [],
    args: (lists["--args"] ?? []).map(literal),
    gasBudget: budget === undefined ? undefined : BigInt(budget),
  };
}

/** `0`, `1u8`, `@0x1`, `true`, `b"text"` */
function literal(word: string): Uint8Array {
  if (word === "true" || word === "false") return Uint8Array.of(word === "true" ? 1 : 0);
  if (word.startsWith("@")) return parseAddress(word.slice(1));
  const text = /^b"(.*)"$/.exec(word);
  if (text !== null) {
    const bytes = new TextEncoder().encode(text[1]);
    return concatBytes(Uint8Array.of(bytes.length), bytes);
  }
  const [digits, bits = "64"] = word.split("u") as [string, string?];
  const bytes = new Uint8Array(Number(bits) / 8);
  for (let i = 0, rest = BigInt(digits); i < bytes.length; i++, rest >>= 8n) {
    bytes[i] = Number(rest & 0xffn);
  }
  return bytes;
}
