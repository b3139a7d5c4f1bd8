import type { OpName } from "../format/index.ts";
import type { FunctionLift } from "./function-lift.ts";
import { ARITHMETIC } from "./lower-arithmetic.ts";
import { CALLS } from "./lower-call.ts";
import { CLOSURES } from "./lower-closure.ts";
import { CONTROL } from "./lower-control.ts";
import { ENUMS } from "./lower-enum.ts";
import { GLOBALS } from "./lower-global.ts";
import { LOCALS } from "./lower-local.ts";
import { STRUCTS } from "./lower-struct.ts";
import { VECTORS } from "./lower-vector.ts";

/** Writes the IR of one instruction with the operands `a` and `b` of its column. */
export type Lower = (f: FunctionLift, a: number, b: number) => void;

/** The lowering of every instruction: one that is missing does not compile. */
export const LOWER: { readonly [name in OpName]: Lower } = {
  ...CONTROL,
  ...LOCALS,
  ...ARITHMETIC,
  ...STRUCTS,
  ...ENUMS,
  ...VECTORS,
  ...GLOBALS,
  ...CALLS,
  ...CLOSURES,
};
