import type { AptosContext } from "./aptos-context.ts";
import { jsonObject, type Routes } from "./router.ts";

const OPERATION = /^\s*query\s+getProcessorStatus\b/m;

/**
 * The one question that ts-sdk asks an indexer by itself, after `fundAccount`: how far its processors have come. Reads of this node come from the
 * ledger, so they are never behind it. There is no other indexer: every other query is refused.
 */
export function indexerRoutes({ ledger }: AptosContext): Routes {
  return {
    "POST /v1/graphql": (request) => {
      const { query, variables } = jsonObject(request);
      if (typeof query !== "string" || !OPERATION.test(query)) {
        const message = "this node has no indexer: only getProcessorStatus is answered";
        return { json: { errors: [{ message }] } };
      }
      const status = {
        last_success_version: ledger.transactions.length - 1,
        processor: processorOf(variables) ?? "ledger",
        last_updated: new Date(ledger.now * 1_000).toISOString(),
      };
      return { json: { data: { processor_status: [status] } } };
    },
  };
}

/** The processor that the condition names. */
function processorOf(variables: unknown): string | undefined {
  const { where_condition: where } = (variables ?? {}) as {
    where_condition?: { processor?: { _eq?: unknown } };
  };
  const name = where?.processor?._eq;
  return typeof name === "string" ? name : undefined;
}
