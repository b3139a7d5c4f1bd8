import {
  type ChainAdapter,
  ChainError,
  type MarketAction,
  type SignedTransaction,
  type TradeAction,
} from "@dragoman/chain";
import { refuse } from "@dragoman/fault";
import { applyAction, bps, MarketError, notional, premium } from "@dragoman/quant";
import type { MemoryChain } from "./memory-chain.ts";

/** What every owner holds outside the market. */
const WALLET = 1_000_000_000n;

/**
 * A {@link MemoryChain} as an adapter: owners are their own addresses, a signature is any bytes, and a transaction is in a block at once. For tests of
 * what stands on adapters.
 */
export function memoryAdapter(chain: MemoryChain): ChainAdapter {
  const ownerOf = (address: string): string =>
    /^0x[0-9a-f]{64}$/.test(address)
      ? address
      : refuse("MALFORMED_ADDRESS", undefined, `${address.slice(0, 80)} is not 32 bytes in hex`);
  const now = (): bigint => BigInt(chain.nextTimestamp);
  return {
    id: chain.id,
    family: chain.family,
    domain: chain.domain,
    finalityDepth: chain.finalityDepth,
    ownerOf,
    addressOf: ownerOf,
    head: () => chain.head(),
    finalized: () => chain.finalized(),
    block: (height) => chain.block(height),
    market: () => chain.market(),
    account: async (owner) => {
      const { collateral, perp, options } = chain.model.account(owner);
      const used = options.flatMap((option, slot) =>
        option.size > 0n ? [{ ...option, slot }] : [],
      );
      return { collateral, ...(perp.size > 0n ? { perp } : {}), options: used };
    },
    wallet: async () => WALLET,
    quote: async (trade) => {
      const { price } = chain.model.numbers;
      return { price, ...costOf(trade, chain, now()), at: await chain.head() };
    },
    async simulate(action, sender) {
      try {
        return { ok: true, events: [applyAction(chain.model.clone(), action, sender, now())] };
      } catch (error) {
        if (!(error instanceof MarketError)) throw error;
        return { ok: false, marketError: error.code, reason: error.message };
      }
    },
    build: async (action, sender) => [
      { chain: chain.id, encoding: "evm-json", payload: writeAction(action, ownerOf(sender)) },
    ],
    nonces: async () => undefined,
    join: ({ payload }, signature, sender) => ({
      chain: chain.id,
      id: Buffer.from(signature).toString("hex"),
      bytes: new TextEncoder().encode(payload),
      sender,
    }),
    submit: async (signed) => include(chain, signed),
    async status({ id }) {
      const block = chain.blockOf(id);
      if (block === undefined) return { state: "unknown" };
      const isFinal = block.height <= (await chain.finalized()).height;
      return { state: "included", block, finality: isFinal ? "FINAL" : "LATEST" };
    },
    received: async (source, sequence) => ({
      received: chain.model.received(source, sequence),
      at: await chain.finalized(),
    }),
    close: async () => undefined,
  };
}

function costOf(
  trade: TradeAction,
  { id, model }: MemoryChain,
  now: bigint,
): { premium: bigint; fee: bigint } {
  const { price, volatility } = model.numbers;
  const size = notional(trade.size, price);
  if (trade.type === "tradePerp") return { premium: 0n, fee: bps(size, 5n) };
  if (trade.expiry <= now) {
    throw new ChainError(id, "refused", "the option has expired", { marketError: 7 });
  }
  const each = premium(price, trade, volatility, trade.expiry - now);
  return { premium: notional(trade.size, each), fee: bps(size, 3n) };
}

function include(chain: MemoryChain, { id, bytes }: SignedTransaction): void {
  const { action, sender } = readAction(new TextDecoder().decode(bytes));
  try {
    applyAction(chain.model.clone(), action, sender, BigInt(chain.nextTimestamp));
  } catch (error) {
    if (!(error instanceof MarketError)) throw error;
    throw new ChainError(chain.id, "refused", error.message, { marketError: error.code });
  }
  chain.produce([{ sender, action, transaction: id }]);
}

const writeAction = (action: MarketAction, sender: string): string =>
  JSON.stringify({ action, sender }, (_, value) =>
    typeof value === "bigint" ? { integer: `${value}` } : value,
  );

const readAction = (text: string): { action: MarketAction; sender: string } =>
  JSON.parse(text, (_, value) =>
    typeof value === "object" && "integer" in value ? BigInt(value.integer) : value,
  );
