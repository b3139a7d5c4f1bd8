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
const FAMILIES: Readonly<Partial<Record<ChainFamily, Open>>> = {
  async evm(config) {
    const { createEvmAdapter } = await import("@dragoman/adapter-evm");
    const { signerFromSecret } = await import("@dragoman/sdk-evm");
    const { rpcUrl, domain, finalityDepth } = config;
    if (finalityDepth === undefined) {
      return refuse(
        "INVALID_RELAYER_SETTINGS",
        undefined,
        `the chain with domain ${domain} needs a finalityDepth`,
      );
    }
    const deployment = texts(config, ["market", "token"]);
    return {
      chain: await createEvmAdapter({ rpcUrl, domain, deployment, finalityDepth }),
      signer: signerFromSecret(config.secret),
    };
  },
  async svm(config) {
    const { createSolanaAdapter } = await import("@dragoman/adapter-solana");
    const { signerFromSecret } = await import("@dragoman/sdk-solana");
    const { rpcUrl, domain, finalityDepth } = config;
    const deployment = texts(config, ["programId", "mint"]);
    const depth = finalityDepth === undefined ? {} : { finalityDepth };
    return {
      chain: await createSolanaAdapter({ rpcUrl, domain, deployment, ...depth }),
      signer: signerFromSecret(config.secret),
    };
  },
  async move(config) {
    const { createMoveAdapter } = await import("@dragoman/adapter-move");
    const { signerFromSecret } = await import("@dragoman/sdk-move");
    const { rpcUrl, domain } = config;
    const deployment = texts(config, ["address"]);
    return {
      chain: await createMoveAdapter({ rpcUrl, domain, deployment }),
      signer: signerFromSecret(config.secret),
    };
  },
};

/** Connects to a chain. Rejects with a ChainError; fault: INVALID_RELAYER_SETTINGS. */
export async function openChain(config: ChainConfig): Promise<OpenChain> {
  const open = FAMILIES[config.family];
  if (open === undefined) {
    return refuse("UNSUPPORTED_CHAIN", undefined, `no adapter for chains of ${config.family}`);
  }
  return open(config);
}

/** Texts of a deployment. */
function texts<Name extends string>(
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
