import { assert } from "@dragoman/fault";
import {
  ComputeBudgetProgram,
  type PublicKey,
  SystemProgram,
  type TransactionInstruction,
} from "@solana/web3.js";
import { rawInstruction, u64 } from "../transactions/raw-instruction.ts";
import { anyKey, anySpare, anyWallet, type Leaf, type World } from "../transactions/world.ts";
import { compressedAccount, discriminator, option, u16, u32, vector } from "./borsh.ts";
import * as keys from "./light-keys.ts";

type Meta = readonly [key: PublicKey, isSigner: boolean, isWritable: boolean];

/** Units that an instruction over trees needs. */
const UNITS = 1_400_000;

/** One of the instructions of the programs of ZK Compression, right or wrong, behind the units that it needs. */
export function lightInstructions(world: World): TransactionInstruction[] {
  const { random } = world;
  const one = lightInstruction(world);
  const data = Buffer.from(one.data);
  if (random.oneIn(8) && data.length > 0) data[random.below(data.length)] = random.below(256);
  const others = one.keys.map((meta) => {
    return random.oneIn(60) ? { ...meta, pubkey: anyKey(world) } : meta;
  });
  one.data = data;
  one.keys = others;
  if (random.oneIn(6)) return [one];
  return [ComputeBudgetProgram.setComputeUnitLimit({ units: UNITS }), one];
}

function lightInstruction(world: World): TransactionInstruction {
  switch (world.random.below(12)) {
    case 0:
    case 1:
    case 2:
      return compressSol(world);
    case 3:
      return decompressSol(world);
    case 4:
      return createTokenPool(world);
    case 5:
    case 6:
      return mintCompressed(world);
    case 7:
      return createGroup(world);
    case 8:
      return joinGroup(world);
    case 9:
      return rawInstruction(keys.NOOP, randomData(world), []);
    default:
      return anyOther(world);
  }
}

/** Accounts with which every instruction of the light system program begins. */
const systemMetas = (payer: PublicKey, pool: PublicKey, recipient: PublicKey): Meta[] => [
  [payer, true, true],
  [payer, true, false],
  [keys.REGISTERED_SYSTEM, false, false],
  [keys.NOOP, false, false],
  [keys.COMPRESSION_AUTHORITY, false, false],
  [keys.COMPRESSION, false, false],
  [pool, false, pool !== keys.LIGHT_SYSTEM],
  [recipient, false, true],
  [SystemProgram.programId, false, false],
];

/** `invoke` of the light system program: its data have a length in front. */
function invoke(parts: readonly Buffer[], metas: readonly Meta[]): TransactionInstruction {
  const body = Buffer.concat(parts);
  const data = Buffer.concat([discriminator("invoke"), u32(body.length), body]);
  return rawInstruction(keys.LIGHT_SYSTEM, data, metas);
}

/** Lamports become a leaf of the concurrent tree or of the queue; what goes into the queue is noted. */
function compressSol(world: World): TransactionInstruction {
  const { random } = world;
  const payer = anyWallet(world);
  const lamports = random.pick([1, 1000, 2_000_000]);
  const isBatched = !random.oneIn(3);
  if (isBatched) knownLeaves(world).push({ owner: payer, lamports });
  const data = random.oneIn(5)
    ? Buffer.concat([u64(7), vector([Buffer.of(1), Buffer.of(2)]), payer.toBuffer()])
    : undefined;
  const output = Buffer.concat([compressedAccount(payer, lamports, data), Buffer.of(0)]);
  const taken = random.oneIn(8) ? lamports + 1 : lamports;
  return invoke(
    [
      option(undefined),
      vector([]),
      vector([output]),
      option(undefined),
      vector([]),
      option(u64(taken)),
      Buffer.of(1),
    ],
    [
      ...systemMetas(payer, keys.SOL_POOL, keys.LIGHT_SYSTEM),
      [isBatched ? keys.OUTPUT_QUEUE : keys.STATE_TREE, false, true],
    ],
  );
}

/** A leaf that waits in the queue is spent by its index, without a proof, and becomes lamports again. */
function decompressSol(world: World): TransactionInstruction {
  const { random } = world;
  const leaves = knownLeaves(world);
  const leaf = random.below(leaves.length + 1);
  const spent = leaves[leaf];
  if (spent === undefined) return compressSol(world);
  const { owner, lamports } = spent;
  const context = Buffer.concat([Buffer.of(0, 1), u32(leaf), Buffer.of(random.oneIn(8) ? 0 : 1)]);
  const input = Buffer.concat([compressedAccount(owner, lamports), context, u16(0), Buffer.of(0)]);
  return invoke(
    [
      option(undefined),
      vector([input]),
      vector([]),
      option(undefined),
      vector([]),
      option(u64(lamports)),
      Buffer.of(0),
    ],
    [
      ...systemMetas(owner, keys.SOL_POOL, anyKey(world)),
      [keys.BATCHED_TREE, false, true],
      [keys.OUTPUT_QUEUE, false, true],
    ],
  );
}

/** Where the queue's account counts its leaves. */
const NEXT_INDEX = 280;

/** Leaves that the queue has indeed: those of failed transactions are forgotten, those that others made are unknown. */
function knownLeaves({ pair, leaves }: World): (Leaf | undefined)[] {
  const queue = pair.ours.getAccount(keys.OUTPUT_QUEUE.toBase58());
  assert(queue.exists, "the queue is set up");
  leaves.length = Number(
    new DataView(queue.data.buffer, queue.data.byteOffset).getBigUint64(NEXT_INDEX, true),
  );
  return leaves;
}

