import type { SvmDeployment } from "@dragoman/protocol";
import { Keypair, PublicKey, SystemProgram } from "@solana/web3.js";
import { connect } from "./create-solana-adapter.ts";
import { sendInstructions } from "./send-instructions.ts";
import { createWallet, transferTokens, walletOf } from "./token-instructions.ts";

export interface FundAccountOptions {
  readonly rpcUrl: string;
  /** Ed25519 secret of the treasury, 32 bytes. */
  readonly secret: Uint8Array;
  readonly deployment: SvmDeployment;
  /** Address that is given. */
  readonly to: string;
  /** Lamports. */
  readonly native: bigint;
  /** Collateral tokens, 1e-6 USD. */
  readonly collateral: bigint;
}

/** Sends lamports and collateral from the treasury, and makes the token account if it is missing. Rejects with what the node said. */
export async function fundAccount(options: FundAccountOptions): Promise<void> {
  const { rpcUrl, secret, deployment, native, collateral } = options;
  const treasury = Keypair.fromSeed(secret);
  const from = treasury.publicKey;
  const to = new PublicKey(options.to);
  const mint = new PublicKey(deployment.mint);
  const instructions = [
    SystemProgram.transfer({ fromPubkey: from, toPubkey: to, lamports: native }),
    createWallet(from, to, mint),
    transferTokens(walletOf(from, mint), walletOf(to, mint), from, collateral),
  ];
  await sendInstructions(connect(rpcUrl), instructions, [treasury]);
}
