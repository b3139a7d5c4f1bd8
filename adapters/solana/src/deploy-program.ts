import {
  type Connection,
  type Keypair,
  PublicKey,
  SYSVAR_CLOCK_PUBKEY,
  SYSVAR_RENT_PUBKEY,
  SystemProgram,
  TransactionInstruction,
} from "@solana/web3.js";
import {
  type SignedInstructions,
  sendInstructions,
  sendTransactions,
  TOGETHER_MAX,
} from "./send-instructions.ts";

/** The loader of upgradeable programs. */
const LOADER = new PublicKey("BPFLoaderUpgradeab1e11111111111111111111111");
/** Numbers of its instructions (anza-xyz/solana-sdk `loader-v3-interface/src/instruction.rs`). */
const NUMBER = { INITIALISE_BUFFER: 0, WRITE: 1, DEPLOY: 2 } as const;
/** Bytes before the content of its accounts. */
const HEADER = { BUFFER: 37, PROGRAM: 36 } as const;
/** Bytes of code that fit in one transaction beside keys and signature. */
const CHUNK_BYTES = 900;

export interface ProgramDeployment {
  /** The program's address. */
  readonly program: Keypair;
  /** Holds the code until it is deployed; ceases to exist then. */
  readonly buffer: Keypair;
  readonly elf: Uint8Array;
  /** Pays, and may upgrade the program. */
  readonly payer: Keypair;
}

function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, 4 * index);
  return bytes;
}

const account = (pubkey: PublicKey, isWritable: boolean, isSigner = false) => ({
  ...{ pubkey, isWritable, isSigner },
});

const loader = (keys: TransactionInstruction["keys"], ...data: readonly Uint8Array[]) =>
  new TransactionInstruction({ programId: LOADER, keys, data: Buffer.concat(data) });

/** Deploys a program by transactions alone: its code goes to a buffer, piece by piece, and from there to the program. */
export async function deployProgram(
  connection: Connection,
  { program, buffer, elf, payer }: ProgramDeployment,
): Promise<void> {
  const own = payer.publicKey;
  const create = async (target: Keypair, space: number): Promise<TransactionInstruction> =>
    SystemProgram.createAccount({
      ...{ fromPubkey: own, newAccountPubkey: target.publicKey, space, programId: LOADER },
      lamports: await connection.getMinimumBalanceForRentExemption(space),
    });
  const initialise = loader(
    [account(buffer.publicKey, true), account(own, false)],
    u32(NUMBER.INITIALISE_BUFFER),
  );
  const created = await create(buffer, HEADER.BUFFER + elf.length);
  await sendInstructions(connection, [created, initialise], [payer, buffer]);
  const writes: SignedInstructions[] = [];
  for (let offset = 0; offset < elf.length; offset += CHUNK_BYTES) {
    const bytes = elf.subarray(offset, offset + CHUNK_BYTES);
    const write = loader(
      [account(buffer.publicKey, true), account(own, false, true)],
      u32(NUMBER.WRITE, offset, bytes.length, 0),
      bytes,
    );
    writes.push({ instructions: [write], signers: [payer] });
  }
  for (let first = 0; first < writes.length; first += TOGETHER_MAX) {
    await sendTransactions(connection, writes.slice(first, first + TOGETHER_MAX));
  }
  const deploy = deployInstruction(program.publicKey, buffer.publicKey, own, elf.length);
  const target = await create(program, HEADER.PROGRAM);
  await sendInstructions(connection, [target, deploy], [payer, program]);
}

/** DeployWithMaxDataLen; the program can grow to `bytes`. */
function deployInstruction(
  program: PublicKey,
  buffer: PublicKey,
  payer: PublicKey,
  bytes: number,
): TransactionInstruction {
  const [programData] = PublicKey.findProgramAddressSync([program.toBytes()], LOADER);
  return loader(
    [
      account(payer, true, true),
      account(programData, true),
      account(program, true),
      account(buffer, true),
      account(SYSVAR_RENT_PUBKEY, false),
      account(SYSVAR_CLOCK_PUBKEY, false),
      account(SystemProgram.programId, false),
      account(payer, false, true),
    ],
    u32(NUMBER.DEPLOY, bytes, 0),
  );
}
