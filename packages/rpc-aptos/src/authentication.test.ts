import { createHash, generateKeyPairSync, sign } from "node:crypto";
import {
  Account,
  AccountAuthenticatorSingleKey,
  AnyPublicKey,
  AnySignature,
  Ed25519PrivateKey,
  generateSigningMessageForTransaction,
  MultiEd25519Account,
  MultiEd25519PublicKey,
  MultiKeyAccount,
  Secp256r1PublicKey,
  SigningSchemeInput,
  WebAuthnSignature,
} from "@aptos-labs/ts-sdk";
import { encodeModule, stdlibModules } from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { packageMetadata } from "./testing/package-metadata.ts";
import { startTestNode } from "./testing/test-node.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let node: Awaited<ReturnType<typeof startTestNode>>;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.rpc.close());

/** Octas that pay for the most gas that a transaction may ask for, several times. */
const ENOUGH = 10_000_000_000;

async function funded<T extends { accountAddress: Account["accountAddress"] }>(
  account: T,
): Promise<T> {
  await node.aptos.fundAccount({ accountAddress: account.accountAddress, amount: ENOUGH });
  return account;
}

const pay = (to: Account["accountAddress"], octas: number) => ({
  function: "0x1::aptos_account::transfer" as const,
  functionArguments: [to, octas],
});

const balance = (account: { accountAddress: Account["accountAddress"] }) =>
  node.aptos.getAccountAPTAmount({ accountAddress: account.accountAddress });

/** Pays 5 Octas from an account of any kind to a new one; the committed transaction. */
async function sends(sender: Account) {
  await funded(sender);
  const to = Account.generate();
  const transaction = await node.aptos.transaction.build.simple({
    sender: sender.accountAddress,
    data: pay(to.accountAddress, 5),
  });
  const { hash } = await node.aptos.signAndSubmitTransaction({ signer: sender, transaction });
  const done = await node.aptos.waitForTransaction({ transactionHash: hash });
  expect(done.success, done.vm_status).toBe(true);
  expect(await balance(to)).toBe(5);
  return done as unknown as { signature: { type: string } };
}

const keys = [1, 2, 3].map((byte) => new Ed25519PrivateKey(new Uint8Array(32).fill(byte + 40)));

test("one secp256k1 key signs", async () => {
  const sender = Account.generate({ scheme: SigningSchemeInput.Secp256k1Ecdsa });
  const done = await sends(sender);
  expect(done.signature).toMatchObject({
    type: "single_key_signature",
    public_key: { type: "secp256k1_ecdsa" },
  });
});

test("two of three Ed25519 keys sign as one multi-Ed25519 key", async () => {
  const publicKey = new MultiEd25519PublicKey({
    publicKeys: keys.map((key) => key.publicKey()),
    threshold: 2,
  });
  const done = await sends(new MultiEd25519Account({ publicKey, signers: keys.slice(1) }));
  expect(done.signature).toMatchObject({
    type: "multi_ed25519_signature",
    threshold: 2,
    bitmap: "0x60000000",
  });
});

test("an Ed25519 and a secp256k1 key sign for an account of several keys", async () => {
  const first = Account.generate({ scheme: SigningSchemeInput.Ed25519, legacy: false });
  const second = Account.generate({ scheme: SigningSchemeInput.Secp256k1Ecdsa });
  const third = Account.generate();
  const sender = MultiKeyAccount.fromPublicKeysAndSigners({
    publicKeys: [first.publicKey, second.publicKey, third.publicKey],
    signaturesRequired: 2,
    signers: [first, second],
  });
  const done = await sends(sender);
  expect(done.signature).toMatchObject({ type: "multi_key_signature", signatures_required: 2 });
});

