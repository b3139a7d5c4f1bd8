import { FaultError } from "@dragoman/fault";
import {
  Keypair,
  PublicKey,
  TransactionInstruction,
  TransactionMessage,
  VersionedMessage,
} from "@solana/web3.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeMessage, encodeMessage, isHeaderWritable, isSigner } from "./message.ts";
import { decodeTransaction, encodeTransaction } from "./signed-transaction.ts";

const key = fc.nat(11).map((n) => new PublicKey(new Uint8Array(32).fill(n + 1)));
const instruction = fc.record({
  programId: key,
  keys: fc.array(fc.record({ pubkey: key, isSigner: fc.boolean(), isWritable: fc.boolean() }), {
    maxLength: 8,
  }),
  data: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
});
const message = fc
  .record({ payerKey: key, instructions: fc.array(instruction, { maxLength: 4 }) })
  .map(({ payerKey, instructions }) => {
    const recentBlockhash = PublicKey.default.toBase58();
    const list = instructions.map((fields) => new TransactionInstruction(fields));
    return new TransactionMessage({ payerKey, recentBlockhash, instructions: list });
  });

test("messages of web3.js are read as web3.js reads them, and written back as they were", () => {
  fc.assert(
    fc.property(message, fc.boolean(), (built, isLegacy) => {
      const wanted = isLegacy ? built.compileToLegacyMessage() : built.compileToV0Message();
      const isOwnProgram = wanted.compiledInstructions.some((one) => one.programIdIndex === 0);
      // The fee payer is no program.
      fc.pre(!isOwnProgram);
      const bytes = wanted.serialize();
      const read = decodeMessage(bytes);
      expect(read.version).toBe(wanted.version);
      expect(read.keys.map((one) => new PublicKey(one))).toEqual(wanted.staticAccountKeys);
      expect(read.instructions.map(({ data }) => [...data])).toEqual(
        wanted.compiledInstructions.map(({ data }) => [...data]),
      );
      for (const index of read.keys.keys()) {
        expect(isSigner(read, index)).toBe(wanted.isAccountSigner(index));
        const { numRequiredSignatures: signers, numReadonlySignedAccounts: fixed } = wanted.header;
        if (index < signers) expect(isHeaderWritable(read, index)).toBe(index < signers - fixed);
      }
      expect(encodeMessage(read)).toEqual(new Uint8Array(bytes));
    }),
  );
});

test("bytes from strangers are read or refused with a fault, and never crash", () => {
  const whole = new TransactionMessage({
    payerKey: Keypair.fromSeed(new Uint8Array(32).fill(1)).publicKey,
    recentBlockhash: PublicKey.default.toBase58(),
    instructions: [],
  });
  const good = encodeTransaction([new Uint8Array(64)], whole.compileToV0Message().serialize());
  const mutated = fc
    .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 })
    .map((changes) => {
      const bytes = good.slice();
      for (const [at, value] of changes) bytes[at] = value;
      return bytes;
    });
  const cut = fc.nat(good.length).map((length) => good.slice(0, length));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), mutated, cut), (wire) => {
      try {
        const { signatures, messageBytes } = decodeTransaction(wire);
        expect(encodeTransaction(signatures, messageBytes)).toEqual(wire);
      } catch (error) {
        expect(error).toBeInstanceOf(FaultError);
        const { name } = (error as FaultError).fault;
        expect(["MALFORMED_TRANSACTION", "INVALID_TRANSACTION"]).toContain(name);
      }
    }),
    { numRuns: 2000 },
  );
});

test("a decoded message is what web3.js decodes from our encoding", () => {
  const bytes = encodeMessage({
    ...{ version: 0, requiredSignatures: 1, readonlySigned: 0, readonlyUnsigned: 1 },
    keys: [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)],
    recentBlockhash: new Uint8Array(32).fill(3),
    instructions: [{ program: 1, accounts: [0, 0], data: new Uint8Array(200).fill(9) }],
  });
  const read = VersionedMessage.deserialize(bytes);
  expect(read.compiledInstructions[0]?.accountKeyIndexes).toEqual([0, 0]);
  expect(read.compiledInstructions[0]?.data.length).toBe(200);
  expect(read.header.numReadonlyUnsignedAccounts).toBe(1);
});

test("a transaction larger than a packet is refused", () => {
  expect(() => decodeTransaction(new Uint8Array(1233))).toThrow("1232 fit in a packet");
});
