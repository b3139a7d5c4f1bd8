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
export {
  encodeMoveAction,
  encodeMoveInitialisation,
  type MoveCall,
  type MoveInitialisation,
  moveViews,
} from "./move-codec.ts";
export { decodeMoveEvent } from "./move-events.ts";
export {
  type MoveModuleFile,
  moveCollateralType,
  moveMarketError,
  moveModules,
} from "./move-modules.ts";
export { decodeMoveAccount, decodeMoveMarket, decodeMoveQuote } from "./move-views.ts";
export { SVM_MARKET_BASE64, SVM_SOURCE_HASH } from "./svm-artefacts.ts";
export {
  type SvmActionContext,
  type SvmInitialisation,
  svmInitialise,
  svmInstruction,
  svmQuote,
} from "./svm-codec.ts";
export { decodeSvmEvent, decodeSvmLogs } from "./svm-events.ts";
export {
  SVM_ASSOCIATED_TOKEN_PROGRAM,
  SVM_SYSTEM_PROGRAM,
  SVM_TOKEN_PROGRAM,
  type SvmDeployment,
  svmAccountAddress,
  svmMarketAddress,
  svmMarketElf,
  svmReceiptAddress,
  svmSentAddress,
  svmSettlementAddress,
  svmVaultAddress,
  svmWalletAddress,
} from "./svm-program.ts";
export {
  decodeSvmAccount,
  decodeSvmMarket,
  decodeSvmQuote,
  decodeSvmSent,
  isSvmReceipt,
  SVM_ACCOUNT_BYTES,
  SVM_MARKET_BYTES,
  type SvmMarketState,
  svmAccountOwner,
} from "./svm-state.ts";
