import { decodeHex, encodeHex } from "@dragoman/bytes";
import type { MarketAction } from "@dragoman/chain";
import { attestationDigest, decodePacket, packetId } from "@dragoman/protocol";
import type { Random } from "../evm/random.ts";
import { ATTESTERS, mirrored, STRANGER, THRESHOLD } from "./attestation.ts";
import { DOMAINS, NEWCOMER, OWNERS } from "./market-under-test.ts";

const USD = 1_000_000n;
const U64_MAX = (1n << 64n) - 1n;
/** When the sequences begin. */
export const START = 1_000_000n;
/** A chain that there is not. */
const NOWHERE = 9;

/** A packet that was sent. */
export interface SentPacket {
  readonly bytes: string;
  readonly source: number;
  readonly destination: number;
  readonly timeout: bigint;
  state: "flies" | "received" | "refunded";
}

export interface HeldOption {
  readonly owner: string;
  readonly slot: number;
  readonly expiry: bigint;
}

/** What a random action is chosen from. */
export interface MarketWorld {
  now: bigint;
  /** Newest price of the market that acts. */
  price: bigint;
  /** Number of the chain that acts. */
  domain: number;
  readonly sent: SentPacket[];
  /** Whether the sender has a perpetual there. */
  hasPerp: boolean;
  /** Option slots in use there, of the sender first. */
  options: readonly HeldOption[];
  /** The owner who is nearest to liquidation there. */
  weakest: string;
  /** What the sender can withdraw there without going below the initial margin. */
  spare: bigint;
  /** Prices around the one at which the weakest can be liquidated. */
  edgePrices: readonly bigint[];
  /** What must come next there, before time goes on. */
  follow: MarketAction | undefined;
}

const KINDS: readonly MarketAction["type"][] = [
  "deposit",
  "withdraw",
  "publishPrice",
  "publishPrice",
  "publishPrice",
  "tradePerp",
  "tradePerp",
  "tradePerp",
  "tradeOption",
  "tradeOption",
  "tradeOption",
  "settleOption",
  "settleOption",
  "liquidate",
  "liquidate",
  "liquidate",
  "exportPosition",
  "exportPosition",
  "exportPosition",
  "importPacket",
  "importPacket",
  "importPacket",
  "refundPacket",
];
const FIRST: readonly MarketAction["type"][] = ["fundPool", "publishPrice", "deposit", "deposit"];

/** Action number `index` of the chain that acts. */
export function randomAction(random: Random, index: number, world: MarketWorld): MarketAction {
  const type = FIRST[index] ?? random.pick(KINDS);
  const { price } = world;
  switch (type) {
    case "withdraw": {
      const most = world.spare + BigInt(random.below(2));
      const isEdge = random.chance(30) && most > 0n;
      return { type, amount: isEdge ? most : amount(random, 3000n) };
    }
    case "deposit":
    case "fundPool":
      return { type, amount: amount(random, index === 0 ? 100_000n : 3000n) };
    case "publishPrice":
      return randomPrice(random, world);
    case "tradePerp": {
      const isLong = random.chance(50);
      return { type, isLong, size: size(random), limit: limit(random, isLong, price) };
    }
    case "tradeOption":
      return randomOption(random, world);
    case "settleOption":
      return randomSettlement(random, world);
    case "liquidate":
      return { type, owner: random.chance(70) ? world.weakest : anyOwner(random) };
    case "exportPosition":
      return randomExport(random, world);
    case "importPacket":
    case "refundPacket":
      return randomDelivery(random, type, world);
  }
}

function randomOption(random: Random, { now, price }: MarketWorld): MarketAction {
  const isBuy = random.chance(60);
  return {
    type: "tradeOption",
    ...series(random, now, price),
    isBuy,
    size: size(random),
    limit: limit(random, isBuy, price / 30n),
  };
}

/** Of an option that has expired, if there is one; now and then of any slot. */
function randomSettlement(random: Random, world: MarketWorld): MarketAction {
  const type = "settleOption";
  if (random.chance(10)) return { type, owner: anyOwner(random), slot: random.below(5) };
  const expired = world.options.filter(({ expiry }) => expiry <= world.now);
  const candidates = expired.length > 0 && random.chance(80) ? expired : world.options;
  if (candidates.length === 0) return randomOption(random, world);
  const { owner, slot } = random.pick(candidates);
  return { type, owner, slot };
}

