import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

/** A chain of anvil, which is an independent implementation of Ethereum's RPC, as a child process. */
export interface Anvil {
  readonly rpcUrl: string;
  /** Key of an account that has coins. */
  readonly secret: Uint8Array;
  /** Calls a method of the node. */
  call(method: string, params: readonly unknown[]): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startAnvil(chainId: number): Promise<Anvil> {
  const name = `@foundry-rs/anvil-${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}`;
  const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  const args = ["--port", "0", "--chain-id", `${chainId}`];
  const child = spawn(join(folder, "bin/anvil"), args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  for await (const chunk of child.stdout) {
    text += String(chunk);
    if (text.includes("Listening on")) break;
  }
  const rpcUrl = `http://127.0.0.1:${/Listening on 127\.0\.0\.1:(\d+)/.exec(text)?.[1]}`;
  const secret = /\(0\) 0x([0-9a-f]{64})/.exec(text)?.[1] ?? "";
  return {
    rpcUrl,
    secret: Uint8Array.from(Buffer.from(secret, "hex")),
    async call(method, params) {
      const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
      const headers = { "content-type": "application/json" };
      const response = await fetch(rpcUrl, { method: "POST", headers, body });
      return ((await response.json()) as { result: unknown }).result;
    },
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}
