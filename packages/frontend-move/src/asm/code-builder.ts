import type { Code } from "../format/module.ts";
import { OP, type OpName, opOperand } from "../format/opcodes.ts";
import type { Located } from "./syntax-tree.ts";
import type { UnitScope } from "./unit-scope.ts";

/** Collects the instructions of one function; branches name labels until the end. */
export class CodeBuilder {
  private readonly scope: UnitScope;
  private readonly ops: number[] = [];
  private readonly a: number[] = [];
  private readonly b: number[] = [];
  private readonly wide: bigint[] = [];
  private readonly labels = new Map<string, number>();
  private readonly branches: { pc: number; label: string; at: number }[] = [];

  constructor(scope: UnitScope) {
    this.scope = scope;
  }

  get length(): number {
    return this.ops.length;
  }

  emit(op: OpName, a = 0, b = 0): void {
    this.ops.push(OP[op]);
    this.a.push(a);
    this.b.push(b);
  }

  /** A load of an integer; `op` is one of LdU8 to LdU256. */
  emitInteger(op: OpName, value: bigint): void {
    const kind = opOperand(OP[op]);
    const isWide = kind === "u64" || kind === "u128" || kind === "u256";
    this.emit(op, isWide ? this.wide.push(value) - 1 : Number(value));
  }

  emitBranch(op: OpName, label: string, { at }: Located): void {
    this.branches.push({ pc: this.ops.length, label, at });
    this.emit(op);
  }

  label(name: string, place: Located): void {
    if (this.labels.has(name)) this.scope.refuse(place.at, `the label ${name} is there twice`);
    this.labels.set(name, this.ops.length);
  }

  finish(locals: number): Code {
    for (const { pc, label, at } of this.branches) {
      const target = this.labels.get(label);
      if (target === undefined) this.scope.refuse(at, `the label ${label} is nowhere`);
      this.a[pc] = target as number;
    }
    return {
      locals,
      ops: Uint8Array.from(this.ops),
      a: Uint32Array.from(this.a),
      b: Uint32Array.from(this.b),
      wide: this.wide,
    };
  }
}
