import { isReference } from "../format/signature-token.ts";
import type { MoveStatus } from "../format/status.ts";
import { BorrowGraph } from "./borrow-graph.ts";
import { type FunctionView, refuseAt } from "./function-view.ts";

/** A value on the stack or in a local: a reference's number, or {@link PLAIN}. */
export type TrackedValue = number;
/** A value that is no reference. */
export const PLAIN: TrackedValue = -1;

/** Labels of borrow paths. Kinds are told apart by the remainder. */
export const label = {
  local: (local: number): number => 4 * local,
  resource: (definition: number): number => 4 * definition + 1,
  field: (owner: number, position: number): number => 4 * (256 * owner + position) + 2,
  /**
   * A field of an enum. Two handles may name the same place in one variant, so the label is the
   * place and not the handle; places of different variants are never borrowed at once.
   */
  variantField: (owner: number, position: number): number => 4 * (256 * owner + position) + 3,
  /** A field of one variant, where a reference to the variant is taken apart (Sui). */
  fieldOfVariant: (owner: number, variant: number, position: number): number =>
    4 * (256 * (128 * owner + variant) + position) + 3,
};

/** What is known of the references of a function at one point. */
export class ReferenceState {
  readonly view: FunctionView;
  readonly locals: TrackedValue[];
  graph: BorrowGraph;
  private nextId: number;

  private constructor(
    view: FunctionView,
    locals: TrackedValue[],
    graph: BorrowGraph,
    nextId: number,
  ) {
    this.view = view;
    this.locals = locals;
    this.graph = graph;
    this.nextId = nextId;
  }

  /** The state at the function's entry. Number `i` is local `i`'s, the next one the frame's. */
  static ofEntry(view: FunctionView): ReferenceState {
    const graph = new BorrowGraph();
    const locals = view.locals.map((token, local) => {
      if (local >= view.parameterCount || !isReference(token)) return PLAIN;
      graph.addReference(local, token.tag === "mutableReference");
      return local;
    });
    graph.addReference(locals.length, true);
    return new ReferenceState(view, locals, graph, locals.length + 1);
  }

  clone(): ReferenceState {
    return new ReferenceState(this.view, [...this.locals], this.graph.clone(), this.nextId);
  }

  /** The reference from which locals and resources are borrowed. */
  get frame(): number {
    return this.locals.length;
  }

  refuse(pc: number, status: MoveStatus, sentence: string): never {
    return refuseAt(this.view, pc, status, sentence);
  }

  newReference(mutable: boolean): number {
    const id = this.nextId++;
    this.graph.addReference(id, mutable);
    return id;
  }

  release(value: TrackedValue): void {
    if (value !== PLAIN) this.graph.release(value);
  }

  isLocalBorrowed(local: number): boolean {
    return this.graph.isBorrowed(this.frame, label.local(local), false);
  }

  isLocalMutablyBorrowed(local: number): boolean {
    return this.graph.isBorrowed(this.frame, label.local(local), true);
  }

  isResourceBorrowed(definition: number): boolean {
    return this.graph.isBorrowed(this.frame, label.resource(definition), false);
  }

  isResourceMutablyBorrowed(definition: number): boolean {
    return this.graph.isBorrowed(this.frame, label.resource(definition), true);
  }

  /** Gives the references in locals the numbers of their locals, as at every block's edge. */
  canonical(): ReferenceState {
    const numbers = new Map<number, number>();
    const locals = this.locals.map((value, local) => {
      if (value === PLAIN) return PLAIN;
      numbers.set(value, local);
      return local;
    });
    this.graph.renumber(numbers);
    return new ReferenceState(this.view, locals, this.graph, locals.length + 1);
  }

  /** Joins another canonical state into this one; tells whether this one changed. */
  join(other: ReferenceState): boolean {
    const theirs = other.graph.clone();
    let changed = false;
    this.locals.forEach((value, local) => {
      const otherValue = other.locals[local];
      if (value !== PLAIN && otherValue === PLAIN) {
        this.graph.release(value);
        this.locals[local] = PLAIN;
        changed = true;
      } else if (value === PLAIN && otherValue !== PLAIN) {
        theirs.release(otherValue);
      }
    });
    return this.graph.join(theirs) || changed;
  }
}
