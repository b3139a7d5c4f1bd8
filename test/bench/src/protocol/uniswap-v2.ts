import { encodeFunctionData } from "viem";
import { packageArtefact } from "./artefact.ts";
import type { Protocol } from "./protocol.ts";
import { approve, deployPair, MAX_UINT256, UNIT } from "./tokens.ts";

const CORE = "@uniswap/v2-core@1.0.1";
const PERIPHERY = "@uniswap/v2-periphery@1.1.0-beta.0";

/** A swap through the router in a pool of 10^6 units on both sides. */
export const uniswapV2: Protocol = {
  name: "uniswap v2 swap",
  packages: [CORE, PERIPHERY],
  async deploy(on) {
    const factory = await on.deploy(packageArtefact(CORE, "build/UniswapV2Factory.json"), [
      on.address,
    ]);
    const weth = await on.deploy(packageArtefact(PERIPHERY, "build/WETH9.json"));
    const artefact = packageArtefact(PERIPHERY, "build/UniswapV2Router02.json");
    const router = await on.deploy(artefact, [factory.address, weth.address]);
    const [token0, token1] = await deployPair(on);
    const path = [token0.address, token1.address];
    await approve(on, [token0, token1], router.address);
    const amounts = [10n ** 6n * UNIT, 10n ** 6n * UNIT, 0n, 0n];
    await on.send(router, "addLiquidity", [...path, ...amounts, on.address, MAX_UINT256]);
    const args = [UNIT, 0n, path, on.address, MAX_UINT256];
    // The first swap opens accumulators of the pair.
    await on.send(router, "swapExactTokensForTokens", args);
    const data = encodeFunctionData({
      abi: router.abi,
      functionName: "swapExactTokensForTokens",
      args,
    });
    return { to: router.address, data };
  },
};
