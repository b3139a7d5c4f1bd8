import { encodeBase58 } from "@dragoman/bytes";
import { publicKeyEd25519, sha256, signEd25519 } from "@dragoman/crypto";
import { FaultError } from "@dragoman/fault";
import fc from "fast-check";
import { LiteSVM as Peer } from "litesvm";
import { expect, test } from "vitest";
import { readComputeBudget } from "./compute-budget.ts";
import { decodeMessage, encodeMessage, type SvmMessage } from "./message.ts";
import { V1_MAX } from "./message-v1.ts";
import { decodeTransaction, encodeTransaction, hasValidSignatures } from "./signed-transaction.ts";

const secret = sha256(new TextEncoder().encode("payer"));
const payer = publicKeyEd25519(secret);
const to = new Uint8Array(32).fill(9);
const system = new Uint8Array(32);

/** A transfer of a million lamports as a message of version 1. */
function transfer(fields: Partial<SvmMessage> = {}): SvmMessage {
  const data = new Uint8Array(12);
  data.set([2, 0, 0, 0, 0x40, 0x42, 0x0f]);
  return {
    ...{ version: 1, requiredSignatures: 1, readonlySigned: 0, readonlyUnsigned: 1 },
    ...{ keys: [payer, to, system], recentBlockhash: new Uint8Array(32).fill(3) },
    instructions: [{ program: 2, accounts: [0, 1], data }],
    ...{ config: { unitLimit: 1000, loadedBytesMax: 100_000 }, ...fields },
  };
}

const wireOf = (message: SvmMessage): Uint8Array => {
  const bytes = encodeMessage(message);
  return encodeTransaction([signEd25519(bytes, secret)], bytes);
};

test("a message of version 1 has the fields of SIMD-0385 in their order", () => {
  const bytes = encodeMessage(transfer({ config: { priorityFee: 7n, heapBytes: 65_536 } }));
  const hex = Buffer.from(bytes).toString("hex");
  const keys = [payer, to, system].map((key) => Buffer.from(key).toString("hex")).join("");
  // Mask: both bits of the fee, and the heap's.
  const header = `81010001${"13000000"}${"03".repeat(32)}0103`;
  const config = `0700000000000000${"00000100"}`;
  expect(hex).toBe(`${header}${keys}${config}${"02020c00"}0001${"0200000040420f0000000000"}`);
});

const number = fc.option(fc.nat(2 ** 31), { nil: undefined });

test("messages of version 1 are read as they were written", () => {
  fc.assert(
    fc.property(
      fc.record({
        fee: fc.option(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), { nil: undefined }),
        ...{ units: number, loaded: number },
        heap: fc.option(fc.integer({ min: 32, max: 256 }), { nil: undefined }),
        data: fc.array(fc.uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 8 }),
      }),
      ({ fee, units, loaded, heap, data }) => {
        const config = {
          ...(fee === undefined ? {} : { priorityFee: fee }),
          ...(units === undefined ? {} : { unitLimit: units }),
          ...(loaded === undefined ? {} : { loadedBytesMax: loaded }),
          ...(heap === undefined ? {} : { heapBytes: heap * 1024 }),
        };
        const instructions = data.map((bytes) => ({ program: 2, accounts: [1, 0], data: bytes }));
        const message = transfer({ config, instructions });
        expect(decodeMessage(encodeMessage(message))).toEqual(message);
      },
    ),
  );
});

test("a transaction of version 1 has its signatures at the end and may be longer than a packet", () => {
  const data = new Uint8Array(3000).fill(1);
  const long = wireOf(transfer({ instructions: [{ program: 2, accounts: [], data }] }));
  const decoded = decodeTransaction(long);
  expect(decoded.message.version).toBe(1);
  expect(decoded.signatures).toEqual([long.subarray(long.length - 64)]);
  expect(hasValidSignatures(decoded)).toBe(true);
  const tooLong = new Uint8Array(V1_MAX.BYTES + 1);
  tooLong.set(long);
  expect(() => decodeTransaction(tooLong)).toThrow(/MALFORMED_TRANSACTION/);
});

test.each<[string, Partial<SvmMessage>]>([
  ["a key that stands twice", { keys: [payer, payer, system] }],
  ["a heap that is no multiple of 1 KiB", { config: { heapBytes: 33_000 } }],
  ["no instruction", { instructions: [] }],
  ["more signatures than it may have", { requiredSignatures: 13 }],
])("%s is refused", (_, fields) => {
  expect(() => decodeMessage(encodeMessage(transfer(fields)))).toThrow(/MALFORMED_TRANSACTION/);
});

test("half of the priority fee's bits, and bits that mean nothing, are refused", () => {
  const bytes = encodeMessage(transfer());
  for (const mask of [1, 2, 32]) {
    const changed = bytes.slice();
    changed[4] = (changed[4] as number) | mask;
    expect(() => decodeMessage(changed)).toThrow(/MALFORMED_TRANSACTION/);
  }
});

test("what is cut anywhere is refused with a fault", () => {
  const wire = wireOf(transfer());
  for (let length = 0; length < wire.length; length++) {
    expect(() => decodeTransaction(wire.subarray(0, length))).toThrow(FaultError);
  }
});

test("what a header does not ask for is not had, but for the least heap", () => {
  const asked = readComputeBudget(transfer({ config: {} }));
  expect(asked).toEqual({
    budget: { unitLimit: 0, unitPrice: 0n, priorityFee: 0n, heapBytes: 32_768, loadedBytesMax: 0 },
  });
});

test("litesvm takes the same bytes and pays the same fee", () => {
  const peer = new Peer().withBlockhashCheck(false).withSigverify(true);
  const address = encodeBase58(payer);
  const account = { address, executable: false, lamports: 10n ** 10n, space: 0n };
  const owner = encodeBase58(system);
  peer.setAccount({ ...account, data: new Uint8Array(0), programAddress: owner } as never);
  const config = { unitLimit: 1000, loadedBytesMax: 100_000, priorityFee: 777n };
  const wire = wireOf(transfer({ config }));
  const { inner } = peer as unknown as { inner: { sendVersionedTransaction(w: Uint8Array): Sent } };
  type Sent = { computeUnitsConsumed?(): bigint };
  expect(inner.sendVersionedTransaction(wire).computeUnitsConsumed?.()).toBe(150n);
  expect(peer.getBalance(address as never)).toBe(10n ** 10n - 1_000_000n - 5000n - 777n);
});
