import { concatBytes } from "@dragoman/bytes";
import { type CellChange, MemoryState } from "@dragoman/core";
import { sha3_256 } from "@dragoman/crypto";
import { moduleCell, stdlibFiles } from "@dragoman/frontend-move";
import { SUCCESS } from "./execution/execution-status.ts";
import { FRAMEWORK_ADDRESS, type MoveMachine } from "./execution/move-machine.ts";
import { encodePackage } from "./execution/package-metadata.ts";
import { writePackages } from "./execution/package-registry.ts";
import { frameworkFiles } from "./framework/framework.ts";
import { writeTime } from "./journal-state.ts";
import { blockHash, type MoveBlock, sealTransaction } from "./move-block.ts";

/** Version 0 of a chain. */
export interface MoveGenesis {
  /** 1 to 255; Aptos's own local networks have 4. */
  readonly chainId: number;
  /** Seconds since 1970-01-01. */
  readonly timestamp: number;
  /** Accounts that begin with Octas: the faucet's, for one. */
  readonly accounts: readonly { readonly address: Uint8Array; readonly octas: bigint }[];
}

/** Makes the genesis block and its state: the framework's modules and resources, and the accounts. */
export function makeGenesis(
  machine: MoveMachine,
  { chainId, timestamp, accounts }: MoveGenesis,
): { readonly block: MoveBlock; readonly state: MemoryState } {
  const state = new MemoryState();
  const engine = machine.engine(state);
  const { journal } = engine;
  for (const [name, bytes] of [...stdlibFiles(), ...frameworkFiles()]) {
    journal.writeBytes(moduleCell(journal, `0x1::${name}`), bytes);
  }
  writePackages(journal, FRAMEWORK_ADDRESS, [
    { bytes: encodePackage("AptosStdlib", [...stdlibFiles().keys()]) },
    { bytes: encodePackage("AptosFramework", [...frameworkFiles().keys()]) },
  ]);
  writeTime(journal, timestamp);
  machine.callSurely(engine, "genesis::initialize", [chainId]);
  for (const { address, octas } of accounts) {
    machine.callSurely(engine, "genesis::endow", [address, `${octas}`]);
  }
  const changes: readonly CellChange[] = journal.changes();
  state.apply(changes);
  const none = new Uint8Array(32);
  const transaction = sealTransaction(
    {
      kind: "genesis" as const,
      version: 0,
      height: 0,
      hash: genesisHash(changes),
      status: SUCCESS,
      gasUsed: 0n,
      changes,
      events: [],
    },
    none,
  );
  const hash = blockHash(none, 0, timestamp, 0, transaction.accumulatorHash);
  const transactions = [transaction];
  const place = { height: 0, hash, parentHash: none, timestamp, salt: 0 };
  const block = { ...place, firstVersion: 0, transactions };
  return { block, state };
}

/** Over the state that it makes: chains with another genesis have another hash. */
const genesisHash = (changes: readonly CellChange[]): Uint8Array =>
  sha3_256(
    concatBytes(
      ...changes.flatMap(({ account, key, after }) => [account, key, after ?? new Uint8Array()]),
    ),
  );
