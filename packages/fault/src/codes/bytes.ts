import type { FaultRow } from "./row.ts";

/** Faults of `bytes` and `crypto`. */
export const BYTES_FAULTS = [
  [1001, "READ_OUT_OF_RANGE", "fewer bytes are left than the field needs"],
  [1002, "INPUT_LENGTH_MISMATCH", "bytes follow the end of the value, or it ends too early"],
  [1003, "MALFORMED_ULEB128", "a LEB128 number is not in its shortest form"],
  [1004, "ULEB128_OUT_OF_RANGE", "a LEB128 number does not fit its type"],
  [1005, "HEX_LENGTH_MISMATCH", "hex text has an odd number of digits"],
  [1006, "MALFORMED_HEX", "hex text has a character that is no hex digit"],
  [1007, "MALFORMED_BASE58", "base58 text has a character outside its alphabet"],
  [1008, "BASE58_LENGTH_EXCEEDED", "base58 text is longer than this library decodes"],
  [1009, "MALFORMED_UTF8", "bytes are not valid UTF-8"],
  [1010, "VALUE_OUT_OF_RANGE", "a number does not fit the field that is to hold it"],
  [
    1011,
    "INVALID_BLOB",
    "a blob has another length, or holds a number that is no scalar of BLS12-381",
  ],
  [1012, "INVALID_KZG_COMMITMENT", "the bytes are no compressed point of the group of BLS12-381"],
] as const satisfies readonly FaultRow[];
