import { readAccountsOf, readEvent } from "@dragoman/index";
import type {
  AccountId,
  MarginAccountModel,
  QueryResolvers,
  ResolversParentTypes,
} from "@dragoman/schema";
import type { GatewayContext } from "../context.ts";
import { isOpen } from "../market/account-values.ts";
import { type NodeName, parseNodeId } from "../market/node-id.ts";
import { instrumentOf } from "../market/option-series.ts";
import { accountModel } from "../market/shown-blocks.ts";
import { shownLiquidation } from "../market/shown-events.ts";
import { transferAt } from "./history.ts";

type NodeModel = ResolversParentTypes["Node"];

/** What has an identifier. Fault: INVALID_ARGUMENT if the text is none. */
export const node: NonNullable<QueryResolvers<GatewayContext>["node"]> = async (
  _,
  { id },
  context,
) => {
  const name = parseNodeId(id);
  const model = await find(name, context);
  if (model === null) return null;
  // By it GraphQL knows which type of node it is.
  const named = { ...model, __typename: name.type };
  return named;
};

async function find(name: NodeName, context: GatewayContext): Promise<NodeModel | null> {
  const { chains, view } = context;
  switch (name.type) {
    case "Chain":
    case "Market": {
      const isKnown = chains.has(name.chain) && (await view.read([name.chain])).length > 0;
      if (!isKnown) return null;
      return name.type === "Chain" ? { id: name.chain } : { chain: name.chain };
    }
    case "Instrument":
      return chains.has(name.chain) ? instrumentOf(name.chain, name.option) : null;
    case "MarginAccount":
      return (await accountOf(name.account, context)) ?? null;
    case "Position": {
      const account = await accountOf(name.account, context);
      if (account === undefined) return null;
      const position = name.slot === undefined ? { account } : { account, slot: name.slot };
      return isOpen(position) ? position : null;
    }
    case "Transfer":
      return transferAt(name.source, name.sequence, context);
    case "Liquidation": {
      if (!chains.has(name.chain)) return null;
      const found = await readEvent(view.database, name.chain, name.height, name.index);
      if (found?.event.type !== "Liquidated") return null;
      return shownLiquidation({ ...found, event: found.event }, chains);
    }
  }
}

/** Account with the market; undefined if its chain is not followed. */
async function accountOf(
  account: AccountId,
  { chains, view }: GatewayContext,
): Promise<MarginAccountModel | undefined> {
  const { chain } = account;
  if (!chains.has(chain)) return undefined;
  const owner = chains.ownerOf(account);
  const [found] = await readAccountsOf(view.database, [{ chain, owner }]);
  return found === undefined ? undefined : accountModel(found);
}
