import { fault } from "@dragoman/fault";
import { graphqlFault } from "@dragoman/schema";
import { costLimitPlugin } from "@escape.tech/graphql-armor-cost-limit";
import { maxAliasesPlugin } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthPlugin } from "@escape.tech/graphql-armor-max-depth";
import { maxTokensPlugin } from "@escape.tech/graphql-armor-max-tokens";
import type { GraphQLError } from "graphql";
import type { Plugin } from "graphql-yoga";

export const QUERY_LIMITS = {
  /** Levels of selections; each fragment is one too. The deepest operation of the SDK has 11. */
  depth: 12,
  /** Objects count 2, scalars 1, each level below 1.5 times as much; lists by their `first`. */
  cost: 5000,
  aliases: 30,
  /** Lexical tokens: a step with ten accounts takes about 250. */
  tokens: 20_000,
  /** Bytes of a request: an ELF file of 4 MB in hex. */
  bodyBytes: 8 * 1024 * 1024,
} as const;

const onReject = [
  (_: unknown, error: GraphQLError): never => {
    const sentence = error.message.replace(/^Syntax Error: /, "");
    throw graphqlFault(fault("QUERY_SIZE_EXCEEDED", undefined, sentence));
  },
];

/** Refuses queries that are too deep, long or costly before they run. Fault: QUERY_SIZE_EXCEEDED. */
export const queryLimits = (): Plugin[] => [
  maxTokensPlugin({ n: QUERY_LIMITS.tokens, onReject }) as Plugin,
  maxDepthPlugin({ n: QUERY_LIMITS.depth, onReject }) as Plugin,
  maxAliasesPlugin({ n: QUERY_LIMITS.aliases, onReject }) as Plugin,
  costLimitPlugin({ maxCost: QUERY_LIMITS.cost, onReject }) as Plugin,
];
