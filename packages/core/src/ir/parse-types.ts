import type { IrSignature } from "./function.ts";
import type { TextReader } from "./text-reader.ts";
import { VALUE_TYPE_NAMES, type ValueType } from "./value-type.ts";

/** `i32`, `i64` or `i256`. */
export function parseType(reader: TextReader): ValueType {
  const type = (VALUE_TYPE_NAMES as readonly string[]).indexOf(reader.token);
  if (type < 0) reader.fail(`expected i32, i64 or i256, found ${JSON.stringify(reader.token)}`);
  reader.next();
  return type as ValueType;
}

/** `(i32, i64) -> (i256)` */
export function parseSignature(reader: TextReader): IrSignature {
  reader.expect("(");
  const params = reader.list(")", () => parseType(reader));
  reader.expect("->");
  reader.expect("(");
  return { params, results: reader.list(")", () => parseType(reader)) };
}
