import { type Engine, OUTCOME } from "@dragoman/core";
import { decodeModule, encodeModule, MODULE_DOMAIN, stdlibFiles } from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import { expect, test, vi } from "vitest";
import { failureOf, MoveMachine } from "../execution/move-machine.ts";
import { makeGenesis } from "../genesis.ts";
import { eventsOf } from "../move-event.ts";
import { frameworkFiles } from "./framework.ts";

vi.setConfig({ testTimeout: 60_000 });

const LIBRARY = [...stdlibFiles().values(), ...frameworkFiles().values()].map(decodeModule);
const [ALICE, BOB, OWNER] = [0xa, 0xb, 0x42].map((byte) => new Uint8Array(32).fill(byte, 31)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];

/** A chain with a module 0x42::m; calls its functions, each of which sees what the ones before it did. */
function chainWith(text: string) {
  const machine = new MoveMachine(4);
  const { state } = makeGenesis(machine, { chainId: 4, timestamp: 1, accounts: [] });
  const file = encodeModule(assembleModule(text, LIBRARY));
  state.write(MODULE_DOMAIN, OWNER, new TextEncoder().encode("m"), file);
  const engine: Engine = machine.engine(state);
  const call = (fn: string, signer: Uint8Array, ...args: (string | Uint8Array)[]): unknown => {
    const [module, name] = fn.includes("::") ? fn.split(/::(?=\w+$)/) : ["0x42::m", fn];
    const run = machine.run(engine, {
      module: module as string,
      function: name as string,
      signers: [signer],
      args,
      gas: 10n ** 10n,
      anyVisibility: true,
    });
    if (run.result.outcome === OUTCOME.OK) return true;
    const failure = failureOf(run);
    return failure.abortCode ?? failure.status;
  };
  return { call, engine };
}

const TOKEN = `module 0x42.m {
  import 0x1.fungible_asset;
  import 0x1.object;
  import 0x1.option;
  import 0x1.primary_fungible_store as store;
  import 0x1.signer;
  import 0x1.string;
  struct Rights has key {
    burn: fungible_asset.BurnRef,
    mint: fungible_asset.MintRef,
    move_right: fungible_asset.TransferRef
  }
  make(owner: &signer) {
    let ref: object.ConstructorRef;
  label b0:
    ref = object.create_named_object(copy(owner), b"GOLD");
    store.create_primary_store_enabled_fungible_asset(
      &ref, option.some<u128>(1000u128), string.utf8(b"Gold"), string.utf8(b"AU"), 6u8,
      string.utf8(b""), string.utf8(b"")
    );
    move_to<Rights>(move(owner), Rights {
      burn: fungible_asset.generate_burn_ref(&ref),
      mint: fungible_asset.generate_mint_ref(&ref),
      move_right: fungible_asset.generate_transfer_ref(&ref)
    });
    return;
  }
  gold(): object.Object<fungible_asset.Metadata> {
    let owner: address;
  label b0:
    owner = 0x42;
    return object.address_to_object<fungible_asset.Metadata>(object.create_object_address(&owner, b"GOLD"));
  }
  mint(_s: &signer, to: address, amount: u64) acquires Rights {
  label b0:
    store.mint(&borrow_global<Rights>(0x42).Rights::mint, move(to), move(amount));
    return;
  }
  burn(_s: &signer, from: address, amount: u64) acquires Rights {
  label b0:
    store.burn(&borrow_global<Rights>(0x42).Rights::burn, move(from), move(amount));
    return;
  }
  stop(_s: &signer, who: address, frozen: bool) acquires Rights {
  label b0:
    store.set_frozen_flag(&borrow_global<Rights>(0x42).Rights::move_right, move(who), move(frozen));
    return;
  }
  seize(_s: &signer, from: address, to: address, amount: u64) acquires Rights {
  label b0:
    store.transfer_with_ref(&borrow_global<Rights>(0x42).Rights::move_right, move(from), move(to), move(amount));
    return;
  }
  pay(s: &signer, to: address, amount: u64) {
  label b0:
    store.transfer<fungible_asset.Metadata>(move(s), Self.gold(), move(to), move(amount));
    return;
  }
  check(_s: &signer, who: address, amount: u64, supply: u128) {
    let now: option.Option<u128>;
  label b0:
    assert(store.balance<fungible_asset.Metadata>(move(who), Self.gold()) == move(amount), 1);
    now = fungible_asset.supply<fungible_asset.Metadata>(Self.gold());
    assert(option.destroy_some<u128>(move(now)) == move(supply), 2);
    return;
  }
}`;

test("a fungible asset is minted, paid, frozen, seized and burnt", () => {
  const { call, engine } = chainWith(TOKEN);
  expect(call("make", OWNER)).toBe(true);
  expect(call("mint", OWNER, "0xa", "600")).toBe(true);
  expect(call("mint", OWNER, "0xa", "401")).toBe(0x20005n);
  expect(call("pay", ALICE, "0xb", "100")).toBe(true);
  expect(call("pay", ALICE, "0xb", "501")).toBe(0x10004n);
  expect(call("check", OWNER, "0xb", "100", "600")).toBe(true);
  expect(call("stop", OWNER, "0xb", true as never)).toBe(true);
  expect(call("pay", BOB, "0xa", "1")).toBe(0x50003n);
  expect(call("seize", OWNER, "0xb", "0xa", "40")).toBe(true);
  expect(call("burn", OWNER, "0xb", "60")).toBe(true);
  expect(call("check", OWNER, "0xa", "540", "540")).toBe(true);
  const names = eventsOf(engine.journal.logs).map(({ type }) => type.tag === "struct" && type.name);
  expect(new Set(names)).toEqual(new Set(["Creation", "Deposit", "Withdraw", "Frozen"]));
});

