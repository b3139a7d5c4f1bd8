import type { BlockProducer, LedgerClock } from "@dragoman/ledger";
import type { Faucet, SolanaBlock, SvmLedger } from "@dragoman/ledger-svm";

/** What the methods of a node work on. */
export interface SolanaNode {
  readonly ledger: SvmLedger;
  readonly producer: BlockProducer<SolanaBlock>;
  readonly clock: LedgerClock;
  /** Absent: `requestAirdrop` is refused. */
  readonly faucet?: Faucet | undefined;
}
