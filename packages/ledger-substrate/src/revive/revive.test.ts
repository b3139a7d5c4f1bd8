import { concatBytes, encodeHex } from "@dragoman/bytes";
import { keccak256 } from "@dragoman/crypto";
import { create2Address, createAddress } from "@dragoman/frontend-evm";
import { assemble } from "@dragoman/frontend-evm/asm";
import { expect, test } from "vitest";
import { dispatch } from "../block/dispatch.ts";
import { Execution } from "../block/execution.ts";
import { accountInfo, setFree, setNonce } from "../runtime/accounts.ts";
import { EXISTENTIAL_DEPOSIT, REF_TIME_PER_GAS } from "../runtime/parameters.ts";
import { describeDispatchError, type RuntimeCall } from "../runtime/runtime.ts";
import { accountOf, addressOf, fallbackAccount, isMapped } from "./account-mapping.ts";
import { dryRun } from "./dry-run.ts";
import { codeOf, weiOf } from "./revive-state.ts";

const UNIT = 10n ** 10n;
const ALICE = new Uint8Array(32).fill(1);
const NOBODY = new Uint8Array(32).fill(9);

/** A block in the making in which Alice has 100 coins, is mapped and has sent one transaction. */
function open(): Execution {
  const block = { number: 7, parentHash: new Uint8Array(32).fill(5), timestamp: 1_700_000_000 };
  const execution = new Execution(() => undefined, block);
  setFree(execution, ALICE, 100n * UNIT);
  setNonce(execution, ALICE, 1);
  revive(execution, { type: "map_account", value: {} });
  execution.events.length = 0;
  return execution;
}

type ReviveCall = Extract<RuntimeCall, { type: "Revive" }>["value"][0];

const revive = (execution: Execution, call: ReviveCall, origin = ALICE) =>
  dispatch(execution, origin, { type: "Revive", value: [call] });

const LIMITS = {
  gas_limit: { ref_time: 1_000_000n * REF_TIME_PER_GAS, proof_size: 0n },
  storage_deposit_limit: 0n,
};

/** Initcode that deploys runtime code of less than 256 bytes. */
function initcodeOf(runtime: Uint8Array): Uint8Array {
  const [length] = [runtime.length];
  const head = assemble(`push ${length} push 12 push 0 codecopy push ${length} push 0 return`);
  expect(head).toHaveLength(12);
  return concatBytes(head, runtime);
}

const create = (execution: Execution, runtime: Uint8Array, salt?: Uint8Array, value = 0n) =>
  revive(execution, {
    type: "instantiate_with_code",
    value: { value, ...LIMITS, code: initcodeOf(runtime), data: new Uint8Array(0), salt },
  });

const call = (execution: Execution, dest: Uint8Array, data = new Uint8Array(0), value = 0n) =>
  revive(execution, { type: "call", value: { dest, value, ...LIMITS, data } });

const nameOf = ({ error }: ReturnType<typeof call>): string | undefined =>
  error && describeDispatchError(error);

const eventNames = ({ events }: Execution): string[] =>
  events.map(({ event }) => `${event.type}.${event.value[0].type}`);

const FIRST = createAddress(addressOf(ALICE), 0n);

test("an account's address is the end of its hash, or what it was derived from", () => {
  expect(addressOf(ALICE)).toEqual(keccak256(ALICE).slice(12));
  const address = new Uint8Array(20).fill(3);
  const account = fallbackAccount(address);
  expect(encodeHex(account)).toBe(`0x${"03".repeat(20)}${"ee".repeat(12)}`);
  expect(addressOf(account)).toEqual(address);
});

test("map_account makes an address stand for its account, once", () => {
  const execution = open();
  const { storage } = execution;
  expect(accountOf(storage, addressOf(ALICE))).toEqual(ALICE);
  expect(accountOf(storage, addressOf(NOBODY))).toEqual(fallbackAccount(addressOf(NOBODY)));
  const again = revive(execution, { type: "map_account", value: {} });
  expect(nameOf(again)).toBe("Revive.AccountAlreadyMapped");
  revive(execution, { type: "unmap_account", value: {} });
  expect(isMapped(storage, ALICE)).toBe(false);
  expect(nameOf(call(execution, FIRST))).toBe("Revive.AccountUnmapped");
});

test("a contract is created at the address of its transaction's number, or of its salt", () => {
  const execution = open();
  const runtime = assemble("push 42 push 0 mstore push 32 push 0 return");
  const salt = new Uint8Array(32).fill(8);
  expect(create(execution, runtime).error).toBeUndefined();
  expect(create(execution, runtime, salt).error).toBeUndefined();
  expect(codeOf(execution.storage, FIRST)).toEqual(runtime);
  const second = create2Address(addressOf(ALICE), salt, keccak256(initcodeOf(runtime)));
  expect(codeOf(execution.storage, second)).toEqual(runtime);
  expect(nameOf(create(execution, runtime))).toBe("Revive.DuplicateContract");
  expect(call(execution, second).output).toEqual(Uint8Array.of(...new Uint8Array(31), 42));
  expect(eventNames(execution).filter((name) => name.startsWith("Revive"))).toEqual([
    "Revive.Instantiated",
    "Revive.Instantiated",
  ]);
});

