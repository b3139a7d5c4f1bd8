import { type JsonValue, MOVE_STATUS, type MoveMessage } from "@dragoman/frontend-move";
import {
  decodeEntryFunction,
  type ExecutionStatus,
  moduleNameOf,
  viewFunction,
  vmStatusText,
} from "@dragoman/ledger-move";
import { ApiError } from "./api-error.ts";
import type { AptosContext } from "./aptos-context.ts";
import { contentType, jsonObject, parseInput, type RouteRequest, type Routes } from "./router.ts";
import { stateOf } from "./state-routes.ts";
import { valueJson } from "./value-json.ts";

const VIEW_BCS = "application/x.aptos.view_function+bcs";

type ViewCall = Pick<MoveMessage, "module" | "function" | "typeArguments" | "args">;

/** Calls of public functions, with JSON or BCS arguments. */
export function viewRoutes({ ledger }: AptosContext): Routes {
  return {
    "POST /v1/view": (request) => {
      const isPast = request.query.has("ledger_version");
      const state = isPast ? stateOf(ledger, request).state : ledger.nextState;
      const call = contentType(request) === VIEW_BCS ? bcsCall(request) : jsonCall(request);
      const result = parseInput(`${call.module}::${call.function}`, () =>
        viewFunction(ledger.machine, state, call),
      );
      if (!result.ok) {
        throw new ApiError("invalid_input", vmStatusText(result.status), codeOf(result.status));
      }
      const { types, values } = result;
      return { json: values.map((bytes, index) => valueJson(types[index]!, bytes)) };
    },
  };
}

function bcsCall({ body }: RouteRequest): ViewCall {
  const payload = decodeEntryFunction(body);
  const { typeArguments, args } = payload;
  return { module: moduleNameOf(payload), function: payload.function, typeArguments, args };
}

function jsonCall(request: RouteRequest): ViewCall {
  const body = jsonObject(request);
  const { function: name, type_arguments: types = [], arguments: args = [] } = body;
  const parts = typeof name === "string" ? name.split("::") : [];
  const [address, module, fn] = parts;
  if (parts.length !== 3 || fn === undefined) {
    throw new ApiError("invalid_input", `\`function\` is no 0xA::module::function: ${name}`);
  }
  if (!Array.isArray(types) || !types.every((type) => typeof type === "string")) {
    throw new ApiError("invalid_input", "`type_arguments` is no list of types");
  }
  if (!Array.isArray(args)) throw new ApiError("invalid_input", "`arguments` is no list");
  return {
    module: `${address}::${module}`,
    function: fn,
    typeArguments: types as string[],
    args: args as JsonValue[],
  };
}

/** Number of the Move status of a failure. */
function codeOf(status: ExecutionStatus): number | null {
  switch (status.kind) {
    case "success":
      return null;
    case "outOfGas":
      return MOVE_STATUS.OUT_OF_GAS;
    case "abort":
      return MOVE_STATUS.ABORTED;
    default: {
      const numbers: Readonly<Record<string, number>> = MOVE_STATUS;
      return numbers[status.status] ?? null;
    }
  }
}
