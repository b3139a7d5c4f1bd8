/**
 * Which references may point into which. An edge from a parent to a child with a path says that
 * the child borrows from the parent below that path: exactly there (strong), or anywhere below it
 * (weak). The empty path is the parent's whole value. References are numbers of the caller's
 * choice, labels of path steps too.
 */
export interface BorrowEdge {
  readonly strong: boolean;
  readonly path: readonly number[];
}

interface EdgeSet {
  /** By the edge's text. */
  edges: Map<string, BorrowEdge>;
  /** Whether there were too many edges, so that one weak edge now stands for all. */
  overflown: boolean;
}

interface BorrowNode {
  readonly mutable: boolean;
  /** Who borrows from here: child to edges. */
  readonly children: Map<number, EdgeSet>;
  readonly parents: Set<number>;
}

/** Beyond so many edges between two references, the child may borrow from anywhere. */
const EDGES_MAX = 10;

const WHOLE: BorrowEdge = { strong: false, path: [] };

function edgeText({ strong, path }: BorrowEdge): string {
  return `${strong ? "=" : "<"}${path.join()}`;
}

function startsWith(path: readonly number[], prefix: readonly number[]): boolean {
  return prefix.length <= path.length && prefix.every((label, i) => label === path[i]);
}

/** Whether every borrow that `other` allows is one that `edge` allows. */
function covers(edge: BorrowEdge, other: BorrowEdge): boolean {
  return edgeText(edge) === edgeText(other) || (!edge.strong && startsWith(other.path, edge.path));
}

function addToSet(set: EdgeSet, edge: BorrowEdge): void {
  if (set.overflown) return;
  if (set.edges.size + 1 > EDGES_MAX) {
    set.edges = new Map([[edgeText(WHOLE), WHOLE]]);
    set.overflown = true;
  } else {
    set.edges.set(edgeText(edge), edge);
  }
}

/** The borrow graph of one point of a function. */
export class BorrowGraph {
  private nodes = new Map<number, BorrowNode>();
  private edgeCount = 0;

  clone(): BorrowGraph {
    const copy = new BorrowGraph();
    for (const [id, { mutable, children, parents }] of this.nodes) {
      const copied = new Map<number, EdgeSet>();
      for (const [child, { edges, overflown }] of children) {
        copied.set(child, { edges: new Map(edges), overflown });
      }
      copy.nodes.set(id, { mutable, children: copied, parents: new Set(parents) });
    }
    copy.edgeCount = this.edgeCount;
    return copy;
  }

  /** References and edges. */
  get size(): number {
    return this.nodes.size + this.edgeCount;
  }

  private node(id: number): BorrowNode {
    const node = this.nodes.get(id);
    if (node === undefined) throw new RangeError(`no reference ${id} in the borrow graph`);
    return node;
  }

  addReference(id: number, mutable: boolean): void {
    this.nodes.set(id, { mutable, children: new Map(), parents: new Set() });
  }

  isMutable(id: number): boolean {
    return this.node(id).mutable;
  }

  private addEdge(parent: number, edge: BorrowEdge, child: number): void {
    const { children } = this.node(parent);
    let set = children.get(child);
    if (set === undefined) {
      set = { edges: new Map(), overflown: false };
      children.set(child, set);
    }
    this.edgeCount -= set.edges.size;
    addToSet(set, edge);
    this.edgeCount += set.edges.size;
    this.node(child).parents.add(parent);
  }

  /** The child may borrow from anywhere below the path. */
  addWeakBorrow(parent: number, path: readonly number[], child: number): void {
    this.addEdge(parent, { strong: false, path }, child);
  }

