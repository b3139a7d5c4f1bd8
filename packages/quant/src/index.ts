/** Fixed-point maths, option pricing, margin: the market's reference model. */

export {
  type Account,
  equityOf,
  FREE_SLOT,
  isFlat,
  type Marks,
  NO_ACCOUNT,
  NO_PERP,
  OPTION_SLOTS,
  type OptionSlot,
  optionValue,
  type Perp,
  pnlOf,
  type Requirement,
  requirementOf,
} from "./account.ts";
export { bps, notional } from "./amounts.ts";
export { applyAction } from "./apply-action.ts";
export {
  emptyNumbers,
  type FoldChange,
  type FoldState,
  foldEvent,
  ownersOf,
} from "./fold-event.ts";
export { type Greeks, greeksOf, NO_GREEKS, scaleGreeks } from "./greeks.ts";
export { MARKET_ERROR, MarketError } from "./market-error.ts";
export {
  type BridgeEnd,
  type ExportOrder,
  MarketModel,
  type MarketNumbers,
} from "./market-model.ts";
export { findSlot, joinSlot, type OptionSeries } from "./option-slots.ts";
export {
  attestationDigest,
  decodePacket,
  encodePacket,
  PACKET_BYTES,
  type Packet,
  packetId,
} from "./packet.ts";
export { intrinsic, type OptionTerms, premium } from "./premium.ts";
export { cdf, density, div, expNeg, isqrt, LN2, ln, mul, ONE, root } from "./q32.ts";
export { isUsablePrice } from "./usable-price.ts";
