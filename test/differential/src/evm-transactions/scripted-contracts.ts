import { assemble } from "@dragoman/frontend-evm/asm";

/** Calls what word 0 of its input names with the gas of word 1 and the rest as input; logs success and output. */
const PRECOMPILE_CALLER = `
  push 64 calldatasize sub dup1 push 64 push 0 calldatacopy
  push 0 push 0 dup3 push 0 push 0 calldataload push 32 calldataload staticcall
  returndatasize push 0 push 0 returndatacopy
  returndatasize push 0 log1 stop`;

/** For every word of its input, an address: logs balance, code size, code hash, first code, and the gas that this took. */
const PROBE = `
  push 0
  loop: dup1 calldatasize gt iszero push @end jumpi
  dup1 calldataload
  gas dup2 extcodesize push 32 mstore
  dup2 balance push 0 mstore
  dup2 extcodehash push 64 mstore
  push 32 push 0 push 96 dup5 extcodecopy
  gas swap1 sub push 128 mstore
  push 160 push 0 log0
  pop push 32 add push @loop jump
  end: stop`;

/** Words: 0 = CALL, 1 = CALLCODE, 2 = DELEGATECALL, 3 = STATICCALL; address; gas; value; then input. Logs success, gas and output. */
const CALLER = `
  push 128 calldatasize sub dup1 push 128 push 0 calldatacopy
  gas swap1
  push 0 push 0 dup3 push 0
  push 0 calldataload push 1 eq push @callcode jumpi
  push 0 calldataload push 2 eq push @delegatecall jumpi
  push 0 calldataload push 3 eq push @staticcall jumpi
  push 96 calldataload push 32 calldataload push 64 calldataload call push @end jump
  callcode: push 96 calldataload push 32 calldataload push 64 calldataload callcode push @end jump
  delegatecall: push 32 calldataload push 64 calldataload delegatecall push @end jump
  staticcall: push 32 calldataload push 64 calldataload staticcall
  end: swap1 pop swap1 gas swap1 sub
  returndatasize push 0 push 0 returndatacopy
  returndatasize push 0 log2 stop`;

/** For every pair of words: the slot gets the value; a slot from 2^255 on is transient. Logs the sum of what was there. */
const STORER = `
  push 0 push 0
  loop: dup1 calldatasize gt iszero push @end jumpi
  dup1 calldataload
  dup1 push 255 shr push @transient jumpi
  dup1 sload dup4 add swap3 pop
  dup2 push 32 add calldataload swap1 sstore
  push 64 add push @loop jump
  transient: dup1 tload dup4 add swap3 pop
  dup2 push 32 add calldataload swap1 tstore
  push 64 add push @loop jump
  end: pop push 0 mstore push 32 push 0 log0 stop`;

/** Creates from its input behind word 0: 0 = CREATE, else CREATE2 with that salt; logs the address and a call of it. */
const FACTORY = `
  push 32 calldatasize sub dup1 push 32 push 0 calldatacopy
  push 0 calldataload push @salted jumpi
  push 0 callvalue create push @made jump
  salted: push 0 calldataload swap1 push 0 callvalue create2
  made: push 0 push 0 push 0 push 0 push 0 dup6 push 50000 call
  push 0 push 0 push 0 push 0 dup6 push 50000 staticcall
  push 0 push 0 log3 stop`;

/** Runs the code of the address in word 0 as its own, with the rest as input, and ends as that does. */
const PROXY = `
  push 32 calldatasize sub dup1 push 32 push 0 calldatacopy
  push 0 push 0 dup3 push 0 push 0 calldataload gas delegatecall
  returndatasize push 0 push 0 returndatacopy
  push @good jumpi returndatasize push 0 revert
  good: returndatasize push 0 return`;

/** Asks for every word of its input the block's hash and the blob's, and logs them with what the block says of itself. */
const BLOCK_READER = `
  push 0
  loop: dup1 calldatasize gt iszero push @end jumpi
  dup1 calldataload dup1 blockhash push 0 mstore blobhash push 32 mstore
  push 64 push 0 log0
  push 32 add push @loop jump
  end: prevrandao push 0 mstore blobbasefee push 32 mstore basefee push 64 mstore gasprice push 96 mstore
  origin push 128 mstore coinbase push 160 mstore timestamp push 192 mstore number push 224 mstore gaslimit push 256 mstore
  chainid push 288 mstore selfbalance push 320 mstore push 352 push 0 log0 stop`;

/** Word 0 = 0: asks for a block's hash, 1: a beacon root, 2: withdraws, 3: consolidates; word 1 = wei; then input. Logs success and output. */
const SYSTEM_READER = `
  push 64 calldatasize sub dup1 push 64 push 0 calldatacopy
  push 0 push 0 dup3 push 0 push 32 calldataload
  push 0 calldataload push 1 eq push @beacon jumpi
  push 0 calldataload push 2 eq push @withdraw jumpi
  push 0 calldataload push 3 eq push @consolidate jumpi
  push20 0x0000F90827F1C53a10cb7A02335B175320002935 push @ask jump
  beacon: push20 0x000F3df6D732807Ef1319fB7B8bB8522d0Beac02 push @ask jump
  withdraw: push20 0x00000961Ef480Eb55e80D19ad83579A64c007002 push @ask jump
  consolidate: push20 0x0000BBdDc7CE488642fb579F8B00f3a590007251
  ask: gas call
  returndatasize push 0 push 0 returndatacopy
  returndatasize push 0 log1 stop`;

const BASE = 0x5c_0000_0000_0000_0000_0000n;

const SCRIPTS = {
  PRECOMPILE_CALLER,
  PROBE,
  CALLER,
  STORER,
  FACTORY,
  PROXY,
  BLOCK_READER,
  SYSTEM_READER,
} as const;

export type ScriptName = keyof typeof SCRIPTS;

/** Contracts whose behaviour the input writes. */
export const SCRIPTED_CONTRACTS = Object.fromEntries(
  Object.entries(SCRIPTS).map(([name, text], i) => [
    name,
    { address: BASE + BigInt(i + 1), code: assemble(text) },
  ]),
) as Record<ScriptName, { readonly address: bigint; readonly code: Uint8Array }>;
