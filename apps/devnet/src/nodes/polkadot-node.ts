import {
  createPolkadotAdapter,
  deployMarket,
  fundAccount,
  type PolkadotDeployment,
} from "@dragoman/adapter-polkadot";
import { BlockProducer } from "@dragoman/ledger";
import { SubstrateLedger } from "@dragoman/ledger-substrate";
import { parseAccount, startSubstrateRpc } from "@dragoman/rpc-substrate";
import { signerFromSecret } from "@dragoman/sdk-polkadot";
import type { DevNode, DevNodeOptions } from "../dev-chain.ts";
import { genesisBalances } from "../genesis-balances.ts";
import { GENESIS_TIMESTAMP } from "../genesis-timestamp.ts";
import { signersByRole } from "../signers-by-role.ts";
import { marketCalls } from "./market-calls.ts";

const DOMAIN = 4;
const FINALITY_DEPTH = 3;
const BLOCK_MS = 1000;
const DOT = 10n ** 10n;
const FEE_ALLOWANCE = 100n * DOT;

/** A Polkadot node with a Revive-style pallet. */
export async function startPolkadotNode({
  clock,
  host,
  ports,
  log,
}: DevNodeOptions): Promise<DevNode> {
  const signerOf = signersByRole(signerFromSecret);
  const balances = genesisBalances(DOT, FEE_ALLOWANCE).map(
    ([role, balance]) => [parseAccount(signerOf(role).address)!, balance] as const,
  );
  const genesis = { timestamp: GENESIS_TIMESTAMP, balances };
  const ledger = new SubstrateLedger({ clock, genesis, finalityDepth: FINALITY_DEPTH });
  const producer = new BlockProducer(ledger, { kind: "demand" });
  const port = ports.substrate ?? 0;
  const rpc = await startSubstrateRpc({ ledger, producer, clock, host, port, log });
  return {
    ...marketCalls<PolkadotDeployment>(
      {
        deployMarket,
        fundAccount,
        connect: (options) => createPolkadotAdapter({ ...options, finalityDepth: FINALITY_DEPTH }),
      },
      { rpcUrl: rpc.wsUrl, domain: DOMAIN },
      signerOf,
    ),
    family: "substrate",
    name: "Polkadot",
    ledger,
    producer,
    blocks: { kind: "interval", ms: BLOCK_MS },
    endpoints: [{ name: "polkadot", url: rpc.wsUrl }],
    feeAllowance: FEE_ALLOWANCE,
    close: () => rpc.close(),
  };
}
