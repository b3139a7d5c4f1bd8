// Root of a state after a change set of 10,000 accounts, against @ethereumjs/mpt; needs the built packages. The argument is the number of
// accounts that there are, 100,000 by default.

import { keccak256 } from "@dragoman/crypto";
import { DOMAIN } from "@dragoman/frontend-evm";
import { trieRoot, updateStateTrie } from "@dragoman/ledger-evm";
import { createMPT } from "@ethereumjs/mpt";
import { RLP } from "@ethereumjs/rlp";

const ACCOUNTS = Number(process.argv[2] ?? 100_000);
const CHANGED = 10_000;
const NO_KEY = new Uint8Array(0);
const EMPTY_CODE = keccak256(NO_KEY);
const EMPTY_ROOT = trieRoot(undefined);

/** 20 bytes that look random, and are the same in every run. */
const addressOf = (n) => keccak256(Uint8Array.of(n, n >> 8, n >> 16)).slice(12);
const word = (n) => {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setUint32(28, n);
  return bytes;
};
const balanceOf = (n, round) => 1 + n + round * 1_000_003;
const changes = (count, round) =>
  Array.from({ length: count }, (_, i) => {
    const n = (i * 7919) % ACCOUNTS;
    const account = addressOf(n);
    return {
      domain: DOMAIN.BALANCE,
      account,
      key: NO_KEY,
      before: undefined,
      after: word(balanceOf(n, round)),
    };
  });

async function time(name, run) {
  const start = performance.now();
  const root = await run();
  console.log(
    `${name}: ${(performance.now() - start).toFixed(0)} ms, root ${Buffer.from(root).toString("hex").slice(0, 8)}`,
  );
}

let trie;
const codes = new Map();
const peer = await createMPT({ useKeyHashing: true });
const put = (change) => {
  const balance = change.after.subarray(change.after.findIndex((byte) => byte !== 0));
  return peer.put(change.account, RLP.encode([NO_KEY, balance, EMPTY_ROOT, EMPTY_CODE]));
};
const all = changes(ACCOUNTS, 0);
await time(`ours, ${ACCOUNTS} new accounts`, () => {
  trie = updateStateTrie(undefined, all, codes);
  return trieRoot(trie);
});
await time(`@ethereumjs/mpt, ${ACCOUNTS} new accounts`, async () => {
  for (const change of all) await put(change);
  return peer.root();
});
for (const round of [1, 2, 3, 4, 5]) {
  const some = changes(CHANGED, round);
  await time(`ours, ${CHANGED} of them changed`, () => {
    trie = updateStateTrie(trie, some, codes);
    return trieRoot(trie);
  });
  await time(`@ethereumjs/mpt, ${CHANGED} of them changed`, async () => {
    for (const change of some) await put(change);
    return peer.root();
  });
}
