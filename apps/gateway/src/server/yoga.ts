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

/** The GraphQL server without its sockets. `log` takes what goes wrong, one text each; GraphiQL opens with `firstQuery`. */
export function createGraphql(
  parts: GatewayParts,
  database: Database | undefined,
  log: (text: string) => void,
  firstQuery: string = DEMO_QUERY,
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
      page ??= graphiql(firstQuery);
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
