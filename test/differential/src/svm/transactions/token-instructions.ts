import { PublicKey, SystemProgram, type TransactionInstruction } from "@solana/web3.js";
import { rawInstruction, u64 } from "./raw-instruction.ts";
import { anyKey, anyWallet, type TokenSet, type World } from "./world.ts";

const ATA = new PublicKey("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL");
const DECIMALS = 6;

/** Creates a token program's mint and holdings, and fills them: one list for each transaction. */
export function setUpTokens(world: World, set: TokenSet): TransactionInstruction[][] {
  const { wallets } = world;
  const [payer] = wallets as [(typeof wallets)[number]];
  const { program, mint, holdings } = set;
  const create = (key: PublicKey, space: number): TransactionInstruction =>
    SystemProgram.createAccount({
      ...{ fromPubkey: payer.publicKey, newAccountPubkey: key, programId: program },
      ...{ lamports: 3_000_000, space },
    });
  const authority = payer.publicKey.toBuffer();
  const initialise = rawInstruction(
    program,
    Buffer.concat([Buffer.of(20, DECIMALS), authority, Buffer.of(1), authority]),
    [[mint.publicKey, false, true]],
  );
  return [
    [create(mint.publicKey, 82), initialise],
    ...holdings.map((holding, index) => {
      const owner = wallets[index]!.publicKey;
      return [
        create(holding.publicKey, 165),
        rawInstruction(program, Buffer.concat([Buffer.of(18), owner.toBuffer()]), [
          [holding.publicKey, false, true],
          [mint.publicKey, false, false],
        ]),
        rawInstruction(program, Buffer.concat([Buffer.of(7), u64(1_000_000)]), [
          [mint.publicKey, false, true],
          [holding.publicKey, false, true],
          [payer.publicKey, true, false],
        ]),
      ];
    }),
  ];
}

type Meta = readonly [key: PublicKey, isSigner: boolean, isWritable: boolean];

/** One of the instructions of a token program, right or wrong. */
export function tokenInstruction(world: World): TransactionInstruction {
  const { random } = world;
  const set = random.pick(world.tokens);
  const at = random.below(set.holdings.length);
  const from = set.holdings[at]!.publicKey;
  const owner = random.oneIn(6) ? anyKey(world) : world.wallets[at]!.publicKey;
  const to = random.oneIn(8) ? anyKey(world) : random.pick(set.holdings).publicKey;
  const amount = random.pick([0, 1, 10, 1000, 5_000_000]);
  const mint = set.mint.publicKey;
  const first = world.wallets[0]!.publicKey;
  const [w, r] = [
    (key: PublicKey): Meta => [key, false, true],
    (key: PublicKey): Meta => [key, false, false],
  ];
  const s = (key: PublicKey): Meta => [key, !random.oneIn(12), false];
  const make = (data: Uint8Array, ...accounts: Meta[]): TransactionInstruction =>
    rawInstruction(set.program, data, accounts);
  const sized = (kind: number, ...more: number[]): Buffer =>
    Buffer.concat([Buffer.of(kind), u64(amount), Buffer.from(more)]);
  switch (random.below(16)) {
    case 0:
    case 1:
      return make(sized(3), w(from), w(to), s(owner));
    case 2:
    case 3:
      return make(sized(12, DECIMALS), w(from), r(mint), w(to), s(owner));
    case 4:
      return make(sized(4), w(from), r(anyWallet(world)), s(owner));
    case 5:
      return make(Buffer.of(5), w(from), s(owner));
    case 6:
      return make(sized(7), w(mint), w(to), s(random.oneIn(6) ? owner : first));
    case 7:
      return make(sized(8), w(from), w(mint), s(owner));
    case 8:
      return make(authorityData(world), w(random.oneIn(4) ? mint : from), s(owner));
    case 9:
      return make(Buffer.of(9), w(from), w(anyKey(world)), s(owner));
    case 10:
      return make(Buffer.of(random.pick([10, 11])), w(from), r(mint), s(first));
    case 11:
      return make(Buffer.of(17), w(from));
    case 12:
      return make(Buffer.of(21), r(mint));
    case 13:
      return make(random.pick([sized(23), Buffer.from([24, 49, 46, 53])]), r(mint));
    case 14:
      return make(randomBytes(world), w(from), w(mint), s(owner), r(to));
    default:
      return associated(world, set, owner);
  }
}

/** SetAuthority {kind, key or none}. */
function authorityData(world: World): Buffer {
  const { random } = world;
  const kind = random.below(5);
  if (random.oneIn(3)) return Buffer.of(6, kind, 0);
  return Buffer.concat([Buffer.of(6, kind, 1), anyWallet(world).toBuffer()]);
}

function randomBytes({ random }: World): Buffer {
  const length = random.between(1, 40);
  return Buffer.from([random.below(50), ...Array.from({ length }, () => random.pick([0, 1, 255]))]);
}

/** Create, CreateIdempotent and RecoverNested of the associated token program. */
function associated(world: World, set: TokenSet, owner: PublicKey): TransactionInstruction {
  const { random } = world;
  const program = random.oneIn(8) ? random.pick(world.tokens).program : set.program;
  const seeds = [owner.toBuffer(), program.toBuffer(), set.mint.publicKey.toBuffer()];
  const [address] = PublicKey.findProgramAddressSync(seeds, ATA);
  return rawInstruction(ATA, Buffer.from(random.pick([[], [0], [1], [2]])), [
    [anyWallet(world), true, true],
    [random.oneIn(10) ? anyKey(world) : address, false, true],
    [owner, false, false],
    [set.mint.publicKey, false, false],
    [SystemProgram.programId, false, false],
    [program, false, false],
  ]);
}
