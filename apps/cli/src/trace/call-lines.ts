import { decodeHex, encodeHex } from "@dragoman/bytes";
import { keccak256 } from "@dragoman/crypto";
import type { CallView } from "@dragoman/frontend-evm/trace";
import { abiFunctions } from "../solidity/abi-function.ts";
import type { Json } from "../solidity/json-members.ts";

/** Hex digits of data that one line shows. */
const DATA_MAX = 74;

/** A tree of calls as text: one line a frame, with its logs and its end. Functions have names where the ABI knows their selectors. */
export function callLines(tree: CallView, abi: readonly Json[]): string[] {
  const names = new Map(
    abiFunctions(abi).map(({ selectorText }) => {
      const hash = keccak256(new TextEncoder().encode(selectorText));
      return [encodeHex(hash.subarray(0, 4)), selectorText] as const;
    }),
  );
  const lines: string[] = [];
  writeFrame(tree, "", names, lines);
  return lines;
}

function writeFrame(
  frame: CallView,
  indent: string,
  names: ReadonlyMap<string, string>,
  lines: string[],
): void {
  const { type, from, to, value, gas, gasUsed, output, error, revertReason } = frame;
  const wei = value === undefined || value === "0x0" ? "" : ` {${BigInt(value)} wei}`;
  const [target, what] = [to ?? "nothing", inputText(frame, names)];
  if (type === "SELFDESTRUCT") {
    lines.push(`${indent}SELFDESTRUCT ${from} to ${target}${wei}`);
    return;
  }
  lines.push(
    `${indent}[${BigInt(gasUsed)} of ${BigInt(gas)}] ${type} ${target}${wei} ${what}`.trimEnd(),
  );
  const inner = `${indent}  `;
  const logs = (frame.logs ?? []) as readonly LogView[];
  const calls = frame.calls ?? [];
  for (let at = 0; at <= calls.length; at++) {
    for (const log of logs) if (Number(log.position) === at) lines.push(`${inner}${logText(log)}`);
    const call = calls[at];
    if (call !== undefined) writeFrame(call, inner, names, lines);
  }
  if (error !== undefined) {
    const reason = revertReason === undefined ? "" : `: ${revertReason}`;
    lines.push(`${inner}= ${error}${reason}`);
  } else if (output !== undefined) lines.push(`${inner}= ${shortened(output)}`);
}

interface LogView {
  readonly topics: readonly string[];
  readonly data: string;
  readonly position: string;
}

const logText = ({ topics, data }: LogView): string =>
  `log ${[...topics.map(shortened), shortened(data)].join(" ")}`;

/** Name of the function that is called, else its data. */
function inputText({ type, input }: CallView, names: ReadonlyMap<string, string>): string {
  if (type === "CREATE" || type === "CREATE2")
    return `initcode of ${decodeHex(input).length} bytes`;
  const name = names.get(input.slice(0, 10));
  const data = shortened(name === undefined ? input : `0x${input.slice(10)}`);
  return [name, data === "0x" ? undefined : data].filter((part) => part !== undefined).join(" ");
}

const shortened = (hex: string): string =>
  hex.length <= DATA_MAX ? hex : `${hex.slice(0, DATA_MAX - 12)}… (${hex.length / 2 - 1} bytes)`;