const THINGS = `module 0x42.m {
  import 0x1.account;
  import 0x1.event;
  import 0x1.object;
  import 0x1.resource_account;
  import 0x1.signer;
  struct Thing has key { x: u64 }
  struct Rang has drop, store { x: u64 }
  struct Bell has key { events: event.EventHandle<Self.Rang> }
  struct Cap has key { cap: account.SignerCapability }
  make(owner: &signer, seed: vector<u8>) {
    let ref: object.ConstructorRef;
    let made: signer;
  label b0:
    ref = object.create_named_object(move(owner), move(seed));
    made = object.generate_signer(&ref);
    move_to<Thing>(&made, Thing { x: 1 });
    return;
  }
  at(owner: address, seed: vector<u8>): object.Object<Self.Thing> {
  label b0:
    return object.address_to_object<Self.Thing>(object.create_object_address(&owner, move(seed)));
  }
  give(s: &signer, maker: address, seed: vector<u8>, to: address) {
  label b0:
    object.transfer<Self.Thing>(move(s), Self.at(move(maker), move(seed)), move(to));
    return;
  }
  nest(s: &signer, maker: address, inner: vector<u8>, outer: vector<u8>) {
  label b0:
    object.transfer_to_object<Self.Thing, Self.Thing>(
      move(s), Self.at(copy(maker), move(inner)), Self.at(copy(maker), move(outer))
    );
    return;
  }
  owned(_s: &signer, maker: address, seed: vector<u8>, by: address, root: address) {
    let thing: object.Object<Self.Thing>;
  label b0:
    thing = Self.at(move(maker), move(seed));
    assert(object.owns<Self.Thing>(copy(thing), move(by)), 1);
    assert(object.root_owner<Self.Thing>(move(thing)) == move(root), 2);
    return;
  }
  hang(s: &signer) {
  label b0:
    move_to<Bell>(copy(s), Bell { events: account.new_event_handle<Self.Rang>(copy(s)) });
    return;
  }
  ring(s: &signer, x: u64) acquires Bell {
  label b0:
    event.emit_event<Self.Rang>(
      &mut borrow_global_mut<Bell>(signer.address_of(move(s))).Bell::events, Rang { x: move(x) }
    );
    return;
  }
  claim(s: &signer, source: address, seed: vector<u8>) {
    let own: signer;
    let cap: account.SignerCapability;
    let made: address;
  label b0:
    made = account.create_resource_address(&source, move(seed));
    own, cap = account.create_resource_account(move(s), b"other");
    assert(signer.address_of(&own) != copy(made), 3);
    own = account.create_signer_with_capability(&cap);
    assert(account.get_signer_capability_address(&cap) == signer.address_of(&own), 4);
    move_to<Cap>(&own, Cap { cap: move(cap) });
    return;
  }
}`;

test("objects are given on, alone or inside of others, by their owners only", () => {
  const { call } = chainWith(THINGS);
  const [one, two] = ["01", "02"];
  expect(call("make", ALICE, one)).toBe(true);
  expect(call("make", ALICE, one)).toBe(0x80001n);
  expect(call("make", ALICE, two)).toBe(true);
  expect(call("give", BOB, "0xa", one, "0xb")).toBe(0x50004n);
  expect(call("nest", ALICE, "0xa", one, two)).toBe(true);
  expect(call("give", ALICE, "0xa", two, "0xb")).toBe(true);
  expect(call("owned", ALICE, "0xa", one, "0xb", "0xb")).toBe(true);
  expect(call("give", ALICE, "0xa", one, "0xa")).toBe(0x50004n);
  expect(call("give", BOB, "0xa", one, "0xa")).toBe(true);
  expect(call("owned", ALICE, "0xa", one, "0xa", "0xa")).toBe(true);
  expect(call("owned", ALICE, "0xb", one, "0xa", "0xa")).toBe(0x60002n);
});

test("events of a handle carry its number and their own", () => {
  const { call, engine } = chainWith(THINGS);
  expect(call("hang", ALICE)).toBe(true);
  expect(call("ring", ALICE, "5")).toBe(true);
  expect(call("ring", ALICE, "6")).toBe(true);
  const handles = eventsOf(engine.journal.logs).map(({ handle }) => handle);
  // Numbers 0 and 1 are those of the account's own handles.
  expect(handles).toEqual([
    { creationNumber: 2n, address: ALICE, sequenceNumber: 0n },
    { creationNumber: 2n, address: ALICE, sequenceNumber: 1n },
  ]);
});

test("resource accounts belong to their source", () => {
  const { call } = chainWith(THINGS);
  expect(call("0x1::resource_account::create_resource_account", ALICE, "07", "")).toBe(true);
  expect(call("0x1::resource_account::create_resource_account", ALICE, "07", "")).toBe(0x8000fn);
  expect(call("claim", BOB, "0xb", "07")).toBe(true);
});
