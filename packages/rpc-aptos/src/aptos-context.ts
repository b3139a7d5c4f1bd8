import type { BlockProducer, LedgerClock } from "@dragoman/ledger";
import type { MoveBlock, MoveLedger } from "@dragoman/ledger-move";

/** What the routes of a node work on. */
export interface AptosContext {
  readonly ledger: MoveLedger;
  readonly producer: BlockProducer<MoveBlock>;
  readonly clock: LedgerClock;
  /** Secret of the account that pays for `/fund`, 32 bytes; undefined = there is no faucet. */
  readonly faucetSecret: Uint8Array | undefined;
}
