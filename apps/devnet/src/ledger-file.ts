import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { encodeHex } from "@dragoman/bytes";
import { decodeInputs, encodeInput } from "@dragoman/ledger";
import type { DevLedger } from "./dev-chain.ts";

/** Bytes of the head of a file: hash of the genesis block. */
const HEAD_BYTES = 32;

export interface LedgerFile {
  /** Inputs that were replayed. */
  readonly replayed: number;
  /** Takes no more inputs. */
  close(): void;
}

/**
 * Keeps a ledger in a file: replays what is there, then appends every input as it happens. A ledger is a pure function of genesis and inputs, so
 * the blocks come back with the same hashes. What was written survives the death of the process. A file of another genesis is moved to
 * `<file>.old`.
 */
export function keepLedger(
  ledger: DevLedger,
  file: string,
  log: (line: string) => void,
): LedgerFile {
  const genesis = ledger.blocks.at(0)!.hash;
  let replayed = 0;
  const content = existsSync(file) ? readFileSync(file) : undefined;
  if (content !== undefined && encodeHex(content.subarray(0, HEAD_BYTES)) === encodeHex(genesis)) {
    const { inputs, length } = decodeInputs(content.subarray(HEAD_BYTES));
    for (const input of inputs) ledger.apply(input);
    replayed = inputs.length;
    truncateSync(file, HEAD_BYTES + length);
  } else {
    if (content !== undefined) {
      log(`${file} belongs to another genesis and is kept as ${file}.old`);
      renameSync(file, `${file}.old`);
    }
    writeFileSync(file, genesis);
  }
  const descriptor = openSync(file, "a");
  const end = ledger.onInput((input) => {
    writeSync(descriptor, encodeInput(input));
  });
  return {
    replayed,
    close() {
      end();
      closeSync(descriptor);
    },
  };
}
