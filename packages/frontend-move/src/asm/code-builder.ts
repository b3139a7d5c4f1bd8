import type { Code } from "../format/module.ts";
import { OP, type OpName, opOperand } from "../format/opcodes.ts";
import type { Located, SwitchTarget } from "./syntax-tree.ts";
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
  private readonly switches: { owner: number; targets: readonly SwitchTarget[] }[] = [];

  constructor(scope: UnitScope) {
    this.scope = scope;
  }

  get length(): number {
    return this.ops.length;
  }

  emit(op: OpName, a = 0, b = 0, at = 0): void {
    const { dialect } = this.scope.dialect;
    if (dialect.codeOf[OP[op]] === 0) {
      this.scope.refuse(at, `the flavour ${dialect.flavour} has no instruction ${op}`);
    }
    this.ops.push(OP[op]);
    this.a.push(a);
    this.b.push(b);
  }

  /** A load of an integer; `op` is one of LdU8 to LdU256 or LdI8 to LdI256 (two's complement). */
  emitInteger(op: OpName, value: bigint): void {
    const kind = opOperand(OP[op]);
    const isWide = Number(kind.slice(1)) > 32;
    this.emit(op, isWide ? this.wide.push(value) - 1 : Number(value));
  }

  /** A closure; `a` is the function handle or instantiation. */
  emitClosure(op: OpName, a: number, mask: bigint, { at }: Located): void {
    this.emit(op, a, this.wide.push(mask) - 1, at);
  }

  /** A switch over the variants of the enum `owner`, a target for each in their order. */
  emitSwitch(owner: number, targets: readonly SwitchTarget[], { at }: Located): void {
    this.emit("VariantSwitch", this.switches.push({ owner, targets }) - 1, 0, at);
  }

  emitBranch(op: OpName, label: string, { at }: Located): void {
    this.branches.push({ pc: this.ops.length, label, at });
    this.emit(op);
  }

  label(name: string, place: Located): void {
    if (this.labels.has(name)) this.scope.refuse(place.at, `the label ${name} is there twice`);
    this.labels.set(name, this.ops.length);
  }

  private target(label: string, at: number): number {
    const target = this.labels.get(label);
    if (target === undefined) return this.scope.refuse(at, `the label ${label} is nowhere`);
    return target;
  }

  finish(locals: number): Code {
    for (const { pc, label, at } of this.branches) this.a[pc] = this.target(label, at);
    const jumpTables = this.switches.map(({ owner, targets }) => {
      return { owner, targets: targets.map(({ label, at }) => this.target(label, at)) };
    });
    return {
      ...(jumpTables.length === 0 ? {} : { jumpTables }),
      locals,
      ops: Uint8Array.from(this.ops),
      a: Uint32Array.from(this.a),
      b: Uint32Array.from(this.b),
      wide: this.wide,
    };
  }
}
