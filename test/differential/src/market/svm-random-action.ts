import { decodeHex, encodeHex } from "@dragoman/bytes";
import type { MarketAction } from "@dragoman/chain";
import { attestationDigest, encodePacket, packetId } from "@dragoman/protocol";
import type { Random } from "../evm/random.ts";
import { ATTESTERS, SVM_DOMAIN, svmOwner } from "./svm-market.ts";

const USD = 1_000_000n;
const U64_MAX = (1n << 64n) - 1n;
/** Options end at multiples of it. */
const TERM = 1500n;
/** Domain that packets come from and go to. */
const OTHER_DOMAIN = 1;
export const SVM_OWNERS = 3;
/** One more owner, who has no account until a packet brings one. */
export const SVM_NEWCOMER: string = svmOwner(SVM_OWNERS);

/** What a random action is chosen from. */
export interface SvmWorld {
  readonly now: bigint;
  readonly price: bigint;
  /** Packets that the market has sent, 0x hex. */
  readonly sent: readonly string[];
  /** Highest sequence of a packet that was made up for an import. */
  imported: number;
}

const KINDS: readonly MarketAction["type"][] = [
  "deposit",
  "withdraw",
  "publishPrice",
  "publishPrice",
  "tradePerp",
  "tradePerp",
  "tradeOption",
  "tradeOption",
  "settleOption",
  "settleOption",
  "liquidate",
  "liquidate",
  "exportPosition",
  "exportPosition",
  "importPacket",
  "importPacket",
  "refundPacket",
];
const FIRST: readonly MarketAction["type"][] = ["fundPool", "publishPrice", "deposit", "deposit"];

/** Action number `index` of a sequence. */
export function randomAction(random: Random, index: number, world: SvmWorld): MarketAction {
  const type = FIRST[index] ?? random.pick(KINDS);
  const { now, price } = world;
  switch (type) {
    case "deposit":
    case "withdraw":
    case "fundPool":
      return { type, amount: amount(random, index === 0 ? 100_000n : 3000n) };
    case "publishPrice":
      return randomPrice(random, now, price);
    case "tradePerp": {
      const isLong = random.chance(50);
      return { type, isLong, size: size(random), limit: limit(random, isLong, price) };
    }
    case "tradeOption": {
      const isBuy = random.chance(50);
      const worst = limit(random, isBuy, price / 30n);
      return { type, ...series(random, now, price), isBuy, size: size(random), limit: worst };
    }
    case "settleOption":
      return { type, owner: owner(random), slot: random.pick([0, 0, 1, 1, 2, 3, 4]) };
    case "liquidate":
      return { type, owner: svmOwner(random.below(SVM_OWNERS)) };
    case "exportPosition":
      return {
        type,
        destination: random.below(12) === 0 ? SVM_DOMAIN : OTHER_DOMAIN,
        recipient: owner(random),
        what: random.pick([0, 1, 1, 2, 2, 3, 4, 5, 6, 255]),
        collateral: random.chance(30) ? 0n : amount(random, 600n),
        timeout: now + BigInt(random.below(12) === 0 ? -random.below(2) : 1 + random.below(2000)),
      };
    case "importPacket":
      return attested(random, "receive", randomPacket(random, world));
    case "refundPacket": {
      const packet =
        world.sent.length === 0 ? randomPacket(random, world) : random.pick(world.sent);
      return attested(random, "refund", spoilt(random, packet));
    }
  }
}

const owner = (random: Random): string => svmOwner(random.below(SVM_OWNERS + 1));

/** Up to `usd` dollars; now and then at the limits. */
const amount = (random: Random, usd: bigint): bigint =>
  random.below(30) === 0
    ? random.pick([0n, 1n, (1n << 60n) - 1n, 1n << 60n, U64_MAX])
    : (usd * USD * BigInt(1 + random.below(1000))) / 1000n;

const size = (random: Random): bigint =>
  random.below(30) === 0
    ? random.pick([0n, 1n, (1n << 40n) - 1n, 1n << 40n, U64_MAX])
    : BigInt(1 + random.below(random.chance(25) ? 9_000_000 : 3_000_000));

const limit = (random: Random, isHighest: boolean, near: bigint): bigint =>
  random.below(8) === 0 ? near : isHighest ? U64_MAX : 0n;

