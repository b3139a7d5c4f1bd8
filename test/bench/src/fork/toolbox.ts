import { assemble } from "@dragoman/frontend-evm/asm";
import { type Hex, toHex } from "viem";

/** What the toolbox can do, by the byte that it is called with. */
export const TOOL = {
  /** Writes the word behind into the slot before. */
  STORE: 0,
  LOAD: 1,
  BLOCK_HASH: 2,
  /** Destroys the contract; its ether goes to the caller. */
  DESTROY: 3,
  /** Creates a toolbox with the call's ether and returns its address. */
  CREATE: 4,
  /** Logs one word under a topic. */
  LOG: 5,
  /** Balance, code size and code hash of an address. */
  LOOK: 6,
  /** Sends the call's ether on to an address, and returns whether that went well. */
  FORWARD: 7,
  /** Creates a toolbox that is destroyed in the same transaction. */
  FLASH: 8,
  /** Writes a slot, then reverts with it. */
  UNDO: 9,
} as const;

const [A, B] = ["push 1 calldataload", "push 33 calldataload"];
const RETURN = "push 0 mstore push 32 push 0 return";
/** Initcode of eleven bytes that deploys what lies behind it: codesize less 11, codecopy, return. */
const HEAD = "600b380380600b5f395ff3";
/** The running code behind {@link HEAD} in memory; leaves its length on the stack. */
const CLONE = `
  push32 0x${HEAD.padEnd(64, "0")} push 0 mstore
  codesize push 0 push 11 codecopy codesize push 11 add`;

const CODE = assemble(`
  push 0 calldataload push 248 shr
  ${Object.values(TOOL)
    .map((tool) => `dup1 push ${tool} eq push @do${tool} jumpi`)
    .join("\n")}
  stop
  do0: ${B} ${A} sstore stop
  do1: ${A} sload ${RETURN}
  do2: ${A} blockhash ${RETURN}
  do3: caller selfdestruct
  do4: ${CLONE} push 0 callvalue create ${RETURN}
  do5: ${B} push 0 mstore ${A} push 32 push 0 log1 stop
  do6: ${A} balance push 0 mstore ${A} extcodesize push 32 mstore ${A} extcodehash push 64 mstore push 96 push 0 return
  do7: push 0 push 0 push 0 push 0 callvalue ${A} gas call ${RETURN}
  do8: ${CLONE} push 0 callvalue create
    push 3 push 0 mstore8
    push 0 push 0 push 1 push 0 push 0 dup6 gas call pop ${RETURN}
  do9: ${B} ${A} sstore ${B} push 0 mstore push 32 push 0 revert
`);

/** Initcode of a toolbox. */
export const TOOLBOX: Hex = `0x${HEAD}${toHex(CODE).slice(2)}`;

/** Calldata for a tool with up to two words. */
export function toolCall(tool: keyof typeof TOOL, ...words: readonly bigint[]): Hex {
  const text = words.map((word) => word.toString(16).padStart(64, "0")).join("");
  return `0x${TOOL[tool].toString(16).padStart(2, "0")}${text}`;
}
