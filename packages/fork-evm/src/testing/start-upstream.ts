import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { JsonRpcClient } from "../json-rpc-client.ts";

/** A node of ours in a process of its own: one in this process could not answer while this process waits. */
export interface Upstream {
  readonly url: string;
  readonly height: Promise<number>;
  readonly call: (method: string, ...params: readonly unknown[]) => Promise<unknown>;
  stop(): Promise<void>;
}

/** Needs the built packages. */
const SCRIPT = `
const { LedgerClock, BlockProducer } = await import("@dragoman/ledger");
const { EvmLedger } = await import("@dragoman/ledger-evm");
const { startEthRpc } = await import("@dragoman/rpc-eth");
const clock = new LedgerClock(() => 1_700_000_000_000);
const genesis = { chainId: 1337n, timestamp: 1_700_000_000 };
const ledger = new EvmLedger({ clock, genesis, finalityDepth: 32 });
const producer = new BlockProducer(ledger, { kind: "instant" });
const port = Number(process.argv[1] ?? 0);
const { url } = await startEthRpc({ ledger, producer, clock, port });
console.log(url);
process.stdin.on("end", () => process.exit()).resume();
`;

/** Starts the node, on any free port unless one is given; it ends with this process at the latest. */
export async function startUpstream(port = 0): Promise<Upstream> {
  const args = ["--input-type=module", "-e", SCRIPT, "--", String(port)];
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  const [line] = await once(child.stdout!, "data");
  const url = String(line).trim();
  const client = new JsonRpcClient(url);
  const call = (method: string, ...params: readonly unknown[]) => client.passOn(method, params);
  return {
    url,
    call,
    get height() {
      return call("eth_blockNumber").then(Number);
    },
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.stdin?.end();
      await ended;
    },
  };
}
