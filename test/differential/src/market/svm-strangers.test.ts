import { decodeBase58, decodeHex, encodeBase58, encodeHex } from "@dragoman/bytes";
import type { MarketAction } from "@dragoman/chain";
import { ADDRESS, type SvmInstruction } from "@dragoman/frontend-sbpf";
import {
  attestationDigest,
  encodePacket,
  packetId,
  svmAccountAddress,
  svmInitialise,
  svmInstruction,
  svmMarketAddress,
  svmVaultAddress,
} from "@dragoman/protocol";
import { describe, expect, test } from "vitest";
import { ATTESTERS } from "./attestation.ts";
import { OWNERS, PUBLISHER } from "./market-under-test.ts";
import { RENT_EPOCH, SVM_DEPLOYMENT } from "./svm-accounts.ts";
import { MachineChain } from "./svm-chain.ts";
import { SvmMarket } from "./svm-market.ts";

const USD = 1_000_000n;
const UNIT = 1_000_000n;
const [ANN, BOB, EVE] = OWNERS as [string, string, string];
const DOMAIN = 2;
const NOW = 1_004_000n;
const { programId, mint } = SVM_DEPLOYMENT;
const addressOf = (owner: string): string => encodeBase58(decodeHex(owner));

const chain = new MachineChain("compile");
const market = new SvmMarket(chain, DOMAIN);

function done(action: MarketAction, sender: string, now: bigint): string {
  const end = market.act(action, sender, now);
  if (!("events" in end)) throw new Error(`${action.type}: ${end.error}`);
  const [event] = end.events;
  return event?.type === "PacketSent" ? event.packet : "";
}

const price = (value: bigint, time: bigint): MarketAction => ({
  type: "publishPrice",
  price: value,
  confidence: USD,
  time,
});
const call = (expiry: bigint): MarketAction => ({
  type: "tradeOption",
  expiry,
  strike: 3000n * USD,
  isCall: true,
  isBuy: true,
  size: UNIT,
  limit: 1n << 50n,
});
const perp: MarketAction = { type: "tradePerp", isLong: true, size: UNIT, limit: 1n << 50n };
const move = (what: number): MarketAction => ({
  type: "exportPosition",
  destination: 1,
  recipient: BOB,
  what,
  collateral: 100n * USD,
  timeout: NOW + 1000n,
});

/** Signatures of all attesters for a packet. */
const signed = (purpose: "receive" | "refund", packet: string): string[] => {
  const digest = attestationDigest(purpose, packetId(decodeHex(packet)));
  return ATTESTERS.map((key) => encodeHex(key.sign(digest)));
};

done({ type: "fundPool", amount: 100_000n * USD }, ANN, 1_000_000n);
done(price(3000n * USD, 1_000_000n), PUBLISHER, 1_000_000n);
for (const owner of [ANN, BOB]) done({ type: "deposit", amount: 5000n * USD }, owner, 1_000_000n);
done({ type: "deposit", amount: 320n * USD }, EVE, 1_000_000n);
done(perp, EVE, 1_000_000n);
done(call(1_003_000n), ANN, 1_000_000n);
const sent = done(move(0), ANN, 1_000_000n);
done(perp, ANN, 1_000_000n);
done(price(2800n * USD, NOW), PUBLISHER, NOW);

const incoming = encodeHex(
  encodePacket({
    kind: "option",
    source: 1,
    destination: DOMAIN,
    sequence: 7n,
    timeout: NOW + 10n,
    sender: decodeHex(EVE),
    recipient: decodeHex(BOB),
    collateral: 500n * USD,
    poolValue: 10n * USD,
    isLong: true,
    isCall: true,
    size: UNIT,
    entry: 0n,
    expiry: NOW + 5000n,
    strike: 3000n * USD,
  }),
);

/** Each of them succeeds in the state above. */
const ACTIONS: readonly (readonly [MarketAction, sender: string, context?: object])[] = [
  [{ type: "deposit", amount: USD }, ANN],
  [{ type: "withdraw", amount: USD }, BOB],
  [{ type: "fundPool", amount: USD }, BOB],
  [perp, BOB],
  [call(NOW + 500n), BOB],
  [{ type: "settleOption", owner: ANN, slot: 0 }, BOB, { expiry: 1_003_000n }],
  [{ type: "liquidate", owner: EVE }, BOB],
  [move(1), ANN, { nextSequence: 2n }],
  [{ type: "importPacket", packet: incoming, signatures: signed("receive", incoming) }, EVE],
  [{ type: "refundPacket", packet: sent, signatures: signed("refund", sent) }, EVE],
];

const PROGRAM = decodeBase58(programId);
/** What is put in an account's place: strangers, forgeries, accounts of ours with another role or owner, and zeros that we own. */
const STRANGERS: readonly string[] = [
  ...[0x90, 0x91, 0x92, 0x93, 0x94].map((byte) => encodeBase58(new Uint8Array(32).fill(byte))),
  svmMarketAddress(programId),
  svmVaultAddress(programId),
  mint,
  ...[ANN, BOB, EVE].map((owner) => svmAccountAddress(programId, decodeHex(owner))),
];
const forged = { lamports: 10n ** 9n, executable: false, rentEpoch: RENT_EPOCH };
const copy = (address: string): Uint8Array => chain.read(address)!.data.slice();
const [plain, marketCopy, accountCopy, marketZeros, accountZeros] = STRANGERS as [
  string,
  string,
  string,
  string,
  string,
];
const system = ADDRESS.SYSTEM.bytes;
chain.write(plain, { ...forged, owner: system, data: new Uint8Array(0) });
chain.write(marketCopy, { ...forged, owner: system, data: copy(svmMarketAddress(programId)) });
const ann = copy(svmAccountAddress(programId, decodeHex(ANN)));
chain.write(accountCopy, { ...forged, owner: system, data: ann });
chain.write(marketZeros, { ...forged, owner: PROGRAM, data: new Uint8Array(528) });
chain.write(accountZeros, { ...forged, owner: PROGRAM, data: new Uint8Array(200) });

