import { assert } from "@dragoman/fault";
import { BranchNode, ExtensionNode, LeafNode, type TrieEntry, type TrieNode } from "./trie-node.ts";

/** A trie: its root node; undefined = empty. */
export type Trie = TrieNode | undefined;

/** Root hash of the empty trie: keccak-256 of the RLP of the empty string. */
export const EMPTY_ROOT = Uint8Array.from(
  "56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421".match(/../g)!,
  (pair) => Number.parseInt(pair, 16),
);

export const trieRoot = (trie: Trie): Uint8Array => trie?.hash() ?? EMPTY_ROOT;

/** What stands at a key. */
export function trieFind(trie: Trie, key: Uint8Array): TrieEntry | undefined {
  let path = nibblesOf(key);
  let node = trie;
  while (node !== undefined) {
    if (node.kind === "branch") {
      node = node.children[path[0]!];
      path = path.subarray(1);
      continue;
    }
    const { length } = node.path;
    if (commonLength(node.path, path) < length) return undefined;
    if (node.kind === "leaf") return length === path.length ? node.entry : undefined;
    path = path.subarray(length);
    node = node.child;
  }
  return undefined;
}

/**
 * Nodes in RLP from the root to where `key` is, or would be: they prove what stands there, or that nothing does. A node that stands inside its parent
 * is not listed by itself.
 */
export function trieProof(trie: Trie, key: Uint8Array): Uint8Array[] {
  const proof: Uint8Array[] = [];
  let path = nibblesOf(key);
  let node = trie;
  while (node !== undefined) {
    const encoded = node.encode();
    if (proof.length === 0 || encoded.length >= 32) proof.push(encoded);
    if (node.kind === "branch") {
      node = node.children[path[0]!];
      path = path.subarray(1);
    } else {
      const { length } = node.path;
      if (node.kind === "leaf" || commonLength(node.path, path) < length) break;
      path = path.subarray(length);
      node = node.child;
    }
  }
  return proof;
}

/** The trie with `entry` at `key`. */
export const trieInsert = (trie: Trie, key: Uint8Array, entry: TrieEntry): TrieNode =>
  insert(trie, nibblesOf(key), entry);

/** The trie without `key`; the same one if it is not there. */
export const trieRemove = (trie: Trie, key: Uint8Array): Trie => remove(trie, nibblesOf(key));

/** Root of the trie of values by RLP of their index: transactions, receipts, withdrawals. */
export function orderedRoot(
  values: readonly Uint8Array[],
  keyOf: (index: number) => Uint8Array,
): Uint8Array {
  let trie: Trie;
  for (const [index, value] of values.entries()) trie = trieInsert(trie, keyOf(index), { value });
  return trieRoot(trie);
}

function insert(node: Trie, path: Uint8Array, entry: TrieEntry): TrieNode {
  if (node === undefined) return new LeafNode(path, entry);
  if (node.kind === "branch") {
    const child = insert(node.children[path[0]!], path.subarray(1), entry);
    return new BranchNode(node.children.with(path[0]!, child));
  }
  const common = commonLength(node.path, path);
  if (common === node.path.length) {
    if (node.kind === "extension") {
      return new ExtensionNode(node.path, insert(node.child, path.subarray(common), entry));
    }
    if (common === path.length) return new LeafNode(path, entry);
  }
  assert(common < path.length && common < node.path.length, "no key is a prefix of another");
  const children = new Array<TrieNode | undefined>(16).fill(undefined);
  const rest = node.path.subarray(common + 1);
  children[node.path[common]!] =
    node.kind === "leaf" ? new LeafNode(rest, node.entry) : extended(rest, node.child);
  children[path[common]!] = new LeafNode(path.subarray(common + 1), entry);
  return extended(path.subarray(0, common), new BranchNode(children));
}

function remove(node: Trie, path: Uint8Array): Trie {
  if (node === undefined) return undefined;
  if (node.kind === "branch") {
    const old = node.children[path[0]!];
    const child = remove(old, path.subarray(1));
    if (child === old) return node;
    const children = node.children.with(path[0]!, child);
    const used = children.flatMap((item, i) => (item === undefined ? [] : [i]));
    if (used.length > 1) return new BranchNode(children);
    return extended(Uint8Array.of(used[0]!), children[used[0]!]!);
  }
  const common = commonLength(node.path, path);
  if (common < node.path.length) return node;
  if (node.kind === "leaf") return common === path.length ? undefined : node;
  const child = remove(node.child, path.subarray(common));
  if (child === node.child) return node;
  assert(child !== undefined, "an extension stands over a branch, which keeps a child");
  return extended(node.path, child);
}

/** `node` below a path; paths of leaves and extensions grow instead. */
function extended(path: Uint8Array, node: TrieNode): TrieNode {
  if (path.length === 0) return node;
  if (node.kind === "branch") return new ExtensionNode(path, node);
  const joined = new Uint8Array(path.length + node.path.length);
  joined.set(path);
  joined.set(node.path, path.length);
  return node.kind === "leaf"
    ? new LeafNode(joined, node.entry)
    : new ExtensionNode(joined, node.child);
}

function nibblesOf(key: Uint8Array): Uint8Array {
  const nibbles = new Uint8Array(key.length * 2);
  for (let i = 0; i < key.length; i++) {
    nibbles[2 * i] = key[i]! >> 4;
    nibbles[2 * i + 1] = key[i]! & 15;
  }
  return nibbles;
}

function commonLength(a: Uint8Array, b: Uint8Array): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length++;
  return length;
}
