import { alignUp } from "../layout/lay-out.ts";
import type { MoveType } from "../layout/move-type.ts";

/** The operand owns memory that nothing overwrites: scalars, elements on the heap, parameters. */
export const ROOT_NONE = -1;
/** Roots from here on are locals; below, temporaries. */
export const ROOT_LOCAL = 1 << 20;

/** One value on Move's operand stack while a block is lowered. */
export interface Operand {
  readonly type: MoveType;
  /** IR value: of a scalar itself, otherwise an address. */
  readonly value: number;
  /** Bytes to add to the address; 0 for a scalar. */
  readonly offset: number;
  /** What memory the value lies in, where that could be used for something else. */
  readonly root: number;
}

interface Temporary {
  readonly offset: number;
  readonly size: number;
  /** Operands that lie in it. */
  uses: number;
}

/**
 * The temporaries of one function: ranges of its frame behind its locals, each in use while operands lie in it. Blocks begin and
 * end with an empty operand stack, so nothing outlives a block.
 */
export class Temporaries {
  readonly #start: number;
  #slots: Temporary[] = [];
  /** One past the last byte that was ever used. */
  end: number;

  constructor(start: number) {
    this.#start = start;
    this.end = start;
  }

  /** A free range of the frame; returns its root. Free it by {@link release} once per {@link retain}. */
  take(size: number): number {
    const offset = this.#place(size);
    this.end = Math.max(this.end, offset + size);
    this.#slots.push({ offset, size, uses: 1 });
    return this.#slots.length - 1;
  }

  /** The lowest 8-aligned range that no used temporary overlaps. */
  #place(size: number): number {
    const used = this.#slots.filter((slot) => slot.uses > 0).sort((a, b) => a.offset - b.offset);
    let offset = this.#start;
    for (const slot of used) {
      if (slot.offset - offset >= size) break;
      offset = alignUp(Math.max(offset, slot.offset + slot.size), 8);
    }
    return offset;
  }

  offset(root: number): number {
    return this.#slots[root].offset;
  }

  retain(root: number, uses: number): void {
    if (root >= 0 && root < ROOT_LOCAL) this.#slots[root].uses += uses;
  }

  release(root: number): void {
    if (root >= 0 && root < ROOT_LOCAL) this.#slots[root].uses--;
  }

  /** All free again: the end of a block. */
  clear(): void {
    this.#slots = [];
  }
}
