import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "@dragoman/fault";
import { encodeFunctionData, type Hex, stringToHex, toFunctionSelector } from "viem";
import { type Artefact, artefactOf } from "./artefact.ts";
import type { Deployed, Deployment } from "./deployment.ts";
import { packagePath } from "./packages.ts";
import type { Protocol } from "./protocol.ts";
import { deployPriceFeed, UNIT } from "./tokens.ts";

const SYNTHETIX = "synthetix@2.102.1";
/** The package's record of its deployment on Optimism Sepolia holds the initcode of every contract; those of main networks mix in runtime code. */
const RECORD = "publish/deployed/sepolia-ovm/deployment.json";
const BASE = name32("sETH");
const MARKET = name32("sETHPERP");
const NOBODY: Hex = `0x${"00".repeat(20)}`;
const PRICE = 2000n;
const DAY = 86_400n;

/** An order at the current price in a PerpsV2 market, margin in sUSD. */
export const synthetixPerps: Protocol = {
  name: "synthetix perps v2 order",
  packages: [SYNTHETIX],
  async deploy(on) {
    const system = await deploySystem(on);
    const proxy = await deployMarket(on, system);
    await configure(on, system);
    // The deployer still stands for the issuer.
    await on.send(system.SynthsUSD, "issue", [on.address, 10n ** 6n * UNIT]);
    await completeSystem(on, system);
    await on.send(proxy, "transferMargin", [10n ** 5n * UNIT]);
    const args = [UNIT / 10n, 10n * PRICE * UNIT];
    await on.send(proxy, "modifyPosition", args);
    const { abi } = proxy;
    return {
      to: proxy.address,
      data: encodeFunctionData({ abi, functionName: "modifyPosition", args }),
    };
  },
};

function name32(text: string): Hex {
  return stringToHex(text, { size: 32 });
}

let record: Readonly<Record<string, Parameters<typeof artefactOf>[1]>> | undefined;

function artefact(name: string): Artefact {
  record ??= JSON.parse(readFileSync(join(packagePath(SYNTHETIX), RECORD), "utf8")).sources;
  const source = record?.[name];
  assert(source !== undefined, `a contract ${name} in the record`);
  return artefactOf(name, source);
}

/** Contracts by their names in the resolver. */
type Contracts = Readonly<Record<"resolver" | (typeof RESOLVED)[number] | "SynthsUSD", Deployed>>;

interface System extends Contracts {
  readonly libraries: Readonly<Record<string, Hex>>;
}

/** Contracts that know nothing but owner and resolver. */
const RESOLVED = [
  "FlexibleStorage",
  "SystemSettings",
  "ExchangeRates",
  "CircuitBreaker",
  "Exchanger",
  "DirectIntegrationManager",
  "FuturesMarketManager",
  "PerpsV2MarketSettings",
  "PerpsV2ExchangeRate",
  "SystemStatus",
  "ExchangeState",
  "FeePool",
] as const;

/** Names that contracts ask for when they look around: the deployer stands there, at the issuer's until it has issued sUSD to itself. */
const UNUSED = [
  ...["Issuer", "Synthetix", "TradingRewards", "DelegateApprovals", "DebtCache", "RewardEscrowV2"],
  ...["SynthetixDebtShare", "FeePoolEternalStorage", "RewardsDistribution", "CollateralManager"],
  ...["WrapperFactory", "EtherWrapper", "ext:AggregatorIssuedSynths", "ext:AggregatorDebtRatio"],
];

async function deploySystem(on: Deployment): Promise<System> {
  const libraries: Record<string, Hex> = {};
  for (const name of ["SafeDecimalMath", "SystemSettingsLib", "ExchangeSettlementLib"]) {
    libraries[name] = (await on.deploy(artefact(name), [], libraries)).address;
  }
  const resolver = await on.deploy(artefact("AddressResolver"), [on.address]);
  const own: Readonly<Record<string, readonly unknown[]>> = {
    FlexibleStorage: [resolver.address],
    SystemStatus: [on.address],
    ExchangeState: [on.address, NOBODY],
    FeePool: [NOBODY, on.address, resolver.address],
  };
  const contracts: Record<string, Deployed> = { resolver };
  for (const name of RESOLVED) {
    const args = own[name] ?? [on.address, resolver.address];
    contracts[name] = await on.deploy(artefact(name), args, libraries);
  }
  contracts.SynthsUSD = await deploySynth(on, resolver);
  const system: System = { ...(contracts as Contracts), libraries };
  const names = [...RESOLVED, "SynthsUSD"] as const;
  const places = names.map((name) => system[name].address);
  await on.send(resolver, "importAddresses", [
    [...names, ...UNUSED].map(name32),
    [...places, ...UNUSED.map(() => on.address)],
  ]);
  for (const name of names) {
    const { abi } = system[name];
    const caches = abi.some((item) => item.type === "function" && item.name === "rebuildCache");
    if (caches) await on.send(system[name], "rebuildCache");
  }
  await on.send(system.ExchangeState, "setAssociatedContract", [system.Exchanger.address]);
  return system;
}

