import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { Agent, request } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };
const START_MS_MAX = 180_000;

/** The program, or undefined if its package is not installed for this platform. */
export function anvilProgram(): string | undefined {
  const name = `@foundry-rs/anvil-${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}`;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    const program = join(folder, "bin/anvil");
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

/** Runs a program until the shell's input ends, which it does with this process, however that ends. */
const WHILE_WE_LIVE = '"$@" & child=$!; read -r _; kill -9 $child';

/** A child process of anvil on a free port of 127.0.0.1, with one connection to it. */
export class AnvilNode {
  readonly #child: ChildProcess;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #port: number;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.#port = port;
  }

  static async start(program: string, args: readonly string[]): Promise<AnvilNode> {
    const place = ["--host", "127.0.0.1", "--port", "0"];
    const command = ["-c", WHILE_WE_LIVE, "sh", program, ...place, ...args];
    const child = spawn("sh", command, { stdio: ["pipe", "pipe", "pipe"] });
    const port = await listeningPort(child);
    // What it prints later is read and thrown away, or its pipe would fill up.
    child.stdout?.resume();
    child.stderr?.resume();
    return new AnvilNode(child, port);
  }

  /** Result of a method; its error's message is thrown as {@link AnvilRefusal}. */
  async call(method: string, ...params: readonly unknown[]): Promise<unknown> {
    return answerOf((await this.#send({ jsonrpc: "2.0", id: 1, method, params })) as Answer);
  }

  /** Results of methods in one request; anvil may run them in any order. */
  async batch(
    calls: readonly (readonly [method: string, ...params: unknown[]])[],
  ): Promise<unknown[]> {
    const body = calls.map(([method, ...params], id) => ({ jsonrpc: "2.0", id, method, params }));
    const answers = (await this.#send(body)) as Answer[];
    return answers.sort((a, b) => a.id - b.id).map(answerOf);
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.stdin?.end();
    await ended;
  }

  #send(body: unknown): Promise<unknown> {
    const text = JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const headers = {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(text),
      };
      const place = { host: "127.0.0.1", port: this.#port, method: "POST" };
      const outgoing = request({ ...place, agent: this.#agent, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => resolve(JSON.parse(Buffer.concat(parts).toString())));
      });
      outgoing.on("error", reject);
      outgoing.end(text);
    });
  }
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string; readonly data?: unknown };
}

/** What anvil says against a request. */
export class AnvilRefusal extends Error {}

function answerOf({ result, error }: Answer): unknown {
  if (error !== undefined) throw new AnvilRefusal(error.message);
  return result;
}

function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => refuse("did not start in time"), START_MS_MAX);
    const refuse = (why: string): void => {
      clearTimeout(timer);
      child.stdin?.end();
      reject(new Error(`anvil ${why}: ${text.slice(-500)}`));
    };
    const read = (chunk: Buffer): void => {
      text += chunk.toString();
      const port = /Listening on 127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      child.stdout?.removeListener("data", read);
      child.stderr?.removeListener("data", read);
      resolve(Number(port));
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", (error) => refuse(error.message));
    child.once("exit", (code) => refuse(`ended with ${code}`));
  });
}
