import { SDL } from "@dragoman/schema";
import type { Database } from "@dragoman/store";
import { createSchema, createYoga } from "graphql-yoga";
import type { GatewayContext, GatewayParts } from "../context.ts";
import { DEMO_QUERY } from "../example/demo-query.ts";
import { IndexView } from "../market/index-view.ts";
import { resolvers } from "../resolver/index.ts";
import { errorCodes, maskError } from "./errors.ts";
import { QUERY_LIMITS, queryLimits } from "./query-limits.ts";

export const GRAPHQL_PATH = "/graphql";
export const HEALTH_PATH = "/health";

export interface GraphqlOptions {
  /** Database of the index, if there is one. */
  readonly database: Database | undefined;
  /** What GraphiQL opens with. Default: the simulation on three machines. */
  readonly welcomeQuery: string | undefined;
  /** Takes what goes wrong, one text each. */
  readonly log: (text: string) => void;
}

/** The GraphQL server without its sockets. */
export function createGraphql(
  parts: GatewayParts,
  { database, welcomeQuery = DEMO_QUERY, log }: GraphqlOptions,
) {
  let page: Promise<string> | undefined;
  return createYoga({
    schema: createSchema<GatewayContext>({ typeDefs: SDL, resolvers }),
    context: () => ({ ...parts, view: new IndexView(database, parts.chains) }),
    graphqlEndpoint: GRAPHQL_PATH,
    healthCheckEndpoint: HEALTH_PATH,
    landingPage: false,
    graphiql: true,
    renderGraphiQL: () => {
      page ??= graphiql(welcomeQuery);
      return page;
    },
    cors: { origin: "*", credentials: false },
    batching: false,
    multipart: false,
    maxRequestBodySize: QUERY_LIMITS.bodyBytes,
    logging: false,
    maskedErrors: { maskError: (error) => maskError(error, log) },
    plugins: [...queryLimits(), errorCodes()],
  });
}

/** The page of GraphiQL: nine megabytes, so it is loaded when somebody wants it. */
async function graphiql(defaultQuery: string): Promise<string> {
  const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
  return renderGraphiQL({
    title: "Dragoman",
    defaultQuery,
    defaultEditorToolsVisibility: false,
  });
}
