import { encodeFunctionData } from "viem";
import { packageArtefact } from "./artefact.ts";
import type { Protocol } from "./protocol.ts";
import { approve, deployPair, MAX_UINT256, UNIT } from "./tokens.ts";

const CORE = "@uniswap/v3-core@1.0.1";
const PERIPHERY = "@uniswap/v3-periphery@1.4.4";
const WETH = "@uniswap/v2-periphery@1.1.0-beta.0";
const FEE = 3000;
/** A price of 1 as a square root with 96 fractional bits. */
export const PRICE_ONE = 2n ** 96n;
const NOBODY = `0x${"00".repeat(20)}`;

const contract = (name: string): string => `artifacts/contracts/${name}.sol/${name}.json`;

/** A swap through the router in a pool of 0.3 % with one position around the price. */
export const uniswapV3: Protocol = {
  name: "uniswap v3 swap",
  packages: [CORE, PERIPHERY, WETH],
  async deploy(on) {
    const factory = await on.deploy(packageArtefact(CORE, contract("UniswapV3Factory")));
    const weth = await on.deploy(packageArtefact(WETH, "build/WETH9.json"));
    const places = [factory.address, weth.address];
    const router = await on.deploy(packageArtefact(PERIPHERY, contract("SwapRouter")), places);
    const manager = packageArtefact(PERIPHERY, contract("NonfungiblePositionManager"));
    const positions = await on.deploy(manager, [...places, NOBODY]);
    const [token0, token1] = await deployPair(on);
    const pair = { token0: token0.address, token1: token1.address, fee: FEE };
    await on.send(positions, "createAndInitializePoolIfNecessary", [
      ...[pair.token0, pair.token1, FEE, PRICE_ONE],
    ]);
    await approve(on, [token0, token1], positions.address);
    await approve(on, [token0, token1], router.address);
    const range = { tickLower: -6000, tickUpper: 6000 };
    const amounts = { amount0Desired: 10n ** 6n * UNIT, amount1Desired: 10n ** 6n * UNIT };
    const least = { amount0Min: 0n, amount1Min: 0n };
    const end = { recipient: on.address, deadline: MAX_UINT256 };
    await on.send(positions, "mint", [{ ...pair, ...range, ...amounts, ...least, ...end }]);
    const swap = {
      ...{ tokenIn: pair.token0, tokenOut: pair.token1, fee: FEE, ...end },
      ...{ amountIn: UNIT, amountOutMinimum: 0n, sqrtPriceLimitX96: 0n },
    };
    await on.send(router, "exactInputSingle", [swap]);
    const data = encodeFunctionData({
      abi: router.abi,
      functionName: "exactInputSingle",
      args: [swap],
    });
    return { to: router.address, data };
  },
};
