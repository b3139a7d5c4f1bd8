import {
  AddressLookupTableProgram,
  Authorized,
  ComputeBudgetProgram,
  Ed25519Program,
  Lockup,
  PublicKey,
  Secp256k1Program,
  StakeProgram,
  SYSVAR_CLOCK_PUBKEY,
  SYSVAR_STAKE_HISTORY_PUBKEY,
  SystemProgram,
  type TransactionInstruction,
} from "@solana/web3.js";
import { rawInstruction } from "./raw-instruction.ts";
import { anyKey, anySpare, anyWallet, type World } from "./world.ts";

const MEMOS = [
  new PublicKey("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr"),
  new PublicKey("Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo"),
];

export function memoInstruction(world: World): TransactionInstruction {
  const { random } = world;
  const text = random.pick([Buffer.from("hello"), Buffer.alloc(0), Buffer.of(0xff, 0xfe)]);
  const signer = [anyWallet(world), !random.oneIn(4), false] as const;
  return rawInstruction(random.pick(MEMOS), text, random.oneIn(2) ? [signer] : []);
}

export function budgetInstruction({ random }: World): TransactionInstruction {
  switch (random.below(5)) {
    case 0:
      return ComputeBudgetProgram.setComputeUnitPrice({ microLamports: random.below(2_000_000) });
    case 1:
      return ComputeBudgetProgram.requestHeapFrame({
        bytes: random.pick([32_768, 65_536, 262_144, 1000]),
      });
    case 2:
      // Between what messages name and what they load lie programs: litesvm counts those not, validators do.
      return loadedLimit(random.pick([100, 16 << 20, 64 << 20, 0]));
    default:
      return ComputeBudgetProgram.setComputeUnitLimit({
        units: random.pick([300, 2000, 5000, 30_000, 200_000, 1_400_000]),
      });
  }
}

/** SetLoadedAccountsDataSizeLimit, which web3.js does not know. */
function loadedLimit(bytes: number): TransactionInstruction {
  const data = Buffer.alloc(5, 4);
  data.writeUInt32LE(bytes, 1);
  return rawInstruction(ComputeBudgetProgram.programId, data, []);
}

const STAKE_BYTES = 200;

/** One of the instructions of the stake program, right or wrong. */
export function stakeInstruction(world: World): TransactionInstruction {
  const { random } = world;
  const [stakePubkey, authorizedPubkey] = [anySpare(world), anyWallet(world)];
  const lamports = random.pick([1, 2_282_880, 1_000_000_000, 3_000_000_000]);
  switch (random.below(8)) {
    case 0:
    case 1:
      return SystemProgram.createAccount({
        ...{ fromPubkey: anyWallet(world), newAccountPubkey: stakePubkey, lamports: 3_000_000_000 },
        ...{ space: STAKE_BYTES, programId: StakeProgram.programId },
      });
    case 2:
    case 3:
      return StakeProgram.initialize({
        ...{ stakePubkey, lockup: new Lockup(0, 0, PublicKey.default) },
        authorized: new Authorized(authorizedPubkey, authorizedPubkey),
      });
    case 4:
      return StakeProgram.withdraw({
        ...{ stakePubkey, authorizedPubkey, toPubkey: anyKey(world), lamports },
      }).instructions[0]!;
    case 5:
      return StakeProgram.deactivate({ stakePubkey, authorizedPubkey }).instructions[0]!;
    case 6:
      return rawInstruction(StakeProgram.programId, Buffer.of(13, 0, 0, 0), []);
    default:
      return rawInstruction(StakeProgram.programId, Buffer.of(random.below(20), 0, 0, 0), [
        [stakePubkey, false, true],
        [anySpare(world), false, true],
        [SYSVAR_CLOCK_PUBKEY, false, false],
        [SYSVAR_STAKE_HISTORY_PUBKEY, false, false],
        [authorizedPubkey, true, false],
      ]);
  }
}

/** One of the instructions of the lookup table program; what it creates is noted in the world. */
export function tableInstruction(world: World, slot: bigint): TransactionInstruction {
  const { random, tables } = world;
  const authority = anyWallet(world);
  if (tables.length === 0 || random.oneIn(4)) {
    const recentSlot = random.oneIn(6) ? slot : 447_552_000n;
    const [instruction, table] = AddressLookupTableProgram.createLookupTable({
      ...{ authority, payer: anyWallet(world), recentSlot },
    });
    tables.push(table);
    return instruction;
  }
  const lookupTable = random.pick(tables);
  switch (random.below(6)) {
    case 0:
      return AddressLookupTableProgram.deactivateLookupTable({ lookupTable, authority });
    case 1:
      return AddressLookupTableProgram.closeLookupTable({
        ...{ lookupTable, authority, recipient: anyWallet(world) },
      });
    case 2:
      return AddressLookupTableProgram.freezeLookupTable({ lookupTable, authority });
    default:
      return AddressLookupTableProgram.extendLookupTable({
        ...{ lookupTable, authority, payer: anyWallet(world) },
        addresses: Array.from({ length: random.between(1, 4) }, () => anyKey(world)),
      });
  }
}

/** An instruction of a precompile, of which some are damaged. */
export function precompileInstruction({ random, wallets }: World): TransactionInstruction {
  const message = Buffer.from("a message");
  const instruction = random.oneIn(3)
    ? Secp256k1Program.createInstructionWithPrivateKey({
        privateKey: new Uint8Array(32).fill(7),
        message,
        instructionIndex: random.below(3),
      })
    : Ed25519Program.createInstructionWithPrivateKey({
        privateKey: random.pick(wallets).secretKey,
        message,
      });
  if (random.oneIn(2)) return instruction;
  const data = Buffer.from(instruction.data);
  const at = random.below(data.length);
  data[at] = random.below(256);
  instruction.data = data;
  return instruction;
}
