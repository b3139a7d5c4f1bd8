import { Journal } from "@dragoman/core";
import { expect, test } from "vitest";
import { assembleScript } from "../asm/index.ts";
import { encodeScript, MoveFault } from "../format/index.ts";
import { runMove, stateOf } from "../testing/run-move.ts";
import { movePrograms } from "./default-programs.ts";
import { type MoveMessage, moveMessage } from "./message.ts";

const state = stateOf(`module 0x1.m {
  import 0x1.string;
  import 0x1.option;
  import 0x1.signer;
  struct Coin has store { value: u64 }
  struct Plain has copy, drop { value: u64 }
  public entry pay(s: &signer, n: u64) bytecode { Ret }
  public two(a: &signer, b: signer): address * address bytecode {
    MoveLoc a; Call signer.address_of; ImmBorrowLoc b; Call signer.address_of; Ret
  }
  public spend(c: Self.Coin): u64 bytecode { MoveLoc c; Unpack Coin; Ret }
  public sign(all: vector<signer>) bytecode { Ret }
  public text(s: string.String, o: option.Option<u64>): string.String bytecode { MoveLoc s; Ret }
  public copied<T: copy + drop>(t: u8) bytecode { Ret }
  hidden() bytecode { Ret }
}`);

function refusal(message: Partial<MoveMessage> & Pick<MoveMessage, "function">): string {
  try {
    moveMessage(movePrograms(), new Journal(state), { module: "0x1::m", gas: 1n, ...message });
  } catch (error) {
    if (error instanceof MoveFault) return error.status;
    throw error;
  }
  return "accepted";
}

test.each([
  [{ function: "pay", args: [1] }, "accepted"],
  [{ function: "pay", args: [] }, "NUMBER_OF_ARGUMENTS_MISMATCH"],
  [{ function: "pay", args: [-1] }, "FAILED_TO_DESERIALIZE_ARGUMENT"],
  [{ function: "pay", args: ["18446744073709551616"] }, "FAILED_TO_DESERIALIZE_ARGUMENT"],
  [{ function: "pay", args: [Uint8Array.of(1)] }, "FAILED_TO_DESERIALIZE_ARGUMENT"],
  [{ function: "pay", args: [1], signers: [] }, "NUMBER_OF_SIGNER_ARGUMENTS_MISMATCH"],
  [{ function: "pay", args: [1], entryOnly: true }, "accepted"],
  [{ function: "two", entryOnly: true }, "EXECUTE_ENTRY_FUNCTION_CALLED_ON_NON_ENTRY_FUNCTION"],
  [{ function: "hidden" }, "EXECUTE_ENTRY_FUNCTION_CALLED_ON_NON_ENTRY_FUNCTION"],
  [{ function: "nothing" }, "FUNCTION_RESOLUTION_FAILURE"],
  [{ function: "pay", module: "0x99::m" }, "LINKER_ERROR"],
  [{ function: "spend", args: [{ value: 1 }] }, "INVALID_PARAM_TYPE_FOR_DESERIALIZATION"],
  [{ function: "sign", args: [["0x1"]] }, "INVALID_PARAM_TYPE_FOR_DESERIALIZATION"],
  [{ function: "copied", args: [1] }, "NUMBER_OF_TYPE_ARGUMENTS_MISMATCH"],
  [{ function: "copied", args: [1], typeArguments: ["0x1::m::Plain"] }, "accepted"],
  [{ function: "copied", args: [1], typeArguments: ["0x1::m::Coin"] }, "CONSTRAINT_NOT_SATISFIED"],
  [
    { function: "copied", args: [1], typeArguments: ["vector<signer>"] },
    "CONSTRAINT_NOT_SATISFIED",
  ],
  [{ function: "copied", args: [1], typeArguments: ["0x1::m::None"] }, "TYPE_RESOLUTION_FAILURE"],
] as const)("%j is %s", (message, status) => {
  expect(refusal(message)).toBe(status);
});

test("strings and options come in as text and vectors", () => {
  const call = { function: "text", args: ["héllo", { vec: [7] }], anyVisibility: false };
  expect(runMove(state, call).json).toEqual(["héllo"]);
});

test("each signer parameter has its own signer", () => {
  const signers = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const hex = (byte: number) => `0x${byte}${`0${byte}`.repeat(31)}`;
  expect(runMove(state, { function: "two", signers }).json).toEqual([hex(1), hex(2)]);
});

test("a script runs, and its failures are at `script`", () => {
  const script = encodeScript(
    assembleScript("main(n: u64) { label b0: assert(move(n) == 5, 42); return; }"),
  );
  expect(runMove(state, { function: "", script, args: [5] }).json).toEqual([]);
  expect(runMove(state, { function: "", script, args: [6] }).failure).toMatchObject({
    status: "ABORTED",
    abortCode: 42n,
    module: "script",
    function: 0,
    offset: 6,
  });
});
