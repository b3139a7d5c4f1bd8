import type { MarketAction, UnsignedTransaction } from "@dragoman/chain";
import { encodeEvmAction, encodeTokenCall } from "@dragoman/protocol";
import type { Address, PublicClient } from "viem";
import { allowanceOverride } from "./allowance-override.ts";
import { evmError } from "./evm-error.ts";
import { hex, unsignedEvm } from "./evm-transaction.ts";

interface MarketPlace {
  readonly chain: string;
  readonly chainId: number;
  readonly market: Address;
  readonly token: Address;
}

/** Gas of an action that would fail now. */
const GAS_DEFAULT = 3_000_000n;
const ALLOWANCE_MAX = (1n << 256n) - 1n;

/** The transactions of an action: an allowance first, if the market takes tokens that it may not take yet. */
export async function buildEvm(
  client: PublicClient,
  place: MarketPlace,
  action: MarketAction,
  sender: Address,
  options: { readonly nonce?: bigint },
): Promise<readonly UnsignedTransaction[]> {
  const [fees, count, allowance] = await Promise.all([
    client.estimateFeesPerGas(),
    options.nonce ?? client.getTransactionCount({ address: sender, blockTag: "pending" }),
    allowanceLeft(client, place, action, sender),
  ]);
  const calls = [{ to: place.market, data: hex(encodeEvmAction(action)) }];
  if (!allowance) {
    calls.unshift({
      to: place.token,
      data: hex(encodeTokenCall("approve", [place.market, ALLOWANCE_MAX])),
    });
  }
  const allowed = allowanceOverride(place.token, sender, place.market);
  const built: UnsignedTransaction[] = [];
  for (const [i, { to, data }] of calls.entries()) {
    const request = { account: sender, to, data, ...(i > 0 ? { stateOverride: allowed } : {}) };
    const payload = {
      type: "eip1559",
      chainId: place.chainId,
      nonce: Number(count) + i,
      to,
      data,
      value: "0",
      gas: `${await estimate(client, request, place.chain)}`,
      maxFeePerGas: `${fees.maxFeePerGas * 2n}`,
      maxPriorityFeePerGas: `${fees.maxPriorityFeePerGas}`,
    } as const;
    built.push(unsignedEvm(place.chain, payload));
  }
  return built;
}

/** Whether the market may already take what the action needs. */
async function allowanceLeft(
  client: PublicClient,
  { market, token }: MarketPlace,
  action: MarketAction,
  sender: Address,
): Promise<boolean> {
  if (!takesTokens(action)) return true;
  const data = hex(encodeTokenCall("allowance", [sender, market]));
  const { data: word } = await client.call({ to: token, data });
  return BigInt(word ?? "0x0") >= action.amount;
}

/** Whether the market takes tokens from the sender. */
export const takesTokens = (
  action: MarketAction,
): action is Extract<MarketAction, { readonly type: "deposit" | "fundPool" }> =>
  action.type === "deposit" || action.type === "fundPool";

/** Estimate with a fifth to spare; the default if the action would fail now, which its simulation tells. */
async function estimate(
  client: PublicClient,
  request: Parameters<PublicClient["estimateGas"]>[0],
  chain: string,
): Promise<bigint> {
  try {
    return ((await client.estimateGas(request)) * 6n) / 5n;
  } catch (error) {
    if (evmError(chain, error).kind === "unreachable") throw error;
    return GAS_DEFAULT;
  }
}