test("a fee payer pays for an account that does not exist yet", async () => {
  const payer = await funded(Account.generate());
  const sender = Account.generate();
  const transaction = await node.aptos.transaction.build.simple({
    sender: sender.accountAddress,
    withFeePayer: true,
    data: pay(payer.accountAddress, 0),
    options: { accountSequenceNumber: 0 },
  });
  const senderAuthenticator = node.aptos.transaction.sign({ signer: sender, transaction });
  const feePayerAuthenticator = node.aptos.transaction.signAsFeePayer({
    signer: payer,
    transaction,
  });
  const before = await balance(payer);
  const { hash } = await node.aptos.transaction.submit.simple({
    transaction,
    senderAuthenticator,
    feePayerAuthenticator,
  });
  const done = await node.aptos.waitForTransaction({
    transactionHash: hash,
    options: { checkSuccess: false },
  });
  // There is nothing to send from, which costs the payer all the same.
  expect(done.vm_status).toMatch(/0x1::coin: ECOIN_STORE_NOT_PUBLISHED/);
  const paid =
    Number(done.gas_used) * Number((done as unknown as { gas_unit_price: string }).gas_unit_price);
  expect(await balance(payer)).toBe(before - paid);
  const info = await node.aptos.getAccountInfo({ accountAddress: sender.accountAddress });
  expect(info.sequence_number).toBe("1");
});

/** A passkey: what a browser's authenticator does, by Node's own cryptography. */
function passkey() {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const point = Buffer.concat(
    [4, x, y].map((part) =>
      typeof part === "number" ? Buffer.of(part) : Buffer.from(part, "base64url"),
    ),
  );
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const approve = (challenge: Uint8Array): WebAuthnSignature => {
    const client = {
      type: "webauthn.get",
      challenge: Buffer.from(challenge).toString("base64url"),
      origin: "https://dapp.example",
    };
    const json = Buffer.from(JSON.stringify(client));
    const data = Buffer.concat([
      createHash("sha256").update("dapp.example").digest(),
      Buffer.of(5, 0, 0, 0, 1),
    ]);
    const signed = Buffer.concat([data, createHash("sha256").update(json).digest()]);
    const signature = sign("sha256", signed, { key: privateKey, dsaEncoding: "ieee-p1363" });
    const s = BigInt(`0x${signature.subarray(32).toString("hex")}`);
    const low = s > order / 2n ? order - s : s;
    signature.write(low.toString(16).padStart(64, "0"), 32, "hex");
    return new WebAuthnSignature(signature, data, json);
  };
  return { key: new AnyPublicKey(new Secp256r1PublicKey(point)), approve };
}

test("a passkey signs", async () => {
  const { key, approve } = passkey();
  const accountAddress = key.authKey().derivedAddress();
  await funded({ accountAddress });
  const to = Account.generate();
  const transaction = await node.aptos.transaction.build.simple({
    sender: accountAddress,
    data: pay(to.accountAddress, 5),
  });
  const challenge = createHash("sha3-256")
    .update(generateSigningMessageForTransaction(transaction))
    .digest();
  const senderAuthenticator = new AccountAuthenticatorSingleKey(
    key,
    new AnySignature(approve(challenge)),
  );
  const { hash } = await node.aptos.transaction.submit.simple({ transaction, senderAuthenticator });
  const done = await node.aptos.waitForTransaction({ transactionHash: hash });
  expect(done).toMatchObject({
    success: true,
    signature: {
      type: "single_key_signature",
      public_key: { type: "secp256r1_ecdsa" },
      signature: { type: "web_authn" },
    },
  });
  expect(await balance(to)).toBe(5);
  const other = new AccountAuthenticatorSingleKey(
    key,
    new AnySignature(approve(createHash("sha3-256").update("another").digest())),
  );
  await expect(
    node.aptos.transaction.submit.simple({ transaction, senderAuthenticator: other }),
  ).rejects.toThrow(/INVALID_SIGNATURE/);
});

