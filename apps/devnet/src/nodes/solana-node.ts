import { createSolanaAdapter, deployMarket, fundAccount } from "@dragoman/adapter-solana";
import { publicKeyEd25519 } from "@dragoman/crypto";
import { refuse } from "@dragoman/fault";
import { BlockProducer } from "@dragoman/ledger";
import { SvmLedger, wallet, wellKnownPrograms } from "@dragoman/ledger-svm";
import type { SvmDeployment } from "@dragoman/protocol";
import { startSolanaRpc } from "@dragoman/rpc-solana";
import { signerFromSecret } from "@dragoman/sdk-solana";
import type { DevNode, DevNodeOptions } from "../dev-chain.ts";
import { genesisBalances } from "../genesis-balances.ts";
import { GENESIS_TIMESTAMP } from "../genesis-timestamp.ts";
import { devnetSecret } from "../secrets.ts";
import { signersByRole } from "../signers-by-role.ts";
import { marketCalls } from "./market-calls.ts";

const DOMAIN = 2;
const FINALITY_DEPTH = 4;
const SLOT_MS = 500;
const SOL = 1_000_000_000n;
const FEE_ALLOWANCE = 10n * SOL;

/** A Solana node with SPL Token and its friends. */
export async function startSolanaNode({
  clock,
  host,
  ports,
  log,
}: DevNodeOptions): Promise<DevNode> {
  const programs = await wellKnownPrograms();
  if (programs === undefined) {
    const why = `SPL Token comes with the optional npm package litesvm, which has no build for ${process.platform} ${process.arch}`;
    refuse("UNSUPPORTED_CHAIN", undefined, why);
  }
  const faucet = { secret: devnetSecret("faucet") };
  const accounts = [
    ...programs,
    ...genesisBalances(SOL, FEE_ALLOWANCE).map(
      ([role, lamports]) => [publicKeyEd25519(devnetSecret(role)), wallet(lamports)] as const,
    ),
  ];
  const genesis = { timestamp: GENESIS_TIMESTAMP, accounts };
  const ledger = new SvmLedger({ clock, genesis, finalityDepth: FINALITY_DEPTH });
  const producer = new BlockProducer(ledger, { kind: "demand" });
  const port = ports.svm ?? 0;
  const rpc = await startSolanaRpc({ ledger, producer, clock, faucet, host, port, log });
  const signerOf = signersByRole(signerFromSecret);
  return {
    ...marketCalls<SvmDeployment>(
      {
        deployMarket,
        fundAccount,
        connect: (options) => createSolanaAdapter({ ...options, finalityDepth: FINALITY_DEPTH }),
      },
      { rpcUrl: rpc.url, domain: DOMAIN },
      signerOf,
    ),
    family: "svm",
    name: "Solana",
    ledger,
    producer,
    blocks: { kind: "interval", ms: SLOT_MS },
    endpoints: [
      { name: "solana", url: rpc.url },
      { name: "solana-ws", url: rpc.wsUrl },
    ],
    feeAllowance: FEE_ALLOWANCE,
    close: () => rpc.close(),
  };
}
