import { FaultError, fault } from "@dragoman/fault";
import { graphqlFault } from "@dragoman/schema";
import { GraphQLError } from "graphql";
import type { Plugin } from "graphql-yoga";
import { QUERY_LIMITS } from "./query-limits.ts";

const MASK = "the server made a mistake, which it has logged";

/** An error as clients may see it. Bugs are masked, and logged by `log`. */
export function maskError(error: unknown, log: (line: string) => void): Error {
  const original = originalOf(error);
  if (original instanceof FaultError) return placed(graphqlFault(original.fault), error);
  if (isGraphqlError(original)) return isTooLarge(original) ? tooLarge() : (error as GraphQLError);
  log(original instanceof Error ? (original.stack ?? original.message) : String(original));
  return placed(new GraphQLError(MASK, { extensions: { code: "INTERNAL_SERVER_ERROR" } }), error);
}

/** By name, because `graphql` may be loaded twice, once in each module format. */
const isGraphqlError = (error: unknown): error is GraphQLError =>
  error instanceof Error && error.name === "GraphQLError";

function originalOf(error: unknown): unknown {
  let original = error;
  while (isGraphqlError(original) && original.originalError !== undefined) {
    original = original.originalError;
  }
  return original;
}

/** The refusal of yoga's own body limit. */
const isTooLarge = ({ extensions }: GraphQLError): boolean =>
  extensions.code === "REQUEST_ENTITY_TOO_LARGE";

function tooLarge(): GraphQLError {
  const max = QUERY_LIMITS.bodyBytes;
  const why = `a request has at most ${max} bytes`;
  const error = graphqlFault(fault("REQUEST_SIZE_EXCEEDED", max, why, { max }));
  error.extensions.http = { status: 413 };
  return error;
}

/** `shown` at the place in the query where `error` arose. */
function placed(shown: GraphQLError, error: unknown): GraphQLError {
  if (!isGraphqlError(error)) return shown;
  const { nodes, path } = error;
  return new GraphQLError(shown.message, {
    nodes: nodes ?? null,
    path: path ?? null,
    extensions: shown.extensions,
  });
}

/** Gives each error that has none a code. */
export const errorCodes = (): Plugin => ({
  onResultProcess({ result }) {
    const results = Array.isArray(result) ? result : [result];
    for (const item of results) {
      if (!("errors" in item)) continue;
      for (const error of item.errors ?? []) error.extensions.code ??= codeOf(error);
    }
  },
});

function codeOf({ message }: GraphQLError): string {
  if (message.startsWith("Syntax Error")) return "GRAPHQL_PARSE_FAILED";
  return message.startsWith('Variable "$') ? "BAD_USER_INPUT" : "GRAPHQL_VALIDATION_FAILED";
}
