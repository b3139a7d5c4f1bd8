import { type Account, Account as Accounts, TypeTagAddress, TypeTagU64 } from "@aptos-labs/ts-sdk";
import { encodeModule, stdlibModules } from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageMetadata as metadata } from "./testing/package-metadata.ts";
import { startTestNode } from "./testing/test-node.ts";

let node: Awaited<ReturnType<typeof startTestNode>>;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.rpc.close());

async function publisher(): Promise<Account> {
  const account = Accounts.generate();
  const amount = 10_000_000_000;
  await node.aptos.fundAccount({ accountAddress: account.accountAddress, amount });
  return account;
}

const counter = (account: Account, step: number, more = "") =>
  encodeModule(
    assembleModule(
      `module ${account.accountAddress}.counter {
        import 0x1.event;
        import 0x1.signer;
        struct Counter has key { value: u64 }
        struct Bumped has drop, store { by: u64, note: vector<u8> }
        init_module(owner: &signer) bytecode {
          MoveLoc owner; LdU64 100; Pack Counter; MoveTo Counter; Ret
        }
        public entry bump(owner: &signer, note: vector<u8>) acquires Counter bytecode {
          let value: &mut u64;
          MoveLoc owner; Call signer.address_of; MutBorrowGlobal Counter
          MutBorrowField Counter::value; StLoc value
          CopyLoc value; ReadRef; LdU64 ${step}; Add; MoveLoc value; WriteRef
          LdU64 ${step}; MoveLoc note; Pack Bumped; Call event.emit<Self.Bumped>; Ret
        }
        public value(owner: address): u64 acquires Counter bytecode {
          MoveLoc owner; ImmBorrowGlobal Counter; ImmBorrowField Counter::value; ReadRef; Ret
        }
        ${more}
      }`,
      stdlibModules(),
    ),
  );

async function publish(account: Account, meta: Uint8Array, code: Uint8Array[]) {
  const transaction = await node.aptos.publishPackageTransaction({
    account: account.accountAddress,
    metadataBytes: meta,
    moduleBytecode: code,
  });
  const { hash } = await node.aptos.signAndSubmitTransaction({ signer: account, transaction });
  return node.aptos.waitForTransaction({
    transactionHash: hash,
    options: { checkSuccess: false },
  });
}

test("a package is published, initialised, called, viewed and upgraded", async () => {
  const { aptos } = node;
  const alice = await publisher();
  const address = alice.accountAddress.toString();
  const first = await publish(alice, metadata("Counter", ["counter"]), [counter(alice, 1)]);
  expect(first.vm_status).toBe("Executed successfully");
  expect(first.changes.map(({ type }) => type)).toContain("write_module");
  const view = () =>
    aptos.view({
      payload: { function: `${address}::counter::value`, functionArguments: [address] },
    });
  expect(await view()).toEqual(["100"]);
  const bump = async () => {
    const transaction = await aptos.transaction.build.simple({
      sender: address,
      data: {
        function: `${address}::counter::bump`,
        functionArguments: [new Uint8Array([1, 171])],
      },
    });
    const { hash } = await aptos.signAndSubmitTransaction({ signer: alice, transaction });
    return aptos.waitForTransaction({ transactionHash: hash });
  };
  expect(await bump()).toMatchObject({
    events: [
      { type: `${address}::counter::Bumped`, data: { by: "1", note: "0x01ab" } },
      { type: "0x1::transaction_fee::FeeStatement" },
    ],
  });
  const second = await publish(alice, metadata("Counter", ["counter"]), [counter(alice, 10)]);
  expect(second.vm_status).toBe("Executed successfully");
  await bump();
  expect(await view()).toEqual(["111"]);
  const registry = await aptos.getAccountResource({
    accountAddress: address,
    resourceType: "0x1::code::PackageRegistry",
  });
  expect(registry).toMatchObject({
    packages: [{ name: "Counter", upgrade_number: "1", upgrade_policy: { policy: 1 } }],
  });
});

