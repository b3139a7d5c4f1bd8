import type { AccountState, MarketAction, MarketState, TradeAction } from "@dragoman/chain";
import {
  type Account,
  applyAction,
  bps,
  equityOf,
  isFlat,
  MarketError,
  MarketModel,
  NO_ACCOUNT,
  notional,
  requirementOf,
} from "@dragoman/quant";
import { isAttestedBySpecification } from "./attestation.ts";
import { type ActionEnd, PUBLISHER, type QuoteEnd, VOLATILITY } from "./market-under-test.ts";

/** The reference model behind the interface of the comparison; it has no token. */
export class ModelMarket {
  readonly #model: MarketModel;

  constructor(domain: number) {
    this.#model = new MarketModel(VOLATILITY, { domain, isAttested: isAttestedBySpecification });
  }

  act(action: MarketAction, sender: string, now: bigint): ActionEnd {
    // Who may publish is not the model's matter: SPEC.md, section 5.
    if (action.type === "publishPrice" && sender !== PUBLISHER) return { error: 11 };
    return ended(() => ({
      error: 0,
      events: [applyAction(this.#model, action, sender, now)],
    }));
  }

  /**
   * The cost of a trade is what a trade of an owner with means enough reports. Errors that only the trade has are not the quote's.
   */
  quote(trade: TradeAction, now: bigint): QuoteEnd {
    const copy = this.#model.clone();
    const rich = "rich";
    copy.accounts.set(rich, { ...NO_ACCOUNT, collateral: 1n << 62n });
    return ended(() => {
      const { price } = copy.numbers;
      if (trade.type === "tradePerp") {
        const limit = trade.isLong ? price : 0n;
        const { fee } = copy.tradePerp(rich, trade.isLong, trade.size, limit, now);
        return { error: 0, price, premium: 0n, fee };
      }
      const { premium } = copy.tradeOption(rich, trade, true, trade.size, 1n << 62n, now);
      return { error: 0, price, premium, fee: bps(notional(trade.size, price), 3n) };
    });
  }

  /** Equity beyond the maintenance margin at a price; of an account without positions far more than of any other. */
  strength(owner: string, now: bigint, price: bigint = this.#model.numbers.price): bigint {
    const account = this.#model.account(owner);
    if (isFlat(account)) return 1n << 62n;
    const { maintenance } = requirementOf(account, price);
    return equityOf(account, { price, volatility: VOLATILITY, now }) - maintenance;
  }

  /** Equity beyond the initial margin. */
  spare(owner: string, now: bigint): bigint {
    const { initial } = requirementOf(this.#model.account(owner), this.#model.numbers.price);
    return this.#model.equity(owner, now) - initial;
  }

  /** Two neighbouring prices, at one of which the owner can be liquidated and at the other not; undefined if there are none from half to double. */
  edgePrices(owner: string, now: bigint): readonly [bigint, bigint] | undefined {
    const { price } = this.#model.numbers;
    const isStrong = (at: bigint): boolean => this.strength(owner, now, at) >= 0n;
    const here = isStrong(price);
    const far = [price / 2n, 2n * price].find((at) => at > 0n && isStrong(at) !== here);
    if (far === undefined) return undefined;
    let [same, other] = [price, far];
    while (same - other > 1n || other - same > 1n) {
      const middle = (same + other) / 2n;
      if (isStrong(middle) === here) same = middle;
      else other = middle;
    }
    return [same, other];
  }

  state(): MarketState {
    return { ...this.#model.numbers };
  }

  account(owner: string): AccountState {
    return stateOf(this.#model.account(owner));
  }

  received(source: number, sequence: bigint): boolean {
    return this.#model.received(source, sequence);
  }
}

function ended<T>(run: () => T): T | { readonly error: number } {
  try {
    return run();
  } catch (error) {
    if (error instanceof MarketError) return { error: error.code };
    throw error;
  }
}

function stateOf({ collateral, perp, options }: Account): AccountState {
  const held = options.map((option, slot) => ({ slot, ...option })).filter(({ size }) => size > 0n);
  return perp.size === 0n
    ? { collateral, options: held }
    : { collateral, perp: { ...perp }, options: held };
}