function randomExport(random: Random, world: MarketWorld): MarketAction {
  return {
    type: "exportPosition",
    destination: random.below(20) === 0 ? random.pick([world.domain, NOWHERE]) : other(world),
    recipient: anyOwner(random),
    what: random.chance(25) ? random.pick([0, 1, 2, 3, 4, 5, 6, 255]) : held(random, world),
    collateral: random.chance(20) ? 0n : amount(random, 600n),
    timeout: world.now + BigInt(random.below(12) === 0 ? -random.below(2) : 1 + random.below(4000)),
  };
}

/** Something that the sender has, if it is no more than collateral. */
function held(random: Random, { hasPerp, options }: MarketWorld): number {
  const slot = options[random.below(3)]?.slot;
  return random.pick([0, hasPerp ? 1 : 0, slot === undefined ? 0 : slot + 2]);
}

const other = ({ domain }: MarketWorld): number =>
  domain === DOMAINS[0] ? DOMAINS[1] : DOMAINS[0];

const anyOwner = (random: Random): string => random.pick([...OWNERS, NEWCOMER]);

/** Up to `usd` dollars; now and then at the limits. */
const amount = (random: Random, usd: bigint): bigint =>
  random.below(40) === 0
    ? random.pick([0n, 1n, 1n << 60n, U64_MAX])
    : (usd * USD * BigInt(1 + random.below(1000))) / 1000n;

const size = (random: Random): bigint =>
  random.below(40) === 0
    ? random.pick([0n, 1n, (1n << 40n) - 1n, 1n << 40n, U64_MAX])
    : BigInt(1 + random.below(random.chance(25) ? 20_000_000 : 2_000_000));

/** Mostly any price; now and then one that is just met, or just not. */
const limit = (random: Random, isHighest: boolean, near: bigint): bigint =>
  random.below(8) === 0 ? near + random.pick([-1n, 0n, 1n]) : isHighest ? U64_MAX : 0n;

/** One of a few series, so that they meet in a slot: near and far in time and price. */
const series = (random: Random, now: bigint, price: bigint) => ({
  expiry:
    random.below(20) === 0
      ? now + random.pick([0n, 31_536_000n, 31_536_001n])
      : random.chance(35)
        ? START + 86_400n * random.pick([7n, 30n, 180n, 360n])
        : START + 1200n * ((now - START) / 1200n + BigInt(random.below(3))),
  strike: random.chance(40) ? 3000n * USD : randomStrike(random, price),
  isCall: random.chance(50),
});

function randomStrike(random: Random, price: bigint): bigint {
  if (random.below(20) === 0) return random.pick([0n, 1n, (1n << 40n) - 1n, 1n << 40n]);
  const percent = random.chance(50) ? 80 + random.below(41) : 30 + random.below(300);
  return (price * BigInt(percent)) / 100n + BigInt(random.below(2));
}

function randomPrice(random: Random, world: MarketWorld): MarketAction {
  const { now, price, edgePrices } = world;
  if (edgePrices.length > 0 && random.chance(50)) {
    world.follow = { type: "liquidate", owner: world.weakest };
    return { type: "publishPrice", price: random.pick(edgePrices), confidence: 0n, time: now };
  }
  const moved =
    (price * BigInt(random.chance(10) ? 50 + random.below(101) : 80 + random.below(41))) / 100n;
  const isExtreme = random.below(60) === 0;
  const next = isExtreme ? random.pick([0n, 1n, (1n << 40n) - 1n, 1n << 40n]) : moved + 1n;
  return {
    type: "publishPrice",
    price: next,
    confidence: next / BigInt(random.chance(4) ? 49 : 50 + random.below(400)),
    time: now + BigInt(random.chance(80) ? 0 : random.pick([60, 61, -1, -3599])),
  };
}

/**
 * A packet with signatures. Attesters sign what the protocol lets them: that the destination may receive it, or that the source may take it back
 * because it timed out there unreceived; so tokens are conserved. Everything else is signed by too few.
 */
