import { type Agent, request } from "node:http";
import type { Send } from "./json-rpc-evm.ts";

/** Sends JSON texts to a port of 127.0.0.1 over the connections of `agent`. */
export function httpSend(port: number, agent: Agent): Send {
  const headers = { "content-type": "application/json" };
  return (text) =>
    new Promise((resolve, reject) => {
      const length = { "content-length": Buffer.byteLength(text) };
      const options = {
        host: "127.0.0.1",
        port,
        method: "POST",
        agent,
        headers: { ...headers, ...length },
      };
      const outgoing = request(options, (response) => {
        let reply = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          reply += chunk;
        });
        response.on("end", () => resolve(reply));
      });
      outgoing.on("error", reject);
      outgoing.end(text);
    });
}
