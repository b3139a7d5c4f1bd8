import {
  Account,
  AptosApiError,
  type InputEntryFunctionData,
  SigningSchemeInput,
  U64,
  type UserTransactionResponse,
} from "@aptos-labs/ts-sdk";
import { encodeScript, stdlibModules } from "@dragoman/frontend-move";
import { assembleScript } from "@dragoman/frontend-move/asm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestNode } from "./testing/test-node.ts";

let node: Awaited<ReturnType<typeof startTestNode>>;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.rpc.close());

const APT = "0x1::aptos_coin::AptosCoin";

async function funded(octas = 1_000_000_000, account: Account = Account.generate()) {
  await node.aptos.fundAccount({ accountAddress: account.accountAddress, amount: octas });
  return account;
}

async function refusal(run: Promise<unknown>): Promise<AptosApiError> {
  try {
    await run;
  } catch (error) {
    if (error instanceof AptosApiError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

const transfer = (to: Account, octas: number): InputEntryFunctionData => ({
  function: "0x1::aptos_account::transfer",
  functionArguments: [to.accountAddress, octas],
});

test("fundAccount, transferCoinTransaction, submit, wait and balance work as documented", async () => {
  const { aptos } = node;
  const alice = await funded();
  const bob = Account.generate();
  const transaction = await aptos.transferCoinTransaction({
    sender: alice.accountAddress,
    recipient: bob.accountAddress,
    amount: 1_234,
  });
  const pending = await aptos.signAndSubmitTransaction({ signer: alice, transaction });
  const done = (await aptos.waitForTransaction({
    transactionHash: pending.hash,
  })) as UserTransactionResponse;
  expect(done).toMatchObject({
    type: "user_transaction",
    success: true,
    vm_status: "Executed successfully",
    sender: alice.accountAddress.toString(),
    sequence_number: "0",
  });
  expect(done.events.map(({ type }) => type)).toEqual([
    "0x1::coin::CoinWithdraw",
    "0x1::coin::CoinDeposit",
    "0x1::transaction_fee::FeeStatement",
  ]);
  expect(done.events[1]?.data).toEqual({
    coin_type: APT,
    account: bob.accountAddress.toString(),
    amount: "1234",
  });
  expect(done.payload).toMatchObject({
    function: "0x1::aptos_account::transfer_coins",
    type_arguments: [APT],
    arguments: [bob.accountAddress.toString(), "1234"],
  });
  expect(await aptos.getAccountAPTAmount({ accountAddress: bob.accountAddress })).toBe(1_234);
  const left = await aptos.getAccountAPTAmount({ accountAddress: alice.accountAddress });
  expect(left).toBe(1_000_000_000 - 1_234 - Number(done.gas_used) * 100);
});

test("accounts and resources are there with their values", async () => {
  const { aptos } = node;
  const alice = await funded(555_000);
  const { accountAddress } = alice;
  expect(await aptos.getAccountInfo({ accountAddress })).toEqual({
    sequence_number: "0",
    authentication_key: alice.publicKey.authKey().toString(),
  });
  const store = await aptos.getAccountResource({
    accountAddress,
    resourceType: `0x1::coin::CoinStore<${APT}>`,
  });
  expect(store).toEqual({ coin: { value: "555000" }, frozen: false });
  const resources = await aptos.getAccountResources({ accountAddress });
  expect(resources.map(({ type }) => type).sort()).toEqual([
    "0x1::account::Account",
    `0x1::coin::CoinStore<${APT}>`,
  ]);
  const absent = aptos.getAccountResource({ accountAddress, resourceType: "0x1::code::None" });
  expect((await refusal(absent)).data.error_code).toBe("resource_not_found");
});

test("modules come with the interface that ts-sdk encodes arguments by", async () => {
  const module = await node.aptos.getAccountModule({ accountAddress: "0x1", moduleName: "coin" });
  expect(module.abi?.exposed_functions.find(({ name }) => name === "transfer")).toEqual({
    name: "transfer",
    visibility: "public",
    is_entry: true,
    is_view: false,
    generic_type_params: [{ constraints: [] }],
    params: ["&signer", "address", "u64"],
    return: [],
  });
  const all = await node.aptos.getAccountModules({ accountAddress: "0x1" });
  expect(all.length).toBeGreaterThan(20);
  const page = await node.aptos.getAccountModulesPage({
    accountAddress: "0x1",
    options: { limit: 5 },
  });
  expect(page.modules).toHaveLength(5);
  expect(page.cursor).toBeDefined();
});

test("views answer to BCS and to JSON arguments alike", async () => {
  const { aptos, faucet } = node;
  const bob = await funded(77);
  const fn = "0x1::coin::balance" as const;
  const typed = { function: fn, typeArguments: [APT], functionArguments: [bob.accountAddress] };
  expect(await aptos.view({ payload: typed })).toEqual(["77"]);
  const functionArguments = [bob.accountAddress.toString()];
  expect(
    await aptos.viewJson({ payload: { function: fn, typeArguments: [APT], functionArguments } }),
  ).toEqual(["77"]);
  const signerOnly = aptos.viewJson({
    payload: {
      function: "0x1::coin::transfer",
      typeArguments: [APT],
      functionArguments: [faucet.accountAddress.toString(), 1],
    },
  });
  expect((await refusal(signerOnly)).status).toBe(400);
});

test("a simulation says what would happen and changes nothing", async () => {
  const { aptos, ledger } = node;
  const alice = await funded();
  const bob = Account.generate();
  const { head } = ledger.blocks;
  const transaction = await aptos.transaction.build.simple({
    sender: alice.accountAddress,
    data: transfer(bob, 5),
  });
  const signerPublicKey = alice.publicKey;
  const [result] = await aptos.transaction.simulate.simple({ signerPublicKey, transaction });
  expect(result).toMatchObject({ success: true, vm_status: "Executed successfully" });
  expect(Number(result?.gas_used)).toBeGreaterThan(0);
  const [nobody] = await aptos.transaction.simulate.simple({
    transaction,
    options: { estimateGasUnitPrice: true, estimateMaxGasAmount: true },
  });
  expect(nobody?.gas_used).toBe(result?.gas_used);
  const poor = Account.generate();
  const other = await aptos.transaction.build.simple({
    sender: poor.accountAddress,
    data: transfer(bob, 5),
  });
  const [refused] = await aptos.transaction.simulate.simple({ transaction: other });
  expect(refused).toMatchObject({
    success: false,
    vm_status: "INSUFFICIENT_BALANCE_FOR_TRANSACTION_FEE",
  });
  expect(ledger.blocks.head).toBe(head);
});

test("a failed transaction is committed, and waiting for it says why", async () => {
  const { aptos } = node;
  const alice = await funded();
  const transaction = await aptos.transaction.build.simple({
    sender: alice.accountAddress,
    data: transfer(Account.generate(), 1_000_000_001),
  });
  const { hash } = await aptos.signAndSubmitTransaction({ signer: alice, transaction });
  await expect(aptos.waitForTransaction({ transactionHash: hash })).rejects.toThrow(
    "Move abort in 0x1::coin: EINSUFFICIENT_BALANCE(0x10006)",
  );
  expect(
    (await aptos.getAccountInfo({ accountAddress: alice.accountAddress })).sequence_number,
  ).toBe("1");
});

test("bad transactions are refused in Aptos's form, without change of state", async () => {
  const { aptos, ledger } = node;
  const alice = await funded();
  const bob = Account.generate();
  const submit = async (
    options: { accountSequenceNumber?: number; expireTimestamp?: number; maxGasAmount?: number },
    signer: Account = alice,
  ) => {
    const transaction = await aptos.transaction.build.simple({
      sender: alice.accountAddress,
      data: transfer(bob, 5),
      options,
    });
    return aptos.signAndSubmitTransaction({ signer, transaction });
  };
  const first = await submit({});
  await aptos.waitForTransaction({ transactionHash: first.hash });
  const { head } = ledger.blocks;
  const codes = async (run: Promise<unknown>) => {
    const { status, data } = await refusal(run);
    return [status, data.error_code, data.vm_error_code, /Code: (\w+)/.exec(data.message)?.[1]];
  };
  // Numbers of move-core-types vm_status.rs.
  expect(await codes(submit({ accountSequenceNumber: 0, maxGasAmount: 5_000 }))).toEqual([
    400,
    "vm_error",
    3,
    "SEQUENCE_NUMBER_TOO_OLD",
  ]);
  expect(await codes(submit({}, Account.generate()))).toEqual([
    400,
    "vm_error",
    2,
    "INVALID_AUTH_KEY",
  ]);
  expect(await codes(submit({ expireTimestamp: 1_000 }))).toEqual([
    400,
    "vm_error",
    6,
    "TRANSACTION_EXPIRED",
  ]);
  const transaction = await aptos.transaction.build.simple({
    sender: alice.accountAddress,
    data: transfer(bob, 5),
  });
  const senderAuthenticator = aptos.transaction.sign({ signer: alice, transaction });
  const other = await aptos.transaction.build.simple({
    sender: alice.accountAddress,
    data: transfer(bob, 6),
  });
  expect(
    await codes(aptos.transaction.submit.simple({ transaction: other, senderAuthenticator })),
  ).toEqual([400, "vm_error", 1, "INVALID_SIGNATURE"]);
  Object.assign(transaction.rawTransaction.chain_id, { chainId: 9 });
  const signed = aptos.transaction.sign({ signer: alice, transaction });
  expect(
    await codes(aptos.transaction.submit.simple({ transaction, senderAuthenticator: signed })),
  ).toEqual([400, "vm_error", 23, "BAD_CHAIN_ID"]);
  expect(ledger.blocks.head).toBe(head);
  expect(ledger.pendingCount).toBe(0);
});

test("malformed BCS, JSON and paths are refused with a message", async () => {
  const { rpc, ledger, log } = node;
  const { head } = ledger.blocks;
  const post = async (path: string, type: string, body: string | Uint8Array<ArrayBuffer>) => {
    const headers = { "content-type": type };
    const response = await fetch(`${rpc.url}${path}`, { method: "POST", headers, body });
    const { error_code } = (await response.json()) as { error_code: string };
    return [response.status, error_code];
  };
  const bcs = "application/x.aptos.signed_transaction+bcs";
  for (const bytes of [new Uint8Array(), new Uint8Array(40), new Uint8Array(300).fill(255)]) {
    expect(await post("/v1/transactions", bcs, bytes)).toEqual([400, "invalid_input"]);
    expect(await post("/v1/transactions/simulate", bcs, bytes)).toEqual([400, "invalid_input"]);
    expect(await post("/v1/view", "application/x.aptos.view_function+bcs", bytes)).toEqual([
      400,
      "invalid_input",
    ]);
  }
  const json = "application/json";
  for (const text of ["{", "[]", '{"function":"0x1::coin"}', '{"function":"0x1::none::f"}']) {
    expect(await post("/v1/view", json, text)).toEqual([400, "invalid_input"]);
  }
  expect(await post("/v1/transactions", json, "{}")).toEqual([400, "invalid_input"]);
  expect(await post("/fund", json, '{"address":"0xzz"}')).toEqual([400, "invalid_input"]);
  expect((await fetch(`${rpc.url}/v1/accounts/nobody`)).status).toBe(400);
  expect((await fetch(`${rpc.url}/v1/nowhere`)).status).toBe(404);
  expect((await fetch(`${rpc.url}/v1/transactions/by_version/999999`)).status).toBe(404);
  expect(ledger.blocks.head).toBe(head);
  expect(log).toEqual([]);
});

test("blocks hold their transactions, from the metadata that begins them", async () => {
  const { aptos, ledger } = node;
  await funded();
  const height = ledger.blocks.head.height;
  const block = await aptos.getBlockByHeight({
    blockHeight: height,
    options: { withTransactions: true },
  });
  expect(block.transactions?.map(({ type }) => type)).toEqual([
    "block_metadata_transaction",
    "user_transaction",
  ]);
  const byVersion = await aptos.getBlockByVersion({ ledgerVersion: Number(block.last_version) });
  expect(byVersion.block_height).toBe(String(height));
  const info = await aptos.getLedgerInfo();
  expect(info.chain_id).toBe(4);
  const newest = await aptos.getTransactionByVersion({ ledgerVersion: Number(block.last_version) });
  expect(newest.type).toBe("user_transaction");
  const genesis = await aptos.getTransactionByVersion({ ledgerVersion: 0 });
  expect(genesis.type).toBe("genesis_transaction");
  const response = await fetch(`${node.rpc.url}/v1`);
  expect(response.headers.get("x-aptos-block-height")).toBe(String(height));
  expect(response.headers.get("x-aptos-chain-id")).toBe("4");
});

test("keys of the kind SingleKey sign too", async () => {
  const { aptos } = node;
  const alice = await funded(
    1_000_000,
    Account.generate({ scheme: SigningSchemeInput.Ed25519, legacy: false }),
  );
  const transaction = await aptos.transaction.build.simple({
    sender: alice.accountAddress,
    data: transfer(Account.generate(), 3),
    options: { maxGasAmount: 5_000 },
  });
  const { hash } = await aptos.signAndSubmitTransaction({ signer: alice, transaction });
  expect((await aptos.waitForTransaction({ transactionHash: hash })).success).toBe(true);
});

test("a script runs with its arguments", async () => {
  const { aptos } = node;
  const alice = await funded();
  const bob = Account.generate();
  const bytecode = encodeScript(
    assembleScript(
      `import 0x1.aptos_coin;
      import 0x1.coin {
        transfer<CoinType>(from: &signer, to: address, amount: u64);
      }
      main(from: signer, to: address, amount: u64) bytecode {
        ImmBorrowLoc from; MoveLoc to; MoveLoc amount
        Call coin.transfer<aptos_coin.AptosCoin>; Ret
      }`,
      stdlibModules(),
    ),
  );
  await funded(1, bob);
  const transaction = await aptos.transaction.build.simple({
    sender: alice.accountAddress,
    data: { bytecode, functionArguments: [bob.accountAddress, new U64(41)] },
  });
  const { hash } = await aptos.signAndSubmitTransaction({ signer: alice, transaction });
  const done = await aptos.waitForTransaction({ transactionHash: hash });
  expect(done).toMatchObject({
    vm_status: "Executed successfully",
    payload: { type: "script_payload", arguments: [bob.accountAddress.toString(), "41"] },
  });
  expect(await aptos.getAccountAPTAmount({ accountAddress: bob.accountAddress })).toBe(42);
});
