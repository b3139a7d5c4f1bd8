import type { ChainAdapter } from "@dragoman/chain";
import { MoveAdapter } from "./move-adapter.ts";
import type { MoveDeployment } from "./move-deployment.ts";
import { MoveNode } from "./move-node.ts";

export interface MoveAdapterOptions {
  /** The node's URL, with or without `/v1`. */
  readonly rpcUrl: string;
  /** The chain's number in packets. */
  readonly domain: number;
  readonly deployment: MoveDeployment;
}

/** Connects to a node. Rejects with a ChainError. */
export async function createMoveAdapter(options: MoveAdapterOptions): Promise<ChainAdapter> {
  const { rpcUrl, domain, deployment } = options;
  const node = new MoveNode(rpcUrl);
  const info = await node.info();
  node.chain = `aptos:${info.chain_id}`;
  // Aptos itself does not reorganise.
  const depth = info.dragoman_finality_depth ?? 0;
  return new MoveAdapter(node, domain, deployment.address, depth);
}
