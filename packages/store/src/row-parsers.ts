import { assert } from "@dragoman/fault";
import pg from "pg";

/** PostgreSQL's numbers of its types: `SELECT oid FROM pg_type`. */
const OID = { int8: 20, int8Array: 1016, numeric: 1700, numericArray: 1231 } as const;

/** Text of an integer column. `numeric` columns hold integers here; a fraction is a mistake of the table. */
function readInteger(text: string): bigint {
  assert(/^-?\d+$/.test(text), `an integer column holds ${text}`);
  return BigInt(text);
}

const readIntegers = (text: string): (bigint | null)[] =>
  text === "{}"
    ? []
    : text
        .slice(1, -1)
        .split(",")
        .map((item) => (item === "NULL" ? null : readInteger(item)));

const PARSERS = new Map<number, (text: string) => unknown>([
  [OID.int8, readInteger],
  [OID.numeric, readInteger],
  [OID.int8Array, readIntegers],
  [OID.numericArray, readIntegers],
]);

/** How columns become values: `bigint` and `numeric` are bigints, never doubles; the rest as `pg` has it. */
export const ROW_PARSERS: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    (format !== "binary" && PARSERS.get(oid)) || pg.types.getTypeParser(oid, format as "text"),
};
