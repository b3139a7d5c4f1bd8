import { encodeFunctionData } from "viem";
import { packageArtefact } from "./artefact.ts";
import type { Protocol } from "./protocol.ts";
import { approve, deployPair, UNIT } from "./tokens.ts";
import { PRICE_ONE } from "./uniswap-v3.ts";

const CORE = "@uniswap/v4-core@1.0.2";
const NOBODY = `0x${"00".repeat(20)}`;
/** The lowest price that a swap of token 0 may reach (`TickMath.MIN_SQRT_PRICE` + 1). */
const LOWEST_PRICE = 4295128740n;

const contract = (name: string): string => `out/${name}.sol/${name}.json`;

/** A swap through the package's own router in a pool without hooks: settlement in transient storage. */
export const uniswapV4: Protocol = {
  name: "uniswap v4 swap",
  packages: [CORE],
  async deploy(on) {
    const manager = await on.deploy(packageArtefact(CORE, contract("PoolManager")), [on.address]);
    const swapper = await on.deploy(packageArtefact(CORE, contract("PoolSwapTest")), [
      manager.address,
    ]);
    const artefact = packageArtefact(CORE, contract("PoolModifyLiquidityTest"));
    const liquidity = await on.deploy(artefact, [manager.address]);
    const [token0, token1] = await deployPair(on);
    await approve(on, [token0, token1], swapper.address);
    await approve(on, [token0, token1], liquidity.address);
    const key = {
      currency0: token0.address,
      currency1: token1.address,
      fee: 3000,
      tickSpacing: 60,
      hooks: NOBODY,
    };
    await on.send(manager, "initialize", [key, PRICE_ONE]);
    const salt = `0x${"00".repeat(32)}`;
    const range = { tickLower: -6000, tickUpper: 6000, liquidityDelta: 10n ** 6n * UNIT, salt };
    await on.send(liquidity, "modifyLiquidity", [key, range, "0x"]);
    const swap = { zeroForOne: true, amountSpecified: -UNIT, sqrtPriceLimitX96: LOWEST_PRICE };
    const settings = { takeClaims: false, settleUsingBurn: false };
    const args = [key, swap, settings, "0x"];
    await on.send(swapper, "swap", args);
    const data = encodeFunctionData({ abi: swapper.abi, functionName: "swap", args });
    return { to: swapper.address, data };
  },
};
