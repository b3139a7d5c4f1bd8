import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { RpcMethod } from "./json-rpc.ts";
import { RpcError, refuseParams } from "./rpc-error.ts";
import { type RpcServer, startRpcServer } from "./start-server.ts";
import { Subscriptions } from "./subscriptions.ts";

const lines: string[] = [];
let server: RpcServer | undefined;
afterEach(async () => {
  await server?.close();
  lines.length = 0;
});

async function start(wsOnNextPort = false): Promise<RpcServer> {
  const subscriptions = new Subscriptions();
  const methods = new Map<string, RpcMethod>([
    ["add", ([a, b]) => (typeof a === "number" ? a + (b as number) : refuseParams("a number"))],
    ["large", () => 2n ** 70n],
    ["fail", () => Promise.reject(new RpcError(3, "execution reverted", "0x08c3"))],
    [
      "bug",
      () => {
        throw new TypeError("a mistake of ours");
      },
    ],
    [
      "tick_subscribe",
      (_, connection) =>
        subscriptions.open(connection, (id) => {
          const timer = setInterval(() => connection.notify("tick", { id }), 5);
          return () => clearInterval(timer);
        }),
    ],
    ["tick_unsubscribe", ([id], connection) => subscriptions.close(connection, id as number)],
  ]);
  server = await startRpcServer({
    port: 0,
    methods,
    wsOnNextPort,
    bodyBytesMax: 1000,
    log: (line) => lines.push(line),
    rest: ({ method, path, query }) =>
      path === "/v1" ? { status: 200, body: `${method} ${query.get("q")}` } : undefined,
  });
  return server;
}

async function post(url: string, body: string): Promise<unknown> {
  const response = await fetch(url, { method: "POST", body });
  return response.status === 204 ? undefined : await response.json();
}

const call = (method: string, ...params: unknown[]): string =>
  JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });

test("requests, batches and notifications are answered in order", async () => {
  const { url } = await start();
  expect(await post(url, call("add", 1, 2))).toEqual({ jsonrpc: "2.0", result: 3, id: 1 });
  expect(await post(url, call("large"))).toMatchObject({ result: "1180591620717411303424" });
  const batch = `[${call("add", 1, 1)},{"jsonrpc":"2.0","method":"add","params":[1,1]},${call("nope")}]`;
  expect(await post(url, batch)).toEqual([
    { jsonrpc: "2.0", result: 2, id: 1 },
    { jsonrpc: "2.0", error: { code: -32601, message: "Method not found: nope" }, id: 1 },
  ]);
  expect(await post(url, '{"jsonrpc":"2.0","method":"add","params":[1,1]}')).toBeUndefined();
});

test("bad requests get an error and the server lives", async () => {
  const { url } = await start();
  const code = async (text: string): Promise<number> =>
    ((await post(url, text)) as { error: { code: number } }).error.code;
  expect(await code("{")).toBe(-32700);
  expect(await code("7")).toBe(-32600);
  expect(await code("[]")).toBe(-32600);
  expect(await code('{"id":1}')).toBe(-32600);
  expect(await code('{"id":1,"method":"add","params":3}')).toBe(-32600);
  expect(await code(call("add", "x"))).toBe(-32602);
  expect(await post(url, call("fail"))).toMatchObject({ error: { code: 3, data: "0x08c3" } });
  expect(await post(url, call("bug"))).toMatchObject({
    error: { code: -32603, message: "Internal error" },
  });
  expect(lines).toHaveLength(1);
  expect((await fetch(url, { method: "POST", body: "x".repeat(1001) })).status).toBe(413);
  expect((await fetch(`${url}/nothing`)).status).toBe(404);
  expect(await (await fetch(`${url}/v1?q=5`)).text()).toBe("GET 5");
});

test("a WebSocket takes subscriptions, and loses them when it closes", async () => {
  const { wsUrl, port } = await start(true);
  expect(wsUrl).toBe(`ws://127.0.0.1:${port + 1}`);
  const socket = new WebSocket(wsUrl);
  await once(socket, "open");
  socket.send(call("tick_subscribe"));
  const messages: string[] = [];
  socket.on("message", (data) => messages.push(String(data)));
  while (messages.length < 3) await once(socket, "message");
  expect(JSON.parse(messages[0]!)).toMatchObject({ result: 1 });
  expect(JSON.parse(messages[1]!)).toEqual({ jsonrpc: "2.0", method: "tick", params: { id: 1 } });
  socket.send(call("tick_unsubscribe", 1));
  socket.send(call("tick_unsubscribe", 1));
  while (!messages.at(-1)!.includes("false")) await once(socket, "message");
  socket.close();
});

test("a port that is taken is an error of the caller", async () => {
  const { port } = await start();
  await expect(startRpcServer({ port, methods: new Map() })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
});
