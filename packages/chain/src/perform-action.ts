import type { BlockRef, Finality } from "./block-ref.ts";
import {
  type ChainAdapter,
  ChainError,
  type ChainSigner,
  type SignedTransaction,
  type UnsignedTransaction,
} from "./chain-adapter.ts";
import type { MarketAction } from "./market-action.ts";

export interface PerformOptions {
  /** Wait until the block is this far. Default: LATEST. */
  readonly until?: Exclude<Finality, "PENDING">;
  /** Pause between two looks, ms. Default: 100. */
  readonly pollMs?: number;
  /** Give up after so many ms. Default: 60,000. */
  readonly timeoutMsMax?: number;
}

export interface PerformedAction {
  readonly transaction: SignedTransaction;
  readonly block: BlockRef;
}

const POLL_MS = 100;
const TIMEOUT_MS_MAX = 60_000;

/**
 * Builds, signs and sends an action with all that must come before it, and waits until it is included. For engines that can
 * simply act again; whoever must not act twice keeps the signed bytes first (packages/bridge). Rejects with a {@link ChainError} if the chain
 * or the market refuses, or time runs out.
 */
export async function performAction(
  adapter: ChainAdapter,
  signer: ChainSigner,
  action: MarketAction,
  options: PerformOptions = {},
): Promise<PerformedAction> {
  let performed: PerformedAction | undefined;
  for (const unsigned of await adapter.build(action, signer.address)) {
    performed = await sendTransaction(adapter, signer, unsigned, options);
  }
  if (performed === undefined) {
    throw new ChainError(adapter.id, "unanswerable", `no transaction does ${action.type}`);
  }
  return performed;
}

/** Signs and sends one transaction and waits until it is included. */
export async function sendTransaction(
  adapter: ChainAdapter,
  signer: ChainSigner,
  unsigned: UnsignedTransaction,
  options: PerformOptions = {},
): Promise<PerformedAction> {
  const { until = "LATEST", pollMs = POLL_MS, timeoutMsMax = TIMEOUT_MS_MAX } = options;
  const signed = adapter.join(unsigned, await signer.sign(unsigned), signer.address);
  await adapter.submit(signed);
  for (let waited = 0; ; waited += pollMs) {
    const status = await adapter.status(signed);
    if (status.state === "included" && (until === "LATEST" || status.finality === "FINAL")) {
      return { transaction: signed, block: status.block };
    }
    if (status.state === "failed") {
      const { marketError } = status;
      throw new ChainError(adapter.id, "refused", status.reason, { marketError });
    }
    if (status.state === "expired") throw new ChainError(adapter.id, "refused", status.reason);
    if (status.state === "unknown") await adapter.submit(signed);
    if (waited >= timeoutMsMax) {
      const why = `${signed.id} is ${status.state} after ${timeoutMsMax} ms`;
      throw new ChainError(adapter.id, "unreachable", why);
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
