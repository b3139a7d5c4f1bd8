import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

/** anvil as a child process on a free port; the first of its well-known accounts has the secret that is returned. */
export async function startAnvil(): Promise<{
  readonly rpcUrl: string;
  readonly secret: Uint8Array;
  stop(): Promise<void>;
}> {
  const name = `@foundry-rs/anvil-${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}`;
  const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  const child = spawn(join(folder, "bin/anvil"), ["--port", "0", "--chain-id", "1337"]);
  let text = "";
  for await (const chunk of child.stdout) {
    text += String(chunk);
    if (text.includes("Listening on")) break;
  }
  const port = /Listening on 127\.0\.0\.1:(\d+)/.exec(text)![1]!;
  const secret = /\(0\) 0x([0-9a-f]{64})/.exec(text)![1]!;
  return {
    rpcUrl: `http://127.0.0.1:${port}`,
    secret: Uint8Array.from(Buffer.from(secret, "hex")),
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}
