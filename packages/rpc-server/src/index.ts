/** A JSON-RPC 2.0 and REST server over HTTP and WebSocket. */
export { type DeveloperTargets, developerMethods } from "./developer-methods.ts";
export {
  answerJsonRpc,
  type JsonRpcOptions,
  type RpcConnection,
  type RpcMethod,
  type RpcMethods,
} from "./json-rpc.ts";
export { RPC_ERROR, RpcError, refuseParams } from "./rpc-error.ts";
export {
  type RestRequest,
  type RestResponse,
  type RpcServer,
  type RpcServerOptions,
  startRpcServer,
} from "./start-server.ts";
export { Subscriptions } from "./subscriptions.ts";
