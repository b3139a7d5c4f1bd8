import {
  bcsFromJson,
  type JsonValue,
  parseAddress,
  parseTypeTag,
  TABLE_DOMAIN,
} from "@dragoman/frontend-move";
import { formatTypeTag, standardAddress } from "@dragoman/ledger-move";
import { ApiError } from "./api-error.ts";
import type { AptosContext } from "./aptos-context.ts";
import { resolveType } from "./move-types.ts";
import { jsonObject, parseInput, type RouteRequest, type Routes } from "./router.ts";
import { stateOf } from "./state-routes.ts";
import { valueJson } from "./value-json.ts";

/** Entries of tables, whose types the client names. */
export function tableRoutes({ ledger }: AptosContext): Routes {
  return {
    "POST /v1/tables/:handle/item": (request) => {
      const { state, version } = stateOf(ledger, request);
      const handle = parseInput("handle", () => parseAddress(request.params.handle ?? ""));
      const { keyTag, valueTag, key } = itemRequest(request);
      const bytes = parseInput("key", () =>
        state.read(
          TABLE_DOMAIN,
          handle,
          bcsFromJson(resolveType(ledger.machine, state, keyTag), key),
        ),
      );
      if (bytes === undefined) {
        const place = `Table handle(${standardAddress(handle)}), Table key(${JSON.stringify(key)})`;
        const message = `Table Item not found by ${place} and Ledger version(${version})`;
        throw new ApiError("table_item_not_found", message);
      }
      // A value lies in its table inside a struct of one field, which has the same BCS.
      const type = parseInput("value_type", () => resolveType(ledger.machine, state, valueTag));
      const json = parseInput(`the item is no ${formatTypeTag(valueTag)}`, () =>
        valueJson(type, bytes),
      );
      return { json };
    },
  };
}

function itemRequest(request: RouteRequest) {
  const { key_type: keyType, value_type: valueType, key } = jsonObject(request);
  if (typeof keyType !== "string" || typeof valueType !== "string" || key === undefined) {
    throw new ApiError("invalid_input", "the body has `key_type`, `value_type` and `key`");
  }
  return {
    keyTag: parseInput("key_type", () => parseTypeTag(keyType)),
    valueTag: parseInput("value_type", () => parseTypeTag(valueType)),
    key: key as JsonValue,
  };
}
