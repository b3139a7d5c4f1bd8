import { aaveV3 } from "./aave-v3.ts";
import { lyra } from "./lyra.ts";
import { perpCurie } from "./perp-curie.ts";
import type { Protocol } from "./protocol.ts";
import { synthetixPerps } from "./synthetix.ts";
import { uniswapV2 } from "./uniswap-v2.ts";
import { uniswapV3 } from "./uniswap-v3.ts";
import { uniswapV4 } from "./uniswap-v4.ts";

/** Protocols that are measured, and tested where their packages are. */
export const PROTOCOLS: readonly Protocol[] = [
  uniswapV2,
  uniswapV3,
  uniswapV4,
  aaveV3,
  synthetixPerps,
  perpCurie,
  lyra,
];
