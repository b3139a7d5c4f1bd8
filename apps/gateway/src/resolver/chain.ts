import { ChainError, type ChainFamily } from "@dragoman/chain";
import type {
  AmountResolvers,
  BlockResolvers,
  ChainFamily as ChainFamilyName,
  ChainResolvers,
} from "@dragoman/schema";
import type { GatewayContext } from "../context.ts";
import { DECIMALS } from "../market/action-input.ts";
import { decimalOf } from "../market/amount.ts";
import { blockModel } from "../market/shown-blocks.ts";

const FAMILIES: Record<ChainFamily, { readonly name: ChainFamilyName; readonly title: string }> = {
  evm: { name: "EVM", title: "Ethereum" },
  svm: { name: "SVM", title: "Solana" },
  move: { name: "MOVE", title: "Aptos" },
  substrate: { name: "SUBSTRATE", title: "Polkadot" },
};

export const amountResolvers: Required<AmountResolvers<GatewayContext>> = {
  raw: (amount) => amount,
  decimals: () => DECIMALS,
  value: decimalOf,
};

export const blockResolvers: Required<BlockResolvers<GatewayContext>> = {
  chain: ({ chain }) => ({ id: chain }),
  height: ({ ref }) => ref.height,
  hash: ({ ref }) => ref.hash,
  parentHash: ({ ref }) => ref.parentHash,
  timestamp: ({ ref }) => BigInt(ref.timestamp),
  finality: ({ isFinal }) => (isFinal ? "FINAL" : "LATEST"),
};

export const chainResolvers: Required<Omit<ChainResolvers<GatewayContext>, "__isTypeOf">> = {
  id: ({ id }) => id,
  family: ({ id }, _, { chains }) => FAMILIES[chains.of(id).family].name,
  name: ({ id }, _, { chains }) => FAMILIES[chains.of(id).family].title,
  domain: ({ id }, _, { chains }) => chains.of(id).domain,
  finalityDepth: ({ id }, _, { chains }) => chains.of(id).finalityDepth,
  head: async ({ id }, _, { view }) => blockModel((await view.chain(id)).head!),
  async finalized({ id }, _, { view }) {
    const { finalized, head } = await view.chain(id);
    return blockModel(finalized ?? head!);
  },
  async lag({ id }, _, { chains, view }) {
    try {
      const { height } = await chains.of(id).head();
      return Math.max(0, height - (await view.chain(id)).head!.height);
    } catch (error) {
      if (error instanceof ChainError) return null;
      throw error;
    }
  },
  market: ({ id }) => ({ chain: id }),
};
