import { FRAME, OPERAND_STACK_BYTES } from "@dragoman/core";

/**
 * What the EVM keeps in a frame, relative to its address. Addresses are absolute offsets in linear memory; words are 32
 * bytes, little-endian limbs.
 */
export const HEADER = {
  /** Size of guest memory in bytes, a multiple of 32. */
  MSIZE: 64,
  /** Bytes of guest memory that linear memory can hold as it is now. */
  LIMIT: 68,
  CALLDATA: 72,
  CALLDATA_SIZE: 76,
  RETURNDATA_SIZE: 80,
  /** Address of the environment block. */
  ENVIRONMENT: 84,
  /** Operand stack words below the running function, kept by recursive functions of optimistic code only. */
  HEIGHT: 88,
  ADDRESS: 96,
  CALLER: 128,
  CALLVALUE: 160,
  /** Topics of a log, most significant byte first. */
  TOPICS: 192,
  /** Journal tags of the account's storage and transient storage, and of its logs. */
  STORAGE_TAG: 320,
  TRANSIENT_TAG: 324,
  LOG_TAG: 328,
  /** 1 if the frame may change nothing. */
  STATIC: 332,
  /** Depth in EVM calls. */
  DEPTH: 336,
  /** Journal tag of what is known of callees. */
  CALLEE_TAG: 340,
  /** Address of the output of the last call if compiled code made it; 0 = the host has it. */
  RETURNDATA_ADDRESS: 344,
  /** Handle of the account's balance in the journal. */
  BALANCE: 348,
} as const;

/** The environment block: one per transaction, shared by its frames. */
export const ENVIRONMENT = {
  ORIGIN: 0,
  GASPRICE: 32,
  COINBASE: 64,
  TIMESTAMP: 96,
  NUMBER: 128,
  PREVRANDAO: 160,
  GASLIMIT: 192,
  CHAINID: 224,
  BASEFEE: 256,
  BLOBBASEFEE: 288,
  SIZE: 320,
} as const;

/** Offset of the output of a call that compiled code made, behind the scratch slots that host functions use; and its size. */
export const RETURN_AREA = FRAME.SCRATCH + 16 * FRAME.SLOT;
export const RETURN_AREA_BYTES = 16 * FRAME.SLOT;

/** Offset of the operand stack of exact code in the frame. */
export const OPERAND_STACK = FRAME.BODY;

/** Offset of guest memory in the frame; it is the same in both lifts, so that host functions serve both. */
export const MEMORY = OPERAND_STACK + OPERAND_STACK_BYTES;
