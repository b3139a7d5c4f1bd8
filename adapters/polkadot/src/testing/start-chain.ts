import { BlockProducer, LedgerClock } from "@dragoman/ledger";
import { SubstrateLedger } from "@dragoman/ledger-substrate";
import { startSubstrateRpc } from "@dragoman/rpc-substrate";
import { signerFromSecret } from "@dragoman/sdk-polkadot";
import { decodeAddress } from "@polkadot/util-crypto";

/** Seed of the account that owns everything at genesis. */
export const TREASURY_SECRET = new Uint8Array(32).fill(3);
const START_MS = 1_700_000_000_000;

/** A chain that makes a block for every transaction, served on a free port. */
export async function startChain(finalityDepth: number) {
  const clock = new LedgerClock(() => START_MS);
  const treasury = decodeAddress(signerFromSecret(TREASURY_SECRET).address);
  const ledger = new SubstrateLedger({
    clock,
    genesis: { timestamp: START_MS / 1000, balances: [[treasury, 10n ** 16n]] },
    finalityDepth,
  });
  const producer = new BlockProducer(ledger, { kind: "instant" });
  const server = await startSubstrateRpc({ ledger, producer, clock, port: 0 });
  return { ledger, producer, clock, server };
}
