import type { RandomBody, RandomLocal } from "./random-body.ts";
import { writeExpression } from "./random-expression.ts";
import { type RandomType, typeText } from "./random-types.ts";

type RandomEnum = Extract<RandomType, { kind: "enum" }>;

/** Of so many switches one is left out, so that the wrong variant is taken apart now and then. */
const UNCHECKED_ONE_IN = 24;

/** Works on a local enum by its variant: reads a field, changes one in place, or takes the enum apart. */
export function changeEnum(body: RandomBody): void {
  const local = body.free(({ kind }) => kind === "enum");
  if (local?.type.kind !== "enum") return;
  if (!body.types.dialect.switches) return changeTested(body, local, local.type);
  if (body.random.oneIn(UNCHECKED_ONE_IN)) {
    return changeVariant(body, local, local.type, body.random.below(local.type.variants.length));
  }
  changeSwitched(body, local, local.type);
}

/** As Aptos does: where a test finds the variant. */
function changeTested(body: RandomBody, local: RandomLocal, type: RandomEnum): void {
  const { random } = body;
  const variant = random.below(type.variants.length);
  const fields = type.variants[variant] as RandomType[];
  const name = `${type.name}::V${variant}`;
  const at = random.below(fields.length);
  const end = body.label();
  body.emit(`ImmBorrowLoc ${local.name}`, `TestVariant ${name}`, `BrFalse ${end}`);
  if (random.oneIn(3)) {
    body.emit(`ImmBorrowLoc ${local.name}`, `ImmBorrowVariantField ${name}::f${at}`);
    body.emit("ReadRef", "Pop");
  } else if (random.oneIn(2)) {
    writeExpression(body, fields[at] as RandomType, 1);
    body.emit(`MutBorrowLoc ${local.name}`, `MutBorrowVariantField ${name}::f${at}`, "WriteRef");
  } else {
    takeApart(body, local, name, fields);
  }
  body.emit(`${end}: Nop`);
}

/** As Sui does: by a jump table. */
function changeSwitched(body: RandomBody, local: RandomLocal, type: RandomEnum): void {
  const labels = type.variants.map(() => body.label());
  const end = body.label();
  const targets = labels.map((label, variant) => `V${variant}: ${label}`);
  body.emit(`ImmBorrowLoc ${local.name}`);
  body.emit(`VariantSwitch ${type.name} { ${targets.join(", ")} }`);
  labels.forEach((label, variant) => {
    body.emit(`${label}: Nop`);
    changeVariant(body, local, type, variant);
    body.emit(`Branch ${end}`);
  });
  body.emit(`${end}: Nop`);
}

function changeVariant(
  body: RandomBody,
  local: RandomLocal,
  type: RandomEnum,
  variant: number,
): void {
  const { random } = body;
  const name = `${type.name}::V${variant}`;
  const fields = type.variants[variant] as RandomType[];
  switch (random.below(4)) {
    case 0:
      return;
    case 1:
      return takeApart(body, local, name, fields);
    case 2:
      body.emit(`ImmBorrowLoc ${local.name}`, `UnpackVariantImmRef ${name}`);
      for (const _ of fields) body.emit("ReadRef", "Pop");
      return;
    default:
      writeThrough(body, local, name, fields);
  }
}

/** Borrows all fields of a variant at once and gives one of them another value. */
function writeThrough(
  body: RandomBody,
  local: RandomLocal,
  name: string,
  fields: readonly RandomType[],
): void {
  const at = body.random.below(fields.length);
  writeExpression(body, fields[at] as RandomType, 1);
  body.emit(`MutBorrowLoc ${local.name}`, `UnpackVariantMutRef ${name}`);
  for (let field = fields.length - 1; field > at; field--) body.emit("Pop");
  if (at === 0) return body.emit("WriteRef");
  // The references below lie between the value and its place.
  const place = body.local(`&mut ${typeText(fields[at] as RandomType)}`);
  body.emit(`StLoc ${place}`);
  for (let field = 0; field < at; field++) body.emit("Pop");
  body.emit(`MoveLoc ${place}`, "WriteRef");
}

function takeApart(
  body: RandomBody,
  local: RandomLocal,
  name: string,
  fields: readonly RandomType[],
): void {
  body.emit(`CopyLoc ${local.name}`, `UnpackVariant ${name}`);
  for (const _ of fields) body.emit("Pop");
}
