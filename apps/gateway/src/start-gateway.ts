import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ChainAdapter } from "@dragoman/chain";
import type { Database } from "@dragoman/store";
import { installExamples } from "./example/install-examples.ts";
import { ChainAdapters } from "./market/chain-adapters.ts";
import { NoticeHub } from "./market/notice-hub.ts";
import { trackConnections } from "./server/close-server.ts";
import { logRequest } from "./server/request-log.ts";
import { createGraphql, GRAPHQL_PATH, HEALTH_PATH } from "./server/yoga.ts";
import { World } from "./world/world.ts";

export interface GatewayOptions {
  /** Default: `HOST` of the environment, else 127.0.0.1. */
  readonly host?: string;
  /** 0 = any free one. Default: `PORT` of the environment, else 4000. */
  readonly port?: number;
  /** Chains whose markets it serves. Default: none. */
  readonly adapters?: readonly ChainAdapter[];
  /** Database of the index that follows those chains (`Indexer` of @dragoman/index); it stays open when the gateway closes. */
  readonly index?: Database;
  /** What GraphiQL opens with. Default: a simulation on three machines. */
  readonly welcomeQuery?: string;
  /** Takes lines about requests and failures; default: standard error. */
  readonly log?: (line: string) => void;
}

export interface Gateway {
  /** Address of the GraphQL endpoint; a browser finds GraphiQL there. */
  readonly url: string;
  readonly endpoints: readonly { readonly name: string; readonly url: string }[];
  /** Takes no more connections, lets running requests end, and resolves when all is closed. */
  close(): Promise<void>;
}

const PORT_DEFAULT = 4000;

/** Starts the gateway. Rejects with the error of Node if the address cannot be bound. */
export async function startGateway(options: GatewayOptions = {}): Promise<Gateway> {
  const {
    host = process.env.HOST || "127.0.0.1",
    port = Number(process.env.PORT || PORT_DEFAULT),
    adapters = [],
    index,
    log = (line) => process.stderr.write(`${line}\n`),
  } = options;
  const world = new World();
  let installed: Promise<void> | undefined;
  const hub = new NoticeHub();
  if (index !== undefined) await hub.open(index);
  const graphql = createGraphql(
    { world, chains: new ChainAdapters(adapters), hub },
    { database: index, welcomeQuery: options.welcomeQuery, log },
  );
  const server = createServer((request, response) => {
    logRequest(request, response, log);
    if (request.url === "/") response.writeHead(302, { location: GRAPHQL_PATH }).end();
    else if (request.url === HEALTH_PATH) void graphql(request, response);
    else {
      // They take a fifth of a second, which a start need not wait for.
      installed ??= installExamples(world, log).catch((error: Error) =>
        log(`examples: ${error.message}; the gateway goes on without them`),
      );
      void installed.then(() => graphql(request, response));
    }
  });
  const closeServer = trackConnections(server);
  server.listen(port, host);
  await once(server, "listening");
  const origin = originOf(server);
  return {
    url: `${origin}${GRAPHQL_PATH}`,
    endpoints: [
      { name: "graphql", url: `${origin}${GRAPHQL_PATH}` },
      { name: "health", url: `${origin}${HEALTH_PATH}` },
    ],
    close: async () => {
      await hub.close();
      await closeServer();
    },
  };
}

function originOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}
