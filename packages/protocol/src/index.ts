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
  decodeEvmAccount,
  decodeEvmLog,
  decodeEvmMarket,
  decodeEvmQuote,
  EVM_MARKET_READS,
  type EvmLog,
  type EvmMarketTerms,
  encodeEvmAccountRead,
  encodeEvmAction,
  encodeEvmQuote,
  encodeEvmRead,
  encodeEvmReceived,
  encodeTokenCall,
  evmMarketError,
  marketInitcode,
  tokenInitcode,
} from "./evm-codec.ts";
