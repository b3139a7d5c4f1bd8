import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { answerJsonRpc, type JsonRpcOptions, type RpcConnection } from "./json-rpc.ts";

/** A request that is no JSON-RPC. */
export interface RestRequest {
  readonly method: string;
  /** Path without query, percent-decoding left to the route. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

export interface RestResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text, plain text or bytes. */
  readonly body: string | Uint8Array;
}

export interface RpcServerOptions extends Partial<JsonRpcOptions> {
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** 0 = any free one. */
  readonly port: number;
  /** Also take WebSocket connections on the port above, as Solana's clients expect. Default: false. */
  readonly wsOnNextPort?: boolean;
  /** Answers what is no POST of JSON-RPC; undefined = 404. */
  readonly rest?: (
    request: RestRequest,
  ) => RestResponse | undefined | Promise<RestResponse | undefined>;
  /** Largest request, bytes. */
  readonly bodyBytesMax?: number;
  /** Hears of unexpected errors; default: standard error. */
  readonly log?: (line: string) => void;
}

export interface RpcServer {
  readonly port: number;
  /** `http://host:port`. */
  readonly url: string;
  /** `ws://host:port`, or the next port with `wsOnNextPort`. */
  readonly wsUrl: string;
  /** Ends all connections; resolves when the ports are free. */
  close(): Promise<void>;
}

const BODY_BYTES_MAX = 32 * 1024 * 1024;
const PAIR_TRIES = 50;
/** Unsent bytes of a WebSocket beyond which its client is too slow and is cut off. */
const BACKLOG_BYTES_MAX = 64 * 1024 * 1024;
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, POST, OPTIONS",
  "access-control-allow-headers": "*",
  "access-control-expose-headers": "*",
};

/** Starts a server. Rejects with the error of Node if the address cannot be bound. */
export async function startRpcServer(options: RpcServerOptions): Promise<RpcServer> {
  const full = { log: (line: string) => void process.stderr.write(`${line}\n`), ...options };
  const { host = "127.0.0.1", wsOnNextPort = false } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.bodyBytesMax ?? BODY_BYTES_MAX,
  });
  sockets.on("connection", (socket) => converse(socket, full));
  const create = (): Server =>
    createServer((request, response) => void respond(request, response, full)).on(
      "upgrade",
      (request, socket, head) =>
        sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit("connection", ws)),
    );
  const servers = await listen(create, host, options.port, wsOnNextPort);
  const [first, last] = [servers[0]!, servers[servers.length - 1]!].map(
    (server) => (server.address() as AddressInfo).port,
  ) as [number, number];
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    port: first,
    url: `http://${name}:${first}`,
    wsUrl: `ws://${name}:${last}`,
    async close() {
      for (const client of sockets.clients) client.terminate();
      await Promise.all(
        servers.map((server) => {
          const closed = once(server, "close");
          server.close();
          server.closeAllConnections();
          return closed;
        }),
      );
    },
  };
}

/** One server, or two on neighbouring ports. With port 0, tries until a pair is free. */
async function listen(
  create: () => Server,
  host: string,
  port: number,
  isPair: boolean,
): Promise<Server[]> {
  for (let attempt = 1; ; attempt++) {
    const first = create();
    first.listen(port, host);
    await once(first, "listening");
    if (!isPair) return [first];
    const second = create();
    try {
      second.listen((first.address() as AddressInfo).port + 1, host);
      await once(second, "listening");
      return [first, second];
    } catch (error) {
      first.close();
      if (port !== 0 || attempt >= PAIR_TRIES) throw error;
    }
  }
}

type Options = RpcServerOptions & { readonly log: (line: string) => void };

const NO_NOTIFICATIONS: RpcConnection = { canNotify: false, notify() {}, onClose() {} };

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  options: Options,
): Promise<void> {
  try {
    const { status, headers, body } = await answerHttp(request, options);
    response.writeHead(status, { ...CORS, ...headers }).end(body);
  } catch (error) {
    options.log(`${request.method} ${request.url}: ${(error as Error).stack ?? error}`);
    if (!response.headersSent) response.writeHead(500, CORS);
    response.end();
  }
}

const JSON_TYPE = { "content-type": "application/json" };

async function answerHttp(request: IncomingMessage, options: Options): Promise<RestResponse> {
  const method = request.method ?? "GET";
  if (method === "OPTIONS") return { status: 204, body: "" };
  const sizeMax = options.bodyBytesMax ?? BODY_BYTES_MAX;
  const body = await readBody(request, sizeMax);
  if (body === undefined) {
    const message = `the request is larger than ${sizeMax} bytes`;
    return { status: 413, headers: JSON_TYPE, body: JSON.stringify({ message }) };
  }
  const url = new URL(request.url ?? "/", "http://localhost");
  const { methods, rest, log } = options;
  if (methods !== undefined && method === "POST" && url.pathname === "/") {
    const text = new TextDecoder().decode(body);
    const answer = await answerJsonRpc(text, NO_NOTIFICATIONS, { ...options, methods, log });
    return answer === undefined
      ? { status: 204, body: "" }
      : { status: 200, headers: JSON_TYPE, body: answer };
  }
  const answer = await rest?.({
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body,
  });
  return (
    answer ?? {
      status: 404,
      headers: JSON_TYPE,
      body: JSON.stringify({ message: `nothing answers ${method} ${url.pathname}` }),
    }
  );
}

async function readBody(
  request: IncomingMessage,
  sizeMax: number,
): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > sizeMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Serves one WebSocket connection; requests are answered in their order. */
function converse(socket: WebSocket, options: Options): void {
  const listeners: (() => void)[] = [];
  const connection: RpcConnection = {
    canNotify: true,
    notify(method, params) {
      send(socket, JSON.stringify({ jsonrpc: "2.0", method, params }));
    },
    onClose: (listener) => void listeners.push(listener),
  };
  socket.on("close", () => {
    for (const listener of listeners) listener();
  });
  socket.on("error", (error) => options.log(`WebSocket: ${error.message}`));
  let last: Promise<void> = Promise.resolve();
  const methods = options.methods ?? new Map();
  socket.on("message", (data) => {
    last = last.then(async () => {
      const answer = await answerJsonRpc(data.toString(), connection, { ...options, methods });
      if (answer !== undefined) send(socket, answer);
    });
  });
}

function send(socket: WebSocket, text: string): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > BACKLOG_BYTES_MAX) socket.terminate();
  else socket.send(text);
}
