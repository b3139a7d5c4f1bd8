import type { Random } from "@dragoman/core/testing";
import { RandomBody, type RandomFunction } from "./random-body.ts";
import { writeExpression } from "./random-expression.ts";
import {
  holdsClosure,
  type RandomFunctionType,
  type RandomType,
  type RandomTypes,
  type Shape,
  typeText,
} from "./random-types.ts";

/** A function, and its text. */
interface Written {
  readonly text: string;
  readonly fn: RandomFunction;
}

/** Of so many functions one may take closures, which a call from outside does not bring. */
const TAKES_CLOSURES_ONE_IN = 4;
/** Of so many functions that closures are made of one may touch resources, which fails if a closure calls it. */
const TARGET_WITH_RESOURCES_ONE_IN = 8;

function several(
  random: Random,
  types: readonly RandomType[],
  least: number,
  most: number,
): RandomType[] {
  return Array.from({ length: random.between(least, most) }, () => random.pick(types));
}

/** A function of any shape. */
export function writeFunction(
  random: Random,
  types: RandomTypes,
  callees: readonly RandomFunction[],
): Written {
  const plain = types.all.filter((type) => !holdsClosure(type));
  const taken = random.oneIn(TAKES_CLOSURES_ONE_IN) ? types.all : plain;
  const parameters = several(random, taken, 0, 3);
  const borrowed = random.oneIn(3) ? several(random, taken, 1, 1) : [];
  const results = several(random, types.all, 1, 3);
  return write(random, types, callees, { parameters, borrowed, results }, !types.dialect.globals);
}

/**
 * A function that closures of `type` can be made of, after some of its parameters are captured. The first of a type is `pure`: resources
 * may contain closures of the type.
 */
export function writeTarget(
  random: Random,
  types: RandomTypes,
  callees: readonly RandomFunction[],
  type: RandomFunctionType,
  pure = !random.oneIn(TARGET_WITH_RESOURCES_ONE_IN),
): Written {
  const parameters: RandomType[] = [];
  const captured: RandomType[] = [];
  let mask = 0;
  const capture = (): void => {
    if (!random.oneIn(2)) return;
    const inner = random.pick(types.all);
    captured.push(inner);
    parameters.push(inner);
    // The first parameter is the signer.
    mask |= 1 << parameters.length;
  };
  for (const parameter of type.parameters) {
    capture();
    parameters.push(parameter);
  }
  capture();
  const { borrowed, results } = type;
  const shape = { parameters, borrowed, results };
  return write(random, types, callees, shape, pure, { type, mask, captured });
}

/** What a function that touches resources may declare of them; most allow what it does. */
const ACCESSES = [
  "acquires *",
  "writes 0x42.*",
  "writes Self.*(signer.address_of(s))",
  "writes Self.R, acquires Self.Q",
  "acquires *, !writes Self.R",
  "reads *, !reads Self.Q<u64>",
  "reads Self.*, writes *(0x42)",
  "none",
];

function accessText(random: Random, { dialect }: RandomTypes): string {
  return dialect.globals && random.oneIn(6) ? ` access ${random.pick(ACCESSES)}` : "";
}

function write(
  random: Random,
  types: RandomTypes,
  callees: readonly RandomFunction[],
  { parameters, borrowed, results }: Shape,
  pure: boolean,
  closure?: RandomFunction["closure"],
): Written {
  const name = `f${callees.length}`;
  const own = several(random, types.all, 2, 5);
  const locals = [
    ...parameters.map((type, index) => ({ name: `p${index}`, type })),
    ...own.map((type, index) => ({ name: `v${index}`, type })),
  ];
  const body = new RandomBody(random, types, callees, locals, pure);
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
  const declared = own.map((type, index) => `let v${index}: ${typeText(type)};`);
  const fn = {
    name,
    parameters,
    borrowed,
    results,
    acquires: new Set(body.acquires),
    ...(closure && { closure }),
  };
  const returns = results.map(typeText).join(" * ");
  const acquires = body.acquires.size === 0 ? "" : ` acquires ${[...body.acquires].join(", ")}`;
  const attributes = closure === undefined ? "" : " with persistent";
  const who = "let who: address;";
  const start = "CopyLoc s; Call signer.address_of; StLoc who";
  const text = `public ${name}(${head}): ${returns}${attributes}${accessText(random, types)}${acquires} bytecode {
${who} ${[...declared, ...body.declarations].join(" ")}
${start}
${body.lines.join("\n")}
}`;
  return { text, fn };
}
