import { developerMethods, RpcError } from "@dragoman/rpc-server";
import { ApiError } from "./api-error.ts";
import type { AptosContext } from "./aptos-context.ts";
import { jsonBody, type RouteRequest, type Routes } from "./router.ts";

const PREFIX = "dragoman_";

const NO_CONNECTION = { canNotify: false, notify() {}, onClose() {} };

/** The developer methods of all chains as routes: `POST /v1/dragoman/mine` with the JSON array of the parameters as body. */
export function developerRoutes(context: AptosContext): Routes {
  return Object.fromEntries(
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
}
