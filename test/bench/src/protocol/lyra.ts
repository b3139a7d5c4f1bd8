import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "@dragoman/fault";
import { encodeFunctionData, type Hex, stringToHex } from "viem";
import { packageFolder } from "../peer/installed.ts";
import { type Artefact, artefactOf } from "./artefact.ts";
import type { Deployed, Deployment } from "./deployment.ts";
import { LYRA_PARAMETERS, MONTH, SECURITY_MODULE } from "./lyra-parameters.ts";
import type { Protocol } from "./protocol.ts";
import { MAX_UINT256, UNIT } from "./tokens.ts";

const FOLDERS = [".", "libraries", "test-helpers"];
const QUOTE = "sUSD";
const BASE = "sETH";
const SPOT_PRICE = 1742n * UNIT;
const LONG_CALL = 0;

/** A call bought in the option market, priced by Black-Scholes on chain, with the hedger and a mock of Synthetix from the package. */
export const lyra: Protocol = {
  name: "lyra option trade",
  packages: [],
  async deploy(on) {
    const synthetix = await deploySynthetix(on);
    const market = await deployMarket(on, synthetix);
    const { optionMarket, liquidityPool, poolHedger } = market;
    await on.send(synthetix.quote, "mint", [on.address, 10n ** 7n * UNIT]);
    await on.send(synthetix.base, "mint", [on.address, 10n ** 5n * UNIT]);
    for (const spender of [optionMarket, liquidityPool]) {
      await on.send(synthetix.quote, "approve", [spender.address, MAX_UINT256]);
    }
    await on.send(liquidityPool, "initiateDeposit", [on.address, 10n ** 6n * UNIT]);
    await on.send(poolHedger, "openShortAccount");
    await on.send(poolHedger, "hedgeDelta");
    const expiry = BigInt(on.seconds) + MONTH;
    const strikes = [1500n, 2000n, 2500n].map((price) => price * UNIT);
    const skews = [900n, 1000n, 1100n].map((skew) => (skew * UNIT) / 1000n);
    await on.send(optionMarket, "createOptionBoard", [expiry, UNIT, strikes, skews, false]);
    const trade = {
      ...{ strikeId: 1n, positionId: 0n, iterations: 1n, optionType: LONG_CALL, amount: UNIT },
      ...{ setCollateralTo: 0n, minTotalCost: 0n, maxTotalCost: MAX_UINT256 },
    };
    await on.send(optionMarket, "openPosition", [trade]);
    const { abi } = optionMarket;
    const data = encodeFunctionData({ abi, functionName: "openPosition", args: [trade] });
    return { to: optionMarket.address, data };
  },
};

function artefact(name: string): Artefact {
  const folder = packageFolder("@lyrafinance/protocol");
  assert(folder !== undefined, "@lyrafinance/protocol is installed");
  const paths = FOLDERS.map((inner) =>
    join(folder, "dist/artifacts/contracts", inner, `${name}.sol/${name}.json`),
  );
  const path = paths.find((candidate) => existsSync(candidate));
  assert(path !== undefined, `an artefact of ${name}`);
  return artefactOf(name, JSON.parse(readFileSync(path, "utf8")));
}

const name32 = (text: string): Hex => stringToHex(text, { size: 32 });

interface Synthetix {
  readonly adapter: Deployed;
  readonly quote: Deployed;
  readonly base: Deployed;
  /** Contracts that mint and must know each market. */
  readonly minters: readonly Deployed[];
  readonly libraries: Readonly<Record<string, Hex>>;
}

