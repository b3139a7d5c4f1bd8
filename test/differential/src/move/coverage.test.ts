import { Random } from "@dragoman/core/testing";
import {
  decodeModule,
  encodeModule,
  MOVE_OPS,
  opName,
  SUI_OPS,
  stdlibModules,
} from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import { expect, test } from "vitest";
import { randomModule } from "./random-module.ts";

test("random modules have every instruction that Aptos files up to version 7 may have", () => {
  const seen = new Map<string, number>();
  for (let seed = 1; seed <= 40; seed++) {
    const { text } = randomModule(new Random(seed));
    const module = decodeModule(encodeModule(assembleModule(text, stdlibModules())));
    for (const { code } of module.functionDefinitions) {
      for (const op of code?.ops ?? []) seen.set(opName(op), (seen.get(opName(op)) ?? 0) + 1);
    }
  }
  const sui: ReadonlySet<string> = new Set(SUI_OPS.map(([, name]) => name));
  const wanted = MOVE_OPS.filter(([, name, , since]) => since <= 7 && !sui.has(name)).map(
    ([, name]) => name,
  );
  expect(wanted.filter((name) => !seen.has(name))).toEqual([]);
});