test("a new contract has the existential deposit from its creator, and its nonce is 1", () => {
  const execution = open();
  create(execution, Uint8Array.of(0), undefined, UNIT);
  const contract = accountInfo(execution, accountOf(execution.storage, FIRST));
  expect([contract.nonce, contract.data.free]).toEqual([1, UNIT + EXISTENTIAL_DEPOSIT]);
  expect(weiOf(execution, FIRST)).toBe(10n ** 18n);
  const { data } = accountInfo(execution, ALICE);
  expect(data.free).toBe(99n * UNIT - EXISTENTIAL_DEPOSIT);
  expect(execution.storage.get("Balances", "TotalIssuance")).toBe(100n * UNIT);
});

test("what a contract sends below one planck is kept as dust, and no wei is lost", () => {
  const execution = open();
  // Sends 5 wei to the address 0x77.
  const runtime = assemble("push 0 push 0 push 0 push 0 push 5 push 0x77 gas call stop");
  create(execution, runtime, undefined, UNIT);
  expect(call(execution, FIRST).error).toBeUndefined();
  const receiver = new Uint8Array(20);
  receiver[19] = 0x77;
  expect(weiOf(execution, receiver)).toBe(5n);
  expect(weiOf(execution, FIRST)).toBe(10n ** 18n - 5n);
  const info = accountInfo(execution, accountOf(execution.storage, receiver));
  expect(info.data.free).toBe(EXISTENTIAL_DEPOSIT);
});

test("contracts see block, time, chain and sender, and their logs are events", () => {
  const execution = open();
  const runtime = assemble(`
    number push 0 mstore timestamp push 32 mstore chainid push 64 mstore caller push 96 mstore
    push 7 push 128 push 0 log1 push 128 push 0 return`);
  create(execution, runtime);
  execution.events.length = 0;
  const { output } = call(execution, FIRST);
  const word = (i: number): bigint => BigInt(encodeHex(output!.slice(32 * i, 32 * i + 32)));
  expect([word(0), word(1), word(2)]).toEqual([7n, 1_700_000_000n, 420_420_420n]);
  expect(output!.slice(108)).toEqual(addressOf(ALICE));
  const [{ event }] = execution.events as [(typeof execution.events)[0]];
  const topics = [Uint8Array.of(...new Uint8Array(31), 7)];
  expect(event.value[0]).toEqual({
    type: "ContractEmitted",
    value: { contract: FIRST, data: output, topics },
  });
});

test("a revert keeps its data and undoes all else; other endings have names of their own", () => {
  const execution = open();
  create(execution, assemble("push 1 push 2 sstore push 9 push 0 mstore push 32 push 0 revert"));
  const before = execution.storage.changes();
  const reverted = call(execution, FIRST, undefined, UNIT);
  expect([nameOf(reverted), reverted.output![31]]).toEqual(["Revive.ContractReverted", 9]);
  expect(execution.storage.changes()).toEqual(before);
  const endings: [string, string][] = [
    ["loop: push @loop jump", "Revive.OutOfGas"],
    ["push 0 jump", "Revive.ContractTrapped"],
  ];
  for (const [code, name] of endings) {
    const other = open();
    create(other, assemble(code));
    expect(nameOf(call(other, FIRST))).toBe(name);
  }
  expect(nameOf(call(execution, FIRST, undefined, 1000n * UNIT))).toBe("Revive.TransferFailed");
});

test("a dry run changes nothing, and the gas that it asks for is enough and needed", () => {
  const execution = open();
  create(execution, assemble("push 1 push 2 sstore push 0 push 0 log0 stop"));
  const changes = execution.storage.changes();
  const count = execution.events.length;
  const run = { origin: ALICE, dest: FIRST, value: 0n, data: new Uint8Array(0), nonce: 1 };
  const { outcome, gasRequired, events } = dryRun(execution, { ...run, gas: undefined });
  expect([outcome.error, events.length]).toEqual([undefined, 1]);
  expect(execution.storage.changes()).toEqual(changes);
  expect(execution.events).toHaveLength(count);
  expect(dryRun(execution, { ...run, gas: gasRequired }).outcome.error).toBeUndefined();
  expect(dryRun(execution, { ...run, gas: outcome.gasUsed - 1n }).outcome.error).toBeDefined();
});

test("a contract that destroys itself while it is created leaves its balance, not its code", () => {
  const execution = open();
  const code = assemble("push 0x77 selfdestruct");
  const value = { value: UNIT, ...LIMITS, code, data: new Uint8Array(0), salt: undefined };
  const { error } = revive(execution, { type: "instantiate_with_code", value });
  expect(error).toBeUndefined();
  expect(codeOf(execution.storage, FIRST)).toBeUndefined();
  const receiver = new Uint8Array(20);
  receiver[19] = 0x77;
  expect(weiOf(execution, receiver)).toBe(10n ** 18n);
});
