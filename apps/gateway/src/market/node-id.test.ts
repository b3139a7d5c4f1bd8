import { FaultError } from "@dragoman/fault";
import { expect, test } from "vitest";
import { formatNodeId, type NodeName, parseNodeId, parseNodeIdOf } from "./node-id.ts";

const account = { chain: "eip155:1337", address: `0x${"ab".repeat(20)}` };
const NAMES: readonly NodeName[] = [
  { type: "Chain", chain: "aptos:4" },
  { type: "Market", chain: "eip155:1337" },
  { type: "Instrument", chain: "aptos:4" },
  {
    type: "Instrument",
    chain: "aptos:4",
    option: { expiry: 1_798_185_600n, strike: 3_000_000_000n, isCall: true },
  },
  { type: "MarginAccount", account },
  { type: "Position", account },
  { type: "Position", account, slot: 3 },
  { type: "Transfer", source: 2, sequence: 18n },
  { type: "Liquidation", chain: "aptos:4", height: 12, index: 0 },
];

test.each(NAMES)("the identifier of $type reads back", (name) => {
  expect(parseNodeId(formatNodeId(name))).toEqual(name);
});

test("what is no identifier, or one of another type, is refused", () => {
  for (const id of [
    "",
    "x",
    "Market/",
    "Position/eip155:1337:0xab/4",
    "Instrument/aptos:4/1-2-X",
    "Instrument/aptos:4/1-0-C",
    "Transfer/a/1",
    "Market/a:b/c",
    "MarginAccount/aptos",
  ]) {
    expect(() => parseNodeId(id), id).toThrow(FaultError);
  }
  expect(() => parseNodeIdOf("Position", "Market/aptos:4")).toThrow(
    /names a Market, not a Position/,
  );
});
