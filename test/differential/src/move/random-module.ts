import type { Random } from "@dragoman/core/testing";
import { GENERIC } from "./generic-functions.ts";
import { RandomBody, type RandomFunction } from "./random-body.ts";
import { writeExpression } from "./random-expression.ts";
import { type RandomType, type RandomTypes, randomTypes, typeText } from "./random-types.ts";

/** A module `0x42.m` in the assembler's text, and what can be called. */
export interface RandomModule {
  readonly text: string;
  readonly functions: readonly RandomFunction[];
}

function several(random: Random, types: RandomTypes, least: number, most: number): RandomType[] {
  return Array.from({ length: random.between(least, most) }, () => random.pick(types.all));
}

function writeFunction(
  random: Random,
  types: RandomTypes,
  callees: readonly RandomFunction[],
): { text: string; fn: RandomFunction } {
  const name = `f${callees.length}`;
  const parameters = several(random, types, 0, 3);
  const borrowed = random.oneIn(3) ? several(random, types, 1, 1) : [];
  const results = several(random, types, 1, 3);
  const own = several(random, types, 2, 5);
  const locals = [
    ...parameters.map((type, index) => ({ name: `p${index}`, type })),
    ...own.map((type, index) => ({ name: `v${index}`, type })),
  ];
  const body = new RandomBody(random, types, callees, locals);
  for (const [index, type] of own.entries()) {
    // Locals without a value yet cannot be read.
    for (let later = index; later < own.length; later++) body.busy.add(`v${later}`);
    writeExpression(body, type, 1);
    for (let later = index; later < own.length; later++) body.busy.delete(`v${later}`);
    body.emit(`StLoc v${index}`);
  }
  borrowed.forEach((type, index) => {
    body.borrowed.push({ name: `b${index}`, type });
    writeExpression(body, type, 2);
    body.emit(`CopyLoc b${index}`, "WriteRef");
  });
  body.block(3);
  for (const type of results) writeExpression(body, type, 2);
  body.emit("Ret");
  const values = parameters.map((type, index) => `p${index}: ${typeText(type)}`);
  const references = borrowed.map((type, index) => `b${index}: &mut ${typeText(type)}`);
  const head = ["s: &signer", ...values, ...references].join(", ");
  const declared = [
    ...own.map((type, index) => ({ name: `v${index}`, type })),
    ...body.counters(),
  ].map((local) => `let ${local.name}: ${typeText(local.type)};`);
  const fn = { name, parameters, borrowed, results, acquires: new Set(body.acquires) };
  const returns = results.map(typeText).join(" * ");
  const acquires = body.acquires.size === 0 ? "" : ` acquires ${[...body.acquires].join(", ")}`;
  const who = "let who: address;";
  const start = "CopyLoc s; Call signer.address_of; StLoc who";
  const text = `public ${name}(${head}): ${returns}${acquires} bytecode {
${who} ${declared.join(" ")}
${start}
${body.lines.join("\n")}
}`;
  return { text, fn };
}

/** A random module: a function may call those before it, so nothing recurs. */
export function randomModule(random: Random): RandomModule {
  const types = randomTypes(random);
  const functions: RandomFunction[] = [];
  const texts: string[] = [];
  const count = random.between(1, 4);
  for (let index = 0; index < count; index++) {
    const { text, fn } = writeFunction(random, types, functions);
    functions.push(fn);
    texts.push(text);
  }
  const imports = "import 0x1.bcs; import 0x1.hash; import 0x1.signer;";
  const text = `module 0x42.m {\n${imports}\n${types.declarations}\n${GENERIC}\n${texts.join("\n")}\n}`;
  return { text, functions };
}

/** A value for a parameter, in JSON form. */
export function randomJson(random: Random, type: RandomType): unknown {
  switch (type.kind) {
    case "bool":
      return random.oneIn(2);
    case "address":
      return `0x${random.below(99)}`;
    case "integer":
      return random.word(type.bits).toString();
    case "vector":
      return Array.from({ length: random.below(4) }, () => randomJson(random, type.element));
    case "box":
      return { f0: randomJson(random, type.inner), f1: random.below(256) };
    case "struct":
      return fields(random, type.fields);
    case "enum": {
      const at = random.below(type.variants.length);
      const parts = fields(random, type.variants[at] as RandomType[]);
      return { __variant__: `V${at}`, ...parts };
    }
  }
}

function fields(random: Random, types: readonly RandomType[]): Record<string, unknown> {
  return Object.fromEntries(types.map((type, index) => [`f${index}`, randomJson(random, type)]));
}
