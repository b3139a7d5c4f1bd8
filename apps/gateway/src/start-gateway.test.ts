import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startGateway } from "./start-gateway.ts";
import { type GatewayClient, openGateway } from "./testing/gateway-client.ts";

let gateway: GatewayClient;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.close());

test("the gateway listens on the loopback address", () => {
  expect(gateway.url).toMatch(/^http:\/\/127\.0\.0\.1:[0-9]+\/graphql$/);
});

test("the health endpoint says that the process lives", async () => {
  const response = await fetch(new URL("/health", gateway.url));
  expect(response.status).toBe(200);
});

test("the root leads to GraphiQL", async () => {
  const response = await fetch(new URL("/", gateway.url), { redirect: "manual" });
  expect([response.status, response.headers.get("location")]).toEqual([302, "/graphql"]);
});

test("a browser gets GraphiQL with the demo query, and nothing of it comes from another server", async () => {
  const response = await fetch(gateway.url, { headers: { accept: "text/html" } });
  const page = await response.text();
  expect(response.headers.get("content-type")).toMatch(/^text\/html/);
  expect(page).toContain("query Demo");
  expect(page).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
});

test("a request leaves one line in the log", async () => {
  await gateway.query("{ machines { id } }");
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(gateway.log.at(-1)).toMatch(/^POST \/graphql 200 [0-9.]+ ms [0-9]+ B$/);
});

test("a query may come as a GET, a mutation may not", async () => {
  const query = await fetch(`${gateway.url}?query=${encodeURIComponent("{ machines { id } }")}`);
  expect(await query.json()).toEqual({
    data: { machines: [{ id: "evm" }, { id: "svm" }, { id: "move" }] },
  });
  const deploy = 'mutation { deploy(vm: EVM, code: "0x00") { id } }';
  const mutation = await fetch(`${gateway.url}?query=${encodeURIComponent(deploy)}`);
  expect(mutation.status).toBe(405);
});

test("an unknown path is not found", async () => {
  expect((await fetch(new URL("/nope", gateway.url))).status).toBe(404);
});

test("a port that is taken is an error of Node's", async () => {
  const port = Number(new URL(gateway.url).port);
  await expect(
    startGateway({ host: "127.0.0.1", port, log: () => undefined }),
  ).rejects.toMatchObject({ code: "EADDRINUSE" });
});

test("close lets a request end whose body is still on its way, and frees the port", async () => {
  const other = await openGateway();
  const body = JSON.stringify({ query: "{ machines { id } }" });
  const socket = connect(Number(new URL(other.url).port), "127.0.0.1");
  const received = text(socket);
  const head = `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
  socket.write(`${head}Content-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`);
  await once(socket, "connect");
  await fetch(new URL("/health", other.url));
  const closed = other.close();
  socket.write(body.slice(5));
  await closed;
  expect(await received).toContain('"id":"evm"');
  await expect(fetch(other.url)).rejects.toThrow();
});
