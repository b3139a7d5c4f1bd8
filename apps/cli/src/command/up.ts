import { refuse } from "@dragoman/fault";
import type { Command } from "../command.ts";
import { Options } from "../options.ts";

const PORT_DEFAULT = 4000;

/** Starts the gateway and stays until the process is told to end. */
export const up: Command = {
  name: "up",
  usage: "[--port n] [--host address]   (or PORT and HOST)",
  summary: "Starts the gateway; prints one line per endpoint, then `ready`.",
  async run(args, console) {
    const options = new Options(this, { port: "text", host: "text" }, args);
    options.noMoreThan(0);
    const port = options.count("port") ?? environmentPort() ?? PORT_DEFAULT;
    const host = options.text("host") ?? process.env.HOST ?? "127.0.0.1";
    const { startGateway } = await import("@dragoman/gateway");
    const gateway = await startGateway({ port, host }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === undefined) throw error;
      refuse("INVALID_COMMAND", undefined, `cannot listen on ${host}:${port} (${error.code})`);
    });
    for (const { name, url } of gateway.endpoints) console.text(`${name} ${url}`);
    console.text("ready");
    await toldToEnd();
    await gateway.close();
    return 0;
  },
};

const PARENT_CHECK_MS = 500;

/** Resolves at SIGINT or SIGTERM, or when npm's shell is gone: it dies of a signal and passes none on. */
function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
    if (process.env.npm_lifecycle_event === undefined) return;
    const parent = process.ppid;
    const check = (): void => {
      if (process.ppid !== parent) resolve();
    };
    setInterval(check, PARENT_CHECK_MS).unref();
  });
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
