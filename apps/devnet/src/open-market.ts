import {
  type ChainAdapter,
  type ChainSigner,
  performAction,
  sendTransaction,
} from "@dragoman/chain";
import type { DevNode, MarketTerms } from "./dev-chain.ts";

/** What the pool begins with, 1e-6 USD. */
const POOL = 10_000_000_000_000n;
/** What each user begins with, 1e-6 USD. */
const WALLET = 1_000_000_000_000n;
/** The first price, 1e-6 USD. */
export const PRICE_AT_START = 3_000_000_000n;

/** Deploys the market, gives users collateral, fills the pool and publishes a first price. Fees everybody has from genesis. */
export async function openMarket(
  node: DevNode,
  terms: MarketTerms,
): Promise<{ readonly deployment: unknown; readonly adapter: ChainAdapter }> {
  const deployment = await node.deploy(terms);
  for (const role of ["alice", "bob"] as const) {
    await node.fund(deployment, node.addressOf(role), 0n, WALLET);
  }
  const adapter = await node.connect(deployment);
  try {
    const options = { pollMs: 5 };
    await performAction(
      adapter,
      node.signerOf("treasury"),
      { type: "fundPool", amount: POOL },
      options,
    );
    const time = BigInt((await adapter.head()).timestamp);
    const price = PRICE_AT_START;
    for (const role of ["relayer", "liquidator"] as const) {
      await settleIn(adapter, node.signerOf(role));
    }
    const action = { type: "publishPrice", price, confidence: price / 1000n, time } as const;
    await performAction(adapter, node.signerOf("publisher"), action, options);
  } catch (error) {
    await adapter.close();
    throw error;
  }
  return { deployment, adapter };
}

/** Does what must come before an engine's first action: on Polkadot, the mapping of its account. */
async function settleIn(adapter: ChainAdapter, signer: ChainSigner): Promise<void> {
  const action = { type: "liquidate", owner: adapter.ownerOf(signer.address) } as const;
  const transactions = await adapter.build(action, signer.address);
  for (const unsigned of transactions.slice(0, -1)) {
    await sendTransaction(adapter, signer, unsigned, { pollMs: 5 });
  }
}
