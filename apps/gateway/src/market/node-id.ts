import type { ChainId } from "@dragoman/chain";
import { refuse } from "@dragoman/fault";
import {
  type AccountId,
  formatAccountId,
  type OptionSeriesModel,
  parseAccountId,
} from "@dragoman/schema";

/** What an identifier of the schema names. Clients take identifiers as they are. */
export type NodeName =
  | { readonly type: "Chain" | "Market"; readonly chain: ChainId }
  | { readonly type: "Instrument"; readonly chain: ChainId; readonly option?: OptionSeriesModel }
  | { readonly type: "MarginAccount"; readonly account: AccountId }
  | {
      readonly type: "Position";
      readonly account: AccountId;
      /** Slot of an option; undefined = the perpetual. */
      readonly slot?: number;
    }
  | { readonly type: "Transfer"; readonly source: number; readonly sequence: bigint }
  | {
      readonly type: "Liquidation";
      readonly chain: ChainId;
      readonly height: number;
      readonly index: number;
    };

/** Text of an identifier. */
export function formatNodeId(name: NodeName): string {
  switch (name.type) {
    case "Chain":
      return name.chain;
    case "Market":
      return `Market/${name.chain}`;
    case "Instrument":
      return `Instrument/${name.chain}/${name.option === undefined ? "perpetual" : seriesText(name.option)}`;
    case "MarginAccount":
      return `MarginAccount/${formatAccountId(name.account)}`;
    case "Position":
      return `Position/${formatAccountId(name.account)}/${name.slot ?? "perpetual"}`;
    case "Transfer":
      return `Transfer/${name.source}/${name.sequence}`;
    case "Liquidation":
      return `Liquidation/${name.chain}/${name.height}/${name.index}`;
  }
}

/** Reads an identifier. Fault: INVALID_ARGUMENT. */
export function parseNodeId(id: string): NodeName {
  const [type, first = "", second = "", third = "", ...rest] = id.split("/");
  if (rest.length === 0 && /^[-a-z0-9]+:[-_a-zA-Z0-9]+$/.test(id))
    return { type: "Chain", chain: id };
  switch (type) {
    case "Market":
      if (first !== "" && second === "") return { type, chain: first };
      break;
    case "Instrument": {
      if (second === "perpetual") return { type, chain: first };
      const option = seriesOf(second);
      if (option !== undefined) return { type, chain: first, option };
      break;
    }
    case "MarginAccount":
      if (second === "") return { type, account: parseAccountId(first) };
      break;
    case "Position":
      if (second === "perpetual") return { type, account: parseAccountId(first) };
      if (/^[0-3]$/.test(second))
        return { type, account: parseAccountId(first), slot: Number(second) };
      break;
    case "Transfer":
      if (isCount(first) && isCount(second)) {
        return { type, source: Number(first), sequence: BigInt(second) };
      }
      break;
    case "Liquidation":
      if (isCount(second) && isCount(third)) {
        return { type, chain: first, height: Number(second), index: Number(third) };
      }
      break;
  }
  return refuse(
    "INVALID_ARGUMENT",
    undefined,
    `${JSON.stringify(id.slice(0, 80))} is no identifier`,
  );
}

/** Identifier of a type that the caller expects. Fault: INVALID_ARGUMENT. */
export function parseNodeIdOf<T extends NodeName["type"]>(
  type: T,
  id: string,
): Extract<NodeName, { type: T }> {
  const name = parseNodeId(id);
  if (name.type !== type) {
    refuse("INVALID_ARGUMENT", undefined, `${id} names a ${name.type}, not a ${type}`);
  }
  return name as Extract<NodeName, { type: T }>;
}

const isCount = (text: string): boolean => /^[0-9]{1,19}$/.test(text);

const seriesText = ({ expiry, strike, isCall }: OptionSeriesModel): string =>
  `${expiry}-${strike}-${isCall ? "C" : "P"}`;

function seriesOf(text: string): OptionSeriesModel | undefined {
  const match = /^([0-9]{1,13})-([1-9][0-9]{0,12})-([CP])$/.exec(text);
  if (match === null) return undefined;
  return { expiry: BigInt(match[1]!), strike: BigInt(match[2]!), isCall: match[3] === "C" };
}
