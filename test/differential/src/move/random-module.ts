import type { Random } from "@dragoman/core/testing";
import { type Dialect, randomDialect } from "./dialect.ts";
import { genericText } from "./generic-functions.ts";
import type { RandomFunction } from "./random-body.ts";
import { writeFunction, writeTarget } from "./random-function.ts";
import { randomTypes } from "./random-types.ts";

/** A module `0x42.m` in the assembler's text, and what can be called. */
export interface RandomModule {
  readonly text: string;
  readonly functions: readonly RandomFunction[];
}

/** A random module: a function may call those before it, so nothing recurs. */
export function randomModule(
  random: Random,
  dialect: Dialect = randomDialect(random),
): RandomModule {
  const types = randomTypes(random, dialect);
  const functions: RandomFunction[] = [];
  const texts: string[] = [];
  const add = ({ text, fn }: { text: string; fn: RandomFunction }): void => {
    functions.push(fn);
    texts.push(text);
  };
  // Every type of closures has a function from the start, so that all functions can make closures of it.
  for (const type of types.functions) {
    add(writeTarget(random, { ...types, all: type.usable }, functions, type, true));
  }
  const count = random.between(1, 4);
  for (let index = 0; index < count; index++) {
    const target = types.functions.length > 0 && random.oneIn(3);
    if (target) add(writeTarget(random, types, functions, random.pick(types.functions)));
    else add(writeFunction(random, types, functions));
  }
  const imports = "import 0x1.bcs; import 0x1.hash; import 0x1.signer;";
  const generic = genericText(dialect);
  const body = [imports, types.declarations, generic, ...texts].join("\n");
  return { text: `${dialect.header}\nmodule 0x42.m {\n${body}\n}`, functions };
}
