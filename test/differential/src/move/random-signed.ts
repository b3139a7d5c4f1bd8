import type { RandomBody } from "./random-body.ts";
import { writeExpression } from "./random-expression.ts";
import { BITS, type RandomType } from "./random-types.ts";

/** Operations on signed integers that rarely fail, and now and then one that often does. */
export function writeSigned(body: RandomBody, bits: number, depth: number): void {
  const { random } = body;
  const type: RandomType = { kind: "signed", bits };
  switch (random.below(6)) {
    case 0:
      writeExpression(body, type, depth - 1);
      writeExpression(body, type, depth - 1);
      return body.emit(random.pick(["Add", "Sub", "Mul", "Div", "Mod"]));
    case 1:
      writeExpression(body, type, depth - 1);
      if (!random.oneIn(4)) body.emit(`LdI${bits} 100`, "Mod");
      return body.emit("Negate");
    case 2:
      writeExpression(body, type, depth - 1);
      body.emit(`LdI${bits} ${random.between(1, 99) * (random.oneIn(2) ? 1 : -1)}`);
      return body.emit(random.pick(["Div", "Mod"]));
    case 3:
      return writeSignedOfUnsigned(body, bits, depth);
    case 4: {
      const from = random.pick(BITS);
      writeExpression(body, { kind: "signed", bits: from }, depth - 1);
      if (from > bits && !random.oneIn(8)) body.emit(`LdI${from} 128`, "Mod");
      return body.emit(`CastI${bits}`);
    }
    default:
      writeExpression(body, type, depth - 1);
      body.emit(`LdI${bits} ${random.between(2, 60)}`, "Mod");
      writeExpression(body, type, depth - 1);
      body.emit(`LdI${bits} ${random.between(-60, -2)}`, "Mod");
      return body.emit(random.pick(["Add", "Sub"]));
  }
}

function writeSignedOfUnsigned(body: RandomBody, bits: number, depth: number): void {
  const { random } = body;
  const from = random.pick(BITS);
  writeExpression(body, { kind: "integer", bits: from }, depth - 1);
  if (from >= bits && !random.oneIn(8)) {
    body.emit(`LdU${from} ${(1n << BigInt(bits - 1)) - 1n}`, "BitAnd");
  }
  body.emit(`CastI${bits}`);
}

/** A cast that fails where the number is negative. */
export function writeUnsignedOfSigned(body: RandomBody, bits: number, depth: number): void {
  const { random } = body;
  const from = random.pick(BITS);
  const type: RandomType = { kind: "signed", bits: from };
  if (random.oneIn(6)) {
    writeExpression(body, type, depth - 1);
  } else {
    writeExpression(body, type, depth - 1);
    body.emit(`LdI${from} 60`, "Mod", `LdI${from} ${random.between(60, 67)}`, "Add");
  }
  body.emit(`CastU${bits}`);
}