/** The package's adapter over its mocks of Synthetix, which resolve, price and swap. */
async function deploySynthetix(on: Deployment): Promise<Synthetix> {
  const plain = (name: string): Promise<Deployed> => on.deploy(artefact(name));
  const GWAV = (await plain("GWAV")).address;
  const BlackScholes = (await plain("BlackScholes")).address;
  const adapter = await plain("SynthetixAdapter");
  await on.send(adapter, "initialize");
  const quote = await on.deploy(artefact("TestERC20Fail"), ["Synthetic USD", QUOTE]);
  const base = await on.deploy(artefact("TestERC20Fail"), ["Synthetic ETH", BASE]);
  const exchanger = await plain("TestExchanger");
  const rates = await plain("TestExchangeRates");
  const system = await plain("TestSynthetixReturnZero");
  const approvals = await plain("TestDelegateApprovals");
  const short = await plain("TestCollateralShort");
  const resolver = await plain("TestAddressResolver");
  await on.send(system, "init", [adapter.address, quote.address, resolver.address]);
  await on.send(short, "init", [adapter.address, quote.address]);
  const names = [
    "ProxySynthetix",
    "Exchanger",
    "ExchangeRates",
    "CollateralShort",
    "DelegateApprovals",
  ];
  const places = [system, exchanger, rates, short, approvals].map(({ address }) => address);
  await on.send(resolver, "setAddresses", [names.map(name32), places]);
  await on.send(adapter, "setAddressResolver", [resolver.address]);
  await on.send(adapter, "updateSynthetixAddresses");
  const minters = [system, short];
  for (const minter of minters) {
    for (const token of [quote, base]) await on.send(token, "permitMint", [minter.address, true]);
  }
  for (const token of [quote, base]) await on.send(token, "permitMint", [on.address, true]);
  const fee = UNIT / 200n;
  await on.send(exchanger, "setFeeRateForExchange", [name32(BASE), name32(QUOTE), fee]);
  await on.send(exchanger, "setFeeRateForExchange", [name32(QUOTE), name32(BASE), fee]);
  await on.send(rates, "setRateAndInvalid", [name32(BASE), SPOT_PRICE, false]);
  return { adapter, quote, base, minters, libraries: { GWAV, BlackScholes } };
}

interface Market {
  readonly optionMarket: Deployed;
  readonly liquidityPool: Deployed;
  readonly poolHedger: Deployed;
}

async function deployMarket(on: Deployment, synthetix: Synthetix): Promise<Market> {
  const { adapter, quote, base, libraries } = synthetix;
  const plain = (name: string): Promise<Deployed> => on.deploy(artefact(name));
  const market = await plain("OptionMarket");
  const pricer = await plain("OptionMarketPricer");
  const greeks = await on.deploy(artefact("OptionGreekCache"), [], libraries);
  const pool = await plain("LiquidityPool");
  const share = await on.deploy(artefact("LiquidityToken"), ["pool", "POOL"]);
  const option = await on.deploy(artefact("OptionToken"), ["option", "OPTION"]);
  const collateral = await plain("ShortCollateral");
  const hedger = await plain("ShortPoolHedger");
  for (const minter of synthetix.minters) {
    await on.send(minter, "addBaseAsset", [name32(BASE), base.address, market.address]);
  }
  const initialise = (contract: Deployed, ...others: readonly Deployed[]): Promise<void> =>
    on.send(
      contract,
      "init",
      others.map(({ address }) => address),
    );
  await initialise(market, adapter, pool, pricer, greeks, collateral, option, quote, base);
  await initialise(pricer, market, greeks);
  await initialise(greeks, adapter, market, pricer);
  await initialise(pool, adapter, market, share, greeks, hedger, collateral, quote, base);
  await initialise(share, pool);
  await initialise(hedger, adapter, market, greeks, pool, quote, base);
  await initialise(collateral, market, pool, option, adapter, quote, base);
  await initialise(option, market, greeks, collateral, adapter);
  const assets = [name32(QUOTE), name32(BASE), SECURITY_MODULE, name32("")];
  await on.send(adapter, "setGlobalsForContract", [market.address, ...assets]);
  const owners: readonly Deployed[] = [market, pool, hedger, greeks, pricer, option];
  for (const [functionName, parameters] of Object.entries(LYRA_PARAMETERS)) {
    const owner = owners.find(({ abi }) =>
      abi.some((item) => item.type === "function" && item.name === functionName),
    );
    assert(owner !== undefined, `a contract with ${functionName}`);
    await on.send(owner, functionName, [parameters]);
  }
  await on.send(hedger, "setShortBuffer", [2n * UNIT]);
  return { optionMarket: market, liquidityPool: pool, poolHedger: hedger };
}
