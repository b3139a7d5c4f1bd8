import { refuse } from "@dragoman/fault";
import { readExpiries } from "@dragoman/index";
import {
  type InstrumentResolvers,
  type MarketResolvers,
  type QueryResolvers,
  scaleDecimal,
} from "@dragoman/schema";
import type { GatewayContext } from "../context.ts";
import { DECIMALS } from "../market/action-input.ts";
import { decimalOf, decimalOfQ32 } from "../market/amount.ts";
import { formatNodeId, parseNodeIdOf } from "../market/node-id.ts";
import {
  greeksOfOne,
  instrumentOf,
  markOf,
  nextFridays,
  shownGreeks,
  strikesAround,
  symbolOf,
  UNDERLYING,
} from "../market/option-series.ts";
import { blockModel } from "../market/shown-blocks.ts";
import { shownPrice } from "../market/shown-events.ts";

/** Expiries times strikes of one option chain. */
const OPTION_ROWS_MAX = 200;

export const marketQueries: Required<
  Pick<QueryResolvers<GatewayContext>, "chains" | "chain" | "markets" | "instrument" | "liquidity">
> = {
  chains: async (_, __, { view }) => (await view.read()).map((id) => ({ id })),
  async chain(_, { id }, { chains, view }) {
    if (!chains.has(id)) return null;
    return (await view.read([id])).length === 0 ? null : { id };
  },
  markets: async (_, { chains }, { view }) => (await view.read(chains)).map((chain) => ({ chain })),
  instrument(_, { id }, { chains }) {
    const { chain, option } = parseNodeIdOf("Instrument", id);
    return chains.has(chain) ? instrumentOf(chain, option) : null;
  },
  async liquidity(_, { underlying }, { view }) {
    if (underlying !== UNDERLYING) {
      refuse("INVALID_ARGUMENT", undefined, `the markets' underlying is ${UNDERLYING}`);
    }
    const ids = await view.read();
    const markets = await Promise.all(ids.map((id) => view.market(id)));
    const sum = (of: "pool" | "openLong" | "openShort"): bigint =>
      markets.reduce((total, { numbers }) => total + numbers[of], 0n);
    return {
      underlying,
      pool: sum("pool"),
      openLong: sum("openLong"),
      openShort: sum("openShort"),
      venues: ids.map((chain) => ({ chain })),
    };
  },
};

export const marketResolvers: Required<Omit<MarketResolvers<GatewayContext>, "__isTypeOf">> = {
  id: ({ chain }) => formatNodeId({ type: "Market", chain }),
  chain: ({ chain }) => ({ id: chain }),
  underlying: () => UNDERLYING,
  async price({ chain }, _, { view }) {
    const { numbers, anchor } = await view.market(chain);
    return shownPrice(numbers, blockModel(anchor));
  },
  volatility: async ({ chain }, _, { view }) =>
    decimalOfQ32((await view.market(chain)).numbers.volatility),
  pool: async ({ chain }, _, { view }) => (await view.market(chain)).numbers.pool,
  openLong: async ({ chain }, _, { view }) => (await view.market(chain)).numbers.openLong,
  openShort: async ({ chain }, _, { view }) => (await view.market(chain)).numbers.openShort,
  perpetual: ({ chain }) => ({ chain }),
  async optionChain({ chain }, args, { view }) {
    const { numbers, anchor } = await view.market(chain);
    const now = BigInt(anchor.timestamp);
    const expiries = args.expiries ?? [
      ...(await readExpiries(view.database, chain)).filter((expiry) => expiry > now),
      ...nextFridays(now),
    ];
    const strikes =
      args.strikes?.map((strike) => scaleDecimal(strike, DECIMALS)) ?? strikesAround(numbers.price);
    const rows = expiries.length * strikes.length;
    if (rows > OPTION_ROWS_MAX || strikes.some((strike) => strike <= 0n)) {
      const why = `an option chain has at most ${OPTION_ROWS_MAX} rows, and strikes above 0`;
      refuse("INVALID_ARGUMENT", undefined, why);
    }
    return ascending(expiries).map((expiry) => ({
      expiry,
      rows: ascending(strikes).map((strike) => ({
        strike: decimalOf(strike),
        call: { chain, option: { expiry, strike, isCall: true } },
        put: { chain, option: { expiry, strike, isCall: false } },
      })),
    }));
  },
  anchor: async ({ chain }, _, { view }) => blockModel((await view.market(chain)).anchor),
};

const ascending = (values: readonly bigint[]): bigint[] =>
  [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));

export const instrumentResolvers: Required<
  Omit<InstrumentResolvers<GatewayContext>, "__isTypeOf">
> = {
  id: ({ chain, option }) =>
    formatNodeId({ type: "Instrument", chain, ...(option === undefined ? {} : { option }) }),
  symbol: ({ option }) => symbolOf(option),
  kind: ({ option }) => (option === undefined ? "PERPETUAL" : "OPTION"),
  market: ({ chain }) => ({ chain }),
  expiry: ({ option }) => option?.expiry ?? null,
  strike: ({ option }) => (option === undefined ? null : decimalOf(option.strike)),
  optionType: ({ option }) => (option === undefined ? null : option.isCall ? "CALL" : "PUT"),
  async mark({ chain, option }, _, { view }) {
    const { numbers, anchor } = await view.market(chain);
    return decimalOf(markOf(option, numbers, BigInt(anchor.timestamp)));
  },
  async impliedVolatility({ chain, option }, _, { view }) {
    if (option === undefined) return null;
    return decimalOfQ32((await view.market(chain)).numbers.volatility);
  },
  async greeks({ chain, option }, _, { view }) {
    const { numbers, anchor } = await view.market(chain);
    return shownGreeks(greeksOfOne(option, numbers, BigInt(anchor.timestamp)));
  },
};
