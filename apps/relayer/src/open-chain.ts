import type { ChainAdapter, ChainFamily, ChainSigner } from "@dragoman/chain";
import { refuse } from "@dragoman/fault";
import type { ChainConfig } from "./relayer-config.ts";

/** A chain with the account that pays there. */
export interface OpenChain {
  readonly chain: ChainAdapter;
  readonly signer: ChainSigner;
}

type Open = (config: ChainConfig) => Promise<OpenChain>;

/** Families by name. A client is loaded only if a chain of its family is configured. */
const FAMILIES: Readonly<Record<ChainFamily, Open>> = {
  async evm(config) {
    const { createEvmAdapter } = await import("@dragoman/adapter-evm");
    const { signerFromSecret } = await import("@dragoman/sdk-evm");
    const deployment = textsOf(config, ["market", "token"]);
    const { rpcUrl, domain } = config;
    const finalityDepth = depthOf(config);
    const chain = await createEvmAdapter({ rpcUrl, domain, deployment, finalityDepth });
    return { chain, signer: signerFromSecret(config.secret) };
  },
  async svm(config) {
    const { createSolanaAdapter } = await import("@dragoman/adapter-solana");
    const { signerFromSecret } = await import("@dragoman/sdk-solana");
    const deployment = textsOf(config, ["programId", "mint"]);
    const chain = await createSolanaAdapter({ ...placeOf(config), deployment });
    return { chain, signer: signerFromSecret(config.secret) };
  },
  async move(config) {
    const { createMoveAdapter } = await import("@dragoman/adapter-move");
    const { signerFromSecret } = await import("@dragoman/sdk-move");
    const deployment = textsOf(config, ["address"]);
    const chain = await createMoveAdapter({ ...placeOf(config), deployment });
    return { chain, signer: signerFromSecret(config.secret) };
  },
  async substrate(config) {
    const { createPolkadotAdapter } = await import("@dragoman/adapter-polkadot");
    const { signerFromSecret } = await import("@dragoman/sdk-polkadot");
    const deployment = textsOf(config, ["market", "token"]);
    const { rpcUrl, domain } = config;
    const finalityDepth = depthOf(config);
    const chain = await createPolkadotAdapter({ rpcUrl, domain, deployment, finalityDepth });
    return { chain, signer: signerFromSecret(config.secret) };
  },
};

/** Connects to a chain. Rejects with a ChainError; fault: INVALID_RELAYER_SETTINGS. */
export const openChain = (config: ChainConfig): Promise<OpenChain> =>
  FAMILIES[config.family](config);

const placeOf = ({ rpcUrl, domain, finalityDepth }: ChainConfig) => ({
  rpcUrl,
  domain,
  ...(finalityDepth === undefined ? {} : { finalityDepth }),
});

/** Depth of finality, where no node says it. */
function depthOf({ finalityDepth, domain }: ChainConfig): number {
  if (finalityDepth !== undefined) return finalityDepth;
  const why = `the chain with domain ${domain} needs a finalityDepth`;
  return refuse("INVALID_RELAYER_SETTINGS", undefined, why);
}

/** Texts of a deployment. */
function textsOf<Name extends string>(
  { deployment, domain }: ChainConfig,
  names: readonly Name[],
): Record<Name, string> {
  const entries = names.map((name) => {
    const value = deployment[name];
    if (typeof value === "string") return [name, value];
    const why = `the deployment of the chain with domain ${domain} has no ${name}`;
    return refuse("INVALID_RELAYER_SETTINGS", undefined, why);
  });
  return Object.fromEntries(entries);
}