  /**
   * The child borrows exactly at the path. What borrowed from the parent below the path borrows
   * from the child from now on.
   */
  addStrongBorrow(parent: number, path: readonly number[], child: number): void {
    const { children } = this.node(parent);
    const moved: [number, BorrowEdge][] = [];
    for (const [other, set] of children) {
      for (const [text, edge] of set.edges) {
        if (!startsWith(edge.path, path)) continue;
        moved.push([other, edge]);
        set.edges.delete(text);
        this.edgeCount--;
      }
      if (set.edges.size === 0) {
        children.delete(other);
        this.node(other).parents.delete(parent);
      }
    }
    for (const [other, { strong, path: whole }] of moved) {
      this.addEdge(child, { strong, path: whole.slice(path.length) }, other);
    }
    this.addEdge(parent, { strong: true, path }, child);
  }

  /** Forgets a reference: what borrowed from it borrows from its parents from now on. */
  release(id: number): void {
    const { children, parents } = this.node(id);
    this.nodes.delete(id);
    for (const { edges } of children.values()) this.edgeCount -= edges.size;
    for (const parent of parents) {
      const ofParent = this.node(parent).children;
      const toParent = [...(ofParent.get(id)?.edges.values() ?? [])];
      ofParent.delete(id);
      this.edgeCount -= toParent.length;
      for (const outer of toParent) {
        for (const [child, { edges }] of children) {
          if (child === parent) continue;
          for (const inner of edges.values()) this.addEdge(parent, spliced(outer, inner), child);
        }
      }
    }
    for (const child of children.keys()) this.node(child).parents.delete(id);
  }

  /** Gives references other numbers; those that the map lacks keep theirs. */
  renumber(numbers: ReadonlyMap<number, number>): void {
    const of = (id: number) => numbers.get(id) ?? id;
    const renumbered = new Map<number, BorrowNode>();
    for (const [id, { mutable, children, parents }] of this.nodes) {
      const moved = new Map<number, EdgeSet>();
      for (const [child, set] of children) moved.set(of(child), set);
      renumbered.set(of(id), { mutable, children: moved, parents: new Set([...parents].map(of)) });
    }
    this.nodes = renumbered;
  }

  /** Adds the edges of a graph of the same references; tells whether one was not covered. */
  join(other: BorrowGraph): boolean {
    let changed = false;
    for (const [parent, { children }] of other.nodes) {
      for (const [child, { edges }] of children) {
        for (const edge of edges.values()) {
          if (this.isCovered(parent, edge, child)) continue;
          this.addEdge(parent, edge, child);
          changed = true;
        }
      }
    }
    return changed;
  }

  private isCovered(parent: number, edge: BorrowEdge, child: number): boolean {
    const own = this.node(parent).children.get(child);
    if (own === undefined) return false;
    for (const candidate of own.edges.values()) if (covers(candidate, edge)) return true;
    return false;
  }

  /** Whether anything borrows from the whole value, not just from a part. */
  hasWholeBorrows(id: number): boolean {
    for (const { edges } of this.node(id).children.values()) {
      for (const { path } of edges.values()) if (path.length === 0) return true;
    }
    return false;
  }

  /**
   * Whether anything borrows from the value: from the whole, or from the part `label`, or with no
   * label from any part. With `mutably` only mutable references count.
   */
  isBorrowed(id: number, label: number | undefined, mutably: boolean): boolean {
    for (const [child, { edges }] of this.node(id).children) {
      if (mutably && !this.isMutable(child)) continue;
      for (const { path } of edges.values()) {
        if (path.length === 0 || label === undefined || path[0] === label) return true;
      }
    }
    return false;
  }

  /** Whether a mutable reference may be written through. */
  isWritable(id: number): boolean {
    return !this.isBorrowed(id, undefined, false);
  }

  /** Whether a reference may be read at a part, or with no label as a whole. */
  isReadable(id: number, label: number | undefined): boolean {
    return !this.isMutable(id) || !this.isBorrowed(id, label, true);
  }
}

function spliced(outer: BorrowEdge, inner: BorrowEdge): BorrowEdge {
  const path = outer.strong ? [...outer.path, ...inner.path] : outer.path;
  return { strong: outer.strong && inner.strong, path };
}
