import { randomInt } from "node:crypto";
import { decodeHex } from "@dragoman/bytes";
import type { MarketAction } from "@dragoman/chain";
import {
  decodeSvmAccount,
  decodeSvmMarket,
  type SvmActionContext,
  type SvmDeployment,
  svmAccountAddress,
  svmInstruction,
  svmMarketAddress,
} from "@dragoman/protocol";
import {
  ComputeBudgetProgram,
  type Connection,
  PublicKey,
  TransactionInstruction,
  TransactionMessage,
  type VersionedMessage,
} from "@solana/web3.js";
import { createWallet, walletOf } from "./token-instructions.ts";

/** An instruction of the codec for web3.js. */
export function toWeb3({
  programId,
  accounts,
  data,
}: ReturnType<typeof svmInstruction>): TransactionInstruction {
  return new TransactionInstruction({
    programId: new PublicKey(programId),
    keys: accounts.map(({ key, ...rights }) => ({ pubkey: new PublicKey(key), ...rights })),
    data: Buffer.from(data),
  });
}

/** Data of an account at the head; undefined if it does not exist. */
export async function readData(
  connection: Connection,
  address: string,
): Promise<Uint8Array | undefined> {
  return (await connection.getAccountInfo(new PublicKey(address)))?.data;
}

/** What the accounts of an action depend on, read from the chain. */
async function actionContext(
  connection: Connection,
  { programId }: SvmDeployment,
  action: MarketAction,
): Promise<SvmActionContext> {
  if (action.type === "settleOption") {
    const address = svmAccountAddress(programId, decodeHex(action.owner));
    const { options } = decodeSvmAccount(await readData(connection, address));
    return { expiry: options.find(({ slot }) => slot === action.slot)?.expiry ?? 0n };
  }
  if (action.type === "exportPosition") {
    const data = await readData(connection, svmMarketAddress(programId));
    return data === undefined ? {} : { nextSequence: decodeSvmMarket(data).nextSequence };
  }
  return {};
}

/** Units that any action of the market fits in; what is not used costs nothing. */
const UNITS = 1_000_000;
/** Range of what is added to {@link UNITS}, so that equal actions that name one blockhash have different signatures. */
const UNITS_SPREAD = 65_536;

/** The instructions of an action by `sender`; a withdrawal makes the sender's token account first, if it is missing. */
export async function marketInstructions(
  connection: Connection,
  deployment: SvmDeployment,
  action: MarketAction,
  sender: PublicKey,
): Promise<TransactionInstruction[]> {
  const context = await actionContext(connection, deployment, action);
  const instruction = svmInstruction(deployment, action, sender.toBase58(), context);
  const units = UNITS + randomInt(UNITS_SPREAD);
  const instructions = [ComputeBudgetProgram.setComputeUnitLimit({ units })];
  if (action.type === "withdraw") {
    const mint = new PublicKey(deployment.mint);
    const wallet = await connection.getAccountInfo(walletOf(sender, mint));
    if (wallet === null) instructions.push(createWallet(sender, sender, mint));
  }
  return [...instructions, toWeb3(instruction)];
}

/** A message of version 0 that `payer` pays. */
export const messageOf = (
  payerKey: PublicKey,
  recentBlockhash: string,
  instructions: TransactionInstruction[],
): VersionedMessage =>
  new TransactionMessage({ payerKey, recentBlockhash, instructions }).compileToV0Message();
