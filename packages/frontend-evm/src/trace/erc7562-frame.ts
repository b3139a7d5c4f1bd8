import { CallFrame } from "./call-frame.ts";
import { hexQuantity } from "./json.ts";
import type { FrameEntry } from "./tracer.ts";

/** A frame with what ERC-7562 makes rules about. Slots as words of hex, addresses as hex. */
export class RuledFrame extends CallFrame {
  readonly reads = new Map<string, string[]>();
  readonly writes = new Map<string, number>();
  readonly transientReads = new Map<string, number>();
  readonly transientWrites = new Map<string, number>();
  /** Accounts whose code was looked at other than to see that there is some. */
  readonly codeLooks: string[] = [];
  /** By code of the instruction. */
  readonly instructions = new Map<number, number>();
  /** Bytes of code of every account that was first named by an instruction. */
  readonly codeSizes = new Map<
    string,
    { readonly contractSize: number; readonly opcode: number }
  >();
  isOutOfGas = false;
  override calls: RuledFrame[] = [];

  constructor(entry: FrameEntry, gas: bigint) {
    super(entry);
    this.gas = gas;
  }
}

export function countIn<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The frame's own fields in geth's form. */
export function rulesView(frame: RuledFrame): object {
  const instructions = [...frame.instructions].map(([op, count]) => [hexQuantity(op), count]);
  return {
    accessedSlots: {
      reads: Object.fromEntries(frame.reads),
      writes: Object.fromEntries(frame.writes),
      transientReads: Object.fromEntries(frame.transientReads),
      transientWrites: Object.fromEntries(frame.transientWrites),
    },
    extCodeAccessInfo: frame.codeLooks,
    usedOpcodes: Object.fromEntries(instructions),
    contractSize: Object.fromEntries(frame.codeSizes),
    outOfGas: frame.isOutOfGas,
  };
}
