import { Agent } from "node:http";
import { BlockProducer, LedgerClock } from "@dragoman/ledger";
import { EvmLedger } from "@dragoman/ledger-evm";
import { startEthRpc } from "@dragoman/rpc-eth";
import { findAnvil, startAnvil } from "../peer/anvil-process.ts";
import { httpSend } from "../peer/http-send.ts";
import { JsonRpcEvm, type Send } from "../peer/json-rpc-evm.ts";

/** Both nodes: the same chain, fork, time and gas limit of a block. */
export const CHAIN = {
  ID: 31337,
  FORK: "prague",
  GENESIS_SECONDS: 1_700_000_000,
  GAS_LIMIT: 100_000_000n,
  BALANCE: 10n ** 24n,
} as const;

/** A node behind JSON-RPC over HTTP. */
export interface ProtocolNode {
  readonly name: string;
  readonly send: Send;
  readonly rpc: JsonRpcEvm;
  stop(): Promise<void>;
}

/** This repository's node, whose ledger is at hand too. */
export interface OurNode extends ProtocolNode {
  readonly ledger: EvmLedger;
}

/** Our node in this process; a block for every transaction, its clock standing still. */
export async function openOurNode(rich: Uint8Array): Promise<OurNode> {
  const clock = new LedgerClock(() => CHAIN.GENESIS_SECONDS * 1000);
  const genesis = {
    chainId: BigInt(CHAIN.ID),
    timestamp: CHAIN.GENESIS_SECONDS,
    gasLimit: CHAIN.GAS_LIMIT,
    accounts: [[rich, { balance: CHAIN.BALANCE }] as const],
  };
  const ledger = new EvmLedger({ clock, genesis, finalityDepth: 64, fork: CHAIN.FORK });
  const producer = new BlockProducer(ledger, { kind: "instant" });
  const server = await startEthRpc({ ledger, producer, clock });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = httpSend(Number(new URL(server.url).port), agent);
  const stop = async (): Promise<void> => {
    agent.destroy();
    await server.close();
  };
  return { name: "dragoman", send, rpc: new JsonRpcEvm(send, "anvil"), stop, ledger };
}

/** anvil as a child process; undefined where it is not installed. */
export async function openAnvilNode(address: string): Promise<ProtocolNode | undefined> {
  const found = findAnvil();
  if ("absent" in found) return undefined;
  const options = {
    "chain-id": CHAIN.ID,
    hardfork: CHAIN.FORK,
    timestamp: CHAIN.GENESIS_SECONDS,
    "gas-limit": CHAIN.GAS_LIMIT,
    accounts: 1,
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const { send, stop } = await startAnvil(found.binary, args);
  const rpc = new JsonRpcEvm(send, "anvil");
  await rpc.request("anvil_setBalance", address, `0x${CHAIN.BALANCE.toString(16)}`);
  return { name: `anvil ${found.version}`, send, rpc, stop };
}