const series = (random: Random, now: bigint, price: bigint) => ({
  expiry:
    (now / TERM + BigInt(random.below(4))) * TERM + BigInt(random.below(20) === 0 ? 31_536_000 : 0),
  strike: random.chance(50)
    ? 3000n * USD
    : random.below(20) === 0
      ? random.pick([0n, 1n, (1n << 40n) - 1n, 1n << 40n])
      : (price * BigInt(80 + random.below(41))) / 100n,
  isCall: random.chance(50),
});

function randomPrice(random: Random, now: bigint, price: bigint): MarketAction {
  const moved = (price * BigInt(75 + random.below(51))) / 100n;
  const isExtreme = random.below(40) === 0;
  const next = isExtreme ? random.pick([0n, 1n, (1n << 40n) - 1n, 1n << 40n]) : moved + 1n;
  return {
    type: "publishPrice",
    price: next,
    confidence: next / BigInt(40 + random.below(200)),
    time: now + BigInt(random.pick([0, 0, 0, 0, 60, 61, -1, -3599])),
  };
}

/** A packet from the other domain that could have been sent there, and now and then a broken or repeated one. */
function randomPacket(random: Random, world: SvmWorld): string {
  const kind = random.pick(["collateral", "perp", "option"] as const);
  const isRepeated = world.imported > 0 && random.below(6) === 0;
  if (!isRepeated) world.imported++;
  const isPerp = kind === "perp";
  const isOption = kind === "option";
  const { expiry, strike, isCall } = series(random, world.now, world.price);
  const bytes = encodePacket({
    kind,
    source: random.below(20) === 0 ? SVM_DOMAIN : OTHER_DOMAIN,
    destination: random.below(20) === 0 ? OTHER_DOMAIN : SVM_DOMAIN,
    sequence: BigInt(isRepeated ? 1 + random.below(world.imported) : world.imported),
    timeout: world.now + BigInt(random.below(12) === 0 ? -1 : random.below(3000)),
    sender: decodeHex(owner(random)),
    recipient: decodeHex(owner(random)),
    collateral: BigInt(random.below(2000)) * USD,
    poolValue: isOption ? BigInt(random.below(100)) * USD : 0n,
    isLong: isOption || (isPerp && random.chance(50)),
    isCall: isOption && isCall,
    size: kind === "collateral" ? 0n : BigInt(1 + random.below(2_000_000)),
    entry: isPerp ? world.price : 0n,
    expiry: isOption ? expiry : 0n,
    strike: isOption ? (strike === 0n || strike >= 1n << 40n ? 3000n * USD : strike) : 0n,
  });
  return spoilt(random, encodeHex(bytes));
}

/** The packet, or one in ten times another: cut, longer, or with another version, kind, flag, domain, sequence, timeout or sender. */
function spoilt(random: Random, packet: string): string {
  if (random.below(10) !== 0) return packet;
  const bytes = decodeHex(packet);
  if (random.below(4) === 0) return encodeHex(bytes.subarray(0, random.below(bytes.length)));
  if (random.below(4) === 0) return `${packet}00`;
  const at = random.pick([0, 1, 106, 2, 6, 10 + random.below(16), 26 + random.below(32)]);
  return encodeHex(bytes.with(at, random.below(256)));
}

/** The packet with signatures: mostly good ones, else too few, unsorted, repeated, foreign, altered or cut. */
function attested(random: Random, purpose: "receive" | "refund", packet: string): MarketAction {
  const asked = random.below(20) === 0 ? "receive" : purpose;
  const digest = attestationDigest(asked, packetId(decodeHex(packet)));
  let signatures = ATTESTERS.map((key) => key.sign(digest));
  if (random.chance(50)) signatures.splice(random.below(signatures.length), 1);
  switch (random.below(16)) {
    case 0:
      signatures = signatures.slice(0, random.below(3));
      break;
    case 1:
      signatures.reverse();
      break;
    case 2:
      signatures[1] = signatures[0]!;
      break;
    case 3: {
      const at = random.below(signatures.length);
      signatures[at] = signatures[at]!.with(random.below(65), random.below(256));
      break;
    }
    case 4:
      signatures[0] = signatures[0]!.subarray(0, 64);
      break;
    default:
  }
  const type = purpose === "receive" ? "importPacket" : "refundPacket";
  return { type, packet, signatures: signatures.map((signature) => encodeHex(signature)) };
}
