import {
  createMoveAdapter,
  deployMarket,
  fundAccount,
  type MoveDeployment,
} from "@dragoman/adapter-move";
import { BlockProducer } from "@dragoman/ledger";
import { MoveLedger } from "@dragoman/ledger-move";
import { faucetAddress, startAptosRpc } from "@dragoman/rpc-aptos";
import { signerFromSecret } from "@dragoman/sdk-move";
import type { DevNode, DevNodeOptions } from "../dev-chain.ts";
import { genesisBalances } from "../genesis-balances.ts";
import { GENESIS_TIMESTAMP } from "../genesis-timestamp.ts";
import { devnetSecret } from "../secrets.ts";
import { signersByRole } from "../signers-by-role.ts";
import { marketCalls } from "./market-calls.ts";

const DOMAIN = 3;
const FINALITY_DEPTH = 4;
const BLOCK_MS = 500;
const APT = 100_000_000n;
const FEE_ALLOWANCE = 10n * APT;

/** An Aptos node with a faucet. */
export async function startAptosNode({
  clock,
  host,
  ports,
  log,
}: DevNodeOptions): Promise<DevNode> {
  const accounts = genesisBalances(APT, FEE_ALLOWANCE).map(([role, octas]) => ({
    address: faucetAddress(devnetSecret(role)),
    octas,
  }));
  const genesis = { chainId: 4, timestamp: GENESIS_TIMESTAMP, accounts };
  const ledger = new MoveLedger({ clock, genesis, finalityDepth: FINALITY_DEPTH });
  const producer = new BlockProducer(ledger, { kind: "demand" });
  const port = ports.move ?? 0;
  const faucetSecret = devnetSecret("faucet");
  const rpc = await startAptosRpc({ ledger, producer, clock, faucetSecret, host, port, log });
  const signerOf = signersByRole(signerFromSecret);
  return {
    ...marketCalls<MoveDeployment>(
      { deployMarket, fundAccount, connect: createMoveAdapter },
      { rpcUrl: rpc.url, domain: DOMAIN },
      signerOf,
    ),
    family: "move",
    name: "Aptos",
    ledger,
    producer,
    blocks: { kind: "interval", ms: BLOCK_MS },
    endpoints: [
      { name: "aptos", url: `${rpc.url}/v1` },
      { name: "aptos-faucet", url: rpc.url },
    ],
    feeAllowance: FEE_ALLOWANCE,
    close: () => rpc.close(),
  };
}
