import { ByteWriter, concatBytes, encodeHex } from "@dragoman/bytes";
import { FaultError } from "@dragoman/fault";
import { decodeInputs, encodeInput, LedgerClock, type LedgerInput } from "@dragoman/ledger";
import { Keyring } from "@polkadot/keyring";
import type { KeyringPair } from "@polkadot/keyring/types";
import { blake2AsU8a, cryptoWaitReady } from "@polkadot/util-crypto";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { EXTRA } from "./extrinsic/extrinsic.ts";
import { accountInfo } from "./runtime/accounts.ts";
import type { Mortality } from "./runtime/primitives.ts";
import { describeDispatchError, RUNTIME_CALL, type RuntimeCall } from "./runtime/runtime.ts";
import { writeCompact } from "./scale/numbers.ts";
import { encode } from "./scale/shape.ts";
import { SubstrateLedger } from "./substrate-ledger.ts";

const UNIT = 10n ** 10n;
const START = 1_700_000_000;
let alice: KeyringPair;
let bob: KeyringPair;
let edna: KeyringPair;

beforeAll(async () => {
  await cryptoWaitReady();
  const keyring = new Keyring({ type: "sr25519" });
  [alice, bob] = [keyring.addFromUri("//Alice"), keyring.addFromUri("//Bob")];
  edna = keyring.addFromUri("//Edna", {}, "ed25519");
});

function open(): SubstrateLedger {
  return new SubstrateLedger({
    clock: new LedgerClock(() => START * 1000),
    genesis: {
      timestamp: START - 6,
      balances: [alice, edna].map((pair) => [pair.publicKey, 1000n * UNIT] as const),
    },
    finalityDepth: 3,
  });
}

interface Signing {
  readonly nonce?: number;
  readonly era?: Mortality;
  readonly tip?: bigint;
  readonly genesisHash?: Uint8Array;
  readonly birthHash?: Uint8Array;
}

/** Signs with the keyring of Polkadot's own libraries; the payload is put together here by hand. */
function sign(
  ledger: SubstrateLedger,
  pair: KeyringPair,
  call: RuntimeCall,
  options: Signing = {},
) {
  const { nonce = 0, era, tip = 0n, genesisHash = ledger.genesisHash } = options;
  const body = encode(RUNTIME_CALL, call);
  const extra = encode(EXTRA, { era, nonce, tip });
  const payload = new ByteWriter();
  for (const part of [body, extra]) payload.bytes(part);
  payload.u32(1);
  payload.u32(1);
  payload.bytes(genesisHash);
  payload.bytes(options.birthHash ?? genesisHash);
  const bytes = payload.finish();
  const message = bytes.length > 256 ? pairHash(bytes) : bytes;
  const signature = pair.sign(message, { withType: true });
  const inner = new ByteWriter();
  inner.u8(0x84);
  inner.u8(0);
  for (const part of [pair.publicKey, signature, extra, body]) inner.bytes(part);
  const whole = new ByteWriter();
  writeCompact(whole, inner.length);
  whole.bytes(inner.finish());
  return whole.finish();
}

const pairHash = (bytes: Uint8Array): Uint8Array => blake2AsU8a(bytes, 256);

const transferTo = (to: KeyringPair, value: bigint): RuntimeCall => ({
  type: "Balances",
  value: [
    {
      type: "transfer_keep_alive",
      value: { dest: { type: "Id", value: [to.publicKey] }, value },
    },
  ],
});

const freeOf = (ledger: SubstrateLedger, pair: KeyringPair): bigint =>
  accountInfo(ledger.executionAt(ledger.blocks.head.height), pair.publicKey).data.free;

test.each(["sr25519", "ed25519"])(
  "a transfer signed with %s moves plancks and pays its fee",
  (type) => {
    const ledger = open();
    const from = type === "sr25519" ? alice : edna;
    const hash = ledger.submit(sign(ledger, from, transferTo(bob, 5n * UNIT)));
    expect(ledger.pendingCount).toBe(1);
    const block = ledger.produce();
    const { outcome } = ledger.find(hash)!;
    expect(outcome.error).toBeUndefined();
    // 125,000 for the base weight, 1,000 a byte, 100,000 for the call's weight.
    const length = BigInt(block.extrinsics[1]!.bytes.length);
    expect(outcome.fee).toBe(125_000n + 1000n * length + 100_000n);
    expect(freeOf(ledger, bob)).toBe(5n * UNIT);
    expect(freeOf(ledger, from)).toBe(995n * UNIT - outcome.fee);
    const names = block.events.map(({ event }) => `${event.type}.${event.value[0].type}`);
    expect(names).toEqual([
      "System.ExtrinsicSuccess",
      "Balances.Withdraw",
      "System.NewAccount",
      "Balances.Endowed",
      "Balances.Transfer",
      "TransactionPayment.TransactionFeePaid",
      "System.ExtrinsicSuccess",
    ]);
  },
);

