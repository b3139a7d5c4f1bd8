import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import type { Absent, Contender } from "../contender.ts";
import type { EvmAnswer, EvmWorkload } from "../workload/evm.ts";
import { installedVersion, packageFolder } from "./installed.ts";
import { JsonRpcEvm, type Send } from "./json-rpc-evm.ts";

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };
const START_MS_MAX = 20_000;

/**
 * anvil (native revm) as a child process on a free port of 127.0.0.1, one for each hard fork that workloads ask for.
 * An eth_call is timed; an empty one is subtracted.
 */
export async function openAnvil(): Promise<Contender<EvmWorkload, EvmAnswer> | Absent> {
  const name = `@foundry-rs/anvil-${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}`;
  const folder = packageFolder(name);
  const binary = folder === undefined ? undefined : join(folder, "bin/anvil");
  if (binary === undefined || !existsSync(binary)) {
    return { name: "anvil", absent: `the package ${name} is not installed` };
  }
  const nodes = new Map<string, Node>();
  const close = async (): Promise<void> => {
    await Promise.all([...nodes.values()].map((node) => node.stop()));
  };
  const load = async (workload: EvmWorkload) => {
    const node = nodes.get(workload.fork) ?? (await startNode(binary, workload.fork));
    nodes.set(workload.fork, node);
    return node.rpc.load(workload);
  };
  return { name: "anvil", version: installedVersion(name) ?? "unknown", load, close };
}

interface Node {
  readonly rpc: JsonRpcEvm;
  stop(): Promise<void>;
}

async function startNode(binary: string, fork: string): Promise<Node> {
  const options = [
    "--port",
    "0",
    "--hardfork",
    fork,
    "--accounts",
    "1",
    "--disable-block-gas-limit",
  ];
  const prices = ["--block-base-fee-per-gas", "0", "--gas-price", "0"];
  const child = spawn(binary, [...options, ...prices], { stdio: ["ignore", "pipe", "pipe"] });
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
  return { rpc: new JsonRpcEvm(httpSend(port, agent), "anvil"), stop };
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

function httpSend(port: number, agent: Agent): Send {
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
