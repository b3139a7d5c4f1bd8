import { decodeHex, encodeHex } from "@dragoman/bytes";
import { attestationDigest, encodePacket, packetId } from "@dragoman/protocol";
import { expect, test } from "vitest";
import { ATTESTERS } from "./attestation.ts";
import { NEWCOMER, OWNERS, PUBLISHER, VOLATILITY } from "./market-under-test.ts";
import { MOVE_ADMIN, MoveChain } from "./move-chain.ts";
import { MoveMarket } from "./move-market.ts";

const TERMS = {
  domain: 3,
  publisher: PUBLISHER,
  attesters: ATTESTERS.map(({ address }) => decodeHex(address)),
  threshold: 3,
  volatility: VOLATILITY,
  supply: 1000n,
};

test("a market is made once, by the owner of the package", () => {
  const chain = new MoveChain("interpret");
  expect(chain.initialise(TERMS, OWNERS[0]!)).toBe(11);
  expect(chain.initialise(TERMS, MOVE_ADMIN)).toBe(0);
  expect(chain.initialise(TERMS, MOVE_ADMIN)).toBe(17);
});

test.each([
  ["an attester twice", { attesters: [TERMS.attesters[0]!, TERMS.attesters[0]!] }],
  ["an attester of 19 bytes", { attesters: [new Uint8Array(19).fill(1)] }],
  ["more signatures than attesters", { threshold: 5 }],
  ["a quorum of nobody", { threshold: 0 }],
  ["no volatility", { volatility: 0n }],
  ["a volatility above 4", { volatility: 4n * (1n << 32n) + 1n }],
])("%s is refused with error 1", (_, terms) => {
  const chain = new MoveChain("interpret");
  expect(chain.initialise({ ...TERMS, ...terms }, MOVE_ADMIN)).toBe(1);
});

test("before there is a market every action ends with error 17", () => {
  const chain = new MoveChain("interpret");
  expect(chain.act({ type: "deposit", amount: 1n }, OWNERS[0]!, 1n)).toEqual({ error: 17 });
  const price = { type: "publishPrice", price: 1n, confidence: 0n, time: 1n } as const;
  expect(chain.act(price, PUBLISHER, 1n)).toEqual({ error: 17 });
});

test("who has no store for the collateral gets one when they withdraw", () => {
  const market = new MoveMarket("interpret", 2);
  const none = new Uint8Array(32);
  const packet = encodePacket({
    kind: "collateral",
    source: 1,
    destination: 2,
    sequence: 1n,
    timeout: 10n,
    sender: none,
    recipient: decodeHex(NEWCOMER),
    collateral: 5n,
    poolValue: 0n,
    isLong: false,
    isCall: false,
    size: 0n,
    entry: 0n,
    expiry: 0n,
    strike: 0n,
  });
  const digest = attestationDigest("receive", packetId(packet));
  const signatures = ATTESTERS.map((key) => encodeHex(key.sign(digest)));
  const arrival = { type: "importPacket", packet: encodeHex(packet), signatures } as const;
  expect(market.act({ type: "deposit", amount: 1n }, NEWCOMER, 1n).error).toMatch(
    /^ABORTED with code 393221 in 0x1::coin/,
  );
  expect(market.act(arrival, OWNERS[0]!, 10n).error).toBe(0);
  expect(market.act({ type: "withdraw", amount: 3n }, NEWCOMER, 10n).error).toBe(0);
  expect(market.wallet(NEWCOMER)).toBe(3n);
  expect(market.tokens().vault).toBe(2n);
});
