import {
  type RestRequest,
  type RestResponse,
  type RpcServer,
  startRpcServer,
} from "@dragoman/rpc-server";
import { ApiError, apiErrorOf } from "./api-error.ts";
import type { AptosContext } from "./aptos-context.ts";
import { blockRoutes, ledgerHeaders } from "./block-routes.ts";
import { developerRoutes } from "./developer-routes.ts";
import { faucetRoutes } from "./faucet.ts";
import { indexerRoutes } from "./indexer-routes.ts";
import { findRoute, jsonResponse, type Routes } from "./router.ts";
import { stateRoutes } from "./state-routes.ts";
import { tableRoutes } from "./table-routes.ts";
import { transactionRoutes } from "./transaction-routes.ts";
import { viewRoutes } from "./view-routes.ts";

export interface AptosRpcOptions extends Omit<AptosContext, "faucetSecret"> {
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** 0 = any free one. */
  readonly port: number;
  /** Secret of 32 bytes of the account that `/fund` pays from; default: there is no faucet. */
  readonly faucetSecret?: Uint8Array;
  /** Hears of unexpected errors; default: standard error. */
  readonly log?: (line: string) => void;
}

/**
 * Starts a node's REST interface under `/v1`, and the faucet at `/fund` and `/mint` of the same port. ts-sdk is configured with
 * `fullnode: url + "/v1"`, `faucet: url` and, for `fundAccount` with its default options, `indexer: url + "/v1/graphql"`.
 */
export function startAptosRpc(options: AptosRpcOptions): Promise<RpcServer> {
  const { ledger, producer, clock, faucetSecret, host, port } = options;
  const context: AptosContext = { ledger, producer, clock, faucetSecret };
  const log = options.log ?? ((line: string) => void process.stderr.write(`${line}\n`));
  const routes: Routes = {
    ...blockRoutes(context),
    ...transactionRoutes(context),
    ...stateRoutes(context),
    ...tableRoutes(context),
    ...viewRoutes(context),
    ...faucetRoutes(context),
    ...indexerRoutes(context),
    ...developerRoutes(context),
  };
  return startRpcServer({
    port,
    log,
    rest: (request) => answer(context, routes, request, log),
    ...(host === undefined ? {} : { host }),
  });
}

async function answer(
  context: AptosContext,
  routes: Routes,
  request: RestRequest,
  log: (line: string) => void,
): Promise<RestResponse> {
  try {
    const found = findRoute(routes, request);
    if (found === undefined) {
      throw new ApiError(
        "web_framework_error",
        `nothing answers ${request.method} ${request.path}`,
      );
    }
    const result = await found.route({ ...request, params: found.params });
    return jsonResponse(result, ledgerHeaders(context.ledger));
  } catch (error) {
    const known = apiErrorOf(error);
    if (known === undefined) {
      log(`${request.method} ${request.path}: ${(error as Error).stack ?? error}`);
    }
    const { response } = known ?? new ApiError("internal_error", "Internal error");
    return { ...response, headers: { ...response.headers, ...ledgerHeaders(context.ledger) } };
  }
}
