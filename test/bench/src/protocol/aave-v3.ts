import { encodeFunctionData, type Hex } from "viem";
import { type Artefact, packageArtefact } from "./artefact.ts";
import type { Deployed, Deployment } from "./deployment.ts";
import type { Protocol } from "./protocol.ts";
import { approve, deployPriceFeed, deployToken, UNIT } from "./tokens.ts";

const CORE = "@aave/core-v3@1.19.3";
const NOBODY: Hex = `0x${"00".repeat(20)}`;
/** One in rays, the unit of rates. */
const RAY = 10n ** 27n;
const VARIABLE_RATE = 2n;
/** Prices have eight digits after the point. */
const DOLLAR = 10n ** 8n;

const contract = (folder: string, name: string): Artefact =>
  packageArtefact(CORE, `artifacts/contracts/${folder}/${name}.sol/${name}.json`);

/** A loan in the second token against the first as collateral, at a variable rate. */
export const aaveV3: Protocol = {
  name: "aave v3 borrow",
  packages: [CORE],
  async deploy(on) {
    const provider = await on.deploy(contract("protocol/configuration", "PoolAddressesProvider"), [
      "bench",
      on.address,
    ]);
    await on.send(provider, "setACLAdmin", [on.address]);
    const roles = await on.deploy(contract("protocol/configuration", "ACLManager"), [
      provider.address,
    ]);
    await on.send(provider, "setACLManager", [roles.address]);
    await on.send(roles, "addPoolAdmin", [on.address]);
    const pool = await deployPool(on, provider);
    const [token0, token1] = [await deployToken(on, "ONE"), await deployToken(on, "TWO")];
    await deployOracle(on, provider, [token0, token1]);
    await openReserves(on, provider, pool, [token0, token1]);
    await approve(on, [token0, token1], pool.address);
    await on.send(pool, "supply", [token0.address, 10n ** 6n * UNIT, on.address, 0]);
    await on.send(pool, "supply", [token1.address, 10n ** 6n * UNIT, on.address, 0]);
    const args = [token1.address, UNIT, VARIABLE_RATE, 0, on.address];
    // The first loan opens the borrower's debt.
    await on.send(pool, "borrow", args);
    const data = encodeFunctionData({ abi: pool.abi, functionName: "borrow", args });
    return { to: pool.address, data };
  },
};

/** Pool and configurator behind the provider's proxies, with their libraries; gives the pool. */
async function deployPool(on: Deployment, provider: Deployed): Promise<Deployed> {
  const logic = (name: string): Artefact => contract("protocol/libraries/logic", name);
  const libraries: Record<string, Hex> = {};
  for (const name of LIBRARIES) {
    libraries[name] = (await on.deploy(logic(name), [], libraries)).address;
  }
  const artefact = contract("protocol/pool", "Pool");
  const pool = await on.deploy(artefact, [provider.address], libraries);
  await on.send(provider, "setPoolImpl", [pool.address]);
  const configurator = await on.deploy(
    contract("protocol/pool", "PoolConfigurator"),
    [],
    libraries,
  );
  await on.send(provider, "setPoolConfiguratorImpl", [configurator.address]);
  const address = (await on.read(provider, "getPool")) as Hex;
  return { address, abi: artefact.abi };
}

const LIBRARIES = [
  "BorrowLogic",
  "BridgeLogic",
  "ConfiguratorLogic",
  "EModeLogic",
  "FlashLoanLogic",
  "LiquidationLogic",
  "PoolLogic",
  "SupplyLogic",
];

/** The package's oracle over a feed for each token: 2,000 dollars and 1 dollar. */
async function deployOracle(
  on: Deployment,
  provider: Deployed,
  tokens: readonly Deployed[],
): Promise<void> {
  const feeds = [
    await deployPriceFeed(on, 8, 2000n * DOLLAR),
    await deployPriceFeed(on, 8, DOLLAR),
  ];
  const oracle = await on.deploy(contract("misc", "AaveOracle"), [
    provider.address,
    tokens.map(({ address }) => address),
    feeds.map(({ address }) => address),
    ...[NOBODY, NOBODY, DOLLAR],
  ]);
  await on.send(provider, "setPriceOracle", [oracle.address]);
}

/** A reserve for each token: collateral at 75 %, borrowing allowed. */
async function openReserves(
  on: Deployment,
  provider: Deployed,
  pool: Deployed,
  tokens: readonly Deployed[],
): Promise<void> {
  const implementation = async (name: string): Promise<Hex> =>
    (await on.deploy(contract("protocol/tokenization", name), [pool.address])).address;
  const rates = [RAY / 2n, 0n, RAY / 20n, RAY, RAY / 20n, RAY, RAY / 50n, RAY / 20n, RAY / 5n];
  const strategy = contract("protocol/pool", "DefaultReserveInterestRateStrategy");
  const shared = {
    aTokenImpl: await implementation("AToken"),
    stableDebtTokenImpl: await implementation("StableDebtToken"),
    variableDebtTokenImpl: await implementation("VariableDebtToken"),
    underlyingAssetDecimals: 18,
    interestRateStrategyAddress: (await on.deploy(strategy, [provider.address, ...rates])).address,
    ...{ treasury: on.address, incentivesController: NOBODY, params: "0x" },
    ...{ aTokenName: "A", aTokenSymbol: "A", stableDebtTokenName: "S", stableDebtTokenSymbol: "S" },
    ...{ variableDebtTokenName: "V", variableDebtTokenSymbol: "V" },
  };
  const address = (await on.read(provider, "getPoolConfigurator")) as Hex;
  const configurator = { address, abi: contract("protocol/pool", "PoolConfigurator").abi };
  const reserves = tokens.map((token) => ({ ...shared, underlyingAsset: token.address }));
  await on.send(configurator, "initReserves", [reserves]);
  for (const token of tokens) {
    const limits = [7500n, 8000n, 10500n];
    await on.send(configurator, "configureReserveAsCollateral", [token.address, ...limits]);
    await on.send(configurator, "setReserveBorrowing", [token.address, true]);
  }
}
