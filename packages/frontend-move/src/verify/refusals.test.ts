import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { assembleModule } from "../asm/assemble.ts";
import { verdictOnModule } from "../testing/refusal.ts";
import { PRODUCTION_LIMITS } from "./verifier-config.ts";

const HERE = new URL("./", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, HERE), "utf8");
const statusesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/"([A-Z][A-Z_0-9]{6,})"/g)].map(([, status]) => status as string)),
];

/** Rows of the table in VERIFIER.md: source, statuses, tests. */
const ROWS = [
  ...readFileSync(new URL("../../VERIFIER.md", HERE), "utf8").matchAll(
    /^\| [^|]+ \| `([a-z0-9-]+\.ts)` \| ([^|]+) \| ([^|]+) \|$/gm,
  ),
].map(([, source, statuses, tests]) => ({
  source: source as string,
  statuses: [...(statuses as string).matchAll(/`(\w+)`/g)].map(([, status]) => status as string),
  tests: [...(tests as string).matchAll(/`([\w.-]+)`/g)].map(([, test]) => test as string),
}));

/** What `bounds.ts` finds before the pass that could. */
const FOUND_BEFORE = new Set(["BORROWFIELD_BAD_FIELD_ERROR"]);

test("the table has every source that refuses, with all of its statuses", () => {
  const sources = readdirSync(HERE).filter((name) => /^[a-z0-9-]+\.ts$/.test(name));
  const refusing = sources.filter((name) => statusesIn(read(name)).length > 0);
  expect(ROWS.map(({ source }) => source).sort()).toEqual(refusing.sort());
  for (const { source, statuses } of ROWS) {
    expect(statuses, source).toEqual(statusesIn(read(source)).sort());
  }
});

test.each(ROWS)("every status of $source is in one of its tests", ({ statuses, tests }) => {
  const text = tests.map(read).join();
  expect(statuses.filter((status) => !FOUND_BEFORE.has(status) && !text.includes(status))).toEqual(
    [],
  );
});

test("the work of the analyses is bounded", () => {
  const loops = Array.from({ length: 40 }, (_, i) => `l${i}: LdTrue; BrTrue l${i}`).join("; ");
  const module = assembleModule(`module 0x1.m { f(x: u64) bytecode { ${loops}; Ret } }`);
  expect(verdictOnModule(module)).toBe("accepted");
  const small = { ...PRODUCTION_LIMITS, meterUnitsMax: 500 };
  expect(verdictOnModule(module, small)).toBe("CONSTRAINT_NOT_SATISFIED");
});
