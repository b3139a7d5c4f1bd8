import { decodeHex, encodeHex } from "@dragoman/bytes";
import {
  Engine,
  type EngineOptions,
  isOk,
  isRevert,
  LinearMemory,
  MemoryState,
} from "@dragoman/core";
import {
  DOMAIN,
  evmRequest,
  type ForkName,
  REFUND_COUNTER,
  writeAccount,
} from "@dragoman/frontend-evm";
import { BLOB_HASHES, BLOCK, type Case, type Ending } from "./case.ts";

const memory = new LinearMemory();

const bytesOf = (address: bigint): Uint8Array => decodeHex(address.toString(16).padStart(40, "0"));

/**
 * Runs a case on our machine; `runs` times on one journal, each but the last being taken back: the last one finds its cells and the
 * compiled code that it calls.
 */
export function runSubject(
  test: Case,
  fork: ForkName,
  options: Partial<EngineOptions>,
  runs = 1,
): Ending {
  const engine = new Engine({ state: new MemoryState(), memory, ...options });
  const { journal } = engine;
  for (const { address, ...account } of test.accounts)
    writeAccount(journal, bytesOf(address), account);
  journal.beginTransaction();
  const request = evmRequest(journal, {
    fork,
    from: bytesOf(test.from),
    to: bytesOf(test.to),
    value: test.value,
    input: test.input,
    gas: test.gas,
    environment: {
      gasPrice: 7n,
      blobHashes: BLOB_HASHES,
      number: BLOCK.number,
      coinbase: bytesOf(BLOCK.coinbase),
      timestamp: BLOCK.timestamp,
      prevRandao: BLOCK.prevRandao,
      gasLimit: BLOCK.gasLimit,
      baseFee: BLOCK.baseFee,
      blobBaseFee: BLOCK.blobBaseFee,
    },
  });
  const beginning = journal.checkpoint();
  for (let left = runs; left > 1; left--) {
    engine.execute(request);
    journal.revert(beginning, false);
  }
  const result = engine.execute(request);
  const { outcome } = result;
  const state = new Map<string, string>();
  for (const { domain, account, key, after } of journal.changes()) {
    if (after === undefined || domain === DOMAIN.CODE) continue;
    const name =
      domain === DOMAIN.STORAGE ? encodeHex(key) : domain === DOMAIN.BALANCE ? "balance" : "nonce";
    state.set(`${encodeHex(account)} ${name}`, BigInt(encodeHex(after)).toString());
  }
  return {
    outcome: isOk(outcome) ? "ok" : isRevert(outcome) ? "revert" : "trap",
    why: `0x${outcome.toString(16)} at ${result.position}`,
    gas: result.gasUsed,
    refund: BigInt(journal.counter(REFUND_COUNTER)),
    output: encodeHex(result.output),
    logs: journal.logs.map(
      ({ account, topics, data }) =>
        `${encodeHex(account)} ${topics.map(encodeHex).join(",")} ${encodeHex(data)}`,
    ),
    state,
  };
}
