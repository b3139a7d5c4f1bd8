// tidy: table
import type { OpName } from "../opcodes.ts";
import type { ForkName } from "./forks.ts";

/** Numbers that the host functions charge and check; prices in gas, sizes in bytes. */
export interface Rules {
  /** Price of SLOAD, BALANCE, EXTCODE*, CALL* beyond the static one when slot or account is cold (EIP-2929); 0 = no lists. */
  coldSloadExtra: number;
  coldAccountExtra: number;
  /** SSTORE: "flat" until Byzantium and in Petersburg, "net" = EIP-1283, "sentry" = EIP-2200. */
  sstore: "flat" | "net" | "sentry";
  /** SSTORE that changes nothing, or a slot that was changed before (net and sentry). */
  sstoreNoop: number;
  sstoreSet: number;
  sstoreReset: number;
  /** Extra price of SSTORE to a cold slot. */
  sstoreCold: number;
  sstoreClearRefund: number;
  /** A refund is at most gas used / this. */
  refundQuotient: number;
  selfdestructRefund: number;
  selfdestructNewAccount: number;
  selfdestructCold: number;
  /** SELFDESTRUCT deletes only what was created in the transaction (EIP-6780). */
  selfdestructOnlyNew: boolean;
  expByte: number;
  /** CALL keeps back 1/64 (EIP-150) instead of failing when it cannot afford the gas asked for. */
  allButOneSixtyFourth: boolean;
  /** New-account price only if value moves to an account that is empty (EIP-161); before, if it does not exist. */
  emptyAccounts: boolean;
  codeSizeMax: number;
  initcodeSizeMax: number;
  initcodeWord: number;
  /** Code that starts with 0xef is refused (EIP-3541). */
  refuseEf: boolean;
  /** Creation fails when the deposit cannot be paid (EIP-2); before, the account is left without code. */
  depositMustBePaid: boolean;
  warmCoinbase: boolean;
  calldataZero: number;
  calldataNonZero: number;
  /** Floor price per calldata token (EIP-7623); 0 = none. */
  calldataFloor: number;
  createTransaction: number;
  /** Delegated accounts (EIP-7702). */
  delegation: boolean;
  baseFee: boolean;
  /** Newest type of transaction: 1 = access list, 2 = priority fee, 3 = blobs, 4 = delegations. */
  transactionTypeMax: 0 | 1 | 2 | 3 | 4;
  /** Blobs of a block: what the fee aims at, and the most; 0 = no blobs (EIP-4844, EIP-7691). */
  blobTarget: number;
  blobMax: number;
  /** Blobs of one transaction (EIP-7594). */
  blobsPerTransaction: number;
  /** Divisor of excess blob gas in the exponent of the blob base fee. */
  blobFeeFraction: number;
  /** The blob base fee does not fall while a blob costs less than this much gas (EIP-7918); 0 = it may. */
  blobReserveGas: number;
  /** Form in which senders prove blobs: one proof a blob, or one a cell (EIP-7594). */
  blobProofs: "blob" | "cells";
  /** The header has a root of withdrawals (EIP-4895). */
  withdrawals: boolean;
  /** The header has the root of the parent beacon block, and a contract keeps it (EIP-4788). */
  beaconRoot: boolean;
  /** A contract keeps hashes of blocks (EIP-2935). */
  blockHashContract: boolean;
  /** The header has the hash of requests to the consensus layer (EIP-7685). */
  requests: boolean;
  modexp: "none" | "eip198" | "eip2565" | "eip7883";
  /** Prices of bn254 add, mul, pairing base, pairing per pair. */
  bn254: readonly [number, number, number, number];
  /** Gas limit of one transaction (EIP-7825); 0 = none. */
  transactionGasMax: number;
  /** Bytes of a block in RLP (EIP-7934). */
  blockSizeMax: number;
}

export interface Patch {
  readonly fork: ForkName;
  readonly eip: string;
  readonly gas?: Partial<Record<OpName, number>>;
  readonly rules?: Partial<Rules>;
}

export const FRONTIER_RULES: Rules = {
  coldSloadExtra: 0,
  coldAccountExtra: 0,
  sstore: "flat",
  sstoreNoop: 5000,
  sstoreSet: 20000,
  sstoreReset: 5000,
  sstoreCold: 0,
  sstoreClearRefund: 15000,
  refundQuotient: 2,
  selfdestructRefund: 24000,
  selfdestructNewAccount: 0,
  selfdestructCold: 0,
  selfdestructOnlyNew: false,
  expByte: 10,
  allButOneSixtyFourth: false,
  emptyAccounts: false,
  codeSizeMax: Number.POSITIVE_INFINITY,
  initcodeSizeMax: Number.POSITIVE_INFINITY,
  initcodeWord: 0,
  refuseEf: false,
  depositMustBePaid: false,
  warmCoinbase: false,
  calldataZero: 4,
  calldataNonZero: 68,
  calldataFloor: 0,
  createTransaction: 0,
  delegation: false,
  baseFee: false,
  transactionTypeMax: 0,
  blobTarget: 0,
  blobMax: 0,
  blobsPerTransaction: 0,
  blobFeeFraction: 0,
  blobReserveGas: 0,
  blobProofs: "blob",
  withdrawals: false,
  beaconRoot: false,
  blockHashContract: false,
  requests: false,
  modexp: "none",
  bn254: [500, 40000, 100000, 80000],
  transactionGasMax: 0,
  blockSizeMax: Number.POSITIVE_INFINITY,
};

