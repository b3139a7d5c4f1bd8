import { encodeHex } from "@dragoman/bytes";

/** Solidity's panics, in the words of geth (accounts/abi/abi.go). */
const PANICS: Readonly<Record<number, string>> = {
  0: "generic panic",
  1: "assert(false)",
  17: "arithmetic underflow or overflow",
  18: "division or modulo by zero",
  33: "enum overflow",
  34: "invalid encoded storage byte array accessed",
  49: "out-of-bounds array access; popping on an empty array",
  50: "out-of-bounds access of an array or bytesN",
  65: "out of memory",
  81: "uninitialized function",
};

/** Text of `Error(string)` or of a panic that a contract reverted with; undefined for anything else. */
export function revertReason(output: Uint8Array): string | undefined {
  const selector = encodeHex(output.subarray(0, 4));
  if (selector === "0x4e487b71" && output.length === 36) {
    const code = Number(BigInt(encodeHex(output.subarray(4))));
    return PANICS[code] ?? `unknown panic code: 0x${code.toString(16)}`;
  }
  if (selector !== "0x08c379a0" || output.length < 68) return undefined;
  const length = Number(BigInt(encodeHex(output.subarray(36, 68))));
  if (length > output.length - 68) return undefined;
  return new TextDecoder().decode(output.subarray(68, 68 + length));
}