test("the issuance is the sum of the balances, fees are burned", () => {
  const ledger = open();
  ledger.submit(sign(ledger, alice, transferTo(bob, UNIT)));
  ledger.produce();
  const { storage } = ledger.executionAt(1);
  const sum = freeOf(ledger, alice) + freeOf(ledger, bob) + freeOf(ledger, edna);
  expect(storage.get("Balances", "TotalIssuance")).toBe(sum);
});

test("a transfer below the existential deposit fails, is paid for and counts", () => {
  const ledger = open();
  const hash = ledger.submit(sign(ledger, alice, transferTo(bob, 1n)));
  ledger.produce();
  expect(describeDispatchError(ledger.find(hash)!.outcome.error!)).toBe("Token.BelowMinimum");
  expect(freeOf(ledger, bob)).toBe(0n);
  expect(ledger.nonces(alice.publicKey)).toEqual({ included: 1, pending: 1 });
});

const refusal = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return (error as { fault: { context: { validity: string } } }).fault.context.validity;
  }
  return undefined;
};

test("what cannot be included is refused with Substrate's reason and leaves no trace", () => {
  const ledger = open();
  const call = transferTo(bob, UNIT);
  ledger.submit(sign(ledger, alice, call));
  ledger.produce();
  const { hash } = ledger.blocks.head;
  const reasons = [
    sign(ledger, alice, call, { nonce: 0, tip: 1n }),
    sign(ledger, alice, call, { nonce: 1, genesisHash: new Uint8Array(32).fill(1) }),
    sign(ledger, bob, transferTo(alice, 1n), { tip: 10n * UNIT }),
    sign(ledger, alice, call, { nonce: 1, era: { period: 64, phase: 40 } }),
    sign(ledger, alice, call, {
      nonce: 1,
      era: { period: 64, phase: 0 },
      birthHash: ledger.blocks.at(1)!.hash,
    }),
  ].map((bytes) => refusal(() => ledger.submit(bytes)));
  expect(reasons).toEqual(["Stale", "BadProof", "Payment", "AncientBirthBlock", "BadProof"]);
  const tampered = sign(ledger, alice, call, { nonce: 1 });
  tampered[tampered.length - 1]! ^= 1;
  expect(refusal(() => ledger.submit(tampered))).toBe("BadProof");
  expect(() => ledger.submit(tampered.subarray(3))).toThrow(/MALFORMED_TRANSACTION/);
  expect(ledger.pendingCount).toBe(0);
  expect(ledger.blocks.head.hash).toBe(hash);
});

test("a mortal extrinsic is valid while its era lasts", () => {
  const ledger = open();
  for (let i = 0; i < 5; i++) ledger.produce();
  const era = { period: 4, phase: 0 };
  const birthHash = ledger.blocks.at(4)!.hash;
  const early = sign(ledger, alice, transferTo(bob, UNIT), { era, birthHash });
  ledger.submit(early);
  ledger.produce();
  expect(freeOf(ledger, bob)).toBe(UNIT);
  const late = sign(ledger, alice, transferTo(bob, UNIT), { nonce: 1, era, birthHash });
  ledger.produce();
  // The next block could be the birth of the same era's successor, whose hash does not exist yet; after it, another hash is expected.
  expect(refusal(() => ledger.submit(late))).toBe("AncientBirthBlock");
  ledger.produce();
  expect(refusal(() => ledger.submit(late))).toBe("BadProof");
});

test("numbers with a gap wait, and one block takes them all once it is closed", () => {
  const ledger = open();
  for (const nonce of [2, 1]) ledger.submit(sign(ledger, alice, transferTo(bob, UNIT), { nonce }));
  expect(ledger.pendingCount).toBe(0);
  expect(ledger.produce().extrinsics).toHaveLength(1);
  ledger.submit(sign(ledger, alice, transferTo(bob, UNIT)));
  expect(ledger.pendingCount).toBe(3);
  expect(ledger.nonces(alice.publicKey)).toEqual({ included: 0, pending: 3 });
  expect(ledger.produce().extrinsics).toHaveLength(4);
});

test("a payload of more than 256 bytes is signed by its hash", () => {
  const ledger = open();
  const remark: RuntimeCall = {
    type: "System",
    value: [{ type: "remark_with_event", value: { remark: new Uint8Array(300) } }],
  };
  const hash = ledger.submit(sign(ledger, alice, remark));
  ledger.produce();
  expect(ledger.find(hash)!.outcome.error).toBeUndefined();
});

