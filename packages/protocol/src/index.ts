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
