import { ChainError } from "@dragoman/chain";
import { FaultError } from "@dragoman/fault";
import type { PricePublisher } from "@dragoman/keeper";
import {
  RPC_ERROR,
  RpcError,
  type RpcMethod,
  type RpcServer,
  refuseParams,
  startRpcServer,
} from "@dragoman/rpc-server";
import type { DevChain } from "./dev-chain.ts";
import { DEVNET_ROLES } from "./secrets.ts";
import type { Devnet } from "./start-devnet.ts";

const USD = 1_000_000n;
/** Collateral that `devnet_fund` gives if nobody says how much, 1e-6 USD. */
const FUND_DEFAULT = 100_000n * USD;
const BLOCKS_MAX = 1000;
/** Ten years: enough for any expiry, and far from where a chain's own clock ends. */
const SECONDS_MAX = 315_360_000;
/** Code of what a chain refused. */
const REFUSED = -32000;

export interface ControlOptions {
  readonly devnet: Devnet;
  readonly publisher: PricePublisher;
  readonly host: string;
  readonly port: number;
  readonly log: (line: string) => void;
}

/**
 * JSON-RPC of the devnet as a whole: `devnet_info []`, `devnet_fund [account by CAIP-10, collateral?]`, `devnet_setPrice [price or null]`,
 * `devnet_increaseTime [seconds]`, `devnet_mine [chain, count?]`, `devnet_reorganise [chain, depth, drop?]`. Amounts and prices are whole
 * dollars or decimal strings.
 */
export function startControl({
  devnet,
  publisher,
  ...options
}: ControlOptions): Promise<RpcServer> {
  const chainOf = (id: unknown): DevChain =>
    devnet.chains.find(({ adapter }) => adapter.id === id) ??
    refuseParams(`${JSON.stringify(id)} is none of ${devnet.chains.map((c) => c.adapter.id)}`);
  const methods = new Map<string, RpcMethod>([
    ["devnet_info", () => devnet.chains.map(describe)],
    [
      "devnet_fund",
      async ([account, collateral]) => {
        const text = typeof account === "string" ? account : "";
        const chain = chainOf(text.slice(0, text.lastIndexOf(":")));
        const address = text.slice(text.lastIndexOf(":") + 1);
        chain.adapter.ownerOf(address);
        const amount = collateral == null ? FUND_DEFAULT : dollars(collateral);
        const { node, deployment } = chain;
        await node.fund(deployment, address, node.feeAllowance, amount);
        return true;
      },
    ],
    [
      "devnet_setPrice",
      async ([price]) => {
        const fixed = price == null ? undefined : dollars(price);
        if (fixed === 0n) refuseParams("[price]: more than 0, or null for the path's");
        await publisher.fix(fixed);
        return true;
      },
    ],
    [
      "devnet_increaseTime",
      ([seconds]) => {
        if (!isCount(seconds, SECONDS_MAX)) return refuseParams(`[0 to ${SECONDS_MAX} seconds]`);
        devnet.clock.advance(seconds);
        for (const { node } of devnet.chains) node.ledger.produce();
        return devnet.clock.seconds();
      },
    ],
    [
      "devnet_mine",
      ([id, count = 1]) => {
        const { ledger } = chainOf(id).node;
        if (!isCount(count, BLOCKS_MAX) || count === 0) {
          return refuseParams(`[chain, 1 to ${BLOCKS_MAX}]`);
        }
        for (let i = 0; i < count; i++) ledger.produce();
        return ledger.blocks.head.height;
      },
    ],
    [
      "devnet_reorganise",
      ([id, depth, drop = false]) => {
        const { ledger } = chainOf(id).node;
        if (!isCount(depth, BLOCKS_MAX) || typeof drop !== "boolean") {
          return refuseParams("[chain, depth, drop?]: a whole number of blocks, true or false");
        }
        ledger.reorganise(depth, drop);
        for (let i = 0; i <= depth; i++) ledger.produce();
        return ledger.blocks.head.height;
      },
    ],
  ]);
  return startRpcServer({ ...options, methods, explain });
}

/** What the devnet or a chain refuses is the caller's to mend. */
function explain(error: unknown): RpcError | undefined {
  if (error instanceof FaultError)
    return new RpcError(RPC_ERROR.INVALID_PARAMS, error.fault.message);
  if (error instanceof ChainError) return new RpcError(REFUSED, error.message);
  return undefined;
}

const describe = ({ node, adapter, deployment }: DevChain): unknown => ({
  id: adapter.id,
  family: node.family,
  name: node.name,
  domain: node.domain,
  rpcUrl: node.rpcUrl,
  finalityDepth: adapter.finalityDepth,
  deployment,
  accounts: Object.fromEntries(DEVNET_ROLES.map((role) => [role, node.addressOf(role)])),
});

const isCount = (value: unknown, max: number): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max;

/** Dollars, as a number or decimal string of at most six digits behind the point, in 1e-6. */
function dollars(value: unknown): bigint {
  const match = /^([0-9]{1,12})(?:\.([0-9]{1,6}))?$/.exec(String(value));
  if (match === null) return refuseParams(`${JSON.stringify(value)} is no amount of dollars`);
  return BigInt(match[1]!) * USD + BigInt((match[2] ?? "").padEnd(6, "0"));
}
