import type { ChainAdapter, ChainSigner } from "@dragoman/chain";
import type { DevNode, MarketTerms } from "../dev-chain.ts";
import { type DevnetRole, devnetSecret } from "../secrets.ts";

/** What every adapter package offers, with the deployment of its family. */
export interface MarketClient<Deployment> {
  deployMarket(
    options: MarketTerms & {
      readonly rpcUrl: string;
      readonly secret: Uint8Array;
      readonly domain: number;
      readonly publisher: string;
    },
  ): Promise<Deployment>;
  fundAccount(options: {
    readonly rpcUrl: string;
    readonly secret: Uint8Array;
    readonly deployment: Deployment;
    readonly to: string;
    readonly native: bigint;
    readonly collateral: bigint;
  }): Promise<void>;
  connect(options: {
    readonly rpcUrl: string;
    readonly domain: number;
    readonly deployment: Deployment;
  }): Promise<ChainAdapter>;
}

/** How a node's market is deployed, paid into and seen: through its family's own client, by the treasury. */
export function marketCalls<Deployment>(
  { deployMarket, fundAccount, connect }: MarketClient<Deployment>,
  place: { readonly rpcUrl: string; readonly domain: number },
  signerOf: (role: DevnetRole) => ChainSigner,
): Pick<DevNode, "domain" | "rpcUrl" | "signerOf" | "addressOf" | "deploy" | "fund" | "connect"> {
  const secret = devnetSecret("treasury");
  return {
    ...place,
    signerOf,
    addressOf: (role) => signerOf(role).address,
    deploy: (terms) =>
      deployMarket({ ...place, secret, publisher: signerOf("publisher").address, ...terms }),
    fund: (deployment, to, native, collateral) => {
      const { rpcUrl } = place;
      // What `deploy` gave, perhaps read back from JSON.
      const known = deployment as Deployment;
      return fundAccount({ rpcUrl, secret, deployment: known, to, native, collateral });
    },
    connect: (deployment) => connect({ ...place, deployment: deployment as Deployment }),
  };
}
