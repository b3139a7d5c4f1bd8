import type { MarketEvent } from "@dragoman/chain";
import { decodeEvmLog } from "@dragoman/protocol";
import { type Address, BaseError, type Hex, type PublicClient, type StateOverride } from "viem";

export interface SimulatedCall {
  readonly account: Address;
  /** The market. */
  readonly to: Address;
  readonly data: Hex;
  readonly stateOverride?: StateOverride;
}

/** The market's events of a call that succeeds, by `eth_simulateV1`; undefined on nodes that have no such method. */
export async function simulatedEvents(
  client: PublicClient,
  { account, to, data, stateOverride }: SimulatedCall,
): Promise<readonly MarketEvent[] | undefined> {
  const overrides = stateOverride === undefined ? {} : { stateOverrides: stateOverride };
  try {
    const blocks = [{ calls: [{ account, to, data }], ...overrides }];
    const [block] = await client.simulateBlocks({ blocks });
    const logs = block?.calls[0]?.logs ?? [];
    return logs.flatMap((log) =>
      log.address.toLowerCase() === to.toLowerCase() ? (decodeEvmLog(log) ?? []) : [],
    );
  } catch (error) {
    if (error instanceof BaseError && error.walk(isMissing) !== null) return undefined;
    throw error;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  ["MethodNotFoundRpcError", "MethodNotSupportedRpcError"].includes(error.name);
