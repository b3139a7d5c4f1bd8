import { encodeHex } from "@dragoman/bytes";
import { lastVersion, type MoveBlock, type MoveLedger } from "@dragoman/ledger-move";
import { ApiError } from "./api-error.ts";
import type { AptosContext } from "./aptos-context.ts";
import { parseNumber, type RouteAnswer, type RouteRequest, type Routes } from "./router.ts";
import { committedJson, microseconds } from "./transaction-json.ts";

/** Transactions that an answer with `with_transactions` holds; clients fetch the rest by version. */
const TRANSACTIONS_MAX = 100;

/** What the node is, and blocks by height and by version. */
export function blockRoutes({ ledger }: AptosContext): Routes {
  return {
    "GET /v1": () => ({ json: ledgerInfo(ledger) }),
    "GET /v1/-/healthy": () => ({ json: { message: "aptos-node:ok" } }),
    "GET /v1/blocks/by_height/:height": (request) => {
      const height = parseNumber("height", request.params.height ?? "");
      return blockAnswer(ledger, request, ledger.blocks.at(height), `Block height(${height})`);
    },
    "GET /v1/blocks/by_version/:version": (request) => {
      const version = parseNumber("version", request.params.version ?? "");
      const height = ledger.transactions.at(version)?.height;
      const block = height === undefined ? undefined : ledger.blocks.at(height);
      return blockAnswer(ledger, request, block, `Ledger version(${version})`);
    },
  };
}

/** What `GET /v1` answers: the newest block, and the chain's time, which goes on while no blocks are made. */
function ledgerInfo(ledger: MoveLedger): Record<string, unknown> {
  const { head } = ledger.blocks;
  return {
    chain_id: ledger.chainId,
    epoch: "1",
    ledger_version: String(lastVersion(head)),
    oldest_ledger_version: "0",
    ledger_timestamp: microseconds(ledger.now),
    node_role: "full_node",
    oldest_block_height: "0",
    block_height: String(head.height),
    git_hash: "",
    // No fields of Aptos's, whose blocks are final: what a reorganisation may undo.
    dragoman_finality_depth: ledger.blocks.finalityDepth,
    dragoman_final_block_height: ledger.blocks.finalized.height,
  };
}

/** The headers of every answer: where the ledger stands. */
export function ledgerHeaders(ledger: MoveLedger): Record<string, string> {
  const { head } = ledger.blocks;
  return {
    "x-aptos-chain-id": String(ledger.chainId),
    "x-aptos-ledger-version": String(lastVersion(head)),
    "x-aptos-ledger-oldest-version": "0",
    "x-aptos-ledger-timestampusec": microseconds(ledger.now),
    "x-aptos-epoch": "1",
    "x-aptos-block-height": String(head.height),
    "x-aptos-oldest-block-height": "0",
  };
}

function blockAnswer(
  ledger: MoveLedger,
  { query }: RouteRequest,
  block: MoveBlock | undefined,
  what: string,
): RouteAnswer {
  if (block === undefined) throw new ApiError("block_not_found", `Block not found by ${what}`);
  const withTransactions = query.get("with_transactions") === "true";
  const shown = block.transactions.slice(0, TRANSACTIONS_MAX);
  return {
    json: {
      block_height: String(block.height),
      block_hash: encodeHex(block.hash),
      block_timestamp: microseconds(block.timestamp),
      first_version: String(block.firstVersion),
      last_version: String(lastVersion(block)),
      // No field of Aptos's.
      dragoman_parent_hash: encodeHex(block.parentHash),
      transactions: withTransactions ? shown.map((one) => committedJson(ledger, one)) : null,
    },
  };
}
