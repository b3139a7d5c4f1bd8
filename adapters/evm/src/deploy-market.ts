import { encodeHex } from "@dragoman/bytes";
import { encodeTokenCall, marketInitcode, tokenInitcode } from "@dragoman/protocol";
import { type Address, createWalletClient, type Hash, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { evmClient } from "./evm-client.ts";
import type { EvmDeployment } from "./evm-deployment.ts";
import { evmError } from "./evm-error.ts";
import { hex } from "./evm-transaction.ts";

export interface DeployMarketOptions {
  readonly rpcUrl: string;
  /** Key of the deployer, who becomes the treasury: 32 bytes. */
  readonly secret: Uint8Array;
  readonly domain: number;
  /** Address that publishes prices. */
  readonly publisher: string;
  /** Addresses of the bridge's attesters, 20 bytes each. */
  readonly attesters: readonly Uint8Array[];
  readonly threshold: number;
  /** Annual, Q32. */
  readonly volatility: bigint;
  /** Collateral tokens that the treasury gets, 1e-6. */
  readonly supply: bigint;
}

/** Deploys token and market. Afterwards only the market creates and destroys collateral. */
export async function deployMarket(options: DeployMarketOptions): Promise<EvmDeployment> {
  const treasury = await openTreasury(options.rpcUrl, options.secret);
  const { publisher, domain, volatility, threshold, supply } = options;
  const token = await treasury.create(tokenInitcode(treasury.address));
  const attesters = options.attesters.map((address) => encodeHex(address));
  const terms = { token, publisher, domain, volatility, attesters, threshold };
  const market = await treasury.create(marketInitcode(terms));
  await treasury.send(token, encodeTokenCall("mint", [treasury.address, supply]));
  await treasury.send(token, encodeTokenCall("setMinter", [market, true]));
  await treasury.send(token, encodeTokenCall("setMinter", [treasury.address, false]));
  return { market, token };
}

export interface FundAccountOptions {
  readonly rpcUrl: string;
  /** Key of the treasury. */
  readonly secret: Uint8Array;
  readonly deployment: EvmDeployment;
  readonly to: string;
  /** Wei. */
  readonly native: bigint;
  /** 1e-6 USD. */
  readonly collateral: bigint;
}

/** Sends native coin and collateral from the treasury. */
export async function fundAccount(options: FundAccountOptions): Promise<void> {
  const { to, native, collateral, deployment } = options;
  const treasury = await openTreasury(options.rpcUrl, options.secret);
  if (native > 0n) await treasury.send(to, new Uint8Array(0), native);
  if (collateral > 0n) {
    await treasury.send(deployment.token, encodeTokenCall("transfer", [to, collateral]));
  }
}

/** Sends transactions of the treasury, one after the other. */
async function openTreasury(rpcUrl: string, secret: Uint8Array) {
  const account = privateKeyToAccount(hex(secret));
  const client = evmClient(rpcUrl);
  const id = await client.getChainId().catch((error: unknown) => {
    throw evmError("eip155", error);
  });
  const chain = {
    id,
    name: `eip155:${id}`,
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  };
  const wallet = createWalletClient({ account, chain, transport: http(rpcUrl, { retryCount: 0 }) });
  const included = async (sent: Promise<Hash>) => {
    try {
      const receipt = await client.waitForTransactionReceipt({
        hash: await sent,
        pollingInterval: 20,
      });
      if (receipt.status === "success") return receipt;
      throw new Error(`${receipt.transactionHash} reverted`);
    } catch (error) {
      throw evmError(`eip155:${id}`, error);
    }
  };
  return {
    address: account.address.toLowerCase(),
    async create(initcode: Uint8Array): Promise<string> {
      const receipt = await included(wallet.sendTransaction({ data: hex(initcode) }));
      return receipt.contractAddress!.toLowerCase();
    },
    async send(to: string, data: Uint8Array, value = 0n): Promise<void> {
      await included(wallet.sendTransaction({ to: to as Address, data: hex(data), value }));
    },
  };
}
