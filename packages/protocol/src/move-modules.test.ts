import { decodeHex, encodeHex } from "@dragoman/bytes";
import * as move from "@dragoman/frontend-move";
import * as asm from "@dragoman/frontend-move/asm";
import { expect, test } from "vitest";
import { assembled, sourceHash } from "../build/move.mjs";
import { MOVE_MODULES, MOVE_SOURCE_HASH } from "./move-artefacts.ts";
import { moveMarketError, moveModules } from "./move-modules.ts";

const OWN = `0x${"5a".repeat(32)}`;

test("the committed modules are what the committed texts assemble to", () => {
  const built = assembled({ ...move, ...asm });
  expect(MOVE_SOURCE_HASH).toBe(sourceHash());
  expect(MOVE_MODULES).toEqual(
    built.map(([name, file]) => [name, Buffer.from(file).toString("base64")]),
  );
});

test("under any address the modules verify, link to 0x1 and to each other, and to nothing else", () => {
  const known = new Map(
    move.stdlibModules().map((module) => [move.keyOfModule(module, module.self), module]),
  );
  for (const { name, file } of moveModules(decodeHex(OWN))) {
    const module = move.decodeModule(file);
    move.verifyModule(module);
    move.verifyDependencies(module, (key) => known.get(key));
    known.set(move.keyOfModule(module, module.self), module);
    const { address, name: own } = move.moduleId(module, module.self);
    expect([encodeHex(address), own]).toEqual([OWN, name]);
    const addresses = module.addresses.map((bytes) => BigInt(encodeHex(bytes)));
    expect(addresses.filter((value) => value !== 1n && value !== BigInt(OWN))).toEqual([]);
  }
});

test("the market says which of its functions are views", () => {
  const market = moveModules(decodeHex(OWN)).at(-1)!;
  const { metadata } = move.decodeModule(market.file);
  const text = Buffer.from(metadata[0]!.value).toString("latin1");
  expect(Buffer.from(metadata[0]!.key).toString()).toBe("aptos::metadata_v1");
  for (const view of ["account", "numbers", "quote_option", "received"]) {
    expect(text).toContain(view);
  }
});

test.each([
  [`Move abort in ${OWN}::market: 0x3`, 3],
  [`Move abort in ${OWN}::account: E_COLLATERAL(0x4): too little`, 4],
  [`Move abort in 0x1::coin: 0x10006`, undefined],
  [`Move abort in ${OWN}::market: 0x64`, undefined],
  ["Out of gas", undefined],
])("of the status %s the market's error is %s", (status, error) => {
  expect(moveMarketError(status, OWN)).toBe(error);
});

test("an address of another length is refused", () => {
  expect(() => moveModules(new Uint8Array(20))).toThrow("INVALID_MARKET_INPUT");
});