/** Issuer and collateral manager, whom the fee pool asks about who pays it. */
async function completeSystem(on: Deployment, system: System): Promise<void> {
  const { resolver, libraries } = system;
  const issuer = await on.deploy(artefact("Issuer"), [on.address, resolver.address], libraries);
  const state = await on.deploy(artefact("CollateralManagerState"), [on.address, on.address]);
  const limits = [10n ** 8n * UNIT, UNIT / 5n, 0n, 0n];
  const manager = [state.address, on.address, resolver.address, ...limits];
  const collateral = await on.deploy(artefact("CollateralManager"), manager);
  const names = ["Issuer", "CollateralManager"].map(name32);
  await on.send(resolver, "importAddresses", [names, [issuer.address, collateral.address]]);
  for (const name of ["FeePool", "SynthsUSD", "Exchanger", "CircuitBreaker"] as const) {
    await on.send(system[name], "rebuildCache");
  }
}

/** sUSD behind its proxy; gives the token itself. */
async function deploySynth(on: Deployment, resolver: Deployed): Promise<Deployed> {
  const proxy = await on.deploy(artefact("ProxyERC20"), [on.address]);
  const state = await on.deploy(artefact("TokenState"), [on.address, on.address]);
  const key = name32("sUSD");
  const names = ["Synth sUSD", "sUSD", on.address, key, 0n, resolver.address];
  const synth = await on.deploy(artefact("MultiCollateralSynth"), [
    proxy.address,
    state.address,
    ...names,
  ]);
  await on.send(proxy, "setTarget", [synth.address]);
  await on.send(state, "setAssociatedContract", [synth.address]);
  return synth;
}

/** State, implementations and the proxy that routes to them; gives the proxy with the market's functions. */
async function deployMarket(on: Deployment, system: System): Promise<Deployed> {
  const { resolver, FuturesMarketManager: manager } = system;
  const state = await on.deploy(artefact("PerpsV2MarketState"), [
    ...[on.address, [on.address], BASE, MARKET, NOBODY],
  ]);
  const proxy = await on.deploy(artefact("ProxyPerpsV2"), [on.address]);
  const rest = [state.address, on.address, resolver.address];
  const market = await on.deploy(artefact("PerpsV2Market"), [proxy.address, ...rest]);
  const views = await on.deploy(artefact("PerpsV2MarketViews"), rest);
  for (const contract of [market, views]) await on.send(contract, "rebuildCache");
  await on.send(state, "linkOrInitializeState");
  await on.send(state, "addAssociatedContracts", [[market.address]]);
  const routes = [
    ...["transferMargin(int256)", "modifyPosition(int256,uint256)", "recomputeFunding()"].map(
      (signature) => [signature, market, false] as const,
    ),
    ...["marketKey()", "baseAsset()", "marketSize()"].map(
      (signature) => [signature, views, true] as const,
    ),
  ];
  for (const [signature, { address }, isView] of routes) {
    await on.send(proxy, "addRoute", [toFunctionSelector(signature), address, isView]);
  }
  await on.send(manager, "addProxiedMarkets", [[proxy.address]]);
  return { address: proxy.address, abi: market.abi };
}

/** Prices from a feed, and the limits of the market on Optimism in round numbers. */
async function configure(on: Deployment, system: System): Promise<void> {
  const { SystemSettings: settings, PerpsV2MarketSettings: market, ExchangeRates: rates } = system;
  await on.send(settings, "setRateStalePeriod", [DAY]);
  await on.send(settings, "setPriceDeviationThresholdFactor", [3n * UNIT]);
  const feed = await deployPriceFeed(on, 8, PRICE * 10n ** 8n);
  await on.send(rates, "addAggregator", [BASE, feed.address]);
  await on.send(market, "setMinInitialMargin", [40n * UNIT]);
  await on.send(market, "setMinKeeperFee", [UNIT]);
  await on.send(market, "setMaxKeeperFee", [1000n * UNIT]);
  await on.send(market, "setLiquidationFeeRatio", [UNIT / 200n]);
  await on.send(market, "setKeeperLiquidationFee", [2n * UNIT]);
  const fee = UNIT / 1000n;
  const parameters = {
    ...{ takerFee: fee, makerFee: fee, takerFeeDelayedOrder: fee, makerFeeDelayedOrder: fee },
    ...{ takerFeeOffchainDelayedOrder: fee, makerFeeOffchainDelayedOrder: fee },
    ...{ maxLeverage: 100n * UNIT, maxMarketValue: 10n ** 5n * UNIT },
    ...{ maxFundingVelocity: 9n * UNIT, skewScale: 10n ** 6n * UNIT },
    ...{ nextPriceConfirmWindow: 120n, delayedOrderConfirmWindow: 120n },
    ...{ minDelayTimeDelta: 60n, maxDelayTimeDelta: 6000n },
    ...{ offchainDelayedOrderMinAge: 2n, offchainDelayedOrderMaxAge: 60n },
    ...{ offchainMarketKey: name32("ocETHPERP"), offchainPriceDivergence: UNIT / 50n },
    ...{ liquidationPremiumMultiplier: UNIT, liquidationBufferRatio: UNIT / 100n },
    ...{ maxLiquidationDelta: UNIT, maxPD: UNIT },
  };
  await on.send(market, "setParameters", [MARKET, parameters]);
}