function createTokenPool(world: World): TransactionInstruction {
  const set = world.random.pick(world.tokens);
  const mint = set.mint.publicKey;
  return rawInstruction(keys.LIGHT_TOKEN, discriminator("create_token_pool"), [
    [anyWallet(world), true, true],
    [keys.tokenPool(mint), false, true],
    [SystemProgram.programId, false, false],
    [mint, false, true],
    [set.program, false, false],
    [keys.TOKEN_AUTHORITY, false, false],
  ]);
}

/** Mints into the pool, and compresses what was minted for up to three recipients. */
function mintCompressed(world: World): TransactionInstruction {
  const { random } = world;
  const set = random.pick(world.tokens);
  const mint = set.mint.publicKey;
  const recipients = Array.from({ length: random.between(1, 3) }, () => anyKey(world).toBuffer());
  const amounts = recipients.map(() => u64(random.pick([0, 1, 1000])));
  const authority = random.oneIn(6) ? anyWallet(world) : world.wallets[0]!.publicKey;
  const data = Buffer.concat([
    discriminator("mint_to"),
    ...[vector(recipients), vector(amounts), option(undefined)],
  ]);
  return rawInstruction(keys.LIGHT_TOKEN, data, [
    [anyWallet(world), true, true],
    [authority, true, false],
    [keys.TOKEN_AUTHORITY, false, false],
    [mint, false, true],
    [keys.tokenPool(mint), false, true],
    [set.program, false, false],
    [keys.LIGHT_SYSTEM, false, false],
    [keys.REGISTERED_SYSTEM, false, false],
    [keys.NOOP, false, false],
    [keys.COMPRESSION_AUTHORITY, false, false],
    [keys.COMPRESSION, false, false],
    [random.oneIn(2) ? keys.OUTPUT_QUEUE : keys.STATE_TREE, false, true],
    [keys.LIGHT_TOKEN, false, false],
    [SystemProgram.programId, false, false],
    [keys.LIGHT_TOKEN, false, true],
  ]);
}

function createGroup(world: World): TransactionInstruction {
  const authority = anyWallet(world);
  const seed = anySpare(world);
  const data = [discriminator("initialize_group_authority"), authority.toBuffer()];
  return rawInstruction(keys.COMPRESSION, Buffer.concat(data), [
    [authority, true, true],
    [seed, true, false],
    [keys.groupOf(seed), false, true],
    [SystemProgram.programId, false, false],
  ]);
}

function joinGroup(world: World): TransactionInstruction {
  const member = anySpare(world);
  return rawInstruction(keys.COMPRESSION, discriminator("register_program_to_group"), [
    [anyWallet(world), true, true],
    [member, true, false],
    [keys.registered(member), false, true],
    [keys.groupOf(anySpare(world)), false, true],
    [SystemProgram.programId, false, false],
  ]);
}

const OTHERS = [
  [
    keys.COMPRESSION,
    [
      "update_group_authority",
      "insert_into_queues",
      "nullify_leaves",
      "batch_append",
      "batch_nullify",
      "deregister_program",
    ],
  ],
  [
    keys.REGISTRY,
    [
      "register_forester",
      "register_forester_epoch",
      "finalize_registration",
      "report_work",
      "claim",
      "update_protocol_config",
      "nullify",
    ],
  ],
  [
    keys.LIGHT_TOKEN,
    [
      "transfer",
      "approve",
      "revoke",
      "freeze",
      "thaw",
      "burn",
      "batch_compress",
      "compress_spl_token_account",
      "add_token_pool",
    ],
  ],
  [
    keys.LIGHT_SYSTEM,
    ["invoke", "invoke_cpi", "invoke_cpi_with_read_only", "init_cpi_context_account"],
  ],
] as const;

/** An instruction of any program by its name, with random data and accounts. */
function anyOther(world: World): TransactionInstruction {
  const { random } = world;
  const [program, names] = random.pick(OTHERS);
  const data = Buffer.concat([discriminator(random.pick(names)), randomData(world)]);
  const metas = Array.from({ length: random.between(0, 12) }, (): Meta => {
    const key = random.oneIn(2) ? anyKey(world) : random.pick(ACCOUNTS);
    return [key, random.oneIn(4) && isSigner(world, key), random.oneIn(2)];
  });
  return rawInstruction(program, data, [[anyWallet(world), true, true], ...metas]);
}

const ACCOUNTS = [
  keys.OUTPUT_QUEUE,
  keys.BATCHED_TREE,
  keys.STATE_TREE,
  keys.NULLIFIERS,
  keys.REGISTERED_SYSTEM,
  keys.COMPRESSION_AUTHORITY,
  keys.TOKEN_AUTHORITY,
  keys.SOL_POOL,
  keys.NOOP,
  SystemProgram.programId,
];

const isSigner = ({ wallets }: World, key: PublicKey): boolean =>
  wallets.some(({ publicKey }) => publicKey.equals(key));

function randomData({ random }: World): Buffer {
  const length = random.between(0, 60);
  return Buffer.from(
    Array.from({ length }, () => random.pick([0, 0, 1, 2, 255, random.below(256)])),
  );
}
