import { type ForkName, OPCODE } from "@dragoman/frontend-evm";
import { assemble } from "@dragoman/frontend-evm/asm";
import { JsonRecord } from "../pack/json-record.ts";
import type { ConformOptions, Tally } from "../report.ts";
import { DEFAULT_FORK, runCode } from "./call.ts";

/** Names of the pack that differ from the instruction's. */
const NAMES: Readonly<Record<string, string>> = { signext: "signextend" };

/** One vector `{op, X, Y, Expected}`: Y is the top of the stack (go-ethereum, core/vm/instructions_test.go). */
export function runAluVector(
  name: string,
  value: unknown,
  fork: ForkName | undefined,
  options: ConformOptions,
  tally: Tally,
): void {
  const record = new JsonRecord(name, value);
  const op = record.string("op");
  const mnemonic = NAMES[op] ?? op;
  if (!Object.hasOwn(OPCODE, mnemonic)) return tally.skip(name, `there is no instruction ${op}`);
  const [x, y] = [record.string("X"), record.string("Y")];
  const code = assemble(
    `push32 0x${x} push32 0x${y} ${mnemonic} push1 0 mstore push1 32 push1 0 return`,
  );
  const result = runCode(code, new Uint8Array(0), fork ?? DEFAULT_FORK, options.tier);
  const found = Buffer.from(result.output).toString("hex");
  const wanted = record.string("Expected").toLowerCase().padStart(64, "0");
  const why = `${op} ${y} ${x} gave ${found || `outcome ${result.outcome}`}, wanted ${wanted}`;
  tally.count(name, found === wanted ? undefined : why);
}
