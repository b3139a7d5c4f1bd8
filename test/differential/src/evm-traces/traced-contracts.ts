import { assemble } from "@dragoman/frontend-evm/asm";

/** Initcode that deploys code. */
export function deploying(code: Uint8Array): Uint8Array {
  const head = (size: number) =>
    `push2 ${code.length} push1 ${size} push 0 codecopy push2 ${code.length} push 0 return`;
  const { length } = assemble(head(0));
  return Uint8Array.from([...assemble(head(length)), ...code]);
}

/**
 * Does what the first byte of its input says: 0 returns the input, 1 reverts with a reason, 2 is an invalid instruction, 3 destroys
 * itself, 4 jumps nowhere, 5 pops an empty stack, 6 runs out of gas in memory, 7 writes slots and reads them, 8 logs and returns, 9 asks for more
 * memory than has a price, 10 reads return data that is not there, 11 clears a slot.
 */
export const CALLEE: Uint8Array = assemble(`
  push 0 calldataload push 248 shr
  ${Array.from({ length: 12 }, (_, n) => `dup1 push ${n} eq push @do${n} jumpi`).join("\n")}
  stop
  do0: calldatasize push 0 push 0 calldatacopy calldatasize push 0 return
  do1:
    push32 0x08c379a000000000000000000000000000000000000000000000000000000000 push 0 mstore
    push 32 push 4 mstore push 5 push 36 mstore
    push32 0x73686f7274000000000000000000000000000000000000000000000000000000 push 68 mstore
    push 100 push 0 revert
  do2: invalid
  do3: caller selfdestruct
  do4: push 1 jump
  do5: pop pop
  do6: push 1 push4 0x00ffffff mstore
  do7:
    push 7 push 1 sstore push 1 sload push 8 push 1 sstore push 0 push 1 sstore
    push 9 push 2 sstore push 2 sload pop stop
  do8:
    push 0x1234 push 0 mstore push 5 push 6 push 32 push 0 log2
    push 7 push 0 push 0 log1 push 32 push 0 return
  do9: push 0 push32 0x${"ff".repeat(32)} mload
  do10: push 1 push 0 push 0 returndatacopy
  do11: push 0 push 2 sstore stop
`);

/** CALL and its kin with a command byte as input. `value` only where there is one. */
const order = (op: string, to: string, command: number, gas = "push3 60000", value = 0): string => `
  push 0x${command.toString(16).padStart(2, "0")} push 0 mstore8
  push 32 push 64 push 4 push 0 ${op === "call" || op === "callcode" ? `push ${value}` : ""}
  ${to} ${gas} ${op} pop`;

const TARGET = "push 0 sload";

/** Calls the contract in its slot 0 in every way that its instructions have; ends well. */
const everyCall = [
  ...[0, 1, 2, 4, 5, 6, 7, 8, 9, 10].map((command) => order("call", TARGET, command)),
  order("delegatecall", TARGET, 7),
  order("callcode", TARGET, 8),
  order("staticcall", TARGET, 0),
  order("staticcall", TARGET, 7),
  order("staticcall", TARGET, 8),
  order("call", TARGET, 0, "push3 60000", 5),
  order("call", TARGET, 11),
].join("\n");

/** Calls that run no code: of nobody, with more value than there is, of precompiles with gas and without. */
const emptyCalls = [
  order("call", "push20 0x00000000000000000000000000000000000c0de0", 0),
  order("call", TARGET, 0, "gas", 2 ** 40),
  order("call", "push 4", 0),
  order("staticcall", "push 2", 0),
  order("call", "push 2", 0, "push 3"),
  order("call", "push 1", 0),
  order("delegatecall", "push 4", 0),
].join("\n");

/** Makes contracts: one that is kept, one whose code is refused, one that reverts, one by CREATE2 twice, one that it cannot pay. */
const creations = `
  ${creation(deploying(assemble("push 1 push 0 sstore stop")), "create", 0)}
  ${creation(assemble("push 32 push 0 revert"), "create", 0)}
  ${creation(assemble("push 3 push 2 sstore push 0 push 0 return"), "create2", 3)}
  ${creation(assemble("push 3 push 2 sstore push 0 push 0 return"), "create2", 3)}
  ${creation(assemble("stop"), "create", 2 ** 40)}
  ${creation(assemble("caller selfdestruct"), "create", 1)}
  ${creation(assemble("push 0xef push 0 mstore8 push 1 push 0 return"), "create", 0)}`;

function creation(initcode: Uint8Array, op: "create" | "create2", value: number): string {
  const word = Buffer.from(initcode).toString("hex").padEnd(64, "0");
  if (initcode.length > 32) throw new Error("initcode of one word");
  const salt = op === "create2" ? "push 0x5a17" : "";
  return `push32 0x${word} push 0 mstore ${salt} push ${initcode.length} push 0 push ${value} ${op} pop`;
}

/**
 * By its first byte: 0 all calls, 1 calls without code, 2 creations, 3 has the callee destroy itself, 4 as 0 and reverts, 5 calls itself down to
 * 30 frames, 6 keeps its second word as the callee, 7 runs out of gas behind a call that worked.
 */
export const CALLER: Uint8Array = assemble(`
  push 0 calldataload push 248 shr
  ${Array.from({ length: 8 }, (_, n) => `dup1 push ${n} eq push @do${n} jumpi`).join("\n")}
  stop
  do0: ${everyCall} stop
  do1: ${emptyCalls} stop
  do2: ${creations} stop
  do3: ${order("call", TARGET, 3, "gas", 1)} stop
  do4: ${everyCall} push 0 push 0 revert
  do5:
    push 1 calldataload push 248 shr dup1 iszero push @end jumpi
    push 5 push 0 mstore8 push 1 swap1 sub push 1 mstore8
    push 0 push 0 push 2 push 0 push 0 address gas call pop
  end: stop
  do6: push 32 calldataload push 0 sstore stop
  do7: ${order("call", TARGET, 8)} push 1 push5 0xffffffffff mstore
`);
