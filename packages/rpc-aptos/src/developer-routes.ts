import { developerMethods, RpcError } from "@dragoman/rpc-server";
import { ApiError } from "./api-error.ts";
import type { AptosContext } from "./aptos-context.ts";
import { jsonBody, type RouteRequest, type Routes } from "./router.ts";
import { addressOf } from "./state-routes.ts";

const PREFIX = "dragoman_";

const NO_CONNECTION = { canNotify: false, notify() {}, onClose() {} };

/**
 * The developer methods of all chains as routes: `POST /v1/dragoman/mine` with the JSON array of the parameters as body. And the number that an
 * account's next transaction would have behind those that wait, which Aptos's interface does not tell.
 */
export function developerRoutes(context: AptosContext): Routes {
  const { ledger } = context;
  const methods = Object.fromEntries(
    [...developerMethods(context)].map(([name, method]) => [
      `POST /v1/dragoman/${name.slice(PREFIX.length)}`,
      async (request: RouteRequest) => {
        const params = request.body.length === 0 ? [] : jsonBody(request);
        if (!Array.isArray(params)) {
          throw new ApiError("invalid_input", "the body is no JSON array of parameters");
        }
        try {
          return { json: await method(params, NO_CONNECTION) };
        } catch (error) {
          if (error instanceof RpcError) throw new ApiError("invalid_input", error.message);
          throw error;
        }
      },
    ]),
  );
  return {
    ...methods,
    "GET /v1/dragoman/next_sequence_number/:address": (request) => ({
      json: { sequence_number: String(ledger.nextPendingNumber(addressOf(request))) },
    }),
  };
}
