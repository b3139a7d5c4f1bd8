import { decodeBase58, encodeBase58 } from "@dragoman/bytes";
import { ADDRESS, type SvmAccount, type SvmInstruction } from "@dragoman/frontend-sbpf";
import {
  SVM_TOKEN_PROGRAM,
  type SvmDeployment,
  svmMarketAddress,
  svmWalletAddress,
} from "@dragoman/protocol";

export const SVM_DEPLOYMENT: SvmDeployment = {
  programId: encodeBase58(new Uint8Array(32).fill(0x51)),
  mint: encodeBase58(new Uint8Array(32).fill(0x52)),
};

/** How an instruction ended: the custom error of a program, or the words of any other failure. */
export interface SvmEnd {
  readonly failure: { readonly custom?: number; readonly text: string } | undefined;
  readonly logs: readonly string[];
  readonly returnData: Uint8Array;
}

/** Accounts and a runtime: our machine, or a peer. The market's program and SPL Token are there. */
export interface SvmChain {
  write(address: string, account: SvmAccount): void;
  read(address: string): SvmAccount | undefined;
  /** Runs one instruction as a transaction of its own at `now`. */
  run(instruction: SvmInstruction, now: bigint): SvmEnd;
}

export const RENT_EPOCH: bigint = (1n << 64n) - 1n;
/** Units of a transaction that asks for no others. */
export const SVM_UNITS = 200_000n;

const account = (owner: Uint8Array, lamports: bigint, data: Uint8Array): SvmAccount => ({
  owner,
  lamports,
  data,
  executable: false,
  rentEpoch: RENT_EPOCH,
});

const TOKEN = decodeBase58(SVM_TOKEN_PROGRAM);
const DECIMALS = 6;

/** The collateral's mint: SPL Token's layout, authority the market, no freeze authority. */
export function writeMint(chain: SvmChain, supply: bigint): void {
  const { mint, programId } = SVM_DEPLOYMENT;
  const data = new Uint8Array(82);
  const view = new DataView(data.buffer);
  view.setUint32(0, 1, true);
  data.set(decodeBase58(svmMarketAddress(programId)), 4);
  view.setBigUint64(36, supply, true);
  data[44] = DECIMALS;
  data[45] = 1;
  chain.write(mint, account(TOKEN, 1_000_000_000n, data));
}

/** A wallet with lamports, and its associated token account with collateral. */
export function writeWallet(chain: SvmChain, wallet: string, collateral: bigint): void {
  const { mint } = SVM_DEPLOYMENT;
  chain.write(wallet, account(ADDRESS.SYSTEM.bytes, 1_000_000_000_000n, new Uint8Array(0)));
  const data = new Uint8Array(165);
  data.set(decodeBase58(mint), 0);
  data.set(decodeBase58(wallet), 32);
  new DataView(data.buffer).setBigUint64(64, collateral, true);
  data[108] = 1;
  chain.write(svmWalletAddress(wallet, mint), account(TOKEN, 1_000_000_000n, data));
}
