/** Substrate JSON-RPC over a ledger. */
export { encodeMetadata, METADATA_VERSIONS } from "./metadata/metadata.ts";
export { RUNTIME_APIS } from "./runtime-api/runtime-apis.ts";
export { encodeSs58, parseAccount } from "./ss58.ts";
export { type SubstrateRpcOptions, startSubstrateRpc } from "./start-substrate-rpc.ts";
