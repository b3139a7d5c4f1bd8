import { readAccountsOf, readOpenAccounts, readPositions, readTransfers } from "@dragoman/index";
import { isUsablePrice } from "@dragoman/quant";
import type {
  MarginAccountModel,
  MarginAccountResolvers,
  PortfolioResolvers,
  PositionResolvers,
  QueryResolvers,
} from "@dragoman/schema";
import type { GatewayContext } from "../context.ts";
import { accountIdOf, ownersOf } from "../market/account-ids.ts";
import {
  accountValues,
  healthOf,
  nowOf,
  openPositions,
  totalGreeks,
  valuesOf,
} from "../market/account-values.ts";
import { decimalOf } from "../market/amount.ts";
import { connectionOf, pageOf } from "../market/connection.ts";
import { POSITION_CURSOR } from "../market/cursor-forms.ts";
import { formatNodeId } from "../market/node-id.ts";
import { instrumentOf, shownGreeks } from "../market/option-series.ts";
import { accountModel } from "../market/shown-blocks.ts";
import { shownTransfer } from "../market/shown-transfer.ts";
import { refuseChainError } from "../market/transactions.ts";

/** Transfers of a portfolio that are shown. */
const IN_FLIGHT_MAX = 100;

export const accountQueries: Required<
  Pick<QueryResolvers<GatewayContext>, "positions" | "liquidatable" | "portfolio">
> = {
  async positions(_, args, { chains, view }) {
    const page = pageOf(args, POSITION_CURSOR);
    const filter = {
      chains: await view.read(args.chains),
      owners: args.owners == null ? undefined : ownersOf(args.owners, chains),
    };
    const slice = await readPositions(view.database, filter, page);
    return connectionOf(slice, page, POSITION_CURSOR, ({ place, ...row }) => {
      const account = accountModel(row);
      return place === 0 ? { account } : { account, slot: place - 1 };
    });
  },
  async liquidatable(_, args, { view }) {
    const ids = await view.read(args.chains);
    if (ids.length === 0) return [];
    const accounts = (await readOpenAccounts(view.database, ids)).map(accountModel);
    return accounts.filter(
      (account) => isUsablePrice(account.numbers, nowOf(account)) && isLiquidatable(account),
    );
  },
  async portfolio(_, { owners }, { chains, view }) {
    const accounts = await readAccountsOf(view.database, ownersOf(owners, chains));
    return { owners, accounts: accounts.map(accountModel) };
  },
};

function isLiquidatable(account: MarginAccountModel): boolean {
  const { equity, maintenanceMargin } = accountValues(account);
  return equity < maintenanceMargin;
}

const walletOf = (
  { chain, owner }: MarginAccountModel,
  { chains }: GatewayContext,
): Promise<bigint> => chains.of(chain).wallet(owner).catch(refuseChainError);

export const accountResolvers: Required<
  Omit<MarginAccountResolvers<GatewayContext>, "__isTypeOf">
> = {
  id: ({ chain, owner }, _, { chains }) =>
    formatNodeId({ type: "MarginAccount", account: accountIdOf(chains.of(chain), owner) }),
  owner: ({ chain, owner }, _, { chains }) => accountIdOf(chains.of(chain), owner),
  chain: ({ chain }) => ({ id: chain }),
  collateral: ({ account }) => account.collateral,
  wallet: (account, _, context) => walletOf(account, context),
  equity: (account) => accountValues(account).equity,
  initialMargin: (account) => accountValues(account).initialMargin,
  maintenanceMargin: (account) => accountValues(account).maintenanceMargin,
  freeCollateral(account) {
    const { equity, initialMargin } = accountValues(account);
    return equity > initialMargin ? equity - initialMargin : 0n;
  },
  health: healthOf,
  liquidatable: isLiquidatable,
  positions: openPositions,
  anchor: ({ anchor }) => anchor,
};

export const positionResolvers: Required<Omit<PositionResolvers<GatewayContext>, "__isTypeOf">> = {
  id({ account, slot }, _, { chains }) {
    const owner = accountIdOf(chains.of(account.chain), account.owner);
    const place = slot === undefined ? {} : { slot };
    return formatNodeId({ type: "Position", account: owner, ...place });
  },
  account: ({ account }) => account,
  instrument(position) {
    const { option } = valuesOf(position);
    if (option === undefined) return instrumentOf(position.account.chain, undefined);
    const { expiry, strike, isCall } = option;
    return instrumentOf(position.account.chain, { expiry, strike, isCall });
  },
  side: (position) => (valuesOf(position).isLong ? "LONG" : "SHORT"),
  size: (position) => valuesOf(position).size,
  entryPrice(position) {
    const { entry } = valuesOf(position);
    return entry === undefined ? null : decimalOf(entry);
  },
  notional: (position) => valuesOf(position).notional,
  value: (position) => valuesOf(position).value,
  initialMargin: (position) => valuesOf(position).initialMargin,
  maintenanceMargin: (position) => valuesOf(position).maintenanceMargin,
  greeks: (position) => shownGreeks(valuesOf(position).greeks),
  anchor: ({ account }) => account.anchor,
};

const sumOf = (
  accounts: readonly MarginAccountModel[],
  amountOf: (account: MarginAccountModel) => bigint,
): bigint => accounts.reduce((total, account) => total + amountOf(account), 0n);

export const portfolioResolvers: Required<Omit<PortfolioResolvers<GatewayContext>, "__isTypeOf">> =
  {
    owners: ({ owners }) => owners,
    accounts: ({ accounts }) => accounts,
    collateral: ({ accounts }) => sumOf(accounts, ({ account }) => account.collateral),
    async wallet({ accounts }, _, context) {
      const wallets = await Promise.all(accounts.map((account) => walletOf(account, context)));
      return wallets.reduce((total, wallet) => total + wallet, 0n);
    },
    equity: ({ accounts }) => sumOf(accounts, (account) => accountValues(account).equity),
    initialMargin: ({ accounts }) =>
      sumOf(accounts, (account) => accountValues(account).initialMargin),
    maintenanceMargin: ({ accounts }) =>
      sumOf(accounts, (account) => accountValues(account).maintenanceMargin),
    greeks: ({ accounts }) => shownGreeks(totalGreeks(accounts)),
    async inFlight({ owners }, _, { chains, view }) {
      const ends = ownersOf(owners, chains).map(({ chain, owner }) => ({
        domain: chains.of(chain).domain,
        owner,
      }));
      const filter = {
        domains: chains.all().map(({ domain }) => domain),
        owners: ends,
        statuses: ["INITIATED", "SOURCE_FINAL"] as const,
      };
      const { items } = await readTransfers(view.database, filter, { first: IN_FLIGHT_MAX });
      return items.map(({ row }) => shownTransfer(row, chains));
    },
  };
