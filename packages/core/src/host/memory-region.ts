import { Bug } from "@dragoman/fault";
import type { Frame } from "../engine/frame.ts";
import type { IrFunction, IrModule } from "../ir/function.ts";
import { printInstruction } from "../ir/print-instruction.ts";

/**
 * A range of linear memory that the code of a program may touch, as offsets from its frame's address. The end is an offset too, or
 * stands in the frame: `endAt` is the offset of an u32 that holds the absolute address of the first byte behind the range.
 */
export type MemoryRegion =
  | { readonly name: string; readonly start: number; readonly end: number }
  | { readonly name: string; readonly start: number; readonly endAt: number };

/** Where code touched memory: function, instruction, address and number of bytes. */
export interface MemoryTouch {
  readonly module: IrModule;
  readonly fn: IrFunction;
  /** First word of the instruction in `fn.code`. */
  readonly at: number;
  readonly address: number;
  readonly length: number;
}

/** Code touched memory outside the regions of its program: a defect of frontend, verifier or compiler. */
export class AddressViolation extends Bug {
  readonly function: string;
  /** The instruction in the IR's text form. */
  readonly instruction: string;
  readonly address: number;
  readonly length: number;
  /** The region in which the range begins; undefined = in none. */
  readonly region: string | undefined;

  constructor(frame: Frame, regions: readonly MemoryRegion[], touch: MemoryTouch) {
    const { module, fn, at, address, length } = touch;
    const instruction = printInstruction(fn, at, module);
    const region = regions.find((each) => covers(frame, each, address, 1))?.name;
    const bounds = regions.map((each) => describe(frame, each)).join(", ");
    const where = region === undefined ? "outside all regions" : `beyond the region ${region}`;
    super(
      `${module.name}, ${fn.name}: \`${instruction}\` touches ${length} bytes at ${hex(address)}, ${where} (${bounds})`,
    );
    this.function = fn.name;
    this.instruction = instruction;
    this.address = address;
    this.length = length;
    this.region = region;
  }
}

/**
 * Whether [address, address + length) lies in one of the regions of the frame's program. Nothing is touched where the length is
 * 0, so that may stand anywhere.
 */
export function liesInRegions(
  frame: Frame,
  regions: readonly MemoryRegion[],
  address: number,
  length: number,
): boolean {
  if (length === 0) return true;
  for (const region of regions) if (covers(frame, region, address, length)) return true;
  return false;
}

function endOf({ address, memory }: Frame, region: MemoryRegion): number {
  return "end" in region ? address + region.end : memory.u32[(address + region.endAt) >>> 2];
}

/** Whether all of the range lies in the region. */
function covers(frame: Frame, region: MemoryRegion, address: number, length: number): boolean {
  return address >= frame.address + region.start && address + length <= endOf(frame, region);
}

function describe(frame: Frame, region: MemoryRegion): string {
  return `${region.name} ${hex(frame.address + region.start)}..${hex(endOf(frame, region))}`;
}

const hex = (address: number): string => `0x${address.toString(16)}`;
