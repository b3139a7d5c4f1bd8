import { createPublicClient, http, type PublicClient } from "viem";

/** Reads of one moment go out together; viem's own retries stay off, because the caller decides about them. */
export const evmClient = (rpcUrl: string): PublicClient =>
  createPublicClient({
    transport: http(rpcUrl, { batch: true, retryCount: 0 }),
    cacheTime: 0,
    pollingInterval: 20,
  });
