import { encodeBase58 } from "@dragoman/bytes";
import {
  AddressLookupTableAccount,
  type Keypair,
  type PublicKey,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from "@solana/web3.js";
import { lightInstructions } from "../light/light-instructions.ts";
import {
  budgetInstruction,
  memoInstruction,
  precompileInstruction,
  stakeInstruction,
  tableInstruction,
} from "./other-instructions.ts";
import { rawInstruction } from "./raw-instruction.ts";
import { systemInstruction } from "./system-instructions.ts";
import { tokenInstruction } from "./token-instructions.ts";
import { anyKey, signersOf, type World } from "./world.ts";

/** Instructions of the usual programs, of 48 with those of ZK Compression. */
const USUAL = 40;
const ALL = 48;

function randomInstructions(world: World, slot: bigint): TransactionInstruction[] {
  const kind = world.random.below(world.hasLight ? ALL : USUAL);
  return kind >= USUAL ? lightInstructions(world) : [usualInstruction(world, slot, kind)];
}

function usualInstruction(world: World, slot: bigint, kind: number): TransactionInstruction {
  const { random } = world;
  switch (kind) {
    case 0:
    case 1:
    case 2:
      return memoInstruction(world);
    case 3:
    case 4:
    case 5:
    case 6:
      return budgetInstruction(world);
    case 7:
    case 8:
    case 9:
    case 10:
    case 11:
      return stakeInstruction(world);
    case 12:
    case 13:
    case 14:
      return tableInstruction(world, slot);
    case 15:
    case 16:
      return precompileInstruction(world);
    case 17:
      return rawInstruction(anyKey(world), Buffer.of(1), [[anyKey(world), false, true]]);
    default:
      return random.oneIn(2) ? systemInstruction(world) : tokenInstruction(world);
  }
}

/** A transaction of one to four random instructions, in wire bytes; undefined if it does not fit into a packet. */
export function randomTransaction(world: World): Uint8Array | undefined {
  const { random, wallets } = world;
  const slot = world.pair.ours.getClock().slot;
  const instructions: TransactionInstruction[] = [];
  for (let count = random.between(1, 4); count > 0; count--) {
    instructions.push(...randomInstructions(world, slot));
  }
  const payer = random.oneIn(30) ? anyKey(world) : random.pick(wallets).publicKey;
  // Such a message is malformed, and never comes to a chain.
  if (instructions.some(({ programId }) => programId.equals(payer))) return undefined;
  return signedTransaction(world, instructions, payer);
}

/** The instructions as a transaction that all its signers have signed; of some one signature is damaged, or the blockhash is another. */
export function signedTransaction(
  world: World,
  instructions: readonly TransactionInstruction[],
  payerKey: PublicKey,
  isSound = false,
): Uint8Array | undefined {
  const { random, pair } = world;
  const isOdd = !isSound && random.oneIn(40);
  const message = new TransactionMessage({
    payerKey,
    recentBlockhash: isOdd ? encodeBase58(payerKey.toBytes()) : pair.ours.latestBlockhash(),
    instructions: [...instructions],
  });
  const isVersioned = !isSound && random.oneIn(3);
  const compiled = isVersioned
    ? message.compileToV0Message(readTables(world))
    : message.compileToLegacyMessage();
  const transaction = new VersionedTransaction(compiled);
  const required = compiled.staticAccountKeys
    .slice(0, compiled.header.numRequiredSignatures)
    .map(String);
  const signers: Keypair[] = signersOf(world).filter(({ publicKey }) =>
    required.includes(String(publicKey)),
  );
  const isDamaged = !isSound && random.oneIn(50);
  try {
    transaction.sign(signers);
    if (isDamaged) transaction.signatures[0]?.fill(1, 5, 6);
    const wire = transaction.serialize();
    return wire.length > 1232 ? undefined : wire;
  } catch {
    // web3.js throws a RangeError for what does not fit into its buffer.
    return undefined;
  }
}

/** Lookup tables as they stand, for messages that can use them. */
function readTables({ tables, pair }: World): AddressLookupTableAccount[] {
  return tables.slice(-3).flatMap((key) => {
    const account = pair.ours.getAccount(key.toBase58());
    if (!account.exists || account.data.length < 56) return [];
    return [
      new AddressLookupTableAccount({
        key,
        state: AddressLookupTableAccount.deserialize(account.data),
      }),
    ];
  });
}
