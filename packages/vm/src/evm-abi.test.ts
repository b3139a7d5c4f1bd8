import { decodeHex, encodeHex } from "@dragoman/bytes";
import { FaultError } from "@dragoman/fault";
import { expect, test } from "vitest";
import { encodeCall, explainRevert } from "./evm-abi.ts";

test("a transfer is encoded as every Ethereum library encodes it", () => {
  const to = `0x${"11".repeat(20)}`;
  expect(encodeHex(encodeCall("transfer(address,uint256)", [to, "258"]))).toBe(
    `0xa9059cbb${"00".repeat(12)}${"11".repeat(20)}${"00".repeat(30)}0102`,
  );
});

test("arrays, tuples and negative numbers are read from JSON", () => {
  const data = encodeCall("f((int8,bool)[],bytes)", [[[-1, true]], "0x00ff"]);
  expect(data.length % 32).toBe(4);
  expect(encodeHex(data)).toContain("f".repeat(64));
});

test("an argument of the wrong form is a fault that names it", () => {
  expect(() => encodeCall("f(uint256)", ["ten"])).toThrow(/argument 0: "ten" is no uint256/);
  expect(() => encodeCall("f(uint256)", [])).toThrow(/takes 1 arguments, 0 were given/);
  expect(() => encodeCall("f(uint8)", [256])).toThrow(FaultError);
  expect(() => encodeCall("not a signature(", [])).toThrow(/is no ABI signature/);
});

test("revert data says why", () => {
  const text = `0x08c379a0${"20".padStart(64, "0")}${"2".padStart(64, "0")}${"6e6f".padEnd(64, "0")}`;
  expect(explainRevert(decodeHex(text))).toBe("reverted: no");
  const panic = `0x4e487b71${"11".padStart(64, "0")}`;
  expect(explainRevert(decodeHex(panic))).toBe("panicked with code 0x11");
  expect(explainRevert(new Uint8Array(0))).toBeUndefined();
});
