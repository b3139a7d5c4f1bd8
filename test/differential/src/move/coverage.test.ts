import { Random } from "@dragoman/core/testing";
import {
  decodeModule,
  encodeModule,
  MOVE_OPS,
  opName,
  stdlibModules,
} from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import { expect, test } from "vitest";
import { randomModule } from "./random-module.ts";

test("random modules have every instruction that modules may have", () => {
  const seen = new Map<string, number>();
  for (let seed = 1; seed <= 150; seed++) {
    const { text } = randomModule(new Random(seed));
    const module = decodeModule(encodeModule(assembleModule(text, stdlibModules())));
    for (const { code } of module.functionDefinitions) {
      for (const op of code?.ops ?? []) seen.set(opName(op), (seen.get(opName(op)) ?? 0) + 1);
    }
  }
  expect(MOVE_OPS.map(([, name]) => name).filter((name) => !seen.has(name))).toEqual([]);
});