test("a reorganisation brings extrinsics back, and later blocks differ from the undone ones", () => {
  const ledger = open();
  const hash = ledger.submit(sign(ledger, alice, transferTo(bob, UNIT)));
  const gone = ledger.produce();
  ledger.reorganise(1);
  expect(ledger.find(hash)).toBeUndefined();
  expect([freeOf(ledger, bob), ledger.pendingCount]).toEqual([0n, 1]);
  const again = ledger.produce();
  expect(encodeHex(again.hash)).not.toBe(encodeHex(gone.hash));
  expect(again.header.state_root).not.toEqual(gone.header.state_root);
  expect(freeOf(ledger, bob)).toBe(UNIT);
  ledger.reorganise(1, true);
  expect(ledger.pendingCount).toBe(0);
});

test("a replayed log of inputs gives the same hashes", () => {
  const ledger = open();
  const log: LedgerInput[] = [];
  ledger.onInput((input) => log.push(input));
  ledger.submit(sign(ledger, alice, transferTo(bob, UNIT)));
  ledger.produce();
  ledger.reorganise(1);
  ledger.produce();
  ledger.decree([[Uint8Array.of(1, 2), Uint8Array.of(3)]]);
  const bytes = concatBytes(...log.map(encodeInput));
  const twin = open();
  for (const input of decodeInputs(bytes).inputs) twin.apply(input);
  expect(encodeHex(twin.blocks.head.hash)).toBe(encodeHex(ledger.blocks.head.hash));
  expect(twin.storageAt(3)(Uint8Array.of(1, 2))).toEqual(Uint8Array.of(3));
});

test("a snapshot brings back state, blocks and pool, any number of times", () => {
  const ledger = open();
  ledger.submit(sign(ledger, alice, transferTo(bob, UNIT)));
  const snapshot = ledger.snapshot();
  for (let i = 0; i < 2; i++) {
    ledger.produce();
    expect(freeOf(ledger, bob)).toBe(UNIT);
    ledger.restore(snapshot);
    expect([freeOf(ledger, bob), ledger.pendingCount]).toEqual([0n, 1]);
  }
});

test("storage is readable as any canonical block left it", () => {
  const ledger = open();
  const key = ledger.keysAt(0, new Uint8Array(0)).find((one) => one.length > 64)!;
  for (let nonce = 0; nonce < 3; nonce++) {
    ledger.submit(sign(ledger, alice, transferTo(bob, UNIT), { nonce }));
    ledger.submit(sign(ledger, edna, transferTo(bob, UNIT), { nonce }));
    ledger.produce();
  }
  const values = [0, 1, 2, 3].map((height) => encodeHex(ledger.storageAt(height)(key)!));
  expect(new Set(values).size).toBe(4);
  expect(
    encodeHex(ledger.blocks.stateAt(1)!.read("substrate.storage", new Uint8Array(0), key)!),
  ).toBe(values[1]);
});

test("a transaction takes another's place in the pool if it has the higher tip", () => {
  const ledger = open();
  const told: string[] = [];
  ledger.pool.subscribe(({ kind }) => told.push(kind));
  ledger.submit(sign(ledger, alice, transferTo(bob, UNIT)));
  const cheaper = sign(ledger, alice, transferTo(bob, 2n * UNIT));
  expect(() => ledger.submit(cheaper)).toThrow(/NONCE_MISMATCH.*tip 0/);
  ledger.submit(sign(ledger, alice, transferTo(bob, 3n * UNIT), { tip: 7n }));
  expect(told).toEqual(["ready", "usurped", "ready"]);
  const { outcomes } = ledger.produce();
  expect([outcomes.length, freeOf(ledger, bob)]).toEqual([2, 3n * UNIT]);
});

test("bytes from strangers are decoded or refused with a fault, whatever they are", () => {
  const ledger = open();
  const valid = sign(ledger, alice, transferTo(bob, UNIT));
  const before = encodeHex(ledger.blocks.head.hash);
  const change = fc.tuple(fc.nat(valid.length - 1), fc.nat(255));
  const mutated = fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const bytes = new Uint8Array(valid);
    for (const [at, byte] of changes) bytes[at] = byte;
    return bytes;
  });
  fc.assert(
    fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      if (encodeHex(bytes) === encodeHex(valid)) return;
      expect(() => ledger.submit(bytes)).toThrow(FaultError);
    }),
    { numRuns: 300 },
  );
  expect([encodeHex(ledger.blocks.head.hash), ledger.pool.size]).toEqual([before, 0]);
});
