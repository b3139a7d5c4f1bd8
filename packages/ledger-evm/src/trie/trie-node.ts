import { keccak256 } from "@dragoman/crypto";
import { rlpList, rlpString } from "./rlp.ts";

/**
 * A node of a Merkle Patricia trie (yellow paper, appendix D). Nodes never change: a trie is its root node, an update shares all nodes that it
 * does not touch, and each node computes its hash once. Keys are free of prefixes of each other, so that branches have no value.
 */
export type TrieNode = LeafNode | ExtensionNode | BranchNode;

/** What a leaf holds: a value, and maybe a trie that the value names by its root. */
export interface TrieEntry {
  readonly value: Uint8Array;
  readonly under?: TrieNode | undefined;
}

abstract class HashedNode {
  #reference: Uint8Array | undefined;

  /** The node in RLP. */
  abstract encode(): Uint8Array;

  /** How a parent names the node: its RLP if that is short, else the RLP of its hash. */
  reference(): Uint8Array {
    if (this.#reference === undefined) {
      const encoded = this.encode();
      this.#reference = encoded.length < 32 ? encoded : rlpString(keccak256(encoded));
    }
    return this.#reference;
  }

  /** Hash of the node as a root. */
  hash(): Uint8Array {
    const reference = this.reference();
    return reference.length === 33 ? reference.subarray(1) : keccak256(reference);
  }
}

export class LeafNode extends HashedNode {
  readonly kind = "leaf";
  /** Nibbles below the parent. */
  readonly path: Uint8Array;
  readonly entry: TrieEntry;

  constructor(path: Uint8Array, entry: TrieEntry) {
    super();
    this.path = path;
    this.entry = entry;
  }

  encode(): Uint8Array {
    return rlpList([rlpString(compactPath(this.path, 2)), rlpString(this.entry.value)]);
  }
}

export class ExtensionNode extends HashedNode {
  readonly kind = "extension";
  readonly path: Uint8Array;
  readonly child: TrieNode;

  constructor(path: Uint8Array, child: TrieNode) {
    super();
    this.path = path;
    this.child = child;
  }

  encode(): Uint8Array {
    return rlpList([rlpString(compactPath(this.path, 0)), this.child.reference()]);
  }
}

export class BranchNode extends HashedNode {
  readonly kind = "branch";
  /** 16, by nibble. */
  readonly children: readonly (TrieNode | undefined)[];

  constructor(children: readonly (TrieNode | undefined)[]) {
    super();
    this.children = children;
  }

  encode(): Uint8Array {
    const items = this.children.map((child) => child?.reference() ?? EMPTY_STRING);
    return rlpList([...items, EMPTY_STRING]);
  }
}

const EMPTY_STRING = Uint8Array.of(0x80);

/** Nibbles as bytes with the flag of odd length (yellow paper, appendix C); `flag`: 2 for leaves, else 0. */
function compactPath(nibbles: Uint8Array, flag: number): Uint8Array {
  const odd = nibbles.length & 1;
  const bytes = new Uint8Array(1 + (nibbles.length >> 1));
  bytes[0] = ((flag + odd) << 4) | (odd === 1 ? nibbles[0]! : 0);
  for (let i = 1, at = odd; i < bytes.length; i++, at += 2) {
    bytes[i] = (nibbles[at]! << 4) | nibbles[at + 1]!;
  }
  return bytes;
}
