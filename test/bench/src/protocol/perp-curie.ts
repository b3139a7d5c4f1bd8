import { encodeFunctionData, type Hex } from "viem";
import { packageArtefact } from "./artefact.ts";
import type { Deployed, Deployment } from "./deployment.ts";
import type { Protocol } from "./protocol.ts";
import { approve, deployPriceFeed, deployToken, isBelow, MAX_UINT256, UNIT } from "./tokens.ts";
import { PRICE_ONE } from "./uniswap-v3.ts";

const PERP = "@perp/curie-contract@2.8.4";
const UNISWAP = "@uniswap/v3-core@1.0.1";
/** Parts of a million. */
const FEE = 10_000;
const USDC = 10n ** 6n;
/** The most that the exchange allows in a block. */
const TICKS_MAX = 1_000;
const PRICE = 100n;

const deploy = (on: Deployment, name: string): Promise<Deployed> =>
  on.deploy(packageArtefact(PERP, `artifacts/contracts/${name}.sol/${name}.json`));

/** A long position in a market at 100 dollars, against liquidity in its Uniswap v3 pool. */
export const perpCurie: Protocol = {
  name: "perp curie open position",
  packages: [PERP, UNISWAP],
  async deploy(on) {
    const usdc = await deployToken(on, "USDC", 6);
    const system = await deploySystem(on, usdc);
    const { house, vault, quote } = system;
    const base = await deployBase(on, quote);
    await openMarket(on, system, base);
    // Its mark price is a mean over time, and the pool's first observation must be older than that.
    on.pass(3600);
    await approve(on, [usdc], vault.address);
    await on.send(vault, "deposit", [usdc.address, 10n ** 7n * USDC]);
    const range = { lowerTick: 40_000, upperTick: 52_000, minBase: 0n, minQuote: 0n };
    const amounts = { base: 10n ** 5n * UNIT, quote: (10n ** 7n * UNIT) / 2n };
    const end = { deadline: MAX_UINT256, useTakerBalance: false };
    const order = { baseToken: base.address, ...amounts, ...range, ...end };
    await on.send(house, "addLiquidity", [order]);
    const long = {
      ...{ baseToken: base.address, isBaseToQuote: false, isExactInput: true, amount: 10n * UNIT },
      ...{ oppositeAmountBound: 0n, deadline: MAX_UINT256, sqrtPriceLimitX96: 0n },
      referralCode: `0x${"00".repeat(32)}`,
    };
    await on.send(house, "openPosition", [long]);
    const data = encodeFunctionData({
      abi: house.abi,
      functionName: "openPosition",
      args: [long],
    });
    return { to: house.address, data };
  },
};

interface System {
  readonly house: Deployed;
  readonly vault: Deployed;
  readonly quote: Deployed;
  readonly factory: Deployed;
  readonly registry: Deployed;
  readonly exchange: Deployed;
}

/** The contracts without their proxies, each knowing the others. */
async function deploySystem(on: Deployment, usdc: Deployed): Promise<System> {
  const factoryPath = "artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json";
  const factory = await on.deploy(packageArtefact(UNISWAP, factoryPath));
  const config = await deploy(on, "ClearingHouseConfig");
  const quote = await deploy(on, "QuoteToken");
  const registry = await deploy(on, "MarketRegistry");
  const orders = await deploy(on, "OrderBook");
  const fund = await deploy(on, "InsuranceFund");
  const exchange = await deploy(on, "Exchange");
  const balances = await deploy(on, "AccountBalance");
  const vault = await deploy(on, "Vault");
  const collateral = await deploy(on, "CollateralManager");
  const house = await deploy(on, "ClearingHouse");
  const initialise = (contract: Deployed, ...args: (Deployed | unknown)[]): Promise<void> =>
    on.send(contract, "initialize", args.map(addressOf));
  await initialise(config);
  await initialise(quote, "vUSD", "vUSD");
  await initialise(registry, factory, quote);
  await initialise(orders, registry);
  await initialise(fund, usdc);
  await initialise(exchange, registry, orders, config);
  await initialise(balances, config, orders);
  await initialise(vault, fund, config, balances, exchange);
  await initialise(
    collateral,
    config,
    vault,
    5,
    750_000,
    500_000,
    2_000,
    30_000,
    10_000n * USDC,
    0n,
  );
  await initialise(house, config, vault, quote, factory, exchange, balances, fund);
  await on.send(orders, "setExchange", [exchange.address]);
  await on.send(exchange, "setAccountBalance", [balances.address]);
  await on.send(fund, "setVault", [vault.address]);
  await on.send(balances, "setVault", [vault.address]);
  await on.send(vault, "setCollateralManager", [collateral.address]);
  await on.send(config, "setSettlementTokenBalanceCap", [MAX_UINT256]);
  for (const contract of [registry, orders, exchange, balances, vault]) {
    await on.send(contract, "setClearingHouse", [house.address]);
  }
  return { house, vault, quote, factory, registry, exchange };
}

const addressOf = (value: Deployed | unknown): unknown =>
  typeof value === "object" && value !== null && "address" in value ? value.address : value;

/** A base token whose address lies below the quote token's, as a market must have. */
async function deployBase(on: Deployment, quote: Deployed): Promise<Deployed> {
  const feed = await deployPriceFeed(on, 18, PRICE * UNIT);
  for (;;) {
    const base = await deploy(on, "BaseToken");
    if (!isBelow(base.address, quote.address)) continue;
    await on.send(base, "initialize", ["vETH", "vETH", feed.address]);
    return base;
  }
}

/** A pool of both virtual tokens, listed as a market. */
async function openMarket(on: Deployment, system: System, base: Deployed): Promise<void> {
  const { house, quote, factory, registry, exchange } = system;
  await on.send(factory, "createPool", [base.address, quote.address, FEE]);
  const address = (await on.read(factory, "getPool", [base.address, quote.address, FEE])) as Hex;
  const path = "artifacts/contracts/UniswapV3Pool.sol/UniswapV3Pool.json";
  const pool = { address, abi: packageArtefact(UNISWAP, path).abi };
  await on.send(pool, "initialize", [PRICE_ONE * 10n]);
  await on.send(pool, "increaseObservationCardinalityNext", [100]);
  for (const token of [quote, base]) {
    await on.send(token, "addWhitelist", [house.address]);
    await on.send(token, "addWhitelist", [address]);
    await on.send(token, "mintMaximumTo", [house.address]);
  }
  await on.send(registry, "addPool", [base.address, FEE]);
  await on.send(exchange, "setMaxTickCrossedWithinBlock", [base.address, TICKS_MAX]);
}
