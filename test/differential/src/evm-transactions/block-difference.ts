import type {
  AccountEnding,
  BlockEnding,
  SealedTransaction,
  TransactionEnding,
} from "./block-case.ts";

/** What differs between two endings of one block, in a sentence that names the transaction or account; undefined = nothing. */
export function blockDifference(
  actual: BlockEnding,
  expected: BlockEnding,
  transactions: readonly SealedTransaction[],
): string | undefined {
  for (const [i, { note }] of transactions.entries()) {
    const [ours, theirs] = [actual.transactions[i], expected.transactions[i]];
    const why = transactionDifference(ours as TransactionEnding, theirs as TransactionEnding);
    if (why === undefined) continue;
    const state = accountsDifference(actual.accounts, expected.accounts);
    return `transaction ${i} (${note}): ${why}${state === undefined ? "" : `; in the end ${state}`}`;
  }
  const why = accountsDifference(actual.accounts, expected.accounts);
  if (why !== undefined) return why;
  for (const field of ["stateRoot", "receiptsRoot", "requestsHash", "blockHash"] as const) {
    const [ours, theirs] = [actual[field], expected[field]];
    if (ours === undefined || theirs === undefined) continue;
    if (ours !== theirs) return `${field} is ${ours} instead of ${theirs}`;
  }
  return undefined;
}

function transactionDifference(
  actual: TransactionEnding,
  expected: TransactionEnding,
): string | undefined {
  if ("refused" in actual) {
    return "refused" in expected
      ? undefined
      : `was refused (${actual.refused}) instead of accepted`;
  }
  if ("refused" in expected) return `was accepted instead of refused (${expected.refused})`;
  for (const field of ["ok", "gasUsed", "created"] as const) {
    if (actual[field] !== expected[field]) {
      return `${field} is ${actual[field]} instead of ${expected[field]}`;
    }
  }
  const [ours, theirs] = [actual.logs.join("; "), expected.logs.join("; ")];
  if (ours !== theirs) return `logs are ${ours} instead of ${theirs}`;
  const isKnown = actual.root !== undefined && expected.root !== undefined;
  return isKnown && actual.root !== expected.root
    ? `root is ${actual.root} instead of ${expected.root}`
    : undefined;
}

function accountsDifference(
  actual: ReadonlyMap<string, AccountEnding>,
  expected: ReadonlyMap<string, AccountEnding>,
): string | undefined {
  for (const address of new Set([...actual.keys(), ...expected.keys()])) {
    const ours = actual.get(address) ?? NOTHING;
    const theirs = expected.get(address) ?? NOTHING;
    for (const field of ["balance", "nonce", "code"] as const) {
      if (ours[field] === theirs[field]) continue;
      return `${field} of ${address} is ${ours[field]} instead of ${theirs[field]}`;
    }
    for (const slot of new Set([...ours.storage.keys(), ...theirs.storage.keys()])) {
      const [a, b] = [ours.storage.get(slot) ?? 0n, theirs.storage.get(slot) ?? 0n];
      if (a !== b) return `slot ${BigInt(slot)} of ${address} is ${a} instead of ${b}`;
    }
  }
  return undefined;
}

const NOTHING: AccountEnding = { balance: 0n, nonce: 0n, code: "0x", storage: new Map() };
