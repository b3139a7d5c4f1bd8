import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { Agent } from "node:http";
import { join } from "node:path";
import type { Absent } from "../contender.ts";
import { httpSend } from "./http-send.ts";
import { installedVersion, packageFolder } from "./installed.ts";
import type { Send } from "./json-rpc-evm.ts";

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };
const START_MS_MAX = 20_000;

/** The binary that npm installed, or why there is none. */
export function findAnvil(): { readonly binary: string; readonly version: string } | Absent {
  const name = `@foundry-rs/anvil-${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}`;
  const folder = packageFolder(name);
  const binary = folder === undefined ? undefined : join(folder, "bin/anvil");
  if (binary === undefined || !existsSync(binary)) {
    return { name: "anvil", absent: `the package ${name} is not installed` };
  }
  return { binary, version: installedVersion(name) ?? "unknown" };
}

export interface AnvilProcess {
  readonly url: string;
  readonly send: Send;
  stop(): Promise<void>;
}

/** Starts anvil on 127.0.0.1, on a free port unless one is given, with more options. It ends with this process at the latest. */
export async function startAnvil(
  binary: string,
  options: readonly string[],
  onPort = 0,
): Promise<AnvilProcess> {
  const args = ["--port", `${onPort}`, ...options];
  const child = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
  const stopOnExit = (): void => void child.kill("SIGKILL");
  process.once("exit", stopOnExit);
  const port = await listeningPort(child);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const stop = async (): Promise<void> => {
    agent.destroy();
    process.removeListener("exit", stopOnExit);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    send: httpSend(port, agent),
    stop,
  };
}

function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => refuse("did not start in time"), START_MS_MAX);
    const refuse = (why: string): void => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      reject(new Error(`anvil ${why}: ${text.slice(-500)}`));
    };
    const read = (chunk: Buffer): void => {
      text += chunk.toString();
      const port = /Listening on 127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", (error) => refuse(error.message));
    child.once("exit", (code) => refuse(`ended with ${code}`));
  });
}
