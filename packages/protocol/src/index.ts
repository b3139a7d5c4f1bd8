/** The market on chain: specification, programs, their artefacts and encodings. */

export {
  attestationDigest,
  decodePacket,
  encodePacket,
  PACKET_BYTES,
  type Packet,
  packetId,
} from "@dragoman/quant";
export {
  COLLATERAL_TOKEN_ABI,
  COLLATERAL_TOKEN_BYTECODE,
  EVM_SOURCE_HASH,
  MARKET_ABI,
  MARKET_BYTECODE,
} from "./evm-artefacts.ts";
export {
  type MoveCall,
  type MoveInitialisation,
  moveActionCall,
  moveInitialiseCall,
  moveViews,
} from "./move-codec.ts";
export { decodeMoveEvent } from "./move-events.ts";
export { type MoveModuleFile, moveCollateralType, moveModules } from "./move-modules.ts";
export { moveAccountOf, moveMarketOf, moveQuoteOf } from "./move-views.ts";