test("what breaks a rule of publishing fails with Aptos's status and changes nothing", async () => {
  const { aptos } = node;
  const alice = await publisher();
  const names = ["counter"];
  const status = async (meta: Uint8Array, code: Uint8Array[]) =>
    (await publish(alice, meta, code)).vm_status;
  const good = counter(alice, 1);
  expect(await status(metadata("C", names), [good.slice(0, 90)])).toBe(
    "CODE_DESERIALIZATION_ERROR",
  );
  expect(await status(metadata("C", names), [counter(await publisher(), 1)])).toBe(
    "MODULE_ADDRESS_DOES_NOT_MATCH_SENDER",
  );
  expect(await status(metadata("C", ["other"]), [good])).toBe("CONSTRAINT_NOT_SATISFIED");
  expect(await status(metadata("C", names), [counter(alice, 1, "native f();")])).toBe(
    "USER_DEFINED_NATIVE_NOT_ALLOWED",
  );
  const unsafe = "public f(): u64 bytecode { LdTrue; Ret }";
  expect(await status(metadata("C", names), [counter(alice, 1, unsafe)])).toBe(
    "RET_TYPE_MISMATCH_ERROR",
  );
  expect(await status(metadata("C", names, 0), [good])).toMatch(
    /EINCOMPATIBLE_POLICY_DISABLED\(0x10008\)/,
  );
  expect(await aptos.getAccountModules({ accountAddress: alice.accountAddress })).toEqual([]);
  expect(await status(metadata("C", names, 2), [good])).toBe("Executed successfully");
  expect(await status(metadata("C", names, 2), [good])).toMatch(/EUPGRADE_IMMUTABLE\(0x10002\)/);
  const bob = await publisher();
  const wide = counter(bob, 1, "public more(): bool bytecode { LdTrue; Ret }");
  expect((await publish(bob, metadata("C", names), [wide])).vm_status).toBe(
    "Executed successfully",
  );
  expect((await publish(bob, metadata("C", names), [counter(bob, 1)])).vm_status).toBe(
    "BACKWARD_INCOMPATIBLE_MODULE_UPDATE",
  );
});

test("the framework's private functions and natives are out of reach", async () => {
  const { aptos } = node;
  const mallory = await publisher();
  const transaction = await aptos.transaction.build.simple({
    sender: mallory.accountAddress,
    data: {
      function: "0x1::genesis::endow",
      functionArguments: [mallory.accountAddress, 1_000_000],
      abi: { typeParameters: [], parameters: [new TypeTagAddress(), new TypeTagU64()] },
    },
  });
  const { hash } = await aptos.signAndSubmitTransaction({ signer: mallory, transaction });
  await expect(aptos.waitForTransaction({ transactionHash: hash })).rejects.toThrow(
    "EXECUTE_ENTRY_FUNCTION_CALLED_ON_NON_ENTRY_FUNCTION",
  );
  const forge = encodeModule(
    assembleModule(
      `module ${mallory.accountAddress}.forge {
        import 0x1.create_signer;
        public signer_of(a: address): signer bytecode {
          MoveLoc a; Call create_signer.create_signer; Ret
        }
      }`,
      [
        assembleModule(
          "module 0x1.create_signer { native public create_signer(addr: address): signer; }",
        ),
      ],
    ),
  );
  const done = await publish(mallory, metadata("Forge", ["forge"]), [forge]);
  expect(done.success).toBe(false);
  expect(done.vm_status).toBe("LOOKUP_FAILED");
});

test("entries of a table are read by its handle", async () => {
  const { aptos } = node;
  const alice = await publisher();
  const address = alice.accountAddress.toString();
  const ledgerModule = encodeModule(
    assembleModule(
      `module ${address}.book {
        import 0x1.table;
        struct Book has key { rows: table.Table<u64, vector<u8>> }
        init_module(owner: &signer) bytecode {
          let rows: table.Table<u64, vector<u8>>;
          Call table.new<u64, vector<u8>>; StLoc rows
          MutBorrowLoc rows; LdU64 7; LdConst vector<u8> x"02c0de"; Call table.add<u64, vector<u8>>
          MoveLoc owner; MoveLoc rows; Pack Book; MoveTo Book; Ret
        }
      }`,
      stdlibModules(),
    ),
  );
  const done = await publish(alice, metadata("Book", ["book"]), [ledgerModule]);
  expect(done.vm_status).toBe("Executed successfully");
  expect(done.changes.map(({ type }) => type)).toContain("write_table_item");
  const book = await aptos.getAccountResource<{ rows: { handle: string } }>({
    accountAddress: address,
    resourceType: `${address}::book::Book`,
  });
  const item = (key: string) =>
    aptos.getTableItem<string>({
      handle: book.rows.handle,
      data: { key_type: "u64", value_type: "vector<u8>", key },
    });
  expect(await item("7")).toBe("0xc0de");
  await expect(item("8")).rejects.toThrow("table_item_not_found");
});
