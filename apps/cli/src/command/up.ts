import { resolve } from "node:path";
import { refuse } from "@dragoman/fault";
import type { Command } from "../command.ts";
import { Options } from "../options.ts";
import { toldToEnd } from "../told-to-end.ts";

const FOLDER_DEFAULT = ".dragoman";
/** Where each chain's own tools look for a node, and the gateway. */
const PORTS = { gateway: 4000, control: 4001, evm: 8545, svm: 8899, move: 8080, substrate: 9944 };

/** Contracts and programs that the machines are warmed up with: about two seconds of work on two threads, beside everything else. */
const WARM_UP_ROUNDS = 15;
const SBPF_WARM_UP_ROUNDS = 6;

/** Starts everything and stays until the process is told to end. */
export const up: Command = {
  name: "up",
  usage:
    "[--data folder] [--port n] [--host address] [--any-ports]   (or PORT and HOST; DATABASE_URL)",
  summary:
    "Starts four chains, gateway, relayer and engines; prints one line per endpoint, then `ready`, then one per event.",
  async run(args, console) {
    const forms = { port: "text", host: "text", data: "text", "any-ports": "flag" } as const;
    const options = new Options(this, forms, args);
    options.noMoreThan(0);
    const isAny = options.flag("any-ports");
    const gatewayPort = options.port("port") ?? environmentPort() ?? (isAny ? 0 : PORTS.gateway);
    const host = options.text("host") ?? process.env.HOST ?? "127.0.0.1";
    const folder = resolve(options.text("data") ?? process.env.DRAGOMAN_DATA ?? FOLDER_DEFAULT);
    const { STARTERS, startStack } = await import("@dragoman/devnet");
    const databaseUrl = process.env.DATABASE_URL;
    let isReady = false;
    const stack = await startStack(STARTERS, {
      folder,
      host,
      gatewayPort,
      controlPort: isAny ? 0 : PORTS.control,
      ports: isAny ? {} : PORTS,
      ...(databaseUrl === undefined || databaseUrl === "" ? {} : { databaseUrl }),
      tell: (line) => {
        if (isReady) console.text(line);
      },
      log: (line) => console.note(line),
    }).catch((error: NodeJS.ErrnoException & { address?: string; port?: number }) => {
      if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
      const where = `${error.address ?? host}:${error.port ?? gatewayPort}`;
      const next = "end what listens there, or start with --any-ports";
      refuse("INVALID_COMMAND", undefined, `cannot listen on ${where} (${error.code}); ${next}`);
    });
    const told = toldToEnd();
    for (const { name, url } of stack.endpoints) console.text(`${name} ${url}`);
    console.text("ready");
    isReady = true;
    const ending = new AbortController();
    void warmUpMachines(ending.signal).catch((error: Error) =>
      console.note(`the machines could not warm up: ${error.message}`),
    );
    await told;
    ending.abort();
    await stack.close();
    return 0;
  },
};

/** First calls of contracts and programs come later than the start, as a rule. */
async function warmUpMachines(signal: AbortSignal): Promise<void> {
  const { warmUp } = await import("@dragoman/frontend-evm");
  await warmUp({ rounds: WARM_UP_ROUNDS, signal });
  const { warmUpSbpf } = await import("@dragoman/frontend-sbpf");
  await warmUpSbpf({ rounds: SBPF_WARM_UP_ROUNDS, signal });
}

function environmentPort(): number | undefined {
  const text = process.env.PORT;
  if (text === undefined || text === "") return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    refuse("INVALID_COMMAND", undefined, `PORT ${text} is no port`);
  }
  return port;
}
