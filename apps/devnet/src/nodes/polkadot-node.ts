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
import { devnetSecret } from "../secrets.ts";
import { signersByRole } from "../signers-by-role.ts";

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
  const secret = devnetSecret("treasury");
  return {
    family: "substrate",
    name: "Polkadot",
    domain: DOMAIN,
    ledger,
    producer,
    blocks: { kind: "interval", ms: BLOCK_MS },
    rpcUrl: rpc.wsUrl,
    endpoints: [{ name: "polkadot", url: rpc.wsUrl }],
    feeAllowance: FEE_ALLOWANCE,
    signerOf,
    addressOf: (role) => signerOf(role).address,
    deploy: (terms) =>
      deployMarket({
        rpcUrl: rpc.wsUrl,
        secret,
        domain: DOMAIN,
        publisher: signerOf("publisher").address,
        ...terms,
      }),
    fund: (deployment, to, native, collateral) =>
      fundAccount({
        rpcUrl: rpc.wsUrl,
        secret,
        deployment: deployment as PolkadotDeployment,
        to,
        native,
        collateral,
      }),
    connect: async (deployment) =>
      createPolkadotAdapter({
        rpcUrl: rpc.wsUrl,
        domain: DOMAIN,
        deployment: deployment as PolkadotDeployment,
        finalityDepth: FINALITY_DEPTH,
      }),
    close: () => rpc.close(),
  };
}
