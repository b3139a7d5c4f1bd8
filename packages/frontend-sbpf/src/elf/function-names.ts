import { SLOT_BYTES } from "../isa/version.ts";
import { EHDR_BYTES, readHeader, SHDR_BYTES, SHT } from "./elf-headers.ts";

const SYMBOL_BYTES = 24;
const STT_FUNC = 2;
const PT_LOAD = 1;
const PF_X = 1;
const PHDR_BYTES = 56;
const V3 = 3;
/** Longer names are not read. */
const NAME_BYTES_MAX = 1024;

/** A section header: type, address, offset and size of its bytes, the section it links to. */
interface Place {
  readonly type: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly name: number;
}

/**
 * Names of functions by slot, from the ELF's tables of symbols, for listings and profiles; Rust's are demangled. What is broken or stripped has no
 * names: no loader reads these tables, so nothing is refused for them.
 */
export function functionNames(elf: Uint8Array): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  if (elf.length < EHDR_BYTES) return names;
  const view = new DataView(elf.buffer, elf.byteOffset, elf.byteLength);
  const { flags } = readHeader(view);
  const sections = readPlaces(view);
  const text = flags === V3 ? codeOfSegments(view) : codeOfSections(elf, view, sections);
  if (text === undefined) return names;
  for (const table of sections) {
    if (table.type !== SHT.SYMTAB && table.type !== SHT.DYNSYM) continue;
    const strings = sections[table.link];
    if (strings === undefined) continue;
    const end = Math.min(table.offset + table.size, elf.length) - SYMBOL_BYTES;
    for (let at = table.offset; at <= end; at += SYMBOL_BYTES) {
      if ((view.getUint8(at + 4) & 15) !== STT_FUNC) continue;
      const offset = wide(view, at + 8) - text.address;
      if (offset < 0 || offset >= text.size || offset % SLOT_BYTES !== 0) continue;
      const name = readName(elf, strings.offset + view.getUint32(at, true));
      if (name !== "") names.set(offset / SLOT_BYTES, demangle(name));
    }
  }
  return names;
}

function readPlaces(view: DataView): Place[] {
  const { sectionOffset, sectionCount } = readHeader(view);
  const places: Place[] = [];
  for (let index = 0; index < sectionCount; index++) {
    const at = sectionOffset + index * SHDR_BYTES;
    if (at + SHDR_BYTES > view.byteLength) break;
    places.push({
      name: view.getUint32(at, true),
      type: view.getUint32(at + 4, true),
      address: wide(view, at + 16),
      offset: wide(view, at + 24),
      size: wide(view, at + 32),
      link: view.getUint32(at + 40, true),
    });
  }
  return places;
}

type Code = Pick<Place, "address" | "size">;

/** v0 to v2: the section .text. */
function codeOfSections(
  elf: Uint8Array,
  view: DataView,
  sections: readonly Place[],
): Code | undefined {
  const strings = sections[readHeader(view).namesIndex];
  if (strings === undefined) return undefined;
  return sections.find(({ name }) => readName(elf, strings.offset + name) === ".text");
}

/** v3: the segment that is executed. */
function codeOfSegments(view: DataView): Code | undefined {
  const { segmentOffset, segmentCount } = readHeader(view);
  for (let index = 0; index < segmentCount; index++) {
    const at = segmentOffset + index * PHDR_BYTES;
    if (at + PHDR_BYTES > view.byteLength) return undefined;
    const isCode = view.getUint32(at, true) === PT_LOAD && view.getUint32(at + 4, true) === PF_X;
    if (isCode) return { address: wide(view, at + 16), size: wide(view, at + 40) };
  }
  return undefined;
}

const wide = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

function readName(elf: Uint8Array, offset: number): string {
  const bytes = elf.subarray(offset, offset + NAME_BYTES_MAX);
  const end = bytes.indexOf(0);
  return end < 0 ? "" : String.fromCharCode(...bytes.subarray(0, end));
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ $LT$: "<", $GT$: ">", $LP$: "(", $RP$: ")", $C$: ",", $RF$: "&", $BP$: "*", $SP$: "@" },
  ...{ $u20$: " ", $u27$: "'", $u5b$: "[", $u5d$: "]", $u7b$: "{", $u7d$: "}", $u3b$: ";" },
};

/** Rust's name of a symbol `_ZN…E` without its hash (rustc's legacy scheme); other names as they are. */
export function demangle(symbol: string): string {
  if (!symbol.startsWith("_ZN") || !symbol.endsWith("E")) return symbol;
  const parts: string[] = [];
  let rest = symbol.slice(3, -1);
  while (rest !== "") {
    const length = /^\d+/.exec(rest)?.[0];
    if (length === undefined || rest.length < length.length + Number(length)) return symbol;
    const end = length.length + Number(length);
    parts.push(rest.slice(length.length, end));
    rest = rest.slice(end);
  }
  if (/^h[0-9a-f]{16}$/.test(parts.at(-1) ?? "")) parts.pop();
  return parts
    .map((part) =>
      part.replace(/^_(?=\$)/, "").replace(/\$\w+\$/g, (code) => ESCAPES[code] ?? code),
    )
    .map((part) => part.replaceAll("..", "::"))
    .join("::");
}
