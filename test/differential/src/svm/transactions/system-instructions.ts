import { sha256 } from "@dragoman/crypto";
import {
  NONCE_ACCOUNT_LENGTH,
  PublicKey,
  SYSVAR_RECENT_BLOCKHASHES_PUBKEY,
  SYSVAR_RENT_PUBKEY,
  SystemProgram,
  type TransactionInstruction,
} from "@solana/web3.js";
import { rawInstruction } from "./raw-instruction.ts";
import { anyKey, anyLamports, anySpare, anyWallet, TOKEN, type World } from "./world.ts";

const { programId } = SystemProgram;

const anyOwner = ({ random }: World): PublicKey =>
  random.pick([programId, TOKEN, new PublicKey("Stake11111111111111111111111111111111111111")]);

/** A derived address and what it is derived from; now and then they do not belong together. */
function seeded(world: World): { base: PublicKey; seed: string; owner: PublicKey; at: PublicKey } {
  const { random } = world;
  const base = anyWallet(world);
  const seed = random.pick(["a", "vault", ""]);
  const owner = anyOwner(world);
  const at = random.oneIn(5) ? anyKey(world) : derived(base, seed, owner);
  return { base, seed, owner, at };
}

/** What `PublicKey.createWithSeed` gives, without waiting. */
function derived(base: PublicKey, seed: string, owner: PublicKey): PublicKey {
  return new PublicKey(
    sha256(Buffer.concat([base.toBuffer(), Buffer.from(seed), owner.toBuffer()])),
  );
}

/** One of the instructions of the system program, right or wrong. */
export function systemInstruction(world: World): TransactionInstruction {
  const { random } = world;
  const lamports = anyLamports(world);
  const space = random.pick([0, 1, 80, 82, 165, 200]);
  switch (random.below(12)) {
    case 0:
    case 1:
    case 2:
      return SystemProgram.transfer({
        ...{ fromPubkey: anyKey(world), toPubkey: anyKey(world), lamports },
      });
    case 3:
    case 4:
      return SystemProgram.createAccount({
        ...{ fromPubkey: anyWallet(world), newAccountPubkey: anySpare(world) },
        ...{ lamports, space, programId: anyOwner(world) },
      });
    case 5:
      return SystemProgram.assign({ accountPubkey: anySpare(world), programId: anyOwner(world) });
    case 6:
      return SystemProgram.allocate({ accountPubkey: anySpare(world), space });
    case 7:
    case 8:
      return seedInstruction(world, lamports, space);
    case 9:
      return prefunded(world, lamports, space);
    default:
      return nonceInstruction(world, lamports);
  }
}

function seedInstruction(world: World, lamports: number, space: number): TransactionInstruction {
  const { base, seed, owner, at } = seeded(world);
  switch (world.random.below(4)) {
    case 0:
      return SystemProgram.createAccountWithSeed({
        ...{ fromPubkey: anyWallet(world), newAccountPubkey: at, basePubkey: base, seed },
        ...{ lamports, space, programId: owner },
      });
    case 1:
      return SystemProgram.assign({ accountPubkey: at, basePubkey: base, seed, programId: owner });
    case 2:
      return SystemProgram.allocate({
        ...{ accountPubkey: at, basePubkey: base, seed, space, programId: owner },
      });
    default:
      return SystemProgram.transfer({
        ...{ fromPubkey: at, basePubkey: base, toPubkey: anyKey(world), lamports },
        ...{ seed, programId: owner },
      });
  }
}

/** CreateAccountAllowPrefund, which web3.js does not know. */
function prefunded(world: World, lamports: number, space: number): TransactionInstruction {
  const data = Buffer.alloc(52);
  data.writeUInt32LE(13);
  data.writeBigUInt64LE(BigInt(lamports), 4);
  data.writeBigUInt64LE(BigInt(space), 12);
  anyOwner(world).toBuffer().copy(data, 20);
  return rawInstruction(programId, data, [
    [anySpare(world), true, true],
    [anyWallet(world), true, true],
  ]);
}

function nonceInstruction(world: World, lamports: number): TransactionInstruction {
  const { random } = world;
  const nonce = anySpare(world);
  const authority = anyWallet(world);
  const keys = [nonce, SYSVAR_RECENT_BLOCKHASHES_PUBKEY, SYSVAR_RENT_PUBKEY] as const;
  switch (random.below(5)) {
    case 0:
      return SystemProgram.createAccount({
        ...{ fromPubkey: anyWallet(world), newAccountPubkey: nonce, programId },
        ...{ lamports: 1_447_680, space: NONCE_ACCOUNT_LENGTH },
      });
    case 1:
      return rawInstruction(programId, Buffer.concat([kind(6), authority.toBuffer()]), [
        ...[[keys[0], random.oneIn(4), true] as const, [keys[1], false, false] as const],
        [random.oneIn(8) ? keys[0] : keys[2], false, false],
      ]);
    case 2:
      return SystemProgram.nonceAdvance({ noncePubkey: nonce, authorizedPubkey: authority });
    case 3:
      return SystemProgram.nonceWithdraw({
        ...{ noncePubkey: nonce, authorizedPubkey: authority, toPubkey: anyKey(world), lamports },
      });
    default:
      return SystemProgram.nonceAuthorize({
        ...{ noncePubkey: nonce, authorizedPubkey: authority, newAuthorizedPubkey: anyKey(world) },
      });
  }
}

const kind = (number: number): Buffer => {
  const data = Buffer.alloc(4);
  data.writeUInt32LE(number);
  return data;
};
