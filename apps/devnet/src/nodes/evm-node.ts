import {
  createEvmAdapter,
  deployMarket,
  type EvmDeployment,
  fundAccount,
} from "@dragoman/adapter-evm";
import { decodeHex } from "@dragoman/bytes";
import { BlockProducer } from "@dragoman/ledger";
import { EvmLedger } from "@dragoman/ledger-evm";
import { startEthRpc } from "@dragoman/rpc-eth";
import { signerFromSecret } from "@dragoman/sdk-evm";
import type { DevNode, DevNodeOptions } from "../dev-chain.ts";
import { genesisBalances } from "../genesis-balances.ts";
import { GENESIS_TIMESTAMP } from "../genesis-timestamp.ts";
import { signersByRole } from "../signers-by-role.ts";
import { marketCalls } from "./market-calls.ts";

const DOMAIN = 1;
const FINALITY_DEPTH = 3;
const BLOCK_MS = 1000;
const CHAIN_ID = 1337n;
const ETHER = 10n ** 18n;
const FEE_ALLOWANCE = 10n * ETHER;

/** An Ethereum node. */
export async function startEvmNode({ clock, host, ports, log }: DevNodeOptions): Promise<DevNode> {
  const signerOf = signersByRole(signerFromSecret);
  const accounts = genesisBalances(ETHER, FEE_ALLOWANCE).map(
    ([role, balance]) => [decodeHex(signerOf(role).address), { balance }] as const,
  );
  const genesis = { chainId: CHAIN_ID, timestamp: GENESIS_TIMESTAMP, accounts };
  const ledger = new EvmLedger({ clock, genesis, finalityDepth: FINALITY_DEPTH });
  const producer = new BlockProducer(ledger, { kind: "demand" });
  const rpc = await startEthRpc({ ledger, producer, clock, host, port: ports.evm ?? 0, log });
  return {
    ...marketCalls<EvmDeployment>(
      {
        deployMarket,
        fundAccount,
        connect: (options) => createEvmAdapter({ ...options, finalityDepth: FINALITY_DEPTH }),
      },
      { rpcUrl: rpc.url, domain: DOMAIN },
      signerOf,
    ),
    family: "evm",
    name: "Ethereum",
    ledger,
    producer,
    blocks: { kind: "interval", ms: BLOCK_MS },
    endpoints: [
      { name: "ethereum", url: rpc.url },
      { name: "ethereum-ws", url: rpc.wsUrl },
    ],
    feeAllowance: FEE_ALLOWANCE,
    close: () => rpc.close(),
  };
}
