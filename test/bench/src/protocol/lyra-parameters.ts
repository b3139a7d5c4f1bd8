import { MAX_UINT256, UNIT } from "./tokens.ts";

const HOUR = 3600n;
const DAY = 24n * HOUR;
const WEEK = 7n * DAY;
export const MONTH = 28n * DAY;
const NOBODY = `0x${"00".repeat(20)}`;
/** Thousandths as a number with 18 digits after the point. */
const milli = (value: bigint): bigint => (value * UNIT) / 1000n;

export const SECURITY_MODULE = `0x${"ef".repeat(20)}`;

/** The parameters under which the package's own tests open a market, by the function that sets them. */
export const LYRA_PARAMETERS = {
  setOptionMarketParams: {
    maxBoardExpiry: 12n * MONTH,
    securityModule: SECURITY_MODULE,
    feePortionReserved: milli(100n),
    staticBaseSettlementFee: milli(7n),
  },
  setLiquidityPoolParameters: {
    ...{ minDepositWithdraw: UNIT, depositDelay: WEEK, withdrawalDelay: WEEK },
    ...{
      withdrawalFee: milli(10n),
      liquidityCBThreshold: milli(10n),
      liquidityCBTimeout: 3n * DAY,
    },
    ...{ ivVarianceCBThreshold: milli(100n), skewVarianceCBThreshold: milli(350n) },
    ...{ ivVarianceCBTimeout: 12n * HOUR, skewVarianceCBTimeout: 12n * HOUR },
    ...{ guardianMultisig: NOBODY, guardianDelay: 2n * WEEK },
    ...{ boardSettlementCBTimeout: 6n * HOUR, maxFeePaid: milli(10n) },
  },
  setPoolHedgerParams: { interactionDelay: DAY, hedgeCap: MAX_UINT256 },
  setGreekCacheParameters: {
    ...{ maxStrikesPerBoard: 30n, acceptableSpotPricePercentMove: milli(50n) },
    ...{
      staleUpdateDuration: 3n * HOUR,
      varianceIvGWAVPeriod: DAY,
      varianceSkewGWAVPeriod: 3n * DAY,
    },
    ...{ optionValueIvGWAVPeriod: DAY, optionValueSkewGWAVPeriod: 3n * DAY },
    ...{ gwavSkewFloor: milli(500n), gwavSkewCap: milli(2000n), rateAndCarry: milli(50n) },
  },
  setMinCollateralParameters: {
    ...{ minStaticBaseCollateral: milli(200n), minStaticQuoteCollateral: 200n * UNIT },
    ...{ shockVolA: milli(2500n), shockVolPointA: 2n * WEEK },
    ...{ shockVolB: milli(1800n), shockVolPointB: 8n * WEEK },
    ...{ callSpotPriceShock: milli(1200n), putSpotPriceShock: milli(800n) },
  },
  setForceCloseParameters: {
    ...{ ivGWAVPeriod: 12n * HOUR, skewGWAVPeriod: DAY },
    ...{ shortVolShock: milli(1200n), shortPostCutoffVolShock: milli(1400n) },
    ...{ longVolShock: milli(800n), longPostCutoffVolShock: milli(500n) },
    ...{ liquidateVolShock: milli(1300n), liquidatePostCutoffVolShock: milli(1600n) },
    ...{ shortSpotMin: milli(10n), liquidateSpotMin: milli(20n) },
  },
  setPricingParams: {
    ...{ optionPriceFeeCoefficient: milli(10n), optionPriceFee1xPoint: 6n * WEEK },
    ...{ optionPriceFee2xPoint: 16n * WEEK, spotPriceFeeCoefficient: milli(10n) },
    ...{ spotPriceFee1xPoint: 6n * WEEK, spotPriceFee2xPoint: 12n * WEEK },
    ...{
      vegaFeeCoefficient: 100n * UNIT,
      standardSize: 5n * UNIT,
      skewAdjustmentFactor: milli(750n),
    },
  },
  setTradeLimitParams: {
    ...{ minDelta: milli(150n), minForceCloseDelta: milli(250n), tradingCutoff: DAY / 2n },
    ...{
      minBaseIV: milli(350n),
      maxBaseIV: 2n * UNIT,
      minSkew: milli(500n),
      maxSkew: milli(1500n),
    },
    ...{ minVol: milli(550n), maxVol: 3n * UNIT, absMinSkew: milli(150n), absMaxSkew: 5n * UNIT },
    capSkewsToAbs: false,
  },
  setVarianceFeeParams: {
    ...{
      defaultVarianceFeeCoefficient: milli(250n),
      forceCloseVarianceFeeCoefficient: milli(250n),
    },
    ...{
      skewAdjustmentCoefficient: 3n * UNIT,
      referenceSkew: UNIT,
      minimumStaticSkewAdjustment: UNIT,
    },
    ...{ vegaCoefficient: milli(10n), minimumStaticVega: 0n },
    ...{ ivVarianceCoefficient: milli(1500n), minimumStaticIvVariance: UNIT },
  },
  setPartialCollateralParams: {
    ...{ penaltyRatio: milli(200n), liquidatorFeeRatio: milli(400n), smFeeRatio: milli(300n) },
    minLiquidationFee: 15n * UNIT,
  },
} as const;
