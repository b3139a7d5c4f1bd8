import { readFileSync } from "node:fs";
import { encodeModule, stdlibModules } from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import type { MoveModuleFile } from "@dragoman/protocol";
import { expect, test } from "vitest";
import { fuzzMarket } from "./fuzz-market.ts";
import { MOVE_ADMIN } from "./move-chain.ts";
import { MoveMarket } from "./move-market.ts";

const NAMES = ["q32", "account", "packet", "events", "collateral", "market"] as const;
/** Sequences until a mutant must have been noticed. */
const SEQUENCES_MAX = 40;

type Mutant = readonly [module: (typeof NAMES)[number], from: string, to: string];

/** One small fault each, which a comparison worth its name sees. */
const MUTANTS: readonly Mutant[] = [
  ["q32", "7651389478u128", "7651389479u128"],
  ["q32", "i = 16u128", "i = 6u128"],
  ["q32", "Self.at_most(copy(put), copy(k))", "copy(call)"],
  ["account", "copy(amount), 1500)", "copy(amount), 1501)"],
  ["account", "copy(amount), 1000)", "copy(amount), 1001)"],
  ["account", "jump_if (copy(free) < 4) step;", ""],
  [
    "account",
    "return copy(is_long), copy(cost) - copy(worth);",
    "return true, copy(cost) - copy(worth);",
  ],
  ["market", "copy(price)), 5);\n        Self.charge", "copy(price)), 6);\n        Self.charge"],
  ["market", "copy(strict) || (", "copy(strict) && ("],
  [
    "market",
    "Self.settle(copy(m), &mut own, !copy(is_long), move(paid));",
    "Self.settle(copy(m), &mut own, false, move(paid));",
  ],
  ["market", "account.bps(move(exposure), 100)", "account.bps(move(exposure), 101)"],
  ["market", "DRAGOMAN-REFUND-V1", "DRAGOMAN-RECEIVE-V1"],
  ["market", "!table.contains<Self.Receipt, bool>", "true || table.contains<Self.Receipt, bool>"],
  ["packet", "assert(copy(who) > copy(last), 15);", ""],
  ["packet", "assert(vector.contains<u256>(copy(attesters), &who), 15);", ""],
  ["events", "MoveLoc is_loss;", "LdFalse;"],
];

/** The market's modules with one text replaced. */
function assembleMutant([mutated, from, to]: Mutant): MoveModuleFile[] {
  const known = stdlibModules();
  return NAMES.map((name) => {
    const url = new URL(`../../../../packages/protocol/move/${name}.mvir`, import.meta.url);
    const text = readFileSync(url, "utf8");
    if (name === mutated) expect(text.split(from).length, from).toBe(2);
    const changed = name === mutated ? text.replace(from, to) : text;
    const module = assembleModule(changed.replaceAll("0xd7a90a", MOVE_ADMIN), known);
    known.push(module);
    return { name, file: Uint8Array.from(encodeModule(module)) };
  });
}

test.each(MUTANTS)(
  "in %s, %j instead of %j is noticed",
  (...mutant) => {
    const modules = assembleMutant(mutant);
    const programs = [
      ["mutant", (_: unknown, domain: number) => new MoveMarket("interpret", domain, modules)],
    ] as const;
    let noticed = false;
    for (let seed = 1; seed <= SEQUENCES_MAX && !noticed; seed++) {
      noticed = fuzzMarket({ count: 1, seed }, programs).mismatches.length > 0;
    }
    expect(noticed).toBe(true);
  },
  240_000,
);
