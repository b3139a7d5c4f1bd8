import { decodeHex, encodeHex } from "@dragoman/bytes";
import { attestationDigest, encodePacket, packetId } from "@dragoman/protocol";
import { expect, test } from "vitest";
import type { AttestationRequest, AttesterClient } from "./attester.ts";
import { attesterKey, isAttested, recoverAttester } from "./attester-key.ts";
import { collectAttestations } from "./collect-attestations.ts";

const packet = encodePacket({
  kind: "collateral",
  source: 1,
  destination: 2,
  sequence: 7n,
  timeout: 2000n,
  sender: new Uint8Array(32).fill(1),
  recipient: new Uint8Array(32).fill(2),
  collateral: 5n,
  poolValue: 0n,
  isLong: false,
  isCall: false,
  size: 0n,
  entry: 0n,
  expiry: 0n,
  strike: 0n,
});
const request: AttestationRequest = {
  purpose: "receive",
  packet: encodeHex(packet),
  height: 3,
};
const digest = attestationDigest("receive", packetId(packet));
const keys = [1, 2, 3].map((n) => attesterKey(new Uint8Array(32).fill(n)));
const forever = new Promise<never>(() => undefined);

const attesterOf = (
  index: number,
  answer: (key: (typeof keys)[number]) => Promise<Uint8Array>,
): AttesterClient => ({
  address: keys[index]!.address,
  attest: () => answer(keys[index]!),
});
const good = (index: number) => attesterOf(index, async (key) => key.sign(digest));
const down = (index: number) => attesterOf(index, () => Promise.reject(new Error("is down")));
const silent = (index: number) => attesterOf(index, () => forever);
const wrong = (index: number) =>
  attesterOf(index, async (key) => key.sign(attestationDigest("refund", packetId(packet))));

const collect = (attesters: AttesterClient[], threshold: number, patience: Promise<void>) =>
  collectAttestations({ attesters, threshold, recover: recoverAttester }, request, patience);

test("one attester that is down, silent or wrong does not keep two others", async () => {
  for (const bad of [down, silent, wrong]) {
    const collected = await collect([bad(0), good(1), good(2)], 2, forever);
    expect(collected.ok).toBe(true);
    const signatures = collected.ok ? collected.signatures.map(decodeHex) : [];
    const known = new Set(keys.map(({ address }) => address));
    expect(isAttested(digest, signatures, known, 2)).toBe(true);
  }
});

test("without a quorum the reasons are told", async () => {
  const collected = await collect([down(0), wrong(1), good(2)], 2, forever);
  expect(collected).toMatchObject({ ok: false });
  expect(collected.ok ? "" : collected.reason).toMatch(/1 of 2.*is down.*not its signature/);
});

test("attesters that never answer cost no more than the patience", async () => {
  const collected = await collect([silent(0), silent(1), good(2)], 2, Promise.resolve());
  expect(collected.ok).toBe(false);
});