function randomDelivery(
  random: Random,
  type: "importPacket" | "refundPacket",
  world: MarketWorld,
): MarketAction {
  const isImport = type === "importPacket";
  const fitting = world.sent.filter((packet) =>
    isImport ? packet.destination === world.domain : packet.source === world.domain,
  );
  const isStale = random.chance(15);
  const fresh = fitting.filter(
    ({ state, timeout }) =>
      state === "flies" && (isStale || (isImport ? timeout >= world.now : timeout < world.now)),
  );
  if (fresh.length === 0 && random.chance(85)) return randomExport(random, world);
  const pool = random.chance(85) && fresh.length > 0 ? fresh : world.sent;
  if (pool.length === 0) return { type, packet: "0x01", signatures: [] };
  const packet = random.pick(pool);
  const isDue = isImport ? packet.state !== "refunded" : isRefundable(packet, world.now);
  const purpose = isImport ? "receive" : "refund";
  const bytes = spoilt(random, packet.bytes);
  const signatures = sign(random, purpose, bytes, isDue || bytes !== packet.bytes);
  return { type, packet: bytes, signatures };
}

const isRefundable = ({ state, timeout }: SentPacket, now: bigint): boolean =>
  state !== "received" && timeout < now;

/** The packet, or one in ten times something that is no packet for this chain: cut, longer, or with another version, kind, flag or domain. */
function spoilt(random: Random, packet: string): string {
  if (random.below(10) !== 0) return packet;
  const bytes = decodeHex(packet);
  switch (random.below(6)) {
    case 0:
      return encodeHex(bytes.subarray(0, random.below(bytes.length)));
    case 1:
      return `${packet}00`;
    case 2:
      return encodeHex(bytes.with(0, 2));
    case 3:
      return encodeHex(bytes.with(1, 3 + random.below(253)));
    case 4:
      return encodeHex(bytes.with(106, 4 + random.below(252)));
    default:
      return encodeHex(bytes.with(9, NOWHERE));
  }
}

/** Signatures of a quorum, mostly in order; of fewer where the packet is not due. */
function sign(
  random: Random,
  purpose: "receive" | "refund",
  packet: string,
  isDue: boolean,
): string[] {
  const id = packetId(decodeHex(packet));
  const digest = attestationDigest(purpose, id);
  const signatures = ATTESTERS.map((key) => key.sign(digest));
  if (random.chance(50)) signatures.splice(random.below(signatures.length), 1);
  const all = isDue ? signatures : signatures.slice(0, random.below(THRESHOLD));
  return (isDue && random.chance(25) ? disturb(random, all, purpose, id) : all).map(encodeHex);
}

/** Signatures that are, but for the last way, no attestation. */
function disturb(
  random: Random,
  signatures: Uint8Array[],
  purpose: "receive" | "refund",
  id: Uint8Array,
): Uint8Array[] {
  const digest = attestationDigest(purpose, id);
  const opposite = attestationDigest(purpose === "receive" ? "refund" : "receive", id);
  const at = random.below(signatures.length);
  const first = signatures[at]!;
  switch (random.below(9)) {
    case 0:
      return signatures.slice(0, random.below(THRESHOLD));
    case 1:
      return signatures.toReversed();
    case 2:
      return signatures.with(at, signatures[(at + 1) % signatures.length]!);
    case 3:
      return signatures.with(at, first.with(random.below(64), random.below(256)));
    case 4:
      return signatures.with(at, first.with(64, random.pick([1 - first[64]!, 2, 27, 255])));
    case 5:
      return signatures.with(at, first.subarray(0, 64));
    case 6:
      return signatures.with(at, STRANGER.sign(digest));
    case 7:
      return ATTESTERS.map((key) => key.sign(opposite));
    default:
      return signatures.with(at, mirrored(first));
  }
}

/** What the outside keeps of a packet that was sent. */
export function sentPacket(bytes: string): SentPacket {
  const { source, destination, timeout } = decodePacket(decodeHex(bytes));
  return { bytes, source, destination, timeout, state: "flies" };
}
