import { encodeHex } from "@dragoman/bytes";
import { MemoryState } from "@dragoman/core";
import { setFree } from "../runtime/accounts.ts";
import { addChanges, stateRoot } from "../storage/state-root.ts";
import { readerOf } from "../storage/storage.ts";
import { Execution } from "./execution.ts";
import { extrinsicsRoot, hashHeader, type SubstrateBlock } from "./substrate-block.ts";

export interface SubstrateGenesis {
  /** Seconds since 1970-01-01. */
  readonly timestamp: number;
  /** Accounts (32 bytes) and their free balances in plancks, at least the existential deposit. */
  readonly balances: readonly (readonly [account: Uint8Array, free: bigint])[];
}

const ZERO_HASH = new Uint8Array(32);

/** Block 0 and the state that it leaves. */
export function openGenesis({ timestamp, balances }: SubstrateGenesis): {
  readonly block: SubstrateBlock;
  readonly state: MemoryState;
} {
  const state = new MemoryState();
  const execution = new Execution(readerOf(state), {
    number: 0,
    parentHash: ZERO_HASH,
    timestamp,
  });
  for (const [account, free] of balances) setFree(execution, account, free);
  execution.storage.put("Timestamp", "Now", [], BigInt(timestamp) * 1000n);
  // Genesis has no events (frame_system).
  execution.events.length = 0;
  const changes = execution.seal();
  state.apply(changes);
  const stateSum = addChanges(0n, changes);
  const header = {
    parent_hash: ZERO_HASH,
    number: 0,
    state_root: stateRoot(stateSum),
    extrinsics_root: extrinsicsRoot([]),
    digest: { logs: [] },
  };
  const block: SubstrateBlock = {
    height: 0,
    hash: hashHeader(header),
    parentHash: ZERO_HASH,
    timestamp,
    header,
    extrinsics: [],
    outcomes: [],
    events: [],
    changes: new Map(changes.map((change) => [encodeHex(change.key), change])),
    stateSum,
  };
  return { block, state };
}