/** `pair::sign(&signer, &signer)` aborts with 7 where both signers are one account. */
const pairModule = (owner: Account) =>
  encodeModule(
    assembleModule(
      `module ${owner.accountAddress}.pair {
      import 0x1.signer;
      public entry sign(a: &signer, b: &signer) bytecode {
        MoveLoc a; Call signer.address_of; MoveLoc b; Call signer.address_of; Neq; BrTrue done
        LdU64 7; Abort
      done:
        Ret
      }
    }`,
      stdlibModules(),
    ),
  );

/** An account that has published the module. */
async function publisher(): Promise<Account> {
  const owner = await funded(Account.generate());
  const transaction = await node.aptos.publishPackageTransaction({
    account: owner.accountAddress,
    metadataBytes: packageMetadata("Pair", ["pair"]),
    moduleBytecode: [pairModule(owner)],
  });
  const { hash } = await node.aptos.signAndSubmitTransaction({ signer: owner, transaction });
  await node.aptos.waitForTransaction({ transactionHash: hash });
  return owner;
}

async function agents(owner: Account, secondary: Account, signer: Account) {
  const sender = await funded(Account.generate());
  const transaction = await node.aptos.transaction.build.multiAgent({
    sender: sender.accountAddress,
    secondarySignerAddresses: [secondary.accountAddress],
    data: { function: `${owner.accountAddress}::pair::sign`, functionArguments: [] },
  });
  return node.aptos.transaction.submit.multiAgent({
    transaction,
    senderAuthenticator: node.aptos.transaction.sign({ signer: sender, transaction }),
    additionalSignersAuthenticators: [node.aptos.transaction.sign({ signer, transaction })],
  });
}

test("two accounts sign for one function, each with its own key", async () => {
  const owner = await publisher();
  const secondary = await funded(Account.generate());
  const { hash } = await agents(owner, secondary, secondary);
  const done = await node.aptos.waitForTransaction({ transactionHash: hash });
  expect((done as unknown as { signature: object }).signature).toMatchObject({
    type: "multi_agent_signature",
  });
  await expect(agents(owner, secondary, Account.generate())).rejects.toThrow(/INVALID_AUTH_KEY/);
});

test("a key is rotated with the proofs of both, and the old one signs no more", async () => {
  const account = await funded(Account.generate());
  const next = new Ed25519PrivateKey(new Uint8Array(32).fill(77));
  const transaction = await node.aptos.rotateAuthKey({
    fromAccount: account,
    toNewPrivateKey: next,
  });
  const { hash } = await node.aptos.signAndSubmitTransaction({ signer: account, transaction });
  const done = await node.aptos.waitForTransaction({ transactionHash: hash });
  expect(done.success, done.vm_status).toBe(true);
  const rotated = Account.fromPrivateKey({ privateKey: next, address: account.accountAddress });
  const to = Account.generate().accountAddress;
  const attempt = async (signer: Account) => {
    const data = pay(to, 1);
    const built = await node.aptos.transaction.build.simple({
      sender: account.accountAddress,
      data,
    });
    const sent = await node.aptos.signAndSubmitTransaction({ signer, transaction: built });
    return node.aptos.waitForTransaction({ transactionHash: sent.hash });
  };
  await expect(attempt(account)).rejects.toThrow(/INVALID_AUTH_KEY/);
  expect((await attempt(rotated)).success).toBe(true);
  const original = await node.aptos.lookupOriginalAccountAddress({
    authenticationKey: next.publicKey().authKey().derivedAddress(),
  });
  expect(original.toString()).toBe(account.accountAddress.toString());
});

test("a simulation needs no signatures", async () => {
  const sender = await funded(Account.generate());
  const transaction = await node.aptos.transaction.build.simple({
    sender: sender.accountAddress,
    data: pay(Account.generate().accountAddress, 5),
  });
  const [result] = await node.aptos.transaction.simulate.simple({ transaction });
  expect(result?.success, result?.vm_status).toBe(true);
});
