import { type Frame, HOST, type HostFunction } from "@dragoman/core";
import type { MoveType } from "../layout/move-type.ts";
import { formatType } from "../layout/type-tag.ts";
import { abortNative } from "./abort.ts";
import { readByteVector } from "./byte-vector.ts";
import { type ValueStyle, type WrittenValue, writeValue } from "./format-value.ts";
import { NATIVE_GAS } from "./native-gas.ts";
import { giveBytes, unpaid } from "./native-result.ts";

/** The public API's codes: arguments and places do not match; the format is none. */
const ARGUMENTS_MISMATCH = 1n;
const INVALID_FORMAT = 2n;

const UTF8 = new TextEncoder();
const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const costOf = ({ values, bytes }: WrittenValue): number =>
  NATIVE_GAS.STRING_FORMAT * values + NATIVE_GAS.STRING_FORMAT_BYTE * bytes;

/** `native_format<T>(&T, type_tag, canonicalize, single_line, include_int_types): String`. */
export function formatValue(type: MoveType): HostFunction {
  return (frame) => {
    const flag = (index: number): boolean => frame.argI32(index) !== 0;
    const style: ValueStyle = {
      typeTag: flag(1),
      canonical: flag(2),
      singleLine: flag(3),
      integerTypes: flag(4),
    };
    const out: WrittenValue = { text: "", values: 0, bytes: 0 };
    writeValue(frame.memory, type, frame.argI32(0), style, out);
    if (!frame.charge(costOf(out))) return unpaid(frame);
    return giveBytes(frame, 5, UTF8.encode(out.text));
  };
}

const LIST_STYLE: ValueStyle = {
  typeTag: true,
  canonical: false,
  singleLine: true,
  integerTypes: false,
};

const isList = (type: MoveType, name: "Cons" | "NIL"): boolean =>
  formatType(type).replace(/<.*/, "") === `0x1::string_utils::${name}`;

/** A place in a list of `Cons` that ends in `NIL`. */
interface ListPlace {
  readonly type: MoveType;
  readonly at: number;
}

/** Writes the first value of the list and steps to the rest; undefined where the list has ended. */
function takeFirst(
  frame: Frame,
  { type, at }: ListPlace,
  out: WrittenValue,
): ListPlace | undefined {
  if (!isList(type, "Cons")) return undefined;
  const [first, rest] = type.fields;
  writeValue(frame.memory, first.type, at + first.offset, LIST_STYLE, out);
  return { type: rest.type, at: at + rest.offset };
}

/** `native_format_list<T>(&vector<u8>, &T): String`: `{}` stands for the next value, `{{` and `}}` for braces. */
export function formatList(list: MoveType): HostFunction {
  return (frame) => {
    const format = readByteVector(frame, frame.argI32(0)).slice();
    if (!frame.charge(NATIVE_GAS.STRING_FORMAT_BYTE * format.length)) return unpaid(frame);
    let text: string;
    try {
      text = STRICT.decode(format);
    } catch {
      return abortNative(frame, INVALID_FORMAT);
    }
    let place: ListPlace = { type: list, at: frame.argI32(1) };
    const out: WrittenValue = { text: "", values: 0, bytes: 0 };
    for (const [part] of text.matchAll(/\{\}|\{\{|\}\}|[{}]|[^{}]+/g)) {
      if (part === "{" || part === "}") return abortNative(frame, INVALID_FORMAT);
      if (part !== "{}") {
        out.text += part === "{{" || part === "}}" ? part.slice(1) : part;
        continue;
      }
      const next = takeFirst(frame, place, out);
      if (next === undefined) return abortNative(frame, ARGUMENTS_MISMATCH);
      place = next;
    }
    if (!isList(place.type, "NIL")) return abortNative(frame, ARGUMENTS_MISMATCH);
    if (!frame.charge(costOf(out))) return unpaid(frame);
    return giveBytes(frame, 2, UTF8.encode(out.text));
  };
}

/** Where a frame's context takes what `debug::print` writes; nobody need listen. */
export interface WithPrinter {
  readonly print: ((text: string) => void) | undefined;
}

/** `debug::native_print(String)`. */
export const printText: HostFunction = (frame) => {
  const { print } = frame.context as WithPrinter;
  print?.(new TextDecoder().decode(readByteVector(frame, frame.argI32(0))));
  return HOST.CONTINUE;
};

/** `debug::native_stack_trace(): String`: there is none. */
export const noTrace: HostFunction = (frame) => giveBytes(frame, 0, new Uint8Array());

/** `debug::print<T>(&T)` of modules that have it as a native. */
export function printValue(type: MoveType): HostFunction {
  return (frame) => {
    const { print } = frame.context as WithPrinter;
    if (print === undefined) return HOST.CONTINUE;
    const out: WrittenValue = { text: "", values: 0, bytes: 0 };
    const style = { typeTag: true, canonical: false, singleLine: false, integerTypes: false };
    writeValue(frame.memory, type, frame.argI32(0), style, out);
    print(out.text);
    return HOST.CONTINUE;
  };
}