/** What anybody may do with the same accounts; the sender pays for new ones. */
const ANYBODY: readonly MarketAction["type"][] = ["settleOption", "importPacket", "refundPacket"];

const eventLines = (logs: readonly string[]): string[] =>
  logs.filter((line) => line.startsWith("Program data: "));

const instructionOf = ([action, sender, context]: (typeof ACTIONS)[number]): SvmInstruction =>
  svmInstruction(SVM_DEPLOYMENT, action, addressOf(sender), context);

describe.each(ACTIONS.map((entry) => [entry[0].type, entry] as const))("%s", (_, entry) => {
  const instruction = instructionOf(entry);
  const right = chain.attempt(instruction, NOW);

  /** Refused, or it made no difference at all. */
  const expectHarmless = (accounts: SvmInstruction["accounts"], why: string): void => {
    const { end, changes } = chain.attempt({ ...instruction, accounts }, NOW);
    if (end.failure !== undefined) return;
    expect(eventLines(end.logs), why).toEqual(eventLines(right.end.logs));
    expect(changes, why).toBe(right.changes);
  };

  test("succeeds as it should be", () => {
    expect(right.end.failure).toBeUndefined();
  });

  test("with any account but the sender replaced it is refused or does the same", () => {
    for (const [place, meta] of instruction.accounts.entries()) {
      if (place === 0) continue;
      for (const stranger of STRANGERS) {
        const key = decodeBase58(stranger);
        const accounts = instruction.accounts.with(place, { ...meta, key });
        expectHarmless(accounts, `account ${place} is ${stranger}`);
      }
    }
  });

  test("with another sender it is refused, unless anybody may", () => {
    if (ANYBODY.includes(entry[0].type)) return;
    const [sender, ...rest] = instruction.accounts;
    for (const stranger of STRANGERS) {
      const accounts = [{ ...sender!, key: decodeBase58(stranger) }, ...rest];
      const { end } = chain.attempt({ ...instruction, accounts }, NOW);
      expect(end.failure, stranger).toBeDefined();
    }
  });

  test("with any account missing, read-only or unsigned it is refused or does the same", () => {
    for (const [place, meta] of instruction.accounts.entries()) {
      const changes = [
        instruction.accounts.toSpliced(place, 1),
        instruction.accounts.with(place, { ...meta, isWritable: false }),
        instruction.accounts.with(place, { ...meta, isSigner: false }),
      ];
      for (const accounts of changes) expectHarmless(accounts, `account ${place}`);
    }
    const [sender, ...rest] = instruction.accounts;
    const unsigned = [{ ...sender!, isSigner: false }, ...rest];
    const { end } = chain.attempt({ ...instruction, accounts: unsigned }, NOW);
    expect(end.failure?.text).toBe("missing required signature for instruction");
  });

  test("with data of another length it is refused", () => {
    const { data } = instruction;
    for (let length = 0; length < data.length; length++) {
      const { end } = chain.attempt({ ...instruction, data: data.subarray(0, length) }, NOW);
      expect(end.failure, `${length} bytes`).toBeDefined();
    }
    const longer = Uint8Array.from([...data, 0]);
    expect(chain.attempt({ ...instruction, data: longer }, NOW).end.failure).toBeDefined();
  });
});

const terms = {
  domain: 9,
  publisher: addressOf(EVE),
  volatility: 1n,
  attesters: ATTESTERS.map(({ address }) => decodeHex(address)),
  threshold: 1,
};

test("nobody initialises the market again: error 17", () => {
  const again = svmInitialise(SVM_DEPLOYMENT, terms, addressOf(EVE));
  expect(chain.attempt(again, NOW).end.failure?.custom).toBe(17);
});

test("nothing works before the market is initialised: error 17", () => {
  const empty = new MachineChain("interpret");
  for (const entry of ACTIONS) {
    expect(empty.attempt(instructionOf(entry), NOW).end.failure?.custom).toBe(17);
  }
});

test("only the publisher publishes: error 11", () => {
  const instruction = svmInstruction(SVM_DEPLOYMENT, price(1n, NOW), addressOf(EVE));
  expect(chain.attempt(instruction, NOW).end.failure?.custom).toBe(11);
});

test("lamports that somebody sends to an address in advance do not hinder its account", () => {
  const own = svmAccountAddress(programId, new Uint8Array(32).fill(0x90));
  const before = chain.read(own);
  expect(before).toBeUndefined();
  chain.write(own, { ...forged, lamports: 1n, owner: system, data: new Uint8Array(0) });
  const order: MarketAction = { ...(move(0) as Extract<MarketAction, { type: "exportPosition" }>) };
  const free = { ...order, collateral: 0n } as MarketAction;
  const context = { nextSequence: 2n };
  const instruction = svmInstruction(SVM_DEPLOYMENT, free, plain, context);
  expect(chain.attempt(instruction, NOW).end.failure).toBeUndefined();
});