const EIP_2929: Patch["gas"] = {
  sload: 100,
  balance: 100,
  extcodesize: 100,
  extcodecopy: 100,
  extcodehash: 100,
  call: 100,
  callcode: 100,
  delegatecall: 100,
  staticcall: 100,
};

/** What each fork changed, in order of activation. New instructions are dated in the instruction table itself. */
export const PATCHES: readonly Patch[] = [
  {
    fork: "homestead",
    eip: "EIP-2",
    rules: { depositMustBePaid: true, createTransaction: 32000 },
  },
  {
    fork: "tangerine",
    eip: "EIP-150",
    gas: {
      extcodesize: 700,
      extcodecopy: 700,
      balance: 400,
      sload: 200,
      call: 700,
      callcode: 700,
      delegatecall: 700,
      staticcall: 700,
      selfdestruct: 5000,
    },
    rules: { allButOneSixtyFourth: true, selfdestructNewAccount: 25000 },
  },
  { fork: "spurious", eip: "EIP-160", rules: { expByte: 50 } },
  { fork: "spurious", eip: "EIP-161", rules: { emptyAccounts: true } },
  { fork: "spurious", eip: "EIP-170", rules: { codeSizeMax: 24576 } },
  { fork: "byzantium", eip: "EIP-198", rules: { modexp: "eip198" } },
  { fork: "constantinople", eip: "EIP-1283", rules: { sstore: "net", sstoreNoop: 200 } },
  { fork: "petersburg", eip: "EIP-1716", rules: { sstore: "flat" } },
  { fork: "istanbul", eip: "EIP-1108", rules: { bn254: [150, 6000, 45000, 34000] } },
  { fork: "istanbul", eip: "EIP-1884", gas: { sload: 800, balance: 700, extcodehash: 700 } },
  { fork: "istanbul", eip: "EIP-2028", rules: { calldataNonZero: 16 } },
  { fork: "istanbul", eip: "EIP-2200", rules: { sstore: "sentry", sstoreNoop: 800 } },
  { fork: "berlin", eip: "EIP-2565", rules: { modexp: "eip2565" } },
  {
    fork: "berlin",
    eip: "EIP-2929",
    gas: EIP_2929,
    rules: {
      coldSloadExtra: 2000,
      coldAccountExtra: 2500,
      sstoreNoop: 100,
      sstoreReset: 2900,
      sstoreCold: 2100,
      selfdestructCold: 2600,
    },
  },
  { fork: "berlin", eip: "EIP-2930", rules: { transactionTypeMax: 1 } },
  {
    fork: "london",
    eip: "EIP-3529",
    rules: { refundQuotient: 5, selfdestructRefund: 0, sstoreClearRefund: 4800 },
  },
  { fork: "london", eip: "EIP-1559, EIP-3198", rules: { baseFee: true, transactionTypeMax: 2 } },
  { fork: "london", eip: "EIP-3541", rules: { refuseEf: true } },
  { fork: "shanghai", eip: "EIP-4895", rules: { withdrawals: true } },
  { fork: "shanghai", eip: "EIP-3651", rules: { warmCoinbase: true } },
  { fork: "shanghai", eip: "EIP-3860", rules: { initcodeSizeMax: 49152, initcodeWord: 2 } },
  {
    fork: "cancun",
    eip: "EIP-4844",
    rules: {
      transactionTypeMax: 3,
      blobTarget: 3,
      blobMax: 6,
      blobsPerTransaction: 6,
      blobFeeFraction: 3338477,
    },
  },
  { fork: "cancun", eip: "EIP-4788", rules: { beaconRoot: true } },
  { fork: "cancun", eip: "EIP-6780", rules: { selfdestructOnlyNew: true } },
  { fork: "prague", eip: "EIP-2935", rules: { blockHashContract: true } },
  { fork: "prague", eip: "EIP-6110, EIP-7002, EIP-7251, EIP-7685", rules: { requests: true } },
  { fork: "prague", eip: "EIP-7623", rules: { calldataFloor: 10 } },
  {
    fork: "prague",
    eip: "EIP-7691",
    rules: { blobTarget: 6, blobMax: 9, blobsPerTransaction: 9, blobFeeFraction: 5007716 },
  },
  { fork: "prague", eip: "EIP-7702", rules: { delegation: true, transactionTypeMax: 4 } },
  { fork: "osaka", eip: "EIP-7594", rules: { blobProofs: "cells", blobsPerTransaction: 6 } },
  { fork: "osaka", eip: "EIP-7823, EIP-7883", rules: { modexp: "eip7883" } },
  { fork: "osaka", eip: "EIP-7825", rules: { transactionGasMax: 16777216 } },
  { fork: "osaka", eip: "EIP-7918", rules: { blobReserveGas: 8192 } },
  // 10 MiB, of which 2 MiB are left to the consensus layer.
  { fork: "osaka", eip: "EIP-7934", rules: { blockSizeMax: 8 << 20 } },
];
