import { encodeHex, equalBytes } from "@dragoman/bytes";
import {
  decodeModule,
  MODULE_DOMAIN,
  parseAddress,
  parseTypeTag,
  RESOURCE_DOMAIN,
} from "@dragoman/frontend-move";
import type { CommittedState } from "@dragoman/ledger";
import {
  APTOS_COIN,
  formatTypeTag,
  type MoveLedger,
  readAccount,
  resourceKey,
  type StructTag,
  standardAddress,
  storedCoins,
  structTagOfKey,
} from "@dragoman/ledger-move";
import { ApiError } from "./api-error.ts";
import type { AptosContext } from "./aptos-context.ts";
import { moduleAbi } from "./module-abi.ts";
import { resolveType } from "./move-types.ts";
import { parseInput, queryNumber, type RouteRequest, type Routes } from "./router.ts";
import { valueJson } from "./value-json.ts";

const PAGE_MAX = 9_999;

/** Accounts, their resources, modules and balances. */
export function stateRoutes({ ledger }: AptosContext): Routes {
  return {
    "GET /v1/accounts/:address": (request) => {
      const { state } = stateOf(ledger, request);
      const account = readAccount(state, addressOf(request));
      return {
        json: {
          sequence_number: String(account.sequenceNumber),
          authentication_key: encodeHex(account.authenticationKey),
        },
      };
    },
    "GET /v1/accounts/:address/resource/:type": (request) => {
      const { state, version } = stateOf(ledger, request);
      const address = addressOf(request);
      const tag = structTag(request.params.type ?? "");
      const bytes = state.read(RESOURCE_DOMAIN, address, resourceKey(tag));
      if (bytes === undefined) {
        const place = `Address(${standardAddress(address)}), Struct tag(${formatTypeTag(tag)})`;
        const message = `Resource not found by ${place} and Ledger version(${version})`;
        throw new ApiError("resource_not_found", message);
      }
      return { json: resourceJson(ledger, state, tag, bytes) };
    },
    "GET /v1/accounts/:address/resources": (request) => {
      const { state } = stateOf(ledger, request);
      const cells = cellsOf(state, RESOURCE_DOMAIN, addressOf(request));
      return page(request, cells, ({ key, value }) =>
        resourceJson(ledger, state, structTagOfKey(key), value),
      );
    },
    "GET /v1/accounts/:address/module/:name": (request) => {
      const { state, version } = stateOf(ledger, request);
      const address = addressOf(request);
      const name = request.params.name ?? "";
      const bytes = state.read(MODULE_DOMAIN, address, new TextEncoder().encode(name));
      if (bytes === undefined) {
        const place = `Address(${standardAddress(address)}), Module name(${name})`;
        const message = `Module not found by ${place} and Ledger version(${version})`;
        throw new ApiError("module_not_found", message);
      }
      return { json: moduleJson(bytes) };
    },
    "GET /v1/accounts/:address/modules": (request) => {
      const cells = cellsOf(stateOf(ledger, request).state, MODULE_DOMAIN, addressOf(request));
      return page(request, cells, ({ value }) => moduleJson(value));
    },
    "GET /v1/accounts/:address/balance/:asset": (request) => {
      const coin = structTag(request.params.asset ?? APTOS_COIN);
      const key = resourceKey(structTag(`0x1::coin::CoinStore<${formatTypeTag(coin)}>`));
      const store = stateOf(ledger, request).state.read(RESOURCE_DOMAIN, addressOf(request), key);
      return { json: Number(storedCoins(store)) };
    },
  };
}

/** State after the block of the version that a request names, or after the head. Throws an ApiError. */
export function stateOf(
  ledger: MoveLedger,
  request: RouteRequest,
): { readonly state: CommittedState; readonly version: number } {
  const newest = ledger.transactions.length - 1;
  const version = queryNumber(request, "ledger_version", newest);
  if (version === newest) return { state: ledger.state, version };
  const transaction = ledger.transactions.at(version);
  const state = transaction && ledger.blocks.stateAt(transaction.height);
  if (state === undefined) {
    const message = `Ledger version(${version}) is not there yet; the newest is ${newest}`;
    throw new ApiError("version_not_found", message);
  }
  return { state, version };
}

/** The address in the path. Throws an ApiError. */
export const addressOf = ({ params }: RouteRequest): Uint8Array =>
  parseInput("address", () => parseAddress(params.address ?? ""));

/** A struct type in any spelling. Throws an ApiError. */
function structTag(text: string): StructTag {
  const tag = parseInput("type", () => parseTypeTag(text));
  if (tag.tag !== "struct") throw new ApiError("invalid_input", `${text} is no struct`);
  return tag;
}

function resourceJson(
  ledger: MoveLedger,
  state: CommittedState,
  tag: StructTag,
  bytes: Uint8Array,
): unknown {
  const type = resolveType(ledger.machine, state, tag);
  return { type: formatTypeTag(tag), data: valueJson(type, bytes) };
}

const moduleJson = (bytes: Uint8Array): unknown => ({
  bytecode: encodeHex(bytes),
  abi: moduleAbi(decodeModule(bytes)),
});

interface Cell {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** An account's cells of one domain, by key. */
function cellsOf(state: CommittedState, domain: string, address: Uint8Array): Cell[] {
  const cells: Cell[] = [];
  for (const cell of state.cells()) {
    if (cell.domain === domain && equalBytes(cell.account, address)) cells.push(cell);
  }
  return cells.sort((a, b) => (encodeHex(a.key) < encodeHex(b.key) ? -1 : 1));
}

/** One page of a list; the header names the key at which the next begins. */
function page(request: RouteRequest, cells: readonly Cell[], show: (cell: Cell) => unknown) {
  const limit = Math.min(queryNumber(request, "limit", PAGE_MAX), PAGE_MAX);
  const start = request.query.get("start");
  const from = start === null ? 0 : cells.findIndex(({ key }) => encodeHex(key) >= start);
  const shown = from < 0 ? [] : cells.slice(from, from + limit);
  const next = from < 0 ? undefined : cells[from + limit];
  const headers: Record<string, string> = {};
  if (next !== undefined) headers["x-aptos-cursor"] = encodeHex(next.key);
  return { json: shown.map(show), headers };
}
