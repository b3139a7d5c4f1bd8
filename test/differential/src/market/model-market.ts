import { type Account, MarketError, MarketModel } from "@dragoman/quant";
import {
  type AccountView,
  type MarketStep,
  type MarketUnderTest,
  type MarketView,
  OWNERS,
  VOLATILITY,
} from "./market-under-test.ts";

/** The reference model behind the interface of the comparison. */
export class ModelMarket implements MarketUnderTest {
  readonly #model = new MarketModel(VOLATILITY);

  apply(step: MarketStep): MarketView {
    const error = this.#error(step);
    const { pool, openLong, openShort } = this.#model.numbers;
    const accounts = Array.from({ length: OWNERS }, (_, i) => viewOf(this.#model.account(`${i}`)));
    return { error, pool, openLong, openShort, accounts };
  }

  #error(step: MarketStep): number {
    try {
      this.#run(step);
      return 0;
    } catch (error) {
      if (error instanceof MarketError) return error.code;
      throw error;
    }
  }

  #run(step: MarketStep): void {
    const { amount, flag, limit, now, price } = step;
    const [owner, other] = [`${step.owner}`, `${step.other}`];
    switch (step.kind) {
      case "deposit":
        this.#model.deposit(owner, amount);
        return;
      case "withdraw":
        this.#model.withdraw(owner, amount, now);
        return;
      case "fundPool":
        this.#model.fundPool(owner, amount);
        return;
      case "publishPrice":
        this.#model.publishPrice(price, amount, now, now);
        return;
      case "tradePerp":
        this.#model.tradePerp(owner, flag, amount, limit, now);
        return;
      case "tradeOption": {
        const terms = { expiry: step.expiry, strike: price, isCall: step.isCall };
        this.#model.tradeOption(owner, terms, flag, amount, limit, now);
        return;
      }
      case "settleOption":
        this.#model.settleOption(owner, step.slot, now);
        return;
      default:
        this.#model.liquidate(owner, other, now);
    }
  }
}

function viewOf({ collateral, perp, options }: Account): AccountView {
  return {
    collateral,
    perp: [perp.isLong, perp.size, perp.entry],
    options: options.map(({ expiry, strike, isCall, isLong, size }) => [
      expiry,
      strike,
      isCall,
      isLong,
      size,
    ]),
  };
}
