import { refuse } from "@dragoman/fault";
import { type ObjectFile, type ObjectSection, SHT } from "./read-object.ts";

const SHF = { WRITE: 1n, ALLOC: 2n, EXECUTE: 4n } as const;
const SLOT_BYTES = 8;
/** A page; no compiler asks for more. */
const ALIGNMENT_MAX = 4096;
/** The backend's unwind tables; nothing reads them. */
const DROPPED = /^\.(eh_frame|llvm)/;

export interface Place {
  readonly image: "text" | "rodata";
  readonly offset: number;
}

/** The two images of a program, and where each section of the object has come to lie. */
export interface Images {
  readonly text: Uint8Array;
  readonly rodata: Uint8Array;
  /** By index of the section; undefined = not loaded. */
  readonly places: readonly (Place | undefined)[];
}

/**
 * Joins everything executable into one image and everything read-only into another, each section aligned to 8 bytes or more.
 *
 * Faults: `INVALID_ELF_WRITABLE_SECTION`, for a program has no memory that lives on; `MALFORMED_ELF`, an alignment that makes no sense.
 */
export function placeSections({ sections }: ObjectFile): Images {
  const ends = { text: 0, rodata: 0 };
  const places = sections.map((section): Place | undefined => {
    const isLoaded = (section.flags & SHF.ALLOC) !== 0n && !DROPPED.test(section.name);
    if (!isLoaded) return undefined;
    const image = imageOf(section);
    const alignment = Math.max(section.alignment, SLOT_BYTES);
    if (alignment > ALIGNMENT_MAX || alignment % SLOT_BYTES !== 0) {
      refuse("MALFORMED_ELF", undefined, `${section.name} is aligned to ${section.alignment}`);
    }
    const offset = Math.ceil(ends[image] / alignment) * alignment;
    ends[image] = offset + section.bytes.length;
    return { image, offset };
  });
  const images = { text: new Uint8Array(ends.text), rodata: new Uint8Array(ends.rodata) };
  for (const [index, place] of places.entries()) {
    const section = sections[index];
    if (place !== undefined && section !== undefined) {
      images[place.image].set(section.bytes, place.offset);
    }
  }
  return { ...images, places };
}

function imageOf(section: ObjectSection): Place["image"] {
  const isWritable = (section.flags & SHF.WRITE) !== 0n && !section.name.startsWith(".data.rel.ro");
  if (section.type === SHT.NOBITS || isWritable) {
    refuse("INVALID_ELF_WRITABLE_SECTION", undefined, `${section.name} would be writable data`);
  }
  return (section.flags & SHF.EXECUTE) === 0n ? "rodata" : "text";
}
