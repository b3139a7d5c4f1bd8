import { Account } from "@aptos-labs/ts-sdk";
import { encodeModule, stdlibModules } from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Dependency, packageMetadata } from "./testing/package-metadata.ts";
import { startTestNode } from "./testing/test-node.ts";

let node: Awaited<ReturnType<typeof startTestNode>>;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.rpc.close());

async function publisher(): Promise<Account> {
  const account = Account.generate();
  const amount = 10_000_000_000;
  await node.aptos.fundAccount({ accountAddress: account.accountAddress, amount });
  return account;
}

const FRAMEWORK: Dependency = ["0x1", "AptosFramework"];

interface Package {
  readonly name: string;
  readonly modules: readonly string[];
  readonly policy?: number;
  readonly dependencies?: readonly Dependency[];
  readonly texts: readonly string[];
}

async function committed(account: Account, transaction: Awaited<ReturnType<typeof build>>) {
  const { hash } = await node.aptos.signAndSubmitTransaction({ signer: account, transaction });
  return node.aptos.waitForTransaction({
    transactionHash: hash,
    options: { checkSuccess: false },
  });
}

const build = (account: Account, fn: `${string}::${string}::${string}`) =>
  node.aptos.transaction.build.simple({
    sender: account.accountAddress,
    data: { function: fn, functionArguments: [] },
  });

async function publish(account: Account, { name, modules, policy, dependencies, texts }: Package) {
  const transaction = await node.aptos.publishPackageTransaction({
    account: account.accountAddress,
    metadataBytes: packageMetadata(name, modules, policy, dependencies),
    moduleBytecode: texts.map((text) => encodeModule(assembleModule(text, stdlibModules()))),
  });
  return committed(account, transaction);
}

const status = async (account: Account, what: Package) => (await publish(account, what)).vm_status;

const library = (at: Account) =>
  `module ${at.accountAddress}.lib { public one(): u64 bytecode { LdU64 1; Ret } }`;
const user = (at: Account, of: Account) =>
  `module ${at.accountAddress}.user {
    import ${of.accountAddress}.lib { one(): u64; }
    public two(): u64 bytecode { Call lib.one; Call lib.one; Add; Ret }
  }`;
const GOOD = "Executed successfully";

test("a package may need packages whose policy is as strict, and must name them", async () => {
  const [alice, bob] = [await publisher(), await publisher()];
  const lib = { name: "Lib", modules: ["lib"], texts: [library(alice)] };
  expect(await status(alice, lib)).toBe(GOOD);
  const ofLib: Dependency = [alice.accountAddress, "Lib"];
  const use = { name: "User", modules: ["user"], texts: [user(bob, alice)] };
  expect(await status(bob, { ...use, dependencies: [FRAMEWORK] })).toBe("CONSTRAINT_NOT_SATISFIED");
  const missing: Dependency = [alice.accountAddress, "Other"];
  expect(await status(bob, { ...use, dependencies: [missing] })).toMatch(
    /EPACKAGE_DEP_MISSING\(0x60005\)/,
  );
  const nobody: Dependency = [Account.generate().accountAddress, "Lib"];
  expect(await status(bob, { ...use, dependencies: [nobody] })).toMatch(/0x60005/);
  expect(await status(bob, { ...use, policy: 2, dependencies: [ofLib] })).toMatch(
    /EDEP_WEAKER_POLICY\(0x10006\)/,
  );
  expect(await status(bob, { ...use, dependencies: [ofLib] })).toBe(GOOD);
});

test("a package may be immutable over the framework", async () => {
  const alice = await publisher();
  const lib = { name: "Lib", modules: ["lib"], policy: 2, texts: [library(alice)] };
  expect(await status(alice, lib)).toBe(GOOD);
});

test("an upgrade keeps its modules and its policy, and no module is in two packages", async () => {
  const alice = await publisher();
  const lib = { name: "Lib", modules: ["lib"], texts: [library(alice)] };
  const first = await publish(alice, lib);
  const told = (is_upgrade: boolean) => ({
    type: "0x1::code::PublishPackage",
    data: { code_address: alice.accountAddress.toString(), is_upgrade },
  });
  expect(first).toMatchObject({
    events: [told(false), { type: "0x1::transaction_fee::FeeStatement" }],
  });
  const other = `module ${alice.accountAddress}.other { f() bytecode { Ret } }`;
  expect(await status(alice, { ...lib, modules: ["other"], texts: [other] })).toMatch(
    /EMODULE_MISSING\(0x4\)/,
  );
  expect(await status(alice, { ...lib, name: "Again" })).toMatch(/EMODULE_NAME_CLASH\(0x80001\)/);
  const both = { ...lib, modules: ["lib", "other"], texts: [library(alice), other] };
  expect(await publish(alice, both)).toMatchObject({ vm_status: GOOD, events: [told(true), {}] });
  expect(await status(alice, { ...both, policy: 2 })).toBe(GOOD);
  expect(await status(alice, { ...both, policy: 1 })).toMatch(/EUPGRADE_IMMUTABLE/);
});

test("what was paid for storage comes back when it is deleted", async () => {
  const alice = await publisher();
  const address = alice.accountAddress.toString();
  const keep = `module ${address}.keep {
    import 0x1.signer;
    struct Kept has drop, key { bytes: vector<u8> }
    entry put(s: &signer) bytecode {
      MoveLoc s; LdConst vector<u8> x"08ffffffffffffffff"; Pack Kept; MoveTo Kept; Ret
    }
    entry take(s: &signer) acquires Kept bytecode { MoveLoc s; Call signer.address_of; MoveFrom Kept; Pop; Ret }
  }`;
  expect(await status(alice, { name: "Keep", modules: ["keep"], texts: [keep] })).toBe(GOOD);
  const run = async (fn: "put" | "take") => {
    const before = await node.aptos.getAccountAPTAmount({ accountAddress: address });
    const done = await committed(alice, await build(alice, `${address}::keep::${fn}`));
    const after = await node.aptos.getAccountAPTAmount({ accountAddress: address });
    if (!("events" in done)) throw new Error("a user transaction");
    const fee = done.events.find(({ type }) => type === "0x1::transaction_fee::FeeStatement");
    return { paid: before - after, done, fee: fee?.data };
  };
  // A slot; 35 bytes before the tag in the key, 43 of the tag, 9 of the value.
  const deposit = 40_000 + 40 * (35 + 43 + 9);
  const put = await run("put");
  expect(put.fee).toMatchObject({
    total_charge_gas_units: put.done.gas_used,
    io_gas_units: "0",
    storage_fee_octas: String(deposit),
    storage_fee_refund_octas: "0",
  });
  expect(put.paid).toBe(Number(put.done.gas_used) * 100);
  const take = await run("take");
  expect(take.fee).toMatchObject({
    execution_gas_units: take.done.gas_used,
    storage_fee_octas: "0",
    storage_fee_refund_octas: String(deposit),
  });
  // More comes back than the transaction costs.
  expect(take.paid).toBe(Number(take.done.gas_used) * 100 - deposit);
  expect(take.paid).toBeLessThan(0);
});
