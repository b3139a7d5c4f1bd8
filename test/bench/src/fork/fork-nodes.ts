import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { openFork, type Patience } from "@dragoman/fork-evm";
import { BlockProducer, LedgerClock } from "@dragoman/ledger";
import { EvmLedger } from "@dragoman/ledger-evm";
import { startEthRpc } from "@dragoman/rpc-eth";
import { type AnvilProcess, startAnvil } from "../peer/anvil-process.ts";
import { httpSend } from "../peer/http-send.ts";
import { JsonRpcEvm } from "../peer/json-rpc-evm.ts";
import { CHAIN, type OurNode, type ProtocolNode } from "../protocol/twin-nodes.ts";

/** A node that does not answer is given up soon. */
const PATIENCE: Patience = { timeoutMs: 3_000, retries: 1, backoffMs: 50 };

const HARDFORK = ["--hardfork", CHAIN.FORK];

const UPSTREAM = Object.entries({
  "chain-id": CHAIN.ID,
  timestamp: CHAIN.GENESIS_SECONDS,
  "gas-limit": CHAIN.GAS_LIMIT,
  accounts: 1,
}).flatMap(([name, value]) => [`--${name}`, `${value}`]);

/** anvil with a chain of its own, which others fork; `rich` has ether. */
export async function openUpstream(
  binary: string,
  rich: string,
): Promise<AnvilProcess & ProtocolNode> {
  const anvil = await startAnvil(binary, [...HARDFORK, ...UPSTREAM]);
  const rpc = new JsonRpcEvm(anvil.send, "anvil");
  await rpc.request("anvil_setBalance", rich, `0x${CHAIN.BALANCE.toString(16)}`);
  return { name: "upstream", ...anvil, rpc };
}

/** Kills an upstream, lets `meanwhile` look at that, and starts it again with all its blocks and states on the same port. */
export async function whileDead(
  binary: string,
  upstream: AnvilProcess & ProtocolNode,
  meanwhile: () => Promise<void>,
): Promise<AnvilProcess & ProtocolNode> {
  const dump = (await upstream.rpc.request("anvil_dumpState", true)) as string;
  const folder = mkdtempSync(join(tmpdir(), "upstream-"));
  const file = join(folder, "state.json");
  writeFileSync(file, gunzipSync(Buffer.from(dump.slice(2), "hex")));
  await upstream.stop();
  await meanwhile();
  const args = [...HARDFORK, ...UPSTREAM, "--load-state", file];
  const anvil = await startAnvil(binary, args, Number(new URL(upstream.url).port));
  rmSync(folder, { recursive: true });
  return { name: "upstream", ...anvil, rpc: new JsonRpcEvm(anvil.send, "anvil") };
}

/** Our node on a block of another, in this process; a block for every transaction, its clock standing still. */
export async function openOurFork(url: string, block: number): Promise<OurNode> {
  const { chainId, base, client, close } = await openFork({ url, block, patience: PATIENCE });
  const clock = new LedgerClock(() => base.header.timestamp * 1000);
  const genesis = { chainId, base };
  const ledger = new EvmLedger({ clock, genesis, finalityDepth: 1000, fork: CHAIN.FORK });
  const producer = new BlockProducer(ledger, { kind: "instant" });
  const server = await startEthRpc({ ledger, producer, clock, upstream: client });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = httpSend(Number(new URL(server.url).port), agent);
  const stop = async (): Promise<void> => {
    agent.destroy();
    producer.stop();
    await server.close();
    close();
  };
  return { name: "dragoman", send, rpc: new JsonRpcEvm(send, "anvil"), stop, ledger };
}

/** anvil on a block of another; it keeps nothing on the disk. */
export async function openAnvilFork(
  binary: string,
  url: string,
  block: number,
): Promise<ProtocolNode> {
  const fork = ["--fork-url", url, "--fork-block-number", `${block}`, "--no-storage-caching"];
  const gas = ["--gas-limit", `${CHAIN.GAS_LIMIT}`, "--accounts", "1"];
  const { send, stop } = await startAnvil(binary, [...HARDFORK, ...fork, ...gas]);
  return { name: "anvil", send, rpc: new JsonRpcEvm(send, "anvil"), stop };
}
