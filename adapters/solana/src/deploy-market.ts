import { sha256 } from "@dragoman/crypto";
import {
  type SvmDeployment,
  svmInitialise,
  svmMarketAddress,
  svmMarketElf,
} from "@dragoman/protocol";
import { Keypair, PublicKey, SystemProgram, type TransactionInstruction } from "@solana/web3.js";
import { connect } from "./create-solana-adapter.ts";
import { deployProgram } from "./deploy-program.ts";
import { toWeb3 } from "./market-message.ts";
import { sendInstructions } from "./send-instructions.ts";
import {
  createWallet,
  initialiseMint,
  MINT_BYTES,
  mintTo,
  setMintAuthority,
  TOKEN_PROGRAM,
  walletOf,
} from "./token-instructions.ts";

export interface DeployMarketOptions {
  readonly rpcUrl: string;
  /** Ed25519 secret of the deployer, 32 bytes; it pays, becomes admin and holds the supply. */
  readonly secret: Uint8Array;
  /** The chain's number in packets. */
  readonly domain: number;
  /** Address that publishes prices. */
  readonly publisher: string;
  /** 20 bytes each. */
  readonly attesters: readonly Uint8Array[];
  readonly threshold: number;
  /** Annual, Q32. */
  readonly volatility: bigint;
  /** Collateral tokens for the deployer, 1e-6 USD. Afterwards only the market mints and burns. */
  readonly supply: bigint;
}

const DECIMALS = 6;

/** A key that follows from the deployer's secret, so that a deployment's addresses can be told beforehand. */
function derivedKey(secret: Uint8Array, purpose: string): Keypair {
  const seed = sha256(Uint8Array.from([...secret, ...new TextEncoder().encode(purpose)]));
  return Keypair.fromSeed(seed);
}

/**
 * Deploys the market: its program, its collateral's mint, the deployer's supply, the right to mint for the market, and its state. Rejects with
 * what the node said.
 */
export async function deployMarket(options: DeployMarketOptions): Promise<SvmDeployment> {
  const { rpcUrl, secret, supply } = options;
  const connection = connect(rpcUrl);
  const deployer = Keypair.fromSeed(secret);
  const program = derivedKey(secret, "market program");
  const mint = derivedKey(secret, "market collateral");
  const deployment: SvmDeployment = {
    programId: program.publicKey.toBase58(),
    mint: mint.publicKey.toBase58(),
  };
  const buffer = derivedKey(secret, "market buffer");
  await deployProgram(connection, { program, buffer, elf: svmMarketElf(), payer: deployer });
  const lamports = await connection.getMinimumBalanceForRentExemption(MINT_BYTES);
  const market = new PublicKey(svmMarketAddress(deployment.programId));
  const own = deployer.publicKey;
  const instructions: TransactionInstruction[] = [
    SystemProgram.createAccount({
      ...{ fromPubkey: own, newAccountPubkey: mint.publicKey, lamports, space: MINT_BYTES },
      programId: TOKEN_PROGRAM,
    }),
    initialiseMint(mint.publicKey, DECIMALS, own),
    createWallet(own, own, mint.publicKey),
    mintTo(mint.publicKey, walletOf(own, mint.publicKey), own, supply),
    setMintAuthority(mint.publicKey, own, market),
  ];
  await sendInstructions(connection, instructions, [deployer, mint]);
  const initialise = toWeb3(svmInitialise(deployment, options, own.toBase58()));
  await sendInstructions(connection, [initialise], [deployer]);
  return deployment;
}
