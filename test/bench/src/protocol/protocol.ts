import type { Hex } from "viem";
import type { Deployment } from "./deployment.ts";

/** The transaction of a protocol that is measured, sent again and again by the deployer. */
export interface HotCall {
  readonly to: Hex;
  readonly data: Hex;
}

/** A protocol that others wrote, from its published artefacts. */
export interface Protocol {
  /** What is measured: "uniswap v2 swap". */
  readonly name: string;
  /** Packages that it needs, `name@version`. */
  readonly packages: readonly string[];
  /** Deploys and configures it on all nodes; gives the call that is measured. */
  deploy(on: Deployment): Promise<HotCall>;
}
