// packages/fault/src/assert.ts
var Bug = class extends Error {
  name = "Bug";
};
function assert(condition, why) {
  if (!condition) throw new Bug(why);
}

// packages/fault/src/codes/bridge.ts
var BRIDGE_FAULTS = [
  [11001, "MALFORMED_PACKET", "the packet's bytes do not decode"],
  [11002, "UNSUPPORTED_CHAIN", "no adapter knows the chain"]
];

// packages/fault/src/codes/bytes.ts
var BYTES_FAULTS = [
  [1001, "READ_OUT_OF_RANGE", "fewer bytes are left than the field needs"],
  [1002, "INPUT_LENGTH_MISMATCH", "bytes follow the end of the value, or it ends too early"],
  [1003, "MALFORMED_ULEB128", "a LEB128 number is not in its shortest form"],
  [1004, "ULEB128_OUT_OF_RANGE", "a LEB128 number does not fit its type"],
  [1005, "HEX_LENGTH_MISMATCH", "hex text has an odd number of digits"],
  [1006, "MALFORMED_HEX", "hex text has a character that is no hex digit"],
  [1007, "MALFORMED_BASE58", "base58 text has a character outside its alphabet"],
  [1008, "BASE58_LENGTH_EXCEEDED", "base58 text is longer than this library decodes"],
  [1009, "MALFORMED_UTF8", "bytes are not valid UTF-8"],
  [1010, "VALUE_OUT_OF_RANGE", "a number does not fit the field that is to hold it"]
];

// packages/fault/src/codes/cli.ts
var CLI_FAULTS = [
  [7001, "INVALID_COMMAND", "the command line is not one that this program understands"],
  [7002, "UNSUPPORTED_FILE", "the file cannot be read or has no known form"],
  [
    7003,
    "MALFORMED_CASE",
    "a workload or conformance case lacks a field or has one of another form"
  ]
];

// packages/fault/src/codes/core.ts
var CORE_FAULTS = [
  [8001, "MALFORMED_IR", "the text form of the IR cannot be parsed"],
  [8002, "INVALID_IR", "the IR breaks a rule of its verifier"]
];

// packages/fault/src/codes/evm.ts
var EVM_FAULTS = [
  [2001, "EVM_CODE_SIZE_EXCEEDED", "bytecode is longer than a contract can be"],
  [2002, "MALFORMED_EVM_ASM", "the assembler does not understand the line"]
];

// packages/fault/src/codes/gateway.ts
var GATEWAY_FAULTS = [
  [6001, "INVALID_ARGUMENT", "an argument has the wrong form"],
  [6002, "REQUEST_SIZE_EXCEEDED", "the request is larger than the server accepts"]
];

// packages/fault/src/codes/ledger.ts
var LEDGER_FAULTS = [
  [9001, "REORG_DEPTH_EXCEEDED", "the reorganisation would undo a final block"],
  [9002, "INVALID_TRANSACTION", "the chain refuses the transaction"],
  [9003, "INVALID_SIGNATURE", "the signature does not belong to the sender"],
  [9004, "NONCE_MISMATCH", "the transaction's number is not the account's next one"],
  [9005, "BALANCE_EXCEEDED", "the account cannot pay"],
  [9006, "CHAIN_ID_MISMATCH", "the transaction is for another chain"],
  [9007, "MALFORMED_TRANSACTION", "the transaction's bytes do not decode"]
];

// packages/fault/src/codes/market.ts
var MARKET_FAULTS = [
  [10001, "INVALID_MARKET_INPUT", "the market's input is out of range"]
];

// packages/fault/src/codes/move.ts
var MOVE_FAULTS = [
  [4001, "MALFORMED_MODULE", "the module's binary form is broken"],
  [4002, "UNSUPPORTED_MOVE_VERSION", "the module is of a bytecode version that is not supported"],
  [4003, "MALFORMED_MOVE_ASM", "the assembler does not understand the line"],
  [4004, "INVALID_MODULE", "the module breaks a rule of the bytecode verifier"]
];

// packages/fault/src/codes/rpc.ts
var RPC_FAULTS = [
  [13001, "MALFORMED_REQUEST", "the request is not of the protocol's form"]
];

// packages/fault/src/codes/sbpf.ts
var SBPF_FAULTS = [
  [3001, "MALFORMED_ELF", "the ELF structure is broken"],
  [3002, "UNSUPPORTED_SBPF_VERSION", "the program is of an sBPF version that is not supported"],
  [3003, "MALFORMED_SBPF_ASM", "the assembler does not understand the line"],
  [3004, "SBPF_TEXT_SIZE_MISMATCH", "the code is no whole number of 8-byte instructions"],
  [3005, "INVALID_EMPTY_SBPF_TEXT", "the program has no instruction"],
  [3006, "INVALID_SBPF_ZERO_DIVISOR", "an immediate divisor is 0"],
  [3007, "INVALID_SBPF_ENDIAN_WIDTH", "a byte swap has a width other than 16, 32 or 64"],
  [3008, "INVALID_SBPF_LDDW_LAST", "lddw is the last instruction and has no second half"],
  [3009, "INVALID_SBPF_LDDW_HALF", "the second half of lddw has an opcode"],
  [3010, "SBPF_JUMP_OUT_OF_RANGE", "a jump leaves the code"],
  [3011, "INVALID_SBPF_JUMP_INTO_LDDW", "a jump ends in the second half of lddw"],
  [3012, "SBPF_SOURCE_REGISTER_OUT_OF_RANGE", "there is no such source register"],
  [3013, "INVALID_SBPF_WRITE_TO_R10", "r10 cannot be written"],
  [3014, "SBPF_DESTINATION_REGISTER_OUT_OF_RANGE", "there is no such destination register"],
  [3015, "INVALID_SBPF_OPCODE", "this version has no such instruction"],
  [3016, "SBPF_SHIFT_OUT_OF_RANGE", "an immediate shift is as wide as its operand or wider"],
  [3017, "SBPF_CALLX_REGISTER_OUT_OF_RANGE", "callx names no register of r0 to r9"],
  [3018, "INVALID_SBPF_FRAME_BUMP", "r10 is moved by a number that is no multiple of 64"],
  [3019, "ELF_ENTRYPOINT_OUT_OF_RANGE", "the entry point lies outside the code"],
  [3020, "INVALID_ELF_ENTRYPOINT", "the entry point is not at an instruction"],
  [3021, "INVALID_ELF_IDENT", "class, byte order or ABI is not that of sBPF"],
  [3022, "INVALID_ELF_MACHINE", "the machine is not BPF"],
  [3023, "INVALID_ELF_TYPE", "the file is no shared object"],
  [3024, "INVALID_ELF_TEXT_SECTIONS", "there is not exactly one section .text"],
  [3025, "INVALID_ELF_WRITABLE_SECTION", "the file has writable data"],
  [3026, "INVALID_ELF_RELOCATION", "a relocation refers to nothing"],
  [3027, "UNSUPPORTED_ELF_RELOCATION", "a relocation is of an unknown type"],
  [3028, "INVALID_ELF_SYMBOL", "a relocation names no symbol"],
  [3029, "SBPF_CALL_OUT_OF_RANGE", "a relative call leaves the code"],
  [3030, "INVALID_SBPF_SYMBOL_HASH", "two functions have one hash"],
  [3031, "UNSUPPORTED_SBPF_SYSCALL", "the program calls a function that nobody provides"],
  [3032, "ELF_SECTION_OUT_OF_RANGE", "a section or value lies outside the file or its region"],
  [3033, "INVALID_ELF_PROGRAM_HEADER", "a program header breaks the rules of its version"],
  [3034, "ELF_SIZE_EXCEEDED", "the file is larger than an account can be"],
  [3035, "INVALID_SVM_MESSAGE", "accounts and instruction do not fit together"]
];

// packages/fault/src/codes/store.ts
var STORE_FAULTS = [
  [12001, "INVALID_DATABASE", "the database cannot be used"]
];

// packages/fault/src/codes/vm.ts
var VM_FAULTS = [
  [5001, "UNSUPPORTED_PROGRAM", "no frontend recognises the program"],
  [5002, "UNSUPPORTED_PORTAL_VERSION", "the payload's version is unknown"],
  [5003, "INVALID_PORTAL_MACHINE", "the payload names no machine"],
  [5004, "INVALID_PORTAL_FLAGS", "the payload's account flags are out of range"],
  [5005, "INVALID_MESSAGE", "the message lacks or contradicts something its machine needs"],
  [5006, "INVALID_CALL_ARGUMENT", "an argument does not fit the type of its parameter"],
  [5007, "UNSUPPORTED_MACHINE", "no such virtual machine"],
  [5008, "INVALID_PROGRAM_ID", "no program has this identifier"]
];

// packages/fault/src/codes/index.ts
var FAULT_TABLE = [
  ...BYTES_FAULTS,
  ...EVM_FAULTS,
  ...SBPF_FAULTS,
  ...MOVE_FAULTS,
  ...VM_FAULTS,
  ...GATEWAY_FAULTS,
  ...CLI_FAULTS,
  ...CORE_FAULTS,
  ...LEDGER_FAULTS,
  ...MARKET_FAULTS,
  ...BRIDGE_FAULTS,
  ...STORE_FAULTS,
  ...RPC_FAULTS
];

// packages/fault/src/fault.ts
var CODES = new Map(FAULT_TABLE.map(([code, name]) => [name, code]));
var Fault = class {
  /** Number of the fault; stable for ever. */
  code;
  /** Name of the fault; stable for ever. */
  name;
  /** Byte offset or program counter of the refused input; undefined if it has no one place. */
  at;
  /** One sentence for a person. Its wording may change. */
  message;
  context;
  constructor(name, at, message, context) {
    this.code = CODES.get(name);
    this.name = name;
    this.at = at;
    this.message = message;
    this.context = context;
  }
  /** For example `MALFORMED_HEX at 3: "g" is no hex digit`. */
  toString() {
    const place = this.at === void 0 ? "" : ` at ${this.at}`;
    return `${this.name}${place}: ${this.message}`;
  }
  /** Plain JSON; large integers become decimal strings, undefined members are left out. */
  toJSON() {
    const { code, name, at, message, context } = this;
    const facts = context && Object.entries(context).map(([key, value]) => [key, plain(value)]);
    return {
      code,
      name,
      ...at === void 0 ? {} : { at },
      message,
      ...facts === void 0 ? {} : { context: Object.fromEntries(facts) }
    };
  }
};
var plain = (value) => typeof value === "bigint" ? value.toString() : value;
var FaultError = class extends Error {
  name = "FaultError";
  fault;
  constructor(fault2) {
    super(fault2.toString());
    this.fault = fault2;
  }
};
function refuse(name, at, message, context) {
  throw new FaultError(new Fault(name, at, message, context));
}

// packages/core/src/host/frame-layout.ts
var FRAME = {
  GAS: 0,
  OUTPUT_ADDRESS: 8,
  OUTPUT_LENGTH: 12,
  OUTCOME: 16,
  TRAP_POSITION: 20,
  REGION_TABLE: 24,
  HEADER: 64,
  SCRATCH: 1024,
  SLOT: 32,
  BODY: 2048
};
var OPERAND_STACK_WORDS = 1024;
var OPERAND_STACK_BYTES = OPERAND_STACK_WORDS * 32;
var ARENA_START = 1 << 20;

// packages/core/src/host/linear-memory.ts
var PAGE = 65536;
var LinearMemory = class {
  memory;
  /** Bytes that a run may use at most. */
  limit;
  u8;
  i32;
  u32;
  u64;
  view;
  constructor(initialBytes = 64 << 20, limitBytes = 2 ** 31) {
    this.limit = limitBytes;
    this.memory = new WebAssembly.Memory({
      initial: Math.ceil(Math.max(initialBytes, ARENA_START + PAGE) / PAGE),
      maximum: Math.ceil(limitBytes / PAGE)
    });
    this.#refresh();
  }
  /** Makes bytes [0, end) addressable; false if the limit forbids it. */
  ensure(end) {
    const size = this.u8.length;
    if (end <= size) return true;
    if (end > this.limit) return false;
    const target2 = Math.min(this.limit, Math.max(end, size * 2));
    this.memory.grow(Math.ceil((target2 - size) / PAGE));
    this.#refresh();
    return true;
  }
  #refresh() {
    const { buffer } = this.memory;
    this.u8 = new Uint8Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.u64 = new BigUint64Array(buffer);
    this.view = new DataView(buffer);
  }
  /** The 256-bit word at `address` (multiple of 8), little-endian limbs. */
  word(address2) {
    const at = address2 >>> 3;
    const { u64: u643 } = this;
    return u643[at] | u643[at + 1] << 64n | u643[at + 2] << 128n | u643[at + 3] << 192n;
  }
  /** Stores a 256-bit word at `address` (multiple of 8), little-endian limbs. */
  setWord(address2, value) {
    const at = address2 >>> 3;
    const { u64: u643 } = this;
    u643[at] = value;
    u643[at + 1] = value >> 64n;
    u643[at + 2] = value >> 128n;
    u643[at + 3] = value >> 192n;
  }
  /** A copy of [address, address + length). */
  slice(address2, length) {
    return this.u8.slice(address2, address2 + length);
  }
};

// packages/core/src/host/outcome.ts
var OUTCOME = {
  OK: 0,
  REVERT: 256,
  OUT_OF_GAS: 512,
  DIVIDE_BY_ZERO: 513,
  INTEGER_OVERFLOW: 514,
  ACCESS_VIOLATION: 515,
  STACK_UNDERFLOW: 516,
  STACK_OVERFLOW: 517,
  INVALID_CALL: 518,
  CALL_DEPTH: 519,
  UNREACHABLE: 520,
  OUT_OF_MEMORY: 521
};
var isOk = (outcome) => outcome < 256;
var isTrap = (outcome) => outcome >= 512;

// packages/core/src/host/program.ts
var HOST = {
  /** Results are in the scratch area; go on. */
  CONTINUE: 0,
  /** The frame ends with `frame.outcome`, set by {@link Frame.leave}. */
  LEAVE: 1,
  /** A program is to be called: `frame.call(request)` was made; go on when it has finished. */
  CALL: 2
};

// packages/core/src/ir/function.ts
function moduleFunction(module, index) {
  let fn = module.functions[index];
  if (fn === void 0) {
    fn = module.lift(index);
    module.functions[index] = fn;
  }
  return fn;
}

// packages/core/src/ir/value-type.ts
var I32 = 0;
var I64 = 1;
var I256 = 2;
var LETTERS = "ilw";
function signatureTypes(signature) {
  return [...signature].map((letter) => LETTERS.indexOf(letter));
}

// packages/core/src/ir/ops.ts
var PURE = 0;
var READS = 1;
var WRITES = 2;
var TRAPS = 4;
var METERS = 8;
var TERMINATES = 16;
var CALLS = 32;
var OP_TABLE = [
  ["nop", "", "", 0, PURE, "nothing"],
  // constants
  ["i32.const", "", "i", 1, PURE, "value"],
  ["i64.const", "", "l", 2, PURE, "low word, high word"],
  ["i256.const", "", "w", 1, PURE, "index into the module's word pool"],
  // i32
  ["i32.add", "ii", "i", 0, PURE, "sum"],
  ["i32.sub", "ii", "i", 0, PURE, "difference"],
  ["i32.mul", "ii", "i", 0, PURE, "product"],
  ["i32.and", "ii", "i", 0, PURE, ""],
  ["i32.or", "ii", "i", 0, PURE, ""],
  ["i32.xor", "ii", "i", 0, PURE, ""],
  ["i32.shl", "ii", "i", 0, PURE, ""],
  ["i32.shr_u", "ii", "i", 0, PURE, ""],
  ["i32.shr_s", "ii", "i", 0, PURE, ""],
  ["i32.div_u", "ii", "i", 0, TRAPS, "traps DIVIDE_BY_ZERO"],
  ["i32.rem_u", "ii", "i", 0, TRAPS, "traps DIVIDE_BY_ZERO"],
  ["i32.eq", "ii", "i", 0, PURE, ""],
  ["i32.ne", "ii", "i", 0, PURE, ""],
  ["i32.lt_u", "ii", "i", 0, PURE, ""],
  ["i32.lt_s", "ii", "i", 0, PURE, ""],
  ["i32.gt_u", "ii", "i", 0, PURE, ""],
  ["i32.gt_s", "ii", "i", 0, PURE, ""],
  ["i32.le_u", "ii", "i", 0, PURE, ""],
  ["i32.le_s", "ii", "i", 0, PURE, ""],
  ["i32.ge_u", "ii", "i", 0, PURE, ""],
  ["i32.ge_s", "ii", "i", 0, PURE, ""],
  ["i32.eqz", "i", "i", 0, PURE, "1 if zero"],
  ["i32.clz", "i", "i", 0, PURE, ""],
  ["i32.ctz", "i", "i", 0, PURE, ""],
  ["i32.select", "iii", "i", 0, PURE, "condition, if non-zero, if zero"],
  // i64
  ["i64.add", "ll", "l", 0, PURE, ""],
  ["i64.sub", "ll", "l", 0, PURE, ""],
  ["i64.mul", "ll", "l", 0, PURE, ""],
  ["i64.mulh_u", "ll", "l", 0, PURE, "high 64 bits of the unsigned 128-bit product"],
  ["i64.and", "ll", "l", 0, PURE, ""],
  ["i64.or", "ll", "l", 0, PURE, ""],
  ["i64.xor", "ll", "l", 0, PURE, ""],
  ["i64.shl", "ll", "l", 0, PURE, ""],
  ["i64.shr_u", "ll", "l", 0, PURE, ""],
  ["i64.shr_s", "ll", "l", 0, PURE, ""],
  ["i64.div_u", "ll", "l", 0, TRAPS, "traps DIVIDE_BY_ZERO"],
  ["i64.rem_u", "ll", "l", 0, TRAPS, "traps DIVIDE_BY_ZERO"],
  ["i64.div_s", "ll", "l", 0, TRAPS, "traps DIVIDE_BY_ZERO, INTEGER_OVERFLOW at min / -1"],
  ["i64.rem_s", "ll", "l", 0, TRAPS, "traps DIVIDE_BY_ZERO"],
  ["i64.eq", "ll", "i", 0, PURE, ""],
  ["i64.ne", "ll", "i", 0, PURE, ""],
  ["i64.lt_u", "ll", "i", 0, PURE, ""],
  ["i64.lt_s", "ll", "i", 0, PURE, ""],
  ["i64.gt_u", "ll", "i", 0, PURE, ""],
  ["i64.gt_s", "ll", "i", 0, PURE, ""],
  ["i64.le_u", "ll", "i", 0, PURE, ""],
  ["i64.le_s", "ll", "i", 0, PURE, ""],
  ["i64.ge_u", "ll", "i", 0, PURE, ""],
  ["i64.ge_s", "ll", "i", 0, PURE, ""],
  ["i64.eqz", "l", "i", 0, PURE, "1 if zero"],
  ["i64.clz", "l", "l", 0, PURE, ""],
  ["i64.ctz", "l", "l", 0, PURE, ""],
  ["i64.bswap", "l", "l", 0, PURE, "bytes reversed"],
  ["i64.select", "ill", "l", 0, PURE, "condition, if non-zero, if zero"],
  ["i64.extend_u", "i", "l", 0, PURE, "zero extension"],
  ["i64.extend_s", "i", "l", 0, PURE, "sign extension"],
  ["i32.wrap", "l", "i", 0, PURE, "low 32 bits"],
  // i256
  ["i256.add", "ww", "w", 0, PURE, ""],
  ["i256.sub", "ww", "w", 0, PURE, ""],
  ["i256.mul", "ww", "w", 0, PURE, ""],
  ["i256.div", "ww", "w", 0, PURE, "0 if the divisor is 0 (EVM DIV)"],
  ["i256.mod", "ww", "w", 0, PURE, "0 if the divisor is 0"],
  ["i256.sdiv", "ww", "w", 0, PURE, "0 if the divisor is 0; truncates; min / -1 = min"],
  ["i256.smod", "ww", "w", 0, PURE, "0 if the divisor is 0; sign of the dividend"],
  ["i256.addmod", "www", "w", 0, PURE, "(a + b) mod n without wrapping; 0 if n is 0"],
  ["i256.mulmod", "www", "w", 0, PURE, "(a * b) mod n without wrapping; 0 if n is 0"],
  ["i256.exp", "ww", "w", 0, PURE, "base, exponent"],
  [
    "i256.signextend",
    "ww",
    "w",
    0,
    PURE,
    "byte index k, value: sign bit is bit 8k+7; k >= 31: value"
  ],
  ["i256.and", "ww", "w", 0, PURE, ""],
  ["i256.or", "ww", "w", 0, PURE, ""],
  ["i256.xor", "ww", "w", 0, PURE, ""],
  ["i256.not", "w", "w", 0, PURE, ""],
  ["i256.shl", "ww", "w", 0, PURE, "amount, value"],
  ["i256.shr", "ww", "w", 0, PURE, "amount, value"],
  ["i256.sar", "ww", "w", 0, PURE, "amount, value"],
  [
    "i256.byte",
    "ww",
    "w",
    0,
    PURE,
    "index from the most significant byte, value; 0 if index >= 32"
  ],
  ["i256.clz", "w", "w", 0, PURE, "leading zero bits; 256 for 0"],
  ["i256.eq", "ww", "i", 0, PURE, ""],
  ["i256.lt_u", "ww", "i", 0, PURE, ""],
  ["i256.gt_u", "ww", "i", 0, PURE, ""],
  ["i256.lt_s", "ww", "i", 0, PURE, ""],
  ["i256.gt_s", "ww", "i", 0, PURE, ""],
  ["i256.eqz", "w", "i", 0, PURE, "1 if zero"],
  ["i256.select", "iww", "w", 0, PURE, "condition, if non-zero, if zero"],
  ["i256.from_i32", "i", "w", 0, PURE, "zero extension"],
  ["i256.from_i64", "l", "w", 0, PURE, "zero extension"],
  ["i256.from_i64_s", "l", "w", 0, PURE, "sign extension"],
  ["i256.make", "llll", "w", 0, PURE, "limbs, lowest first"],
  ["i256.limb", "w", "l", 1, PURE, "immediate: limb 0..3"],
  ["i32.wrap_i256", "w", "i", 0, PURE, "low 32 bits"],
  ["i32.clamp_i256", "w", "i", 0, PURE, "min(value, 2^31 - 1)"],
  ["i64.clamp_i256", "w", "l", 0, PURE, "min(value, 2^63 - 1)"],
  ["i256.fits", "w", "i", 1, PURE, "immediate: bits; 1 if value < 2^bits"],
  // checked arithmetic; immediates bits, trap
  ["i64.addc", "ll", "l", 2, TRAPS, "arguments must be < 2^bits"],
  ["i64.subc", "ll", "l", 2, TRAPS, "traps if a < b; bits are ignored"],
  ["i64.mulc", "ll", "l", 2, TRAPS, "arguments must be < 2^bits"],
  ["i64.divc", "ll", "l", 2, TRAPS, "unsigned; traps if the divisor is 0"],
  ["i64.remc", "ll", "l", 2, TRAPS, "unsigned; traps if the divisor is 0"],
  ["i64.narrow", "l", "l", 2, TRAPS, "value; traps if value >= 2^bits"],
  ["i256.addc", "ww", "w", 2, TRAPS, "arguments must be < 2^bits"],
  ["i256.subc", "ww", "w", 2, TRAPS, "traps if a < b; bits are ignored"],
  ["i256.mulc", "ww", "w", 2, TRAPS, "arguments must be < 2^bits"],
  ["i256.divc", "ww", "w", 2, TRAPS, "unsigned; traps if the divisor is 0"],
  ["i256.remc", "ww", "w", 2, TRAPS, "unsigned; traps if the divisor is 0"],
  ["i256.narrow", "w", "w", 2, TRAPS, "value; traps if value >= 2^bits"],
  // linear memory: absolute i32 address plus immediate offset, already proven in bounds
  ["frame", "", "i", 0, PURE, "address of the frame (its header)"],
  ["i32.load8", "i", "i", 1, READS, "zero-extended; immediate: offset"],
  ["i32.load16", "i", "i", 1, READS, "zero-extended"],
  ["i32.load", "i", "i", 1, READS, ""],
  ["i64.load8", "i", "l", 1, READS, "zero-extended"],
  ["i64.load16", "i", "l", 1, READS, "zero-extended"],
  ["i64.load32", "i", "l", 1, READS, "zero-extended"],
  ["i64.load", "i", "l", 1, READS, ""],
  ["i256.load_be", "i", "w", 1, READS, "32 bytes, most significant first"],
  ["i256.load_le", "i", "w", 2, READS, "immediates: offset, size (16 or 32 bytes)"],
  ["i32.store8", "ii", "", 1, WRITES, "address, value"],
  ["i32.store16", "ii", "", 1, WRITES, "address, value"],
  ["i32.store", "ii", "", 1, WRITES, "address, value"],
  ["i64.store8", "il", "", 1, WRITES, "address, value"],
  ["i64.store16", "il", "", 1, WRITES, "address, value"],
  ["i64.store32", "il", "", 1, WRITES, "address, value"],
  ["i64.store", "il", "", 1, WRITES, "address, value"],
  ["i256.store_be", "iw", "", 1, WRITES, "address, value"],
  [
    "i256.store_le",
    "iw",
    "",
    2,
    WRITES,
    "address, value; immediates: offset, size (16 or 32 bytes)"
  ],
  ["memory.copy", "iii", "", 0, WRITES, "destination, source, length; may overlap"],
  ["memory.fill", "iii", "", 0, WRITES, "destination, byte, length"],
  ["memory.compare", "iii", "i", 0, READS, "a, b, length; -1, 0, 1 as the bytes compare"],
  ["keccak256", "ii", "w", 0, READS, "address, length; the digest as a big-endian number"],
  ["sha256", "iii", "", 0, WRITES, "address, length, address of the 32-byte result"],
  ["sha3_256", "iii", "", 0, WRITES, "address, length, address of the 32-byte result (FIPS 202)"],
  // regioned guest memory (see host/region.ts): 64-bit guest address; immediates delta, size in bytes, guess
  ["region.load", "l", "l", 3, READS | TRAPS, "zero-extended; traps ACCESS_VIOLATION"],
  ["region.store", "ll", "", 3, WRITES | TRAPS, "address, value; traps ACCESS_VIOLATION"],
  [
    "region.host",
    "li",
    "i",
    2,
    READS | TRAPS,
    "guest address, length -> linear address; immediates: 1 = to write, guess"
  ],
  // meter
  ["meter", "", "", 1, METERS | TRAPS, "charges, then traps OUT_OF_GAS if the gas is negative"],
  ["charge", "", "", 1, METERS, "charges; a later check, meter or exit notices"],
  ["check", "", "", 0, METERS | TRAPS, "traps OUT_OF_GAS if the gas is negative"],
  ["meter.dynamic", "l", "", 0, METERS | TRAPS, "charges an unsigned amount < 2^63, then checks"],
  ["gas", "", "l", 0, METERS, "remaining gas"],
  // variables of the function: immediate = index
  ["var.get", "", "v", 1, READS, ""],
  ["var.set", "v", "", 1, WRITES, ""],
  // the frame's operand stack of i256 words, at most 1,024 of them
  ["stack.check", "", "", 2, READS | TRAPS, "need, growth: traps STACK_UNDERFLOW, STACK_OVERFLOW"],
  ["stack.get", "", "w", 1, READS, "immediate: depth below the top, 0 = top"],
  ["stack.set", "w", "", 1, WRITES, "immediate: depth below the top"],
  ["stack.move", "", "", 1, WRITES, "immediate: words that the top moves by"],
  // traps
  ["trap.if", "i", "", 1, TRAPS, "traps with the outcome if the condition is non-zero"],
  // variadic from here on
  [
    "call",
    "*",
    "*",
    0,
    CALLS | READS | WRITES | TRAPS | METERS,
    "[function, nr, results\u2026, na, args\u2026]"
  ],
  [
    "call.indirect",
    "*",
    "*",
    0,
    CALLS | READS | WRITES | TRAPS | METERS,
    "[signature, index, nr, results\u2026, na, args\u2026]; traps INVALID_CALL"
  ],
  [
    "host",
    "*",
    "*",
    0,
    CALLS | READS | WRITES | TRAPS | METERS,
    "[host function, nr, results\u2026, na, args\u2026]"
  ],
  [
    "host.if",
    "*",
    "",
    0,
    CALLS | READS | WRITES | TRAPS | METERS,
    "[host function, condition, na, args\u2026]: called if non-zero"
  ],
  ["br", "*", "", 0, TERMINATES, "[block, na, args\u2026]"],
  [
    "br.if",
    "*",
    "",
    0,
    TERMINATES,
    "[condition, block, na, args\u2026, block, na, args\u2026]: first if non-zero"
  ],
  ["switch", "*", "", 0, TERMINATES, "[index, n, blocks\u2026, default]; no block has parameters"],
  ["ret", "*", "", 0, TERMINATES, "[n, values\u2026]"],
  ["exit", "", "", 1, TERMINATES, "ends the frame with the outcome"],
  ["trap", "", "", 1, TERMINATES | TRAPS, "ends the frame with the trap outcome"]
];
var OP = Object.fromEntries(OP_TABLE.map((row, code) => [row[0], code]));
var OPS = OP_TABLE.map(
  ([name, args, results, immediates, effects, doc], code) => {
    const variadic = args === "*";
    return {
      code,
      name,
      args: variadic || args.includes("v") ? [] : signatureTypes(args),
      results: variadic || results.includes("v") ? [] : signatureTypes(results),
      argCount: variadic ? 0 : args.length,
      resultCount: variadic ? 0 : results.length,
      immediates,
      effects,
      variadic,
      doc
    };
  }
);
function opWord(code, words) {
  return code | words << 8;
}

// node_modules/@noble/hashes/_u64.js
var U32_MASK64 = /* @__PURE__ */ (() => BigInt(2 ** 32 - 1))();
var _32n = /* @__PURE__ */ BigInt(32);
function fromBig(n, le = false) {
  if (le)
    return { h: Number(n & U32_MASK64), l: Number(n >> _32n & U32_MASK64) };
  return { h: Number(n >> _32n & U32_MASK64) | 0, l: Number(n & U32_MASK64) | 0 };
}
function split(lst, le = false) {
  const len = lst.length;
  let Ah = new Uint32Array(len);
  let Al = new Uint32Array(len);
  for (let i = 0; i < len; i++) {
    const { h, l } = fromBig(lst[i], le);
    [Ah[i], Al[i]] = [h, l];
  }
  return [Ah, Al];
}
var fromNumH = (n) => n / 2 ** 32 | 0;
var fromNumL = (n) => n >>> 0;
function setU64FromNum(view, byteOffset, n, isLE2) {
  const h = fromNumH(n);
  const l = fromNumL(n);
  view.setUint32(byteOffset, isLE2 ? l : h, isLE2);
  view.setUint32(byteOffset + 4, isLE2 ? h : l, isLE2);
}
var shrSH = (h, _l, s) => h >>> s;
var shrSL = (h, l, s) => h << 32 - s | l >>> s;
var rotrSH = (h, l, s) => h >>> s | l << 32 - s;
var rotrSL = (h, l, s) => h << 32 - s | l >>> s;
var rotrBH = (h, l, s) => h << 64 - s | l >>> s - 32;
var rotrBL = (h, l, s) => h >>> s - 32 | l << 64 - s;
function add(Ah, Al, Bh, Bl) {
  const l = (Al >>> 0) + (Bl >>> 0);
  return { h: Ah + Bh + (l / 2 ** 32 | 0) | 0, l: l | 0 };
}
var add3L = (Al, Bl, Cl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0);
var add3H = (low4, Ah, Bh, Ch) => Ah + Bh + Ch + (low4 / 2 ** 32 | 0) | 0;
var add4L = (Al, Bl, Cl, Dl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0);
var add4H = (low4, Ah, Bh, Ch, Dh) => Ah + Bh + Ch + Dh + (low4 / 2 ** 32 | 0) | 0;
var add5L = (Al, Bl, Cl, Dl, El) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0) + (El >>> 0);
var add5H = (low4, Ah, Bh, Ch, Dh, Eh) => Ah + Bh + Ch + Dh + Eh + (low4 / 2 ** 32 | 0) | 0;

// node_modules/@noble/hashes/utils.js
function isBytes(a) {
  return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a && a.BYTES_PER_ELEMENT === 1;
}
var atitle = (title) => title ? `"${title}" ` : "";
function anumber(n, title = "") {
  if (typeof n !== "number")
    throw new TypeError(atitle(title) + "expected number, got " + typeof n);
  if (!Number.isSafeInteger(n) || n < 0)
    throw new RangeError(atitle(title) + "expected integer >= 0, got " + n);
  return n;
}
function abool(value, title = "") {
  if (typeof value !== "boolean")
    throw new TypeError(atitle(title) + "expected boolean, got type=" + typeof value);
  return value;
}
function abytes(value, length, title = "") {
  if (isBytes(value) && (length === void 0 || value.length === length))
    return value;
  if (length !== void 0)
    anumber(length, "length");
  const bytes = isBytes(value);
  const ofLen = length !== void 0 ? ` of length ${length}` : "";
  const got = bytes ? `length=${value.length}` : `type=${typeof value}`;
  const message = atitle(title) + "expected Uint8Array" + ofLen + ", got " + got;
  if (!bytes)
    throw new TypeError(message);
  throw new RangeError(message);
}
function copyBytes(bytes) {
  return Uint8Array.from(abytes(bytes));
}
var aobject = (value, label) => {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new TypeError((label === "object" ? "" : `"${label}" `) + "expected object, got type=" + typeof value);
};
var aopts = (value, label) => {
  aobject(value, label);
  const proto = Object.getPrototypeOf(value);
  if (proto !== Object.prototype && proto !== null)
    throw new TypeError(`"${label}" expected plain object`);
  if (Object.hasOwn(value, "__proto__"))
    throw new TypeError(`"${label}.__proto__" is not allowed`);
};
function aexists(instance, checkFinished = true) {
  if (instance.destroyed)
    throw new Error("hash was destroyed");
  if (checkFinished && instance.finished)
    throw new Error("digest() was already called");
}
function aoutput(out, instance) {
  abytes(out, void 0, "output");
  const min = instance.outputLen;
  if (!(out.length >= min)) {
    throw new RangeError('"output" expected length >= ' + min);
  }
}
function u8(arr) {
  return new Uint8Array(arr.buffer, arr.byteOffset, arr.byteLength);
}
function u32(arr) {
  return new Uint32Array(arr.buffer, arr.byteOffset, Math.floor(arr.byteLength / 4));
}
function clean(...arrays) {
  for (let i = 0; i < arrays.length; i++) {
    arrays[i].fill(0);
  }
}
function createView(arr) {
  return new DataView(arr.buffer, arr.byteOffset, arr.byteLength);
}
function rotr(word, shift2) {
  return word << 32 - shift2 | word >>> shift2;
}
var isLE = /* @__PURE__ */ (() => new Uint8Array(new Uint32Array([287454020]).buffer)[0] === 68)();
function byteSwap(word) {
  return word << 24 & 4278190080 | word << 8 & 16711680 | word >>> 8 & 65280 | word >>> 24 & 255;
}
var swap8IfBE = isLE ? (n) => n : (n) => byteSwap(n) >>> 0;
function byteSwap32(arr) {
  for (let i = 0; i < arr.length; i++) {
    arr[i] = byteSwap(arr[i]);
  }
  return arr;
}
var swap32IfBE = isLE ? (u) => u : byteSwap32;
var hasHexBuiltin = /* @__PURE__ */ (() => (
  // @ts-ignore
  typeof Uint8Array.from([]).toHex === "function" && typeof Uint8Array.fromHex === "function"
))();
var hexes = /* @__PURE__ */ Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));
function bytesToHex(bytes) {
  abytes(bytes);
  if (hasHexBuiltin)
    return bytes.toHex();
  let hex = "";
  for (let i = 0; i < bytes.length; i++) {
    hex += hexes[bytes[i]];
  }
  return hex;
}
function asciiToBase16(ch) {
  return ch >= 48 && ch <= 57 ? ch - 48 : ch >= 65 && ch <= 70 ? ch - (65 - 10) : ch >= 97 && ch <= 102 ? ch - (97 - 10) : void 0;
}
function hexToBytes(hex) {
  if (typeof hex !== "string")
    throw new TypeError("hex string expected, got " + typeof hex);
  if (hasHexBuiltin) {
    try {
      return Uint8Array.fromHex(hex);
    } catch (error) {
      if (error instanceof SyntaxError)
        throw new RangeError(error.message);
      throw error;
    }
  }
  const hl = hex.length;
  const al = hl / 2;
  if (hl % 2)
    throw new RangeError("hex string expected, got unpadded hex of length " + hl);
  const array = new Uint8Array(al);
  for (let ai = 0, hi = 0; ai < al; ai++, hi += 2) {
    const n1 = asciiToBase16(hex.charCodeAt(hi));
    const n2 = asciiToBase16(hex.charCodeAt(hi + 1));
    if (n1 === void 0 || n2 === void 0) {
      const char = hex[hi] + hex[hi + 1];
      throw new RangeError('hex string expected, got non-hex character "' + char + '" at index ' + hi);
    }
    array[ai] = n1 * 16 + n2;
  }
  return array;
}
function concatBytes(...arrays) {
  let sum2 = 0;
  for (let i = 0; i < arrays.length; i++) {
    const a = arrays[i];
    abytes(a);
    sum2 += a.length;
  }
  const res = new Uint8Array(sum2);
  for (let i = 0, pad = 0; i < arrays.length; i++) {
    const a = arrays[i];
    res.set(a, pad);
    pad += a.length;
  }
  return res;
}
function checkOpts(defaults, opts, title = "opts") {
  aopts(defaults, "defaults");
  if (opts !== void 0)
    aopts(opts, title);
  const merged = Object.assign(/* @__PURE__ */ Object.create(null), defaults, opts);
  return merged;
}
function createHasher(hashCons, info = {}) {
  if (typeof hashCons !== "function")
    throw new TypeError('"hashCons" expected function, got type=' + typeof hashCons);
  info = checkOpts({}, info, "info");
  const hashC = (msg, opts) => hashCons(opts).update(msg).digest();
  const tmp = hashCons(void 0);
  hashC.outputLen = tmp.outputLen;
  hashC.blockLen = tmp.blockLen;
  hashC.canXOF = tmp.canXOF;
  hashC.create = (opts) => hashCons(opts);
  Object.assign(hashC, info);
  return Object.freeze(hashC);
}
function randomBytes(bytesLength = 32) {
  anumber(bytesLength, "bytesLength");
  const cr = typeof globalThis === "object" ? globalThis.crypto : null;
  if (typeof cr?.getRandomValues !== "function")
    throw new Error("crypto.getRandomValues must be defined");
  if (bytesLength > 65536)
    throw new RangeError(`"bytesLength" expected <= 65536, got ${bytesLength}`);
  return cr.getRandomValues(new Uint8Array(bytesLength));
}
var oidNist = (suffix) => ({
  // Current NIST hashAlgs suffixes used here fit in one DER subidentifier octet.
  // Larger suffix values would need base-128 OID encoding and a different length byte.
  oid: Uint8Array.from([6, 9, 96, 134, 72, 1, 101, 3, 4, 2, suffix])
});

// node_modules/@noble/hashes/_md.js
function Chi(a, b, c) {
  return a & b ^ ~a & c;
}
function Maj(a, b, c) {
  return a & b ^ a & c ^ b & c;
}
var HashMD = class {
  blockLen;
  outputLen;
  canXOF = false;
  padOffset;
  isLE;
  // For partial updates less than block size
  buffer;
  view;
  finished = false;
  length = 0;
  pos = 0;
  destroyed = false;
  constructor(blockLen, outputLen, padOffset, isLE2) {
    this.blockLen = blockLen;
    this.outputLen = outputLen;
    this.padOffset = padOffset;
    this.isLE = isLE2;
    this.buffer = new Uint8Array(blockLen);
    this.view = createView(this.buffer);
  }
  update(data) {
    aexists(this);
    abytes(data);
    const { view, buffer, blockLen } = this;
    const len = data.length;
    let processed = false;
    for (let pos = 0; pos < len; ) {
      const take = Math.min(blockLen - this.pos, len - pos);
      if (take === blockLen) {
        const dataView = createView(data);
        for (; blockLen <= len - pos; pos += blockLen)
          this.process(dataView, pos);
        processed = true;
        continue;
      }
      buffer.set(pos === 0 && take === len ? data : data.subarray(pos, pos + take), this.pos);
      this.pos += take;
      pos += take;
      if (this.pos === blockLen) {
        this.process(view, 0);
        this.pos = 0;
        processed = true;
      }
    }
    this.length += data.length;
    if (processed)
      this.roundClean();
    return this;
  }
  digestInto(out) {
    aexists(this);
    aoutput(out, this);
    this.finished = true;
    const { buffer, view, blockLen, isLE: isLE2 } = this;
    let { pos } = this;
    buffer[pos++] = 128;
    buffer.fill(0, pos);
    if (this.padOffset > blockLen - pos) {
      this.process(view, 0);
      buffer.fill(0);
    }
    setU64FromNum(view, blockLen - 8, this.length * 8, isLE2);
    this.process(view, 0);
    this.roundClean();
    const oview = out === buffer ? view : createView(out);
    const len = this.outputLen;
    const outLen = len / 4;
    const state = this.get();
    if (len % 4 || outLen > state.length)
      throw new Error("invalid outputLen");
    for (let i = 0; i < outLen; i++)
      oview.setUint32(4 * i, state[i], isLE2);
  }
  digest() {
    const { buffer, outputLen } = this;
    this.digestInto(buffer);
    const res = buffer.slice(0, outputLen);
    this.destroy();
    return res;
  }
  _cloneIntoMeta(to) {
    const { buffer, length, finished, destroyed, pos } = this;
    to.destroyed = destroyed;
    to.finished = finished;
    to.length = length;
    to.pos = pos;
    if (pos)
      to.buffer.set(buffer);
    return to;
  }
  clone() {
    return this._cloneInto();
  }
};
var SHA256_IV = /* @__PURE__ */ Uint32Array.from([
  1779033703,
  3144134277,
  1013904242,
  2773480762,
  1359893119,
  2600822924,
  528734635,
  1541459225
]);
var SHA512_IV = /* @__PURE__ */ Uint32Array.from([
  1779033703,
  4089235720,
  3144134277,
  2227873595,
  1013904242,
  4271175723,
  2773480762,
  1595750129,
  1359893119,
  2917565137,
  2600822924,
  725511199,
  528734635,
  4215389547,
  1541459225,
  327033209
]);

// node_modules/@noble/hashes/sha2.js
var SHA256_K = /* @__PURE__ */ Uint32Array.from([
  1116352408,
  1899447441,
  3049323471,
  3921009573,
  961987163,
  1508970993,
  2453635748,
  2870763221,
  3624381080,
  310598401,
  607225278,
  1426881987,
  1925078388,
  2162078206,
  2614888103,
  3248222580,
  3835390401,
  4022224774,
  264347078,
  604807628,
  770255983,
  1249150122,
  1555081692,
  1996064986,
  2554220882,
  2821834349,
  2952996808,
  3210313671,
  3336571891,
  3584528711,
  113926993,
  338241895,
  666307205,
  773529912,
  1294757372,
  1396182291,
  1695183700,
  1986661051,
  2177026350,
  2456956037,
  2730485921,
  2820302411,
  3259730800,
  3345764771,
  3516065817,
  3600352804,
  4094571909,
  275423344,
  430227734,
  506948616,
  659060556,
  883997877,
  958139571,
  1322822218,
  1537002063,
  1747873779,
  1955562222,
  2024104815,
  2227730452,
  2361852424,
  2428436474,
  2756734187,
  3204031479,
  3329325298
]);
var SHA256_W = /* @__PURE__ */ new Uint32Array(64);
var SHA2_32B = class extends HashMD {
  // We cannot use array here since array allows indexing by variable
  // which means optimizer/compiler cannot use registers.
  // Numeric initializers matter: starting the fields as `undefined` changes
  // V8's field representation and makes sha256 3x slower (measured).
  A = 0;
  B = 0;
  C = 0;
  D = 0;
  E = 0;
  F = 0;
  G = 0;
  H = 0;
  constructor(outputLen, IV) {
    super(64, outputLen, 8, false);
    this.A = IV[0] | 0;
    this.B = IV[1] | 0;
    this.C = IV[2] | 0;
    this.D = IV[3] | 0;
    this.E = IV[4] | 0;
    this.F = IV[5] | 0;
    this.G = IV[6] | 0;
    this.H = IV[7] | 0;
  }
  get() {
    const { A, B: B2, C, D, E, F, G, H } = this;
    return [A, B2, C, D, E, F, G, H];
  }
  // prettier-ignore
  set(A, B2, C, D, E, F, G, H) {
    this.A = A | 0;
    this.B = B2 | 0;
    this.C = C | 0;
    this.D = D | 0;
    this.E = E | 0;
    this.F = F | 0;
    this.G = G | 0;
    this.H = H | 0;
  }
  _cloneInto(to) {
    (to ||= new this.constructor()).set(...this.get());
    return this._cloneIntoMeta(to);
  }
  process(view, offset2) {
    for (let i = 0; i < 16; i++, offset2 += 4)
      SHA256_W[i] = view.getUint32(offset2, false);
    for (let i = 16; i < 64; i++) {
      const W15 = SHA256_W[i - 15];
      const W2 = SHA256_W[i - 2];
      const s0 = rotr(W15, 7) ^ rotr(W15, 18) ^ W15 >>> 3;
      const s1 = rotr(W2, 17) ^ rotr(W2, 19) ^ W2 >>> 10;
      SHA256_W[i] = s1 + SHA256_W[i - 7] + s0 + SHA256_W[i - 16] | 0;
    }
    let { A, B: B2, C, D, E, F, G, H } = this;
    for (let i = 0; i < 64; i++) {
      const sigma1 = rotr(E, 6) ^ rotr(E, 11) ^ rotr(E, 25);
      const T1 = H + sigma1 + Chi(E, F, G) + SHA256_K[i] + SHA256_W[i] | 0;
      const sigma0 = rotr(A, 2) ^ rotr(A, 13) ^ rotr(A, 22);
      const T2 = sigma0 + Maj(A, B2, C) | 0;
      H = G;
      G = F;
      F = E;
      E = D + T1 | 0;
      D = C;
      C = B2;
      B2 = A;
      A = T1 + T2 | 0;
    }
    A = A + this.A | 0;
    B2 = B2 + this.B | 0;
    C = C + this.C | 0;
    D = D + this.D | 0;
    E = E + this.E | 0;
    F = F + this.F | 0;
    G = G + this.G | 0;
    H = H + this.H | 0;
    this.set(A, B2, C, D, E, F, G, H);
  }
  roundClean() {
    clean(SHA256_W);
  }
  destroy() {
    this.destroyed = true;
    this.set(0, 0, 0, 0, 0, 0, 0, 0);
    clean(this.buffer);
  }
};
var _SHA256 = class extends SHA2_32B {
  constructor() {
    super(32, SHA256_IV);
  }
};
var K512 = /* @__PURE__ */ (() => split([
  "0x428a2f98d728ae22",
  "0x7137449123ef65cd",
  "0xb5c0fbcfec4d3b2f",
  "0xe9b5dba58189dbbc",
  "0x3956c25bf348b538",
  "0x59f111f1b605d019",
  "0x923f82a4af194f9b",
  "0xab1c5ed5da6d8118",
  "0xd807aa98a3030242",
  "0x12835b0145706fbe",
  "0x243185be4ee4b28c",
  "0x550c7dc3d5ffb4e2",
  "0x72be5d74f27b896f",
  "0x80deb1fe3b1696b1",
  "0x9bdc06a725c71235",
  "0xc19bf174cf692694",
  "0xe49b69c19ef14ad2",
  "0xefbe4786384f25e3",
  "0x0fc19dc68b8cd5b5",
  "0x240ca1cc77ac9c65",
  "0x2de92c6f592b0275",
  "0x4a7484aa6ea6e483",
  "0x5cb0a9dcbd41fbd4",
  "0x76f988da831153b5",
  "0x983e5152ee66dfab",
  "0xa831c66d2db43210",
  "0xb00327c898fb213f",
  "0xbf597fc7beef0ee4",
  "0xc6e00bf33da88fc2",
  "0xd5a79147930aa725",
  "0x06ca6351e003826f",
  "0x142929670a0e6e70",
  "0x27b70a8546d22ffc",
  "0x2e1b21385c26c926",
  "0x4d2c6dfc5ac42aed",
  "0x53380d139d95b3df",
  "0x650a73548baf63de",
  "0x766a0abb3c77b2a8",
  "0x81c2c92e47edaee6",
  "0x92722c851482353b",
  "0xa2bfe8a14cf10364",
  "0xa81a664bbc423001",
  "0xc24b8b70d0f89791",
  "0xc76c51a30654be30",
  "0xd192e819d6ef5218",
  "0xd69906245565a910",
  "0xf40e35855771202a",
  "0x106aa07032bbd1b8",
  "0x19a4c116b8d2d0c8",
  "0x1e376c085141ab53",
  "0x2748774cdf8eeb99",
  "0x34b0bcb5e19b48a8",
  "0x391c0cb3c5c95a63",
  "0x4ed8aa4ae3418acb",
  "0x5b9cca4f7763e373",
  "0x682e6ff3d6b2b8a3",
  "0x748f82ee5defb2fc",
  "0x78a5636f43172f60",
  "0x84c87814a1f0ab72",
  "0x8cc702081a6439ec",
  "0x90befffa23631e28",
  "0xa4506cebde82bde9",
  "0xbef9a3f7b2c67915",
  "0xc67178f2e372532b",
  "0xca273eceea26619c",
  "0xd186b8c721c0c207",
  "0xeada7dd6cde0eb1e",
  "0xf57d4f7fee6ed178",
  "0x06f067aa72176fba",
  "0x0a637dc5a2c898a6",
  "0x113f9804bef90dae",
  "0x1b710b35131c471b",
  "0x28db77f523047d84",
  "0x32caab7b40c72493",
  "0x3c9ebe0a15c9bebc",
  "0x431d67c49c100d4c",
  "0x4cc5d4becb3e42b6",
  "0x597f299cfc657e2a",
  "0x5fcb6fab3ad6faec",
  "0x6c44198c4a475817"
].map((n) => BigInt(n))))();
var SHA512_Kh = /* @__PURE__ */ (() => K512[0])();
var SHA512_Kl = /* @__PURE__ */ (() => K512[1])();
var SHA512_W_H = /* @__PURE__ */ new Uint32Array(80);
var SHA512_W_L = /* @__PURE__ */ new Uint32Array(80);
var SHA2_64B = class extends HashMD {
  // We cannot use array here since array allows indexing by variable
  // which means optimizer/compiler cannot use registers.
  // h -- high 32 bits, l -- low 32 bits
  // Numeric initializers matter: starting the fields as `undefined` changes
  // V8's field representation and slows hashing down (measured on sha256).
  Ah = 0;
  Al = 0;
  Bh = 0;
  Bl = 0;
  Ch = 0;
  Cl = 0;
  Dh = 0;
  Dl = 0;
  Eh = 0;
  El = 0;
  Fh = 0;
  Fl = 0;
  Gh = 0;
  Gl = 0;
  Hh = 0;
  Hl = 0;
  constructor(outputLen, IV) {
    super(128, outputLen, 16, false);
    this.Ah = IV[0] | 0;
    this.Al = IV[1] | 0;
    this.Bh = IV[2] | 0;
    this.Bl = IV[3] | 0;
    this.Ch = IV[4] | 0;
    this.Cl = IV[5] | 0;
    this.Dh = IV[6] | 0;
    this.Dl = IV[7] | 0;
    this.Eh = IV[8] | 0;
    this.El = IV[9] | 0;
    this.Fh = IV[10] | 0;
    this.Fl = IV[11] | 0;
    this.Gh = IV[12] | 0;
    this.Gl = IV[13] | 0;
    this.Hh = IV[14] | 0;
    this.Hl = IV[15] | 0;
  }
  // prettier-ignore
  get() {
    const { Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl } = this;
    return [Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl];
  }
  // prettier-ignore
  set(Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl) {
    this.Ah = Ah | 0;
    this.Al = Al | 0;
    this.Bh = Bh | 0;
    this.Bl = Bl | 0;
    this.Ch = Ch | 0;
    this.Cl = Cl | 0;
    this.Dh = Dh | 0;
    this.Dl = Dl | 0;
    this.Eh = Eh | 0;
    this.El = El | 0;
    this.Fh = Fh | 0;
    this.Fl = Fl | 0;
    this.Gh = Gh | 0;
    this.Gl = Gl | 0;
    this.Hh = Hh | 0;
    this.Hl = Hl | 0;
  }
  _cloneInto(to) {
    (to ||= new this.constructor()).set(...this.get());
    return this._cloneIntoMeta(to);
  }
  process(view, offset2) {
    for (let i = 0; i < 16; i++, offset2 += 4) {
      SHA512_W_H[i] = view.getUint32(offset2);
      SHA512_W_L[i] = view.getUint32(offset2 += 4);
    }
    for (let i = 16; i < 80; i++) {
      const W15h = SHA512_W_H[i - 15] | 0;
      const W15l = SHA512_W_L[i - 15] | 0;
      const s0h = rotrSH(W15h, W15l, 1) ^ rotrSH(W15h, W15l, 8) ^ shrSH(W15h, W15l, 7);
      const s0l = rotrSL(W15h, W15l, 1) ^ rotrSL(W15h, W15l, 8) ^ shrSL(W15h, W15l, 7);
      const W2h = SHA512_W_H[i - 2] | 0;
      const W2l = SHA512_W_L[i - 2] | 0;
      const s1h = rotrSH(W2h, W2l, 19) ^ rotrBH(W2h, W2l, 61) ^ shrSH(W2h, W2l, 6);
      const s1l = rotrSL(W2h, W2l, 19) ^ rotrBL(W2h, W2l, 61) ^ shrSL(W2h, W2l, 6);
      const SUMl = add4L(s0l, s1l, SHA512_W_L[i - 7], SHA512_W_L[i - 16]);
      const SUMh = add4H(SUMl, s0h, s1h, SHA512_W_H[i - 7], SHA512_W_H[i - 16]);
      SHA512_W_H[i] = SUMh | 0;
      SHA512_W_L[i] = SUMl | 0;
    }
    let { Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl } = this;
    for (let i = 0; i < 80; i++) {
      const sigma1h = rotrSH(Eh, El, 14) ^ rotrSH(Eh, El, 18) ^ rotrBH(Eh, El, 41);
      const sigma1l = rotrSL(Eh, El, 14) ^ rotrSL(Eh, El, 18) ^ rotrBL(Eh, El, 41);
      const CHIh = Eh & Fh ^ ~Eh & Gh;
      const CHIl = El & Fl ^ ~El & Gl;
      const T1ll = add5L(Hl, sigma1l, CHIl, SHA512_Kl[i], SHA512_W_L[i]);
      const T1h = add5H(T1ll, Hh, sigma1h, CHIh, SHA512_Kh[i], SHA512_W_H[i]);
      const T1l = T1ll | 0;
      const sigma0h = rotrSH(Ah, Al, 28) ^ rotrBH(Ah, Al, 34) ^ rotrBH(Ah, Al, 39);
      const sigma0l = rotrSL(Ah, Al, 28) ^ rotrBL(Ah, Al, 34) ^ rotrBL(Ah, Al, 39);
      const MAJh = Ah & Bh ^ Ah & Ch ^ Bh & Ch;
      const MAJl = Al & Bl ^ Al & Cl ^ Bl & Cl;
      Hh = Gh | 0;
      Hl = Gl | 0;
      Gh = Fh | 0;
      Gl = Fl | 0;
      Fh = Eh | 0;
      Fl = El | 0;
      ({ h: Eh, l: El } = add(Dh | 0, Dl | 0, T1h | 0, T1l | 0));
      Dh = Ch | 0;
      Dl = Cl | 0;
      Ch = Bh | 0;
      Cl = Bl | 0;
      Bh = Ah | 0;
      Bl = Al | 0;
      const All = add3L(T1l, sigma0l, MAJl);
      Ah = add3H(All, T1h, sigma0h, MAJh);
      Al = All | 0;
    }
    ({ h: Ah, l: Al } = add(this.Ah | 0, this.Al | 0, Ah | 0, Al | 0));
    ({ h: Bh, l: Bl } = add(this.Bh | 0, this.Bl | 0, Bh | 0, Bl | 0));
    ({ h: Ch, l: Cl } = add(this.Ch | 0, this.Cl | 0, Ch | 0, Cl | 0));
    ({ h: Dh, l: Dl } = add(this.Dh | 0, this.Dl | 0, Dh | 0, Dl | 0));
    ({ h: Eh, l: El } = add(this.Eh | 0, this.El | 0, Eh | 0, El | 0));
    ({ h: Fh, l: Fl } = add(this.Fh | 0, this.Fl | 0, Fh | 0, Fl | 0));
    ({ h: Gh, l: Gl } = add(this.Gh | 0, this.Gl | 0, Gh | 0, Gl | 0));
    ({ h: Hh, l: Hl } = add(this.Hh | 0, this.Hl | 0, Hh | 0, Hl | 0));
    this.set(Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl);
  }
  roundClean() {
    clean(SHA512_W_H, SHA512_W_L);
  }
  destroy() {
    this.destroyed = true;
    clean(this.buffer);
    this.set(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
};
var _SHA512 = class extends SHA2_64B {
  constructor() {
    super(64, SHA512_IV);
  }
};
var sha256 = /* @__PURE__ */ createHasher(
  () => new _SHA256(),
  /* @__PURE__ */ oidNist(1)
);
var sha512 = /* @__PURE__ */ createHasher(
  () => new _SHA512(),
  /* @__PURE__ */ oidNist(3)
);

// node_modules/@noble/curves/utils.js
function aarray(item, title, inner = () => {
}) {
  if (!Array.isArray(item))
    throw new TypeError(`"${title}" expected array, got type=${typeof item}`);
  for (let i = 0; i < item.length; i++)
    inner(item[i], `${title}[${i}]`);
  return item;
}
var abytes2 = (value, length, title) => abytes(value, length, title);
var anumber2 = anumber;
function aobject2(value, title = "object") {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new TypeError(title === "object" ? "expected valid options object" : `"${title}" expected object, got type=${typeof value}`);
  return value;
}
function afunction(value, title) {
  if (typeof value !== "function")
    throw new TypeError(`"${title}" is invalid: expected function, got ${typeof value}`);
  return value;
}
var bytesToHex2 = bytesToHex;
var concatBytes2 = (...arrays) => concatBytes(...arrays);
var hexToBytes2 = (hex) => hexToBytes(hex);
var isBytes2 = isBytes;
var randomBytes2 = (bytesLength) => randomBytes(bytesLength);
var _0n = /* @__PURE__ */ BigInt(0);
var _1n = /* @__PURE__ */ BigInt(1);
var atitle2 = (title) => title ? `"${title}" ` : "";
function abool2(value, title = "") {
  if (typeof value !== "boolean")
    throw new TypeError(atitle2(title) + "expected boolean, got type=" + typeof value);
  return value;
}
function abignumber(n) {
  if (typeof n === "bigint") {
    if (!isPosBig(n))
      throw new RangeError("positive bigint expected, got " + n);
  } else
    anumber2(n);
  return n;
}
function asafenumber(value, title = "") {
  if (typeof value !== "number") {
    const prefix = title && `"${title}" `;
    throw new TypeError(prefix + "expected number, got type=" + typeof value);
  }
  if (!Number.isSafeInteger(value)) {
    const prefix = title && `"${title}" `;
    throw new RangeError(prefix + "expected safe integer, got " + value);
  }
}
function hexToNumber(hex) {
  if (typeof hex !== "string")
    throw new TypeError("hex string expected, got " + typeof hex);
  return hex === "" ? _0n : BigInt("0x" + hex);
}
function bytesToNumberBE(bytes) {
  return hexToNumber(bytesToHex(bytes));
}
function bytesToNumberLE(bytes) {
  return hexToNumber(bytesToHex(copyBytes2(abytes(bytes)).reverse()));
}
function numberToBytesBE(n, len) {
  anumber(len);
  if (len === 0)
    throw new Error("zero output length is invalid");
  n = abignumber(n);
  const expectedLen = len * 2;
  const hex = n.toString(16);
  if (hex.length > expectedLen)
    throw new RangeError("number is too large");
  return hexToBytes(hex.padStart(expectedLen, "0"));
}
function numberToBytesLE(n, len) {
  return numberToBytesBE(n, len).reverse();
}
function copyBytes2(bytes) {
  return Uint8Array.from(abytes2(bytes));
}
function isPosBig(n) {
  return typeof n === "bigint" && _0n <= n;
}
function inRange(n, min, max) {
  return isPosBig(n) && isPosBig(min) && isPosBig(max) && min <= n && n < max;
}
function aInRange(title, n, min, max) {
  if (!inRange(n, min, max))
    throw new RangeError("expected valid " + title + ": " + min + " <= n < " + max + ", got " + n);
}
function bitLen(n) {
  if (n < _0n)
    throw new Error("expected non-negative bigint, got " + n);
  return n === _0n ? 0 : n.toString(2).length;
}
var bitMask = (n) => {
  asafenumber(n, "n");
  return (_1n << BigInt(n)) - _1n;
};
function validateObject(object, fields = {}, optFields = {}, title = "object") {
  aobject2(object, title);
  aobject2(fields, "fields");
  aobject2(optFields, "optFields");
  function checkField(fieldName, expectedType, isOpt) {
    const label = title === "object" ? `param "${String(fieldName)}"` : `"${title}.${String(fieldName)}"`;
    const val = object[fieldName];
    if (!Object.hasOwn(object, fieldName) && (isOpt ? val !== void 0 : expectedType !== "function")) {
      throw new TypeError(`${label} is invalid: expected own property`);
    }
    if (isOpt && val === void 0)
      return;
    const current = typeof val;
    if (current !== expectedType || val === null)
      throw new TypeError(`${label} is invalid: expected ${expectedType}, got ${current}`);
  }
  const iter = (f, isOpt) => Object.entries(f).forEach(([k, v]) => checkField(k, v, isOpt));
  iter(fields, false);
  iter(optFields, true);
}

// node_modules/@noble/curves/abstract/modular.js
var _0n2 = /* @__PURE__ */ BigInt(0);
var _1n2 = /* @__PURE__ */ BigInt(1);
var _2n = /* @__PURE__ */ BigInt(2);
var _3n = /* @__PURE__ */ BigInt(3);
var _4n = /* @__PURE__ */ BigInt(4);
var _5n = /* @__PURE__ */ BigInt(5);
var _7n = /* @__PURE__ */ BigInt(7);
var _8n = /* @__PURE__ */ BigInt(8);
var _9n = /* @__PURE__ */ BigInt(9);
var _15n = /* @__PURE__ */ BigInt(15);
var _16n = /* @__PURE__ */ BigInt(16);
var POW_WINDOWED_MIN = /* @__PURE__ */ BigInt("0x10000000000000000");
function mod(a, b) {
  if (b <= _0n2)
    throw new Error("mod: expected positive modulus, got " + b);
  const result = a % b;
  return result >= _0n2 ? result : b + result;
}
function pow(num, power, modulo) {
  if (modulo <= _1n2)
    throw new Error("pow: expected modulus > 1, got " + modulo);
  if (typeof power !== "bigint")
    throw new TypeError("invalid exponent: expected bigint, got " + typeof power);
  if (power < _0n2)
    throw new Error("invalid exponent, negatives unsupported");
  if (power === _0n2)
    return _1n2;
  if (power === _1n2)
    return num;
  let d = num % modulo;
  if (d < _0n2)
    d += modulo;
  if (power < POW_WINDOWED_MIN) {
    let p2 = _1n2;
    while (power > _0n2) {
      if (power & _1n2)
        p2 = p2 * d % modulo;
      d = d * d % modulo;
      power >>= _1n2;
    }
    return p2;
  }
  const digits = [];
  while (power > _0n2) {
    digits.push(Number(power & _15n));
    power >>= _4n;
  }
  const table2 = new Array(16);
  table2[0] = _1n2;
  table2[1] = d;
  for (let i = 2; i < 16; i++)
    table2[i] = table2[i - 1] * d % modulo;
  let p = table2[digits[digits.length - 1]];
  for (let w = digits.length - 2; w >= 0; w--) {
    p = p * p % modulo;
    p = p * p % modulo;
    p = p * p % modulo;
    p = p * p % modulo;
    const digit = digits[w];
    if (digit !== 0)
      p = p * table2[digit] % modulo;
  }
  return p;
}
function pow2(x, power, modulo) {
  if (modulo <= _1n2)
    throw new Error("pow2: expected modulus > 1, got " + modulo);
  if (power < _0n2)
    throw new Error("pow2: expected non-negative exponent, got " + power);
  let res = x;
  while (power-- > _0n2) {
    res *= res;
    res %= modulo;
  }
  return res;
}
function invert(number, modulo) {
  if (number === _0n2)
    throw new Error("invert: expected non-zero number");
  if (modulo <= _1n2)
    throw new Error("invert: expected modulus > 1, got " + modulo);
  let a = mod(number, modulo);
  let b = modulo;
  let x = _0n2, u = _1n2;
  while (a !== _0n2) {
    const q = b / a;
    const r2 = b - a * q;
    const m = x - u * q;
    b = a, a = r2, x = u, u = m;
  }
  const gcd = b;
  if (gcd !== _1n2)
    throw new Error("invert: does not exist");
  return mod(x, modulo);
}
function assertIsSquare(Fp2, root, n) {
  const F = Fp2;
  if (!F.eql(F.sqr(root), n))
    throw new Error("Cannot find square root");
}
function aoddModulus(order, fnName) {
  if ((order & _1n2) === _0n2)
    throw new Error(fnName + ": expected odd modulus, got " + order);
}
function sqrt3mod4(Fp2, n) {
  const F = Fp2;
  const p1div4 = (F.ORDER + _1n2) / _4n;
  const root = F.pow(n, p1div4);
  assertIsSquare(F, root, n);
  return root;
}
function sqrt5mod8(Fp2, n) {
  const F = Fp2;
  const p5div8 = (F.ORDER - _5n) / _8n;
  const n2 = F.mul(n, _2n);
  const v = F.pow(n2, p5div8);
  const nv = F.mul(n, v);
  const i = F.mul(F.mul(nv, _2n), v);
  const root = F.mul(nv, F.sub(i, F.ONE));
  assertIsSquare(F, root, n);
  return root;
}
function sqrt9mod16(P) {
  const Fp_ = Field(P);
  const tn = tonelliShanks(P);
  const c1 = tn(Fp_, Fp_.neg(Fp_.ONE));
  const c2 = tn(Fp_, c1);
  const c3 = tn(Fp_, Fp_.neg(c1));
  const c4 = (P + _7n) / _16n;
  return ((Fp2, n) => {
    const F = Fp2;
    let tv1 = F.pow(n, c4);
    let tv2 = F.mul(tv1, c1);
    const tv3 = F.mul(tv1, c2);
    const tv4 = F.mul(tv1, c3);
    const e1 = F.eql(F.sqr(tv2), n);
    const e2 = F.eql(F.sqr(tv3), n);
    tv1 = F.cmov(tv1, tv2, e1);
    tv2 = F.cmov(tv4, tv3, e2);
    const e3 = F.eql(F.sqr(tv2), n);
    const root = F.cmov(tv1, tv2, e3);
    assertIsSquare(F, root, n);
    return root;
  });
}
function tonelliShanks(P) {
  if (P < _3n)
    throw new Error("sqrt is not defined for small field");
  aoddModulus(P, "tonelliShanks");
  let Q = P - _1n2;
  let S = 0;
  while (Q % _2n === _0n2) {
    Q /= _2n;
    S++;
  }
  let Z = _2n;
  const _Fp = Field(P);
  while (FpLegendre(_Fp, Z) === 1) {
    if (Z++ > 1e3)
      throw new Error("Cannot find square root: probably non-prime P");
  }
  if (S === 1)
    return sqrt3mod4;
  let cc = _Fp.pow(Z, Q);
  const Q1div2 = (Q + _1n2) / _2n;
  return function tonelliSlow(Fp2, n) {
    const F = Fp2;
    if (F.is0(n))
      return n;
    if (FpLegendre(F, n) !== 1)
      throw new Error("Cannot find square root");
    let M = S;
    let c = F.mul(F.ONE, cc);
    let t2 = F.pow(n, Q);
    let R = F.pow(n, Q1div2);
    while (!F.eql(t2, F.ONE)) {
      if (F.is0(t2))
        throw new Error("Cannot find square root: probably non-prime P");
      let i = 1;
      let t_tmp = F.sqr(t2);
      while (!F.eql(t_tmp, F.ONE)) {
        i++;
        t_tmp = F.sqr(t_tmp);
        if (i === M)
          throw new Error("Cannot find square root");
      }
      const exponent = _1n2 << BigInt(M - i - 1);
      const b = F.pow(c, exponent);
      M = i;
      c = F.sqr(b);
      t2 = F.mul(t2, c);
      R = F.mul(R, b);
    }
    return R;
  };
}
function FpSqrt(P) {
  aoddModulus(P, "Fp.sqrt");
  if (P % _4n === _3n)
    return sqrt3mod4;
  if (P % _8n === _5n)
    return sqrt5mod8;
  if (P % _16n === _9n)
    return sqrt9mod16(P);
  return tonelliShanks(P);
}
var isNegativeLE = (num, modulo) => (mod(num, modulo) & _1n2) === _1n2;
var FIELD_FIELDS = [
  "create",
  "isValid",
  "is0",
  "neg",
  "inv",
  "sqrt",
  "sqr",
  "eql",
  "add",
  "sub",
  "mul",
  "pow",
  "div",
  "addN",
  "subN",
  "mulN",
  "sqrN"
];
function validateField(field) {
  aobject2(field, "field");
  if (typeof field.ORDER !== "bigint")
    throw new TypeError('param "ORDER" is invalid: expected bigint, got ' + typeof field.ORDER);
  asafenumber(field.BYTES, "BYTES");
  asafenumber(field.BITS, "BITS");
  for (const name of FIELD_FIELDS)
    afunction(field[name], "field." + name);
  if (field.BYTES < 1 || field.BITS < 1)
    throw new Error("invalid field: expected BYTES/BITS > 0");
  if (field.ORDER <= _1n2)
    throw new Error("invalid field: expected ORDER > 1, got " + field.ORDER);
  return field;
}
function FpInvertBatch(Fp2, nums, passZero = false) {
  validateField(Fp2);
  aarray(nums, "nums");
  abool2(passZero, "passZero");
  const F = Fp2;
  const inverted = new Array(nums.length).fill(passZero ? F.ZERO : void 0);
  const multipliedAcc = nums.reduce((acc, num, i) => {
    if (F.is0(num))
      return acc;
    inverted[i] = acc;
    return F.mul(acc, num);
  }, F.ONE);
  const invertedAcc = F.inv(multipliedAcc);
  nums.reduceRight((acc, num, i) => {
    if (F.is0(num))
      return acc;
    inverted[i] = F.mul(acc, inverted[i]);
    return F.mul(acc, num);
  }, invertedAcc);
  return inverted;
}
function FpLegendre(Fp2, n) {
  validateField(Fp2);
  const F = Fp2;
  aoddModulus(F.ORDER, "FpLegendre");
  const p1mod2 = (F.ORDER - _1n2) / _2n;
  const powered = F.pow(n, p1mod2);
  const yes = F.eql(powered, F.ONE);
  const zero = F.eql(powered, F.ZERO);
  const no = F.eql(powered, F.neg(F.ONE));
  if (!yes && !zero && !no)
    throw new Error("invalid Legendre symbol result");
  return yes ? 1 : zero ? 0 : -1;
}
function nLength(n, nBitLength) {
  if (nBitLength !== void 0)
    anumber2(nBitLength);
  if (n <= _0n2)
    throw new Error("invalid n length: expected positive n, got " + n);
  if (nBitLength !== void 0 && nBitLength < 1)
    throw new Error("invalid n length: expected positive bit length, got " + nBitLength);
  const bits = bitLen(n);
  if (nBitLength !== void 0 && nBitLength < bits)
    throw new Error(`invalid n length: expected nBitLength (${nBitLength}) >= bitLen(n) (${bits})`);
  const _nBitLength = nBitLength !== void 0 ? nBitLength : bits;
  const nByteLength = Math.ceil(_nBitLength / 8);
  return { nBitLength: _nBitLength, nByteLength };
}
var FIELD_SQRT = /* @__PURE__ */ new WeakMap();
var _Field = class {
  ORDER;
  BITS;
  BYTES;
  isLE;
  ZERO = _0n2;
  ONE = _1n2;
  _lengths;
  _mod;
  constructor(ORDER, opts = {}) {
    if (ORDER <= _1n2)
      throw new Error("invalid field: expected ORDER > 1, got " + ORDER);
    let _nbitLength = void 0;
    this.isLE = false;
    if (opts != null && typeof opts === "object") {
      if (typeof opts.BITS === "number")
        _nbitLength = opts.BITS;
      if (typeof opts.sqrt === "function")
        Object.defineProperty(this, "sqrt", { value: opts.sqrt, enumerable: true });
      if (typeof opts.isLE === "boolean")
        this.isLE = opts.isLE;
      if (opts.allowedLengths)
        this._lengths = Object.freeze(opts.allowedLengths.slice());
      if (typeof opts.modFromBytes === "boolean")
        this._mod = opts.modFromBytes;
    }
    const { nBitLength, nByteLength } = nLength(ORDER, _nbitLength);
    if (nByteLength > 2048)
      throw new Error("invalid field: expected ORDER of <= 2048 bytes");
    this.ORDER = ORDER;
    this.BITS = nBitLength;
    this.BYTES = nByteLength;
    Object.freeze(this);
  }
  create(num) {
    return mod(num, this.ORDER);
  }
  isValid(num) {
    if (typeof num !== "bigint")
      throw new TypeError("invalid field element: expected bigint, got " + typeof num);
    return _0n2 <= num && num < this.ORDER;
  }
  is0(num) {
    return num === _0n2;
  }
  // is valid and invertible
  isValidNot0(num) {
    return !this.is0(num) && this.isValid(num);
  }
  isOdd(num) {
    return (num & _1n2) === _1n2;
  }
  neg(num) {
    return mod(-num, this.ORDER);
  }
  eql(lhs, rhs) {
    return lhs === rhs;
  }
  sqr(num) {
    return mod(num * num, this.ORDER);
  }
  add(lhs, rhs) {
    return mod(lhs + rhs, this.ORDER);
  }
  sub(lhs, rhs) {
    return mod(lhs - rhs, this.ORDER);
  }
  mul(lhs, rhs) {
    return mod(lhs * rhs, this.ORDER);
  }
  pow(num, power) {
    return pow(num, power, this.ORDER);
  }
  div(lhs, rhs) {
    return mod(lhs * invert(rhs, this.ORDER), this.ORDER);
  }
  // Same as above, but doesn't normalize
  sqrN(num) {
    return num * num;
  }
  addN(lhs, rhs) {
    return lhs + rhs;
  }
  subN(lhs, rhs) {
    return lhs - rhs;
  }
  mulN(lhs, rhs) {
    return lhs * rhs;
  }
  inv(num) {
    return invert(num, this.ORDER);
  }
  sqrt(num) {
    let sqrt = FIELD_SQRT.get(this);
    if (!sqrt)
      FIELD_SQRT.set(this, sqrt = FpSqrt(this.ORDER));
    return sqrt(this, num);
  }
  toBytes(num) {
    return this.isLE ? numberToBytesLE(num, this.BYTES) : numberToBytesBE(num, this.BYTES);
  }
  fromBytes(bytes, skipValidation = false) {
    abytes2(bytes);
    const { _lengths: allowedLengths, BYTES, isLE: isLE2, ORDER, _mod: modFromBytes } = this;
    if (allowedLengths) {
      if (bytes.length < 1 || !allowedLengths.includes(bytes.length) || bytes.length > BYTES) {
        throw new Error("Field.fromBytes: expected " + allowedLengths + " bytes, got " + bytes.length);
      }
      const padded3 = new Uint8Array(BYTES);
      padded3.set(bytes, isLE2 ? 0 : padded3.length - bytes.length);
      bytes = padded3;
    }
    if (bytes.length !== BYTES)
      throw new Error("Field.fromBytes: expected " + BYTES + " bytes, got " + bytes.length);
    let scalar = isLE2 ? bytesToNumberLE(bytes) : bytesToNumberBE(bytes);
    if (modFromBytes)
      scalar = mod(scalar, ORDER);
    if (!skipValidation) {
      if (!this.isValid(scalar))
        throw new Error("invalid field element: outside of range 0..ORDER");
    }
    return scalar;
  }
  // TODO: we don't need it here, move out to separate fn
  invertBatch(lst) {
    return FpInvertBatch(this, lst, true);
  }
  // We can't move this out because Fp6, Fp12 implement it
  // and it's unclear what to return in there.
  cmov(a, b, condition) {
    abool2(condition, "condition");
    return condition ? b : a;
  }
};
function Field(ORDER, opts = {}) {
  Object.freeze(_Field.prototype);
  return new _Field(ORDER, opts);
}

// node_modules/@noble/curves/abstract/curve.js
var _0n3 = /* @__PURE__ */ BigInt(0);
var _1n3 = /* @__PURE__ */ BigInt(1);
var _4n2 = /* @__PURE__ */ BigInt(4);
var BLIND_BYTES = 16;
var BLIND_BITS = 128;
var FW_WINDOW = 5;
var TABLE_BYTES_MAX = /* @__PURE__ */ (() => 2 ** 31)();
function validatePointCons(Point) {
  const pc = Point;
  if (typeof pc !== "function")
    throw new TypeError('"Point" expected constructor, got type=' + typeof Point);
  afunction(pc.fromAffine, "Point.fromAffine");
  afunction(pc.fromBytes, "Point.fromBytes");
  afunction(pc.fromHex, "Point.fromHex");
  aobject2(pc.BASE, "Point.BASE");
  aobject2(pc.ZERO, "Point.ZERO");
  validateField(pc.Fp);
  validateField(pc.Fn);
}
function normalizeZ(c, points) {
  validatePointCons(c);
  validateMSMPoints(points, c);
  const invertedZs = FpInvertBatch(c.Fp, points.map((p) => p.Z));
  return points.map((p, i) => c.fromAffine(p.toAffine(invertedZs[i])));
}
function validateW(W2, bits, min = 1) {
  if (!Number.isSafeInteger(W2) || W2 < min || W2 > bits)
    throw new Error("invalid window size, expected [" + min + ".." + bits + "], got W=" + W2);
}
function validateTableBytes(numPoints, fpBytes) {
  const bytes = numPoints * (4 * fpBytes + 128);
  if (bytes > TABLE_BYTES_MAX)
    throw new Error("invalid window size: table would need ~" + Math.ceil(bytes / 2 ** 20) + " MiB, max " + TABLE_BYTES_MAX / 2 ** 20 + " MiB");
}
function probeRandomBytes(randomBytes3, length) {
  if (randomBytes3 === void 0)
    return void 0;
  afunction(randomBytes3, "randomBytes");
  try {
    const probe = randomBytes3(length);
    if (!isBytes2(probe) || probe.length !== length)
      return void 0;
  } catch {
    return void 0;
  }
  return randomBytes3;
}
function validateMSMPoints(points, c) {
  aarray(points, "points");
  points.forEach((p, i) => {
    if (!(p instanceof c))
      throw new Error("invalid point at index " + i);
  });
}
function validateMSMScalars(scalars, field, maxScalar) {
  if (!Array.isArray(scalars))
    throw new Error("array of scalars expected");
  scalars.forEach((s, i) => {
    const ok = maxScalar === void 0 ? field.isValid(s) : isPosBig(s) && s < maxScalar;
    if (!ok)
      throw new Error("invalid scalar at index " + i);
  });
}
var pointWindowSizes = /* @__PURE__ */ new WeakMap();
function getWindowSize(P) {
  return pointWindowSizes.get(P) || 1;
}
function oddMultiples(p, size) {
  const dbl = p.double();
  const t2 = [p];
  for (let j = 1; j < size; j++)
    t2.push(t2[j - 1].add(dbl));
  return t2;
}
function wnafDigits(n, W2) {
  const size = 2 ** W2;
  const half = size / 2;
  const mask = BigInt(size - 1);
  const d = [];
  while (n > _0n3) {
    let w = 0;
    if (n & _1n3) {
      w = Number(n & mask);
      if (w >= half)
        w -= size;
      n -= BigInt(w);
    }
    d.push(w);
    n >>= _1n3;
  }
  return d;
}
function signedWindowDigits(n, W2, windows) {
  const size = 2 ** W2;
  const half = size / 2;
  const mask = BigInt(size - 1);
  const shiftBy = BigInt(W2);
  const d = [];
  for (let w = 0; w < windows; w++) {
    let v = Number(n & mask);
    n >>= shiftBy;
    if (v > half) {
      v -= size;
      n += _1n3;
    }
    d.push(v);
  }
  if (n !== _0n3)
    throw new Error("invalid wnaf");
  return d;
}
function wnafWalk(zero, tables, digits) {
  let max = 0;
  for (const d of digits)
    max = Math.max(max, d.length);
  let acc = zero;
  for (let bit = max - 1; bit >= 0; bit--) {
    if (bit !== max - 1)
      acc = acc.double();
    for (let i = 0; i < digits.length; i++) {
      const w = digits[i][bit];
      if (w) {
        const item = tables[i][Math.abs(w) - 1 >> 1];
        acc = acc.add(w < 0 ? item.negate() : item);
      }
    }
  }
  return acc;
}
var ScalarMultiplier = class {
  Point;
  BASE;
  ZERO;
  randomBytes;
  wnafPrecomputes = /* @__PURE__ */ new WeakMap();
  baseCanBeBlinded;
  bits;
  // Parametrized with a given Point class (not individual point)
  constructor(Point, randomBytes3) {
    validatePointCons(Point);
    this.randomBytes = probeRandomBytes(randomBytes3, BLIND_BYTES);
    this.Point = Point;
    this.BASE = Point.BASE;
    this.ZERO = Point.ZERO;
    this.bits = Point.Fn.BITS;
  }
  /**
   * Creates a signed fixed-window wNAF precomputation table: for every window w, the
   * multiples `[1..2^(W−1)]⋅2^(w⋅W)⋅P`, flattened. All doublings are baked into the table,
   * so cached multiplication is additions-only. `windows = ceil(bits/W) + 1`: the extra
   * window absorbs the final carry of signed-digit recoding.
   * For a 256-bit curve and W=6, the table is 44⋅32 = 1408 points.
   * @param point - Point instance
   * @param W - window size
   * @param bits - scalar bitlength the table must cover
   */
  buildWnafTable(point, W2, bits) {
    const windows = Math.ceil(bits / W2) + 1;
    const half = 2 ** (W2 - 1);
    const comp = [];
    let base = point;
    for (let w = 0; w < windows; w++) {
      let acc = base;
      for (let i = 0; i < half; i++) {
        comp.push(acc);
        acc = acc.add(base);
      }
      base = comp[comp.length - 1].double();
    }
    return { W: W2, bits, windows, comp };
  }
  /**
   * Implements ec multiplication using precomputed signed fixed-window wNAF tables.
   * Constant-time: fixed window count with one table addition per window — zero digits feed
   * the fake accumulator — and no doublings; the lookup scans the whole window slice.
   * Scalar bounds are validated by the public entry points ({@link ScalarMultiplier.mulCT},
   * {@link ScalarMultiplier.mulCTBlinded}, {@link ScalarMultiplier.mulUnsafe});
   * signedWindowDigits throws if `n` exceeds the table.
   * @returns real and fake (for const-time) points
   */
  wnafCachedCT(precomputes, n) {
    const { W: W2, windows, comp } = precomputes;
    const half = 2 ** (W2 - 1);
    const digits = signedWindowDigits(n, W2, windows);
    let p = this.ZERO;
    let f = this.BASE;
    for (let w = 0; w < windows; w++) {
      const digit = digits[w];
      const start = w * half;
      const idx = Math.abs(digit) - 1;
      let sel = comp[start];
      for (let i = 1; i < half; i++)
        sel = i === idx ? comp[start + i] : sel;
      const neg = sel.negate();
      if (digit === 0)
        f = f.add(comp[start]);
      else
        p = p.add(digit < 0 ? neg : sel);
    }
    return { p, f };
  }
  // Cache key is point identity plus (W, bits); at most two entries exist per point (public-width
  // `Fn.BITS` and blinded `Fn.BITS + BLIND_BITS`). Callers must not reuse the same point with
  // incompatible `transform(...)` layouts and expect a separate cache entry.
  getWnafPrecomputes(W2, point, bits, transform) {
    let entries = this.wnafPrecomputes.get(point);
    let comp = entries?.find((entry) => entry.W === W2 && entry.bits === bits);
    if (!comp) {
      comp = this.buildWnafTable(point, W2, bits);
      if (typeof transform === "function")
        comp = { ...comp, comp: transform(comp.comp) };
      if (!entries) {
        entries = [];
        this.wnafPrecomputes.set(point, entries);
      }
      entries.push(comp);
    }
    return comp;
  }
  assertPoint(point) {
    if (!(point instanceof this.Point))
      throw new TypeError('"point" expected Point instance, got type=' + typeof point);
  }
  // Shared prologue of the constant-time entry points. Rejects scalar 0: in key/signature-style
  // callers a zero scalar means broken upstream plumbing, and concrete Points already reject it.
  // Uses inRange instead of Fn.isValidNot0: validateField() only certifies the arithmetic subset.
  validateMulInput(point, scalar) {
    this.assertPoint(point);
    if (!inRange(scalar, _1n3, this.Point.Fn.ORDER))
      throw new Error("invalid scalar");
  }
  // Constant-time dispatch shared by mulCT / mulCTBlinded. Un-precomputed points (W===1, e.g.
  // ECDH peer keys) skip building a throwaway cached table in favor of a small fixed-window
  // multiply. `n` must be < 2^bits.
  runCT(point, n, bits, transform) {
    const W2 = getWindowSize(point);
    if (W2 === 1)
      return this.fixedWindowCT(point, n, bits);
    return this.wnafCachedCT(this.getWnafPrecomputes(W2, point, bits, transform), n);
  }
  mulCT(point, scalar, transform) {
    this.validateMulInput(point, scalar);
    return this.runCT(point, scalar, this.bits, transform);
  }
  mulCTBlinded(point, scalar, transform) {
    this.validateMulInput(point, scalar);
    if (this.randomBytes === void 0)
      throw new Error("randomBytes is required for scalar blinding");
    const bits = this.Point.Fn.BITS + BLIND_BITS;
    const blind = this.randomBytes(BLIND_BYTES);
    if (!isBytes2(blind) || blind.length !== BLIND_BYTES)
      throw new Error("randomBytes returned invalid byte array");
    blind[0] = blind[0] & 63 | 128;
    const n = scalar + bytesToNumberBE(blind) * this.Point.Fn.ORDER;
    return this.runCT(point, n, bits, transform);
  }
  /**
   * Constant-time multiplication `n*point` for an un-precomputed point, via a small fixed window.
   * A cached wNAF table only pays off when reused; a flat 2^FW_WINDOW table (`size-1` adds) is
   * far cheaper to build for a single use. The point-operation sequence is independent of `n`:
   * build the table, then per window exactly FW_WINDOW doublings, a data-oblivious scan over
   * every table entry, and one addition (adds the identity when the window digit is 0 — never
   * skipped).
   *
   * `n` must be `< 2^bits`. Assumes complete addition (adding the identity costs the same as any
   * add), which holds for the Weierstrass/Edwards point types used here. The table is left in
   * projective form (no normalizeZ): normalizing this small a table costs more than the
   * mixed-add savings it would buy for a single multiply.
   * @returns real point `p`; `f` duplicates it only to match {@link wnafCachedCT}'s return shape
   * (this path needs no fake accumulator — its op-count is already scalar-independent).
   */
  fixedWindowCT(point, n, bits) {
    const W2 = FW_WINDOW;
    const size = 1 << W2;
    const mask = bitMask(W2);
    const table2 = new Array(size);
    table2[0] = this.ZERO;
    for (let i = 1; i < size; i++)
      table2[i] = table2[i - 1].add(point);
    const windows = Math.ceil(bits / W2);
    let acc = this.ZERO;
    for (let window = windows - 1; window >= 0; window--) {
      if (window !== windows - 1)
        for (let d = 0; d < W2; d++)
          acc = acc.double();
      const digit = Number(n >> BigInt(window * W2) & mask);
      let sel = table2[0];
      for (let i = 1; i < size; i++)
        sel = i === digit ? table2[i] : sel;
      acc = acc.add(sel);
    }
    return { p: acc, f: acc };
  }
  shouldBlind(point, cofactor) {
    if (this.randomBytes === void 0)
      return false;
    if (cofactor === _1n3)
      return true;
    if (point !== this.BASE)
      return false;
    if (this.baseCanBeBlinded === void 0)
      this.baseCanBeBlinded = this.mulUnsafe(this.BASE, this.Point.Fn.ORDER).is0();
    return this.baseCanBeBlinded;
  }
  mulSecret(point, scalar, cofactor, transform) {
    return this.shouldBlind(point, cofactor) ? this.mulCTBlinded(point, scalar, transform) : this.mulCT(point, scalar, transform);
  }
  mulUnsafe(point, scalar, transform) {
    this.assertPoint(point);
    if (!isPosBig(scalar))
      throw new Error("invalid scalar");
    const W2 = getWindowSize(point);
    if (W2 === 1 || scalar >= this.Point.Fn.ORDER)
      return mulAddUnsafe(this.Point, [point], [scalar], true);
    const precomputes = this.getWnafPrecomputes(W2, point, this.bits, transform);
    return this.wnafCachedCT(precomputes, scalar).p;
  }
  // Remembers the window size used for precomputed wNAF multiplication of the given point
  // and drops any previously built tables. Usually only the base point is precomputed.
  // W=1 resets the point to the un-precomputed (table-less) paths.
  // W is additionally capped so tables stay under ~2 GiB ({@link TABLE_BYTES_MAX}).
  setWindowSize(point, W2) {
    this.assertPoint(point);
    validateW(W2, this.bits);
    const windows = Math.ceil((this.bits + BLIND_BITS) / W2) + 1;
    validateTableBytes(windows * 2 ** (W2 - 1), this.Point.Fp.BYTES);
    pointWindowSizes.set(point, W2);
    this.wnafPrecomputes.delete(point);
  }
  // True when a window size is set: tables themselves are built lazily on first multiply.
  hasWindowSize(point) {
    return getWindowSize(point) !== 1;
  }
};
function mulAddUnsafe(c, points, scalars, allowOversized = false) {
  validatePointCons(c);
  validateMSMPoints(points, c);
  abool2(allowOversized, "allowOversized");
  validateMSMScalars(scalars, c.Fn, allowOversized ? c.Fn.ORDER ** _4n2 : void 0);
  if (points.length !== scalars.length)
    throw new Error("arrays of points and scalars must have equal length");
  const tables = points.map((p) => oddMultiples(p, 4));
  const digits = scalars.map((n) => wnafDigits(n, 4));
  return wnafWalk(c.ZERO, tables, digits);
}
function createField(order, field, isLE2) {
  if (field) {
    if (field.ORDER !== order)
      throw new Error("Field.ORDER must match order: Fp == p, Fn == n");
    validateField(field);
    return field;
  } else {
    return Field(order, { isLE: isLE2 });
  }
}
function createCurveFields(type, CURVE, curveOpts = {}, FpFnLE) {
  if (type !== "weierstrass" && type !== "edwards")
    throw new Error('expected curve type "weierstrass" or "edwards"');
  if (FpFnLE === void 0)
    FpFnLE = type === "edwards";
  if (!CURVE || typeof CURVE !== "object")
    throw new Error(`expected valid ${type} CURVE object`);
  validateObject(curveOpts);
  for (const p of ["p", "n", "h"]) {
    const val = CURVE[p];
    if (!(isPosBig(val) && val !== _0n3))
      throw new Error(`CURVE.${p} must be positive bigint`);
  }
  const Fp2 = createField(CURVE.p, curveOpts.Fp, FpFnLE);
  const Fn = createField(CURVE.n, curveOpts.Fn, FpFnLE);
  const _b = type === "weierstrass" ? "b" : "d";
  const params = ["Gx", "Gy", "a", _b];
  for (const p of params) {
    if (!Fp2.isValid(CURVE[p]))
      throw new Error(`CURVE.${p} must be valid field element of CURVE.Fp`);
  }
  CURVE = Object.freeze(Object.assign({}, CURVE));
  return { CURVE, Fp: Fp2, Fn };
}
function createKeygen(randomSecretKey, getPublicKey) {
  return function keygen(seed) {
    const secretKey = randomSecretKey(seed);
    return { secretKey, publicKey: getPublicKey(secretKey) };
  };
}

// node_modules/@noble/curves/abstract/edwards.js
var _0n4 = /* @__PURE__ */ BigInt(0);
var _1n4 = /* @__PURE__ */ BigInt(1);
var _2n2 = /* @__PURE__ */ BigInt(2);
var _4n3 = /* @__PURE__ */ BigInt(4);
var _8n2 = /* @__PURE__ */ BigInt(8);
function isEdValidXY(Fp2, CURVE, x, y) {
  const x2 = Fp2.sqr(x);
  const y2 = Fp2.sqr(y);
  const left = Fp2.add(Fp2.mul(CURVE.a, x2), y2);
  const right = Fp2.add(Fp2.ONE, Fp2.mul(CURVE.d, Fp2.mul(x2, y2)));
  return Fp2.eql(left, right);
}
function edwards(params, extraOpts = {}) {
  validateObject(extraOpts, {}, {}, "extraOpts");
  const opts = extraOpts;
  const validated = createCurveFields("edwards", params, opts, opts.FpFnLE);
  const { Fp: Fp2, Fn } = validated;
  let CURVE = validated.CURVE;
  const { h: cofactor } = CURVE;
  if (FpLegendre(Fp2, CURVE.a) !== 1)
    throw new Error("edwards: CURVE.a must be a square in Fp for complete addition formulas");
  if (FpLegendre(Fp2, CURVE.d) !== -1)
    throw new Error("edwards: CURVE.d must be a non-square in Fp for complete addition formulas");
  validateObject(opts, {}, { uvRatio: "function", randomBytes: "function" });
  const randomBytes3 = opts.randomBytes === void 0 ? randomBytes2 : opts.randomBytes;
  const MASK = _2n2 << BigInt(Fp2.BYTES * 8) - _1n4;
  function isOdd(n) {
    if (!Fp2.isOdd)
      throw new Error("Field does not have .isOdd()");
    return Fp2.isOdd(n);
  }
  const uvRatio2 = opts.uvRatio === void 0 ? (u, v) => {
    try {
      return { isValid: true, value: Fp2.sqrt(Fp2.div(u, v)) };
    } catch (e) {
      return { isValid: false, value: _0n4 };
    }
  } : opts.uvRatio;
  if (!isEdValidXY(Fp2, CURVE, CURVE.Gx, CURVE.Gy))
    throw new Error("bad curve params: generator point");
  const mulA = Fp2.eql(CURVE.a, Fp2.neg(Fp2.ONE)) ? (x) => Fp2.neg(x) : Fp2.eql(CURVE.a, Fp2.ONE) ? (x) => x : (x) => Fp2.mul(CURVE.a, x);
  function acoord(title, n, banZero = false) {
    const min = banZero ? _1n4 : _0n4;
    aInRange("coordinate " + title, n, min, MASK);
    return n;
  }
  function aedpoint(other) {
    if (!(other instanceof Point))
      throw new Error("EdwardsPoint expected");
  }
  class Point {
    static BASE = new Point(CURVE.Gx, CURVE.Gy, Fp2.ONE, Fp2.mul(CURVE.Gx, CURVE.Gy));
    static ZERO = new Point(Fp2.ZERO, Fp2.ONE, Fp2.ONE, Fp2.ZERO);
    static Fp = Fp2;
    static Fn = Fn;
    X;
    Y;
    Z;
    T;
    constructor(X, Y, Z, T) {
      this.X = acoord("x", X);
      this.Y = acoord("y", Y);
      this.Z = acoord("z", Z, true);
      this.T = acoord("t", T);
      Object.freeze(this);
    }
    static CURVE() {
      return CURVE;
    }
    /**
     * Create one extended Edwards point from affine coordinates.
     * Does NOT validate that the point is on-curve or torsion-free.
     * Use `.assertValidity()` on adversarial inputs.
     */
    static fromAffine(p) {
      if (p instanceof Point)
        throw new Error("extended point not allowed");
      const { x, y } = p || {};
      acoord("x", x);
      acoord("y", y);
      return new Point(x, y, Fp2.ONE, Fp2.mul(x, y));
    }
    // Uses algo from RFC8032 5.1.3.
    static fromBytes(bytes, zip215 = false) {
      const len = Fp2.BYTES;
      const { a, d } = CURVE;
      bytes = copyBytes2(abytes2(bytes, len, "point"));
      abool2(zip215, "zip215");
      const normed = copyBytes2(bytes);
      const lastByte = bytes[len - 1];
      normed[len - 1] = lastByte & ~128;
      const y = bytesToNumberLE(normed);
      const max = zip215 ? MASK : Fp2.ORDER;
      aInRange("point.y", y, _0n4, max);
      const y2 = Fp2.sqr(y);
      const u = Fp2.sub(y2, Fp2.ONE);
      const v = Fp2.sub(Fp2.mulN(d, y2), a);
      let { isValid, value: x } = uvRatio2(u, v);
      if (!isValid)
        throw new Error("bad point: invalid y coordinate");
      const isXOdd = isOdd(x);
      const isLastByteOdd = (lastByte & 128) !== 0;
      if (!zip215 && Fp2.is0(x) && isLastByteOdd)
        throw new Error("bad point: x=0 and x_0=1");
      if (isLastByteOdd !== isXOdd)
        x = Fp2.neg(x);
      return Point.fromAffine({ x, y });
    }
    static fromHex(hex, zip215 = false) {
      return Point.fromBytes(hexToBytes2(hex), zip215);
    }
    get x() {
      return this.toAffine().x;
    }
    get y() {
      return this.toAffine().y;
    }
    precompute(windowSize = 6, isLazy = true) {
      wnaf.setWindowSize(this, windowSize);
      if (!isLazy)
        this.multiply(_2n2);
      return this;
    }
    // Useful in fromAffine() - not for fromBytes(), which always created valid points.
    assertValidity() {
      const p = this;
      const { a, d } = CURVE;
      if (p.is0())
        throw new Error("bad point: ZERO");
      const { X, Y, Z, T } = p;
      const X2 = Fp2.sqr(X);
      const Y2 = Fp2.sqr(Y);
      const Z2 = Fp2.sqr(Z);
      const Z4 = Fp2.sqr(Z2);
      const aX2 = Fp2.mul(X2, a);
      const left = Fp2.mul(Fp2.add(aX2, Y2), Z2);
      const right = Fp2.add(Z4, Fp2.mul(d, Fp2.mul(X2, Y2)));
      if (!Fp2.eql(left, right))
        throw new Error("bad point: equation left != right (1)");
      const XY = Fp2.mul(X, Y);
      const ZT = Fp2.mul(Z, T);
      if (!Fp2.eql(XY, ZT))
        throw new Error("bad point: equation left != right (2)");
    }
    // Compare one point to another.
    equals(other) {
      aedpoint(other);
      const { X: X1, Y: Y1, Z: Z1 } = this;
      const { X: X2, Y: Y2, Z: Z2 } = other;
      const X1Z2 = Fp2.mul(X1, Z2);
      const X2Z1 = Fp2.mul(X2, Z1);
      const Y1Z2 = Fp2.mul(Y1, Z2);
      const Y2Z1 = Fp2.mul(Y2, Z1);
      return Fp2.eql(X1Z2, X2Z1) && Fp2.eql(Y1Z2, Y2Z1);
    }
    is0() {
      return this.equals(Point.ZERO);
    }
    negate() {
      return new Point(Fp2.neg(this.X), this.Y, this.Z, Fp2.neg(this.T));
    }
    // Fast algo for doubling Extended Point.
    // https://hyperelliptic.org/EFD/g1p/auto-twisted-extended.html#doubling-dbl-2008-hwcd
    // Cost: 4M + 4S + 1*a + 6add + 1*2.
    double() {
      const { X: X1, Y: Y1, Z: Z1 } = this;
      const A = Fp2.sqr(X1);
      const B2 = Fp2.sqr(Y1);
      const C = Fp2.mul(Fp2.sqr(Z1), _2n2);
      const D = mulA(A);
      const x1y1 = Fp2.addN(X1, Y1);
      const E = Fp2.sub(Fp2.subN(Fp2.sqr(x1y1), A), B2);
      const G = Fp2.addN(D, B2);
      const F = Fp2.subN(G, C);
      const H = Fp2.subN(D, B2);
      const X3 = Fp2.mul(E, F);
      const Y3 = Fp2.mul(G, H);
      const T3 = Fp2.mul(E, H);
      const Z3 = Fp2.mul(F, G);
      return new Point(X3, Y3, Z3, T3);
    }
    // Fast algo for adding 2 Extended Points.
    // https://hyperelliptic.org/EFD/g1p/auto-twisted-extended.html#addition-add-2008-hwcd
    // Cost: 9M + 1*a + 1*d + 7add.
    add(other) {
      aedpoint(other);
      const { d } = CURVE;
      const { X: X1, Y: Y1, Z: Z1, T: T1 } = this;
      const { X: X2, Y: Y2, Z: Z2, T: T2 } = other;
      const A = Fp2.mul(X1, X2);
      const B2 = Fp2.mul(Y1, Y2);
      const C = Fp2.mul(Fp2.mulN(T1, d), T2);
      const D = Fp2.mul(Z1, Z2);
      const E = Fp2.sub(Fp2.subN(Fp2.mulN(Fp2.addN(X1, Y1), Fp2.addN(X2, Y2)), A), B2);
      const F = Fp2.subN(D, C);
      const G = Fp2.addN(D, C);
      const H = Fp2.sub(B2, mulA(A));
      const X3 = Fp2.mul(E, F);
      const Y3 = Fp2.mul(G, H);
      const T3 = Fp2.mul(E, H);
      const Z3 = Fp2.mul(F, G);
      return new Point(X3, Y3, Z3, T3);
    }
    subtract(other) {
      aedpoint(other);
      return this.add(other.negate());
    }
    // Constant-time multiplication.
    multiply(scalar) {
      if (!Fn.isValidNot0(scalar))
        throw new RangeError("invalid scalar: expected 1 <= sc < curve.n");
      const { p, f } = wnaf.mulSecret(this, scalar, cofactor, normalize);
      return normalize([p, f])[0];
    }
    // Non-constant-time multiplication. Uses double-and-add algorithm.
    // It's faster, but should only be used when you don't care about
    // an exposed private key e.g. sig verification.
    // Keeps the same subgroup-scalar contract: 0 is allowed for public-scalar callers, but
    // n and larger values are rejected instead of being reduced mod n to the identity point.
    multiplyUnsafe(scalar) {
      if (!Fn.isValid(scalar))
        throw new RangeError("invalid scalar: expected 0 <= sc < curve.n");
      if (scalar === _0n4)
        return Point.ZERO;
      if (this.is0() || scalar === _1n4)
        return this;
      return wnaf.mulUnsafe(this, scalar, normalize);
    }
    // Checks if point is of small order.
    // If you add something to small order point, you will have "dirty"
    // point with torsion component.
    // Clears cofactor and checks if the result is 0.
    isSmallOrder() {
      return this.clearCofactor().is0();
    }
    // Multiplies point by curve order and checks if the result is 0.
    // Returns `false` is the point is dirty.
    isTorsionFree() {
      return wnaf.mulUnsafe(this, CURVE.n).is0();
    }
    // Converts Extended point to default (x, y) coordinates.
    // Can accept precomputed Z^-1 - for example, from invertBatch.
    toAffine(invertedZ) {
      const p = this;
      let iz = invertedZ;
      if (iz != null && typeof iz !== "bigint")
        throw new TypeError('"invertedZ" expected bigint, got type=' + typeof iz);
      const { X, Y, Z } = p;
      const is0 = p.is0();
      if (iz == null)
        iz = is0 ? Fp2.create(_8n2) : Fp2.inv(Z);
      const x = Fp2.mul(X, iz);
      const y = Fp2.mul(Y, iz);
      const zz = Fp2.mul(Z, iz);
      if (is0)
        return { x: Fp2.ZERO, y: Fp2.ONE };
      if (!Fp2.eql(zz, Fp2.ONE))
        throw new Error("invZ was invalid");
      return { x, y };
    }
    clearCofactor() {
      if (cofactor === _1n4)
        return this;
      if (cofactor === _2n2)
        return this.double();
      if (cofactor === _4n3)
        return this.double().double();
      if (cofactor === _8n2)
        return this.double().double().double();
      return this.multiplyUnsafe(cofactor);
    }
    toBytes() {
      const { x, y } = this.toAffine();
      const bytes = Fp2.toBytes(y);
      bytes[bytes.length - 1] |= isOdd(x) ? 128 : 0;
      return bytes;
    }
    toHex() {
      return bytesToHex2(this.toBytes());
    }
    toString() {
      return `<Point ${this.is0() ? "ZERO" : this.toHex()}>`;
    }
  }
  const normalize = (points) => normalizeZ(Point, points);
  const wnaf = new ScalarMultiplier(Point, randomBytes3);
  if (wnaf.bits >= 6)
    Point.BASE.precompute(6);
  Object.freeze(Point.prototype);
  Object.freeze(Point);
  return Point;
}
function eddsa(Point, cHash, eddsaOpts = {}) {
  validatePointCons(Point);
  if (typeof cHash !== "function")
    throw new Error('"hash" function param is required');
  const hash = cHash;
  const opts = eddsaOpts;
  validateObject(opts, {}, {
    adjustScalarBytes: "function",
    randomBytes: "function",
    domain: "function",
    prehash: "function",
    zip215: "boolean",
    mapToCurve: "function",
    toMontgomery: "function",
    toMontgomerySecret: "function"
  });
  const { prehash } = opts;
  const { BASE, Fp: Fp2, Fn } = Point;
  const outputLen = hash.outputLen;
  const expectedLen = 2 * Fp2.BYTES;
  if (outputLen !== void 0) {
    asafenumber(outputLen, "hash.outputLen");
    if (outputLen !== expectedLen)
      throw new Error(`hash.outputLen must be ${expectedLen}, got ${outputLen}`);
  }
  const randomBytes3 = opts.randomBytes === void 0 ? randomBytes2 : opts.randomBytes;
  const toMontgomery2 = opts.toMontgomery;
  const toMontgomerySecret2 = opts.toMontgomerySecret;
  const adjustScalarBytes2 = opts.adjustScalarBytes === void 0 ? (bytes) => bytes : opts.adjustScalarBytes;
  const domain = opts.domain === void 0 ? (data, ctx, phflag) => {
    abool2(phflag, "phflag");
    if (ctx.length || phflag)
      throw new Error("Contexts/pre-hash are not supported");
    return data;
  } : opts.domain;
  function modN_LE(hash2) {
    return Fn.create(bytesToNumberLE(hash2));
  }
  function getPrivateScalar(key) {
    const len = lengths.secretKey;
    abytes2(key, lengths.secretKey, "secretKey");
    const hashed = abytes2(hash(key), 2 * len, "hashedSecretKey");
    const head = adjustScalarBytes2(hashed.slice(0, len));
    const prefix = hashed.slice(len, 2 * len);
    const scalar = modN_LE(head);
    return { head, prefix, scalar };
  }
  function getExtendedPublicKey(secretKey) {
    const { head, prefix, scalar } = getPrivateScalar(secretKey);
    const point = BASE.multiply(scalar);
    const pointBytes = point.toBytes();
    return { head, prefix, scalar, point, pointBytes };
  }
  function getPublicKey(secretKey) {
    return getExtendedPublicKey(secretKey).pointBytes;
  }
  function hashDomainToScalar(context = Uint8Array.of(), ...msgs) {
    const msg = concatBytes2(...msgs);
    return modN_LE(hash(domain(msg, abytes2(context, void 0, "context"), !!prehash)));
  }
  function sign(msg, secretKey, options = {}) {
    validateObject(options, {}, {}, "options");
    msg = copyBytes2(abytes2(msg, void 0, "message"));
    if (prehash)
      msg = prehash(msg);
    const { prefix, scalar, pointBytes } = getExtendedPublicKey(secretKey);
    const r2 = hashDomainToScalar(options.context, prefix, msg);
    const R = BASE.multiply(r2).toBytes();
    const k = hashDomainToScalar(options.context, R, pointBytes, msg);
    const s = Fn.create(r2 + k * scalar);
    if (!Fn.isValid(s))
      throw new Error("sign failed: invalid s");
    const rs = concatBytes2(R, Fn.toBytes(s));
    return abytes2(rs, lengths.signature, "result");
  }
  const verifyOpts = {
    zip215: opts.zip215
  };
  function verify(sig, msg, publicKey, options = verifyOpts) {
    validateObject(options);
    const { context } = options;
    const zip215 = options.zip215 === void 0 ? !!verifyOpts.zip215 : options.zip215;
    const len = lengths.signature;
    sig = abytes2(sig, len, "signature");
    msg = abytes2(msg, void 0, "message");
    publicKey = abytes2(publicKey, lengths.publicKey, "publicKey");
    if (zip215 !== void 0)
      abool2(zip215, "zip215");
    if (prehash)
      msg = prehash(msg);
    const mid = len / 2;
    const r2 = sig.subarray(0, mid);
    const s = bytesToNumberLE(sig.subarray(mid, len));
    let A, R, SB;
    try {
      A = Point.fromBytes(publicKey, zip215);
      R = Point.fromBytes(r2, zip215);
      SB = BASE.multiplyUnsafe(s);
    } catch (error) {
      return false;
    }
    if (!zip215 && A.isSmallOrder())
      return false;
    const k = hashDomainToScalar(context, r2, publicKey, msg);
    const RkA = R.add(A.multiplyUnsafe(k));
    return RkA.subtract(SB).clearCofactor().is0();
  }
  const _size = Fp2.BYTES;
  const lengths = {
    secretKey: _size,
    publicKey: _size,
    signature: 2 * _size,
    seed: _size
  };
  function randomSecretKey(seed) {
    seed = seed === void 0 ? randomBytes3(lengths.seed) : seed;
    return abytes2(seed, lengths.seed, "seed");
  }
  function isValidSecretKey(key) {
    return isBytes2(key) && key.length === lengths.secretKey;
  }
  function isValidPublicKey(key, zip215) {
    try {
      return !!Point.fromBytes(key, zip215 === void 0 ? verifyOpts.zip215 : zip215);
    } catch (error) {
      return false;
    }
  }
  const utils = {
    getExtendedPublicKey,
    randomSecretKey,
    isValidSecretKey,
    isValidPublicKey,
    /** Converts an Edwards public key to a companion Montgomery public key. */
    toMontgomery(publicKey) {
      if (toMontgomery2 === void 0)
        throw new Error("Montgomery conversion is not supported for this curve");
      return toMontgomery2(Point.fromBytes(publicKey));
    },
    toMontgomerySecret(secretKey) {
      if (toMontgomerySecret2 === void 0)
        throw new Error("Montgomery conversion is not supported for this curve");
      return toMontgomerySecret2(secretKey);
    }
  };
  Object.freeze(lengths);
  Object.freeze(utils);
  return Object.freeze({
    keygen: createKeygen(randomSecretKey, getPublicKey),
    getPublicKey,
    sign,
    verify,
    utils,
    Point,
    lengths
  });
}

// node_modules/@noble/curves/ed25519.js
var _1n5 = /* @__PURE__ */ BigInt(1);
var _2n3 = /* @__PURE__ */ BigInt(2);
var _5n2 = /* @__PURE__ */ BigInt(5);
var _8n3 = /* @__PURE__ */ BigInt(8);
var ed25519_CURVE_p = /* @__PURE__ */ BigInt("0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed");
var ed25519_CURVE = /* @__PURE__ */ (() => ({
  p: ed25519_CURVE_p,
  n: BigInt("0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed"),
  h: _8n3,
  a: BigInt("0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"),
  d: BigInt("0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3"),
  Gx: BigInt("0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51a"),
  Gy: BigInt("0x6666666666666666666666666666666666666666666666666666666666666658")
}))();
function ed25519_pow_2_252_3(x) {
  const _10n = BigInt(10), _20n = BigInt(20), _40n = BigInt(40), _80n = BigInt(80);
  const P = ed25519_CURVE_p;
  const x2 = x * x % P;
  const b2 = x2 * x % P;
  const b4 = pow2(b2, _2n3, P) * b2 % P;
  const b5 = pow2(b4, _1n5, P) * x % P;
  const b10 = pow2(b5, _5n2, P) * b5 % P;
  const b20 = pow2(b10, _10n, P) * b10 % P;
  const b40 = pow2(b20, _20n, P) * b20 % P;
  const b80 = pow2(b40, _40n, P) * b40 % P;
  const b160 = pow2(b80, _80n, P) * b80 % P;
  const b240 = pow2(b160, _80n, P) * b80 % P;
  const b250 = pow2(b240, _10n, P) * b10 % P;
  const pow_p_5_8 = pow2(b250, _2n3, P) * x % P;
  return { pow_p_5_8, b2 };
}
function adjustScalarBytes(bytes) {
  bytes[0] &= 248;
  bytes[31] &= 127;
  bytes[31] |= 64;
  return bytes;
}
var ED25519_SQRT_M1 = /* @__PURE__ */ BigInt("19681161376707505956807079304988542015446066515923890162744021073123829784752");
function uvRatio(u, v) {
  const P = ed25519_CURVE_p;
  const v3 = mod(v * v * v, P);
  const v7 = mod(v3 * v3 * v, P);
  const pow3 = ed25519_pow_2_252_3(u * v7).pow_p_5_8;
  let x = mod(u * v3 * pow3, P);
  const vx2 = mod(v * x * x, P);
  const root1 = x;
  const root2 = mod(x * ED25519_SQRT_M1, P);
  const useRoot1 = vx2 === u;
  const useRoot2 = vx2 === mod(-u, P);
  const noRoot = vx2 === mod(-u * ED25519_SQRT_M1, P);
  if (useRoot1)
    x = root1;
  if (useRoot2 || noRoot)
    x = root2;
  if (isNegativeLE(x, P))
    x = mod(-x, P);
  return { isValid: useRoot1 || useRoot2, value: x };
}
var ed25519_Point = /* @__PURE__ */ edwards(ed25519_CURVE, { uvRatio });
var Fp = /* @__PURE__ */ (() => ed25519_Point.Fp)();
function toMontgomery(point) {
  const { y } = point;
  return Fp.toBytes(Fp.div(_1n5 + y, _1n5 - y));
}
function toMontgomerySecret(secretKey) {
  const size = ed25519_Point.Fp.BYTES;
  abytes(secretKey, size);
  return adjustScalarBytes(sha512(secretKey.subarray(0, size))).subarray(0, size);
}
function ed(opts) {
  return eddsa(ed25519_Point, sha512, Object.assign({ adjustScalarBytes, toMontgomery, toMontgomerySecret, zip215: true }, opts));
}
var ed25519 = /* @__PURE__ */ ed({});

// packages/crypto/src/ed25519.ts
function isEd25519Point(bytes) {
  try {
    ed25519.Point.fromBytes(bytes, true);
    return true;
  } catch {
    return false;
  }
}

// node_modules/@noble/hashes/_blake.js
function G1s(a, b, c, d, x) {
  a = a + b + x | 0;
  d = rotr(d ^ a, 16);
  c = c + d | 0;
  b = rotr(b ^ c, 12);
  return { a, b, c, d };
}
function G2s(a, b, c, d, x) {
  a = a + b + x | 0;
  d = rotr(d ^ a, 8);
  c = c + d | 0;
  b = rotr(b ^ c, 7);
  return { a, b, c, d };
}

// node_modules/@noble/hashes/blake2.js
var _BLAKE2 = class {
  buffer;
  buffer32;
  finished = false;
  destroyed = false;
  length = 0;
  pos = 0;
  blockLen;
  outputLen;
  canXOF = false;
  constructor(blockLen, outputLen) {
    anumber(blockLen);
    anumber(outputLen);
    this.blockLen = blockLen;
    this.outputLen = outputLen;
    this.buffer = new Uint8Array(blockLen);
    this.buffer32 = u32(this.buffer);
  }
  update(data) {
    aexists(this);
    abytes(data);
    const { blockLen, buffer, buffer32 } = this;
    const len = data.length;
    const offset2 = data.byteOffset;
    const buf = data.buffer;
    for (let pos = 0; pos < len; ) {
      if (this.pos === blockLen) {
        swap32IfBE(buffer32);
        this.compress(buffer32, 0, false);
        swap32IfBE(buffer32);
        this.pos = 0;
      }
      const take = Math.min(blockLen - this.pos, len - pos);
      const dataOffset = offset2 + pos;
      if (take === blockLen && !(dataOffset % 4) && pos + take < len) {
        const data32 = new Uint32Array(buf, dataOffset, Math.floor((len - pos) / 4));
        swap32IfBE(data32);
        for (let pos32 = 0; pos + blockLen < len; pos32 += buffer32.length, pos += blockLen) {
          this.length += blockLen;
          this.compress(data32, pos32, false);
        }
        swap32IfBE(data32);
        continue;
      }
      buffer.set(pos === 0 && take === len ? data : data.subarray(pos, pos + take), this.pos);
      this.pos += take;
      this.length += take;
      pos += take;
    }
    return this;
  }
  digestInto(out) {
    aexists(this);
    aoutput(out, this);
    if (out.byteOffset & 3)
      throw new RangeError('"output" expected 4-byte aligned byteOffset, got ' + out.byteOffset);
    const { pos, buffer32 } = this;
    this.finished = true;
    this.buffer.fill(0, pos);
    swap32IfBE(buffer32);
    this.compress(buffer32, 0, true);
    swap32IfBE(buffer32);
    const state = this.get();
    const out32 = out === this.buffer ? buffer32 : u32(out);
    const full = Math.floor(this.outputLen / 4);
    for (let i = 0; i < full; i++)
      out32[i] = swap8IfBE(state[i]);
    const tail = this.outputLen % 4;
    if (!tail)
      return;
    const off = full * 4;
    const word = state[full];
    for (let i = 0; i < tail; i++)
      out[off + i] = word >>> 8 * i;
  }
  digest() {
    const { buffer, outputLen } = this;
    this.digestInto(buffer);
    const res = buffer.slice(0, outputLen);
    this.destroy();
    return res;
  }
  _cloneInto(to) {
    const { buffer, length, finished, destroyed, outputLen, pos } = this;
    to ||= new this.constructor({ dkLen: outputLen });
    to.set(...this.get());
    to.buffer.set(buffer);
    to.destroyed = destroyed;
    to.finished = finished;
    to.length = length;
    to.pos = pos;
    to.outputLen = outputLen;
    return to;
  }
  clone() {
    return this._cloneInto();
  }
};
function _compress(s, offset2, msg, rounds, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15) {
  let j = 0;
  for (let i = 0; i < rounds; i++) {
    ({ a: v0, b: v4, c: v8, d: v12 } = G1s(v0, v4, v8, v12, msg[offset2 + s[j++]]));
    ({ a: v0, b: v4, c: v8, d: v12 } = G2s(v0, v4, v8, v12, msg[offset2 + s[j++]]));
    ({ a: v1, b: v5, c: v9, d: v13 } = G1s(v1, v5, v9, v13, msg[offset2 + s[j++]]));
    ({ a: v1, b: v5, c: v9, d: v13 } = G2s(v1, v5, v9, v13, msg[offset2 + s[j++]]));
    ({ a: v2, b: v6, c: v10, d: v14 } = G1s(v2, v6, v10, v14, msg[offset2 + s[j++]]));
    ({ a: v2, b: v6, c: v10, d: v14 } = G2s(v2, v6, v10, v14, msg[offset2 + s[j++]]));
    ({ a: v3, b: v7, c: v11, d: v15 } = G1s(v3, v7, v11, v15, msg[offset2 + s[j++]]));
    ({ a: v3, b: v7, c: v11, d: v15 } = G2s(v3, v7, v11, v15, msg[offset2 + s[j++]]));
    ({ a: v0, b: v5, c: v10, d: v15 } = G1s(v0, v5, v10, v15, msg[offset2 + s[j++]]));
    ({ a: v0, b: v5, c: v10, d: v15 } = G2s(v0, v5, v10, v15, msg[offset2 + s[j++]]));
    ({ a: v1, b: v6, c: v11, d: v12 } = G1s(v1, v6, v11, v12, msg[offset2 + s[j++]]));
    ({ a: v1, b: v6, c: v11, d: v12 } = G2s(v1, v6, v11, v12, msg[offset2 + s[j++]]));
    ({ a: v2, b: v7, c: v8, d: v13 } = G1s(v2, v7, v8, v13, msg[offset2 + s[j++]]));
    ({ a: v2, b: v7, c: v8, d: v13 } = G2s(v2, v7, v8, v13, msg[offset2 + s[j++]]));
    ({ a: v3, b: v4, c: v9, d: v14 } = G1s(v3, v4, v9, v14, msg[offset2 + s[j++]]));
    ({ a: v3, b: v4, c: v9, d: v14 } = G2s(v3, v4, v9, v14, msg[offset2 + s[j++]]));
  }
  return { v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15 };
}

// node_modules/@noble/hashes/blake3.js
var B3_Flags = {
  CHUNK_START: 1,
  CHUNK_END: 2,
  PARENT: 4,
  ROOT: 8,
  KEYED_HASH: 16,
  DERIVE_KEY_CONTEXT: 32,
  DERIVE_KEY_MATERIAL: 64
};
var B3_IV = /* @__PURE__ */ SHA256_IV.slice();
var B3_SIGMA = /* @__PURE__ */ (() => {
  const Id = Array.from({ length: 16 }, (_, i) => i);
  const permute = (arr) => [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8].map((i) => arr[i]);
  const res = [];
  for (let i = 0, v = Id; i < 7; i++, v = permute(v))
    res.push(...v);
  return Uint8Array.from(res);
})();
var _BLAKE3 = class __BLAKE3 extends _BLAKE2 {
  canXOF = true;
  chunkPos = 0;
  // Position of current block in chunk
  // How many chunks we already have; exact while this stays within
  // JS's safe-integer range.
  chunksDone = 0;
  flags = 0 | 0;
  IV;
  state;
  stack = [];
  // Output
  posOut = 0;
  bufferOut32 = new Uint32Array(16);
  bufferOut;
  // Index of output chunk; exact while this stays within JS's
  // safe-integer range.
  chunkOut = 0;
  enableXOF = true;
  constructor(opts = {}, flags2 = 0) {
    opts = checkOpts({}, opts);
    super(64, opts.dkLen === void 0 ? 32 : opts.dkLen);
    const { key, context } = opts;
    const hasContext = context !== void 0;
    if (key !== void 0) {
      if (hasContext)
        throw new Error('cannot use both "key" and "context"');
      abytes(key, 32, "key");
      const k = copyBytes(key);
      this.IV = u32(k);
      swap32IfBE(this.IV);
      this.flags = flags2 | B3_Flags.KEYED_HASH;
    } else if (hasContext) {
      abytes(context, void 0, "context");
      const ctx = context;
      const contextKey = new __BLAKE3({ dkLen: 32 }, B3_Flags.DERIVE_KEY_CONTEXT).update(ctx).digest();
      this.IV = u32(contextKey);
      swap32IfBE(this.IV);
      this.flags = flags2 | B3_Flags.DERIVE_KEY_MATERIAL;
    } else {
      this.IV = B3_IV;
      this.flags = flags2;
    }
    this.state = this.IV.slice();
    this.bufferOut = u8(this.bufferOut32);
  }
  // _BLAKE2's scalar-state hooks are unused here: BLAKE3 keeps its tree/XOF state in arrays and
  // copies it directly in _cloneInto().
  get() {
    return [];
  }
  set() {
  }
  // Truncated chunk/parent compression: seed v8..v15 as IV[0..3], t0, t1,
  // block length, and flags, then keep only the first 8 output words.
  b2Compress(counter, flags2, buf, bufPos = 0) {
    const { state: s, pos } = this;
    const t0 = fromNumL(counter);
    const t1 = fromNumH(counter);
    const { v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15 } = _compress(B3_SIGMA, bufPos, buf, 7, s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], B3_IV[0], B3_IV[1], B3_IV[2], B3_IV[3], t0, t1, pos, flags2);
    s[0] = v0 ^ v8;
    s[1] = v1 ^ v9;
    s[2] = v2 ^ v10;
    s[3] = v3 ^ v11;
    s[4] = v4 ^ v12;
    s[5] = v5 ^ v13;
    s[6] = v6 ^ v14;
    s[7] = v7 ^ v15;
  }
  compress(buf, bufPos = 0, isLast = false) {
    let flags2 = this.flags;
    if (!this.chunkPos)
      flags2 |= B3_Flags.CHUNK_START;
    if (this.chunkPos === 15 || isLast)
      flags2 |= B3_Flags.CHUNK_END;
    if (!isLast)
      this.pos = this.blockLen;
    this.b2Compress(this.chunksDone, flags2, buf, bufPos);
    this.chunkPos += 1;
    if (this.chunkPos === 16 || isLast) {
      let chunk = this.state;
      this.state = this.IV.slice();
      for (let last2, chunks = this.chunksDone + 1; isLast || !(chunks & 1); chunks = Math.floor(chunks / 2)) {
        if (!(last2 = this.stack.pop()))
          break;
        this.buffer32.set(last2, 0);
        this.buffer32.set(chunk, 8);
        this.pos = this.blockLen;
        this.b2Compress(0, this.flags | B3_Flags.PARENT, this.buffer32, 0);
        chunk = this.state;
        this.state = this.IV.slice();
      }
      this.chunksDone++;
      this.chunkPos = 0;
      this.stack.push(chunk);
    }
    this.pos = 0;
  }
  // Overriding hides _BLAKE2's flat implementation, which would otherwise be inherited
  // and silently miss the tree state (CV stack, chunk counters; get()/set() are stubs here).
  _cloneInto(to) {
    const staleOutput = !!to && to.finished && !to.destroyed;
    to = super._cloneInto(to);
    const { IV, flags: flags2, state, chunkPos, posOut, chunkOut, stack, chunksDone } = this;
    to.state.set(state);
    to.stack = stack.map((i) => Uint32Array.from(i));
    if (IV === B3_IV) {
      if (to.IV !== B3_IV)
        clean(to.IV);
      to.IV = B3_IV;
    } else if (to.IV === B3_IV) {
      to.IV = IV.slice();
    } else {
      to.IV.set(IV);
    }
    to.flags = flags2;
    to.chunkPos = chunkPos;
    to.chunksDone = chunksDone;
    to.posOut = posOut;
    to.chunkOut = chunkOut;
    to.enableXOF = this.enableXOF;
    if (this.finished) {
      to.bufferOut32.set(this.bufferOut32);
    } else if (staleOutput) {
      clean(to.bufferOut32);
    }
    return to;
  }
  destroy() {
    this.destroyed = true;
    clean(this.state, this.buffer32, this.bufferOut32);
    if (this.IV !== B3_IV)
      clean(this.IV);
    clean(...this.stack);
  }
  // Root/XOF compression: rerun the same ROOT inputs with incrementing output
  // counter `t` and materialize all 16 output words.
  // Same as b2Compress, but doesn't modify state and returns 16 u32 array (instead of 8)
  b2CompressOut() {
    const { state: s, pos, flags: flags2, buffer32, bufferOut32: out32 } = this;
    const outCounter = this.chunkOut++;
    const t0 = fromNumL(outCounter);
    const t1 = fromNumH(outCounter);
    swap32IfBE(buffer32);
    const { v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15 } = _compress(B3_SIGMA, 0, buffer32, 7, s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], B3_IV[0], B3_IV[1], B3_IV[2], B3_IV[3], t0, t1, pos, flags2);
    out32[0] = v0 ^ v8;
    out32[1] = v1 ^ v9;
    out32[2] = v2 ^ v10;
    out32[3] = v3 ^ v11;
    out32[4] = v4 ^ v12;
    out32[5] = v5 ^ v13;
    out32[6] = v6 ^ v14;
    out32[7] = v7 ^ v15;
    out32[8] = s[0] ^ v8;
    out32[9] = s[1] ^ v9;
    out32[10] = s[2] ^ v10;
    out32[11] = s[3] ^ v11;
    out32[12] = s[4] ^ v12;
    out32[13] = s[5] ^ v13;
    out32[14] = s[6] ^ v14;
    out32[15] = s[7] ^ v15;
    swap32IfBE(buffer32);
    swap32IfBE(out32);
    this.posOut = 0;
  }
  finish() {
    if (this.finished)
      return;
    this.finished = true;
    this.buffer.fill(0, this.pos);
    let flags2 = this.flags | B3_Flags.ROOT;
    if (this.stack.length) {
      flags2 |= B3_Flags.PARENT;
      swap32IfBE(this.buffer32);
      this.compress(this.buffer32, 0, true);
      swap32IfBE(this.buffer32);
      this.chunksDone = 0;
      this.pos = this.blockLen;
    } else {
      flags2 |= (!this.chunkPos ? B3_Flags.CHUNK_START : 0) | B3_Flags.CHUNK_END;
    }
    this.flags = flags2;
    this.b2CompressOut();
  }
  writeInto(out) {
    aexists(this, false);
    abytes(out);
    this.finish();
    const { blockLen, bufferOut } = this;
    for (let pos = 0, len = out.length; pos < len; ) {
      if (this.posOut >= blockLen)
        this.b2CompressOut();
      const take = Math.min(blockLen - this.posOut, len - pos);
      out.set(bufferOut.subarray(this.posOut, this.posOut + take), pos);
      this.posOut += take;
      pos += take;
    }
    return out;
  }
  xofInto(out) {
    if (!this.enableXOF)
      throw new Error("no XOF after digest()");
    return this.writeInto(out);
  }
  xof(bytes) {
    anumber(bytes);
    return this.xofInto(new Uint8Array(bytes));
  }
  digestInto(out) {
    aoutput(out, this);
    if (this.finished)
      throw new Error("digest() was already called");
    this.enableXOF = false;
    this.writeInto(out.length === this.outputLen ? out : out.subarray(0, this.outputLen));
    this.destroy();
  }
  digest() {
    const out = new Uint8Array(this.outputLen);
    this.digestInto(out);
    return out;
  }
};
var blake3 = /* @__PURE__ */ createHasher((opts = {}) => new _BLAKE3(opts));

// node_modules/@noble/hashes/sha3.js
var _0n5 = BigInt(0);
var _1n6 = BigInt(1);
var _2n4 = BigInt(2);
var _7n2 = BigInt(7);
var _256n = BigInt(256);
var _0x71n = BigInt(113);
var SHA3_PI = [];
var SHA3_ROTL = [];
var _SHA3_IOTA = [];
for (let round = 0, R = _1n6, x = 1, y = 0; round < 24; round++) {
  [x, y] = [y, (2 * x + 3 * y) % 5];
  SHA3_PI.push(2 * (5 * y + x));
  SHA3_ROTL.push((round + 1) * (round + 2) / 2 % 64);
  let t2 = _0n5;
  for (let j = 0; j < 7; j++) {
    R = (R << _1n6 ^ (R >> _7n2) * _0x71n) % _256n;
    if (R & _2n4)
      t2 ^= _1n6 << (_1n6 << BigInt(j)) - _1n6;
  }
  _SHA3_IOTA.push(t2);
}
var IOTAS = split(_SHA3_IOTA, true);
var SHA3_IOTA_H = IOTAS[0];
var SHA3_IOTA_L = IOTAS[1];
var rotlSH = (h, l, s) => h << s | l >>> 32 - s;
var rotlSL = (h, l, s) => l << s | h >>> 32 - s;
var rotlBH = (h, l, s) => l << s - 32 | h >>> 64 - s;
var rotlBL = (h, l, s) => h << s - 32 | l >>> 64 - s;
var rotlH = (h, l, s) => s > 32 ? rotlBH(h, l, s) : rotlSH(h, l, s);
var rotlL = (h, l, s) => s > 32 ? rotlBL(h, l, s) : rotlSL(h, l, s);
var B = new Uint32Array(5 * 2);
function keccakP(s, rounds = 24) {
  if (!(s instanceof Uint32Array))
    throw new TypeError('"s" expected Uint32Array(50), got type=' + typeof s);
  if (s.length !== 50)
    throw new RangeError('"s" expected Uint32Array(50), got length=' + s.length);
  anumber(rounds, "rounds");
  if (rounds < 1 || rounds > 24)
    throw new Error('"rounds" expected integer 1..24');
  for (let round = 24 - rounds; round < 24; round++) {
    for (let x = 0; x < 10; x++)
      B[x] = s[x] ^ s[x + 10] ^ s[x + 20] ^ s[x + 30] ^ s[x + 40];
    for (let x = 0; x < 10; x += 2) {
      const idx1 = (x + 8) % 10;
      const idx0 = (x + 2) % 10;
      const B0 = B[idx0];
      const B1 = B[idx0 + 1];
      const Th = rotlH(B0, B1, 1) ^ B[idx1];
      const Tl = rotlL(B0, B1, 1) ^ B[idx1 + 1];
      for (let y = 0; y < 50; y += 10) {
        s[x + y] ^= Th;
        s[x + y + 1] ^= Tl;
      }
    }
    let curH = s[2];
    let curL = s[3];
    for (let t2 = 0; t2 < 24; t2++) {
      const shift2 = SHA3_ROTL[t2];
      const Th = rotlH(curH, curL, shift2);
      const Tl = rotlL(curH, curL, shift2);
      const PI = SHA3_PI[t2];
      curH = s[PI];
      curL = s[PI + 1];
      s[PI] = Th;
      s[PI + 1] = Tl;
    }
    for (let y = 0; y < 50; y += 10) {
      const b0 = s[y], b1 = s[y + 1], b2 = s[y + 2], b3 = s[y + 3];
      s[y] ^= ~s[y + 2] & s[y + 4];
      s[y + 1] ^= ~s[y + 3] & s[y + 5];
      s[y + 2] ^= ~s[y + 4] & s[y + 6];
      s[y + 3] ^= ~s[y + 5] & s[y + 7];
      s[y + 4] ^= ~s[y + 6] & s[y + 8];
      s[y + 5] ^= ~s[y + 7] & s[y + 9];
      s[y + 6] ^= ~s[y + 8] & b0;
      s[y + 7] ^= ~s[y + 9] & b1;
      s[y + 8] ^= ~b0 & b2;
      s[y + 9] ^= ~b1 & b3;
    }
    s[0] ^= SHA3_IOTA_H[round];
    s[1] ^= SHA3_IOTA_L[round];
  }
  clean(B);
}
var Keccak = class _Keccak {
  state;
  pos = 0;
  posOut = 0;
  finished = false;
  state32;
  destroyed = false;
  blockLen;
  suffix;
  outputLen;
  canXOF;
  enableXOF = false;
  rounds;
  // NOTE: we accept arguments in bytes instead of bits here.
  constructor(blockLen, suffix, outputLen, enableXOF = false, rounds = 24) {
    anumber(blockLen, "blockLen");
    anumber(suffix, "suffix");
    anumber(rounds, "rounds");
    abool(enableXOF, "enableXOF");
    this.blockLen = blockLen;
    this.suffix = suffix;
    this.outputLen = outputLen;
    this.enableXOF = enableXOF;
    this.canXOF = enableXOF;
    this.rounds = rounds;
    anumber(outputLen, "outputLen");
    if (!(0 < blockLen && blockLen < 200))
      throw new Error('"blockLen" must be 1..199');
    this.state = new Uint8Array(200);
    this.state32 = u32(this.state);
  }
  clone() {
    return this._cloneInto();
  }
  keccak() {
    swap32IfBE(this.state32);
    keccakP(this.state32, this.rounds);
    swap32IfBE(this.state32);
    this.posOut = 0;
    this.pos = 0;
  }
  update(data) {
    aexists(this);
    abytes(data);
    const { blockLen, state, state32 } = this;
    const len = data.length;
    const canUseU32 = blockLen % 4 === 0 && data.byteOffset % 4 === 0;
    const blockLen32 = blockLen / 4;
    const data32 = canUseU32 && len >= blockLen ? u32(data) : void 0;
    for (let pos = 0; pos < len; ) {
      if (data32 !== void 0 && this.pos === 0 && pos % 4 === 0 && len - pos >= blockLen) {
        for (let i = 0, o = pos / 4; i < blockLen32; i++)
          state32[i] ^= data32[o + i];
        pos += blockLen;
        this.pos = blockLen;
        this.keccak();
        continue;
      }
      const take = Math.min(blockLen - this.pos, len - pos);
      for (let i = 0; i < take; i++)
        state[this.pos++] ^= data[pos++];
      if (this.pos === blockLen)
        this.keccak();
    }
    return this;
  }
  finish() {
    if (this.finished)
      return;
    this.finished = true;
    const { state, suffix, pos, blockLen } = this;
    state[pos] ^= suffix;
    if ((suffix & 128) !== 0 && pos === blockLen - 1)
      this.keccak();
    state[blockLen - 1] ^= 128;
    this.keccak();
  }
  writeInto(out) {
    aexists(this, false);
    abytes(out);
    this.finish();
    const bufferOut = this.state;
    const { blockLen } = this;
    for (let pos = 0, len = out.length; pos < len; ) {
      if (this.posOut >= blockLen)
        this.keccak();
      const take = Math.min(blockLen - this.posOut, len - pos);
      out.set(bufferOut.subarray(this.posOut, this.posOut + take), pos);
      this.posOut += take;
      pos += take;
    }
    return out;
  }
  xofInto(out) {
    if (!this.enableXOF)
      throw new Error("XOF is not enabled");
    return this.writeInto(out);
  }
  xof(bytes) {
    anumber(bytes);
    return this.xofInto(new Uint8Array(bytes));
  }
  digestInto(out) {
    aoutput(out, this);
    if (this.finished)
      throw new Error("digest() was already called");
    this.writeInto(out.length === this.outputLen ? out : out.subarray(0, this.outputLen));
    this.destroy();
  }
  digest() {
    const out = new Uint8Array(this.outputLen);
    this.digestInto(out);
    return out;
  }
  destroy() {
    this.destroyed = true;
    clean(this.state);
  }
  _cloneInto(to) {
    const { blockLen, suffix, outputLen, rounds, enableXOF } = this;
    to ||= new _Keccak(blockLen, suffix, outputLen, enableXOF, rounds);
    to.blockLen = blockLen;
    to.state32.set(this.state32);
    to.pos = this.pos;
    to.posOut = this.posOut;
    to.finished = this.finished;
    to.rounds = rounds;
    to.suffix = suffix;
    to.outputLen = outputLen;
    to.enableXOF = enableXOF;
    to.canXOF = this.canXOF;
    to.destroyed = this.destroyed;
    return to;
  }
};
var genKeccak = (suffix, blockLen, outputLen, info = {}) => createHasher(() => new Keccak(blockLen, suffix, outputLen), info);
var sha3_256 = /* @__PURE__ */ genKeccak(
  6,
  136,
  32,
  /* @__PURE__ */ oidNist(8)
);
var keccak_256 = /* @__PURE__ */ genKeccak(1, 136, 32);

// packages/crypto/src/hashes.ts
var keccak256 = (data) => keccak_256(data);
var sha2562 = (data) => sha256(data);
var sha3_2562 = (data) => sha3_256(data);
var blake32 = (data) => blake3(data);

// packages/word/src/bits.ts
function clz(value, bits) {
  if (value === 0n) return bits;
  const text = value.toString(16);
  const first2 = Number.parseInt(text.charAt(0), 16);
  return bits - text.length * 4 + (Math.clz32(first2) - 28);
}
function byteAt(value, index, bits) {
  const last2 = BigInt(bits / 8 - 1);
  return index > last2 ? 0n : value >> (last2 - index) * 8n & 0xffn;
}
function signextend(value, index, bits) {
  if (index >= BigInt(bits / 8 - 1)) return value;
  return BigInt.asUintN(bits, BigInt.asIntN(Number(index) * 8 + 8, value));
}

// packages/word/src/divide.ts
var div = (a, b) => b === 0n ? 0n : a / b;
var mod2 = (a, b) => b === 0n ? 0n : a % b;
var sdiv = (a, b, bits) => b === 0n ? 0n : BigInt.asUintN(bits, BigInt.asIntN(bits, a) / BigInt.asIntN(bits, b));
var smod = (a, b, bits) => b === 0n ? 0n : BigInt.asUintN(bits, BigInt.asIntN(bits, a) % BigInt.asIntN(bits, b));
var addmod = (a, b, n) => n === 0n ? 0n : (a + b) % n;
var mulmod = (a, b, n) => n === 0n ? 0n : a * b % n;

// packages/word/src/power.ts
function exp(base, exponent, bits) {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest !== 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = BigInt.asUintN(bits, result * square);
    square = BigInt.asUintN(bits, square * square);
  }
  return BigInt.asUintN(bits, result);
}

// packages/word/src/shift.ts
var shl = (value, amount, bits) => amount >= BigInt(bits) ? 0n : BigInt.asUintN(bits, value << amount);
var shr = (value, amount, bits) => amount >= BigInt(bits) ? 0n : value >> amount;
function sar(value, amount, bits) {
  const most = BigInt(bits - 1);
  const shifted = BigInt.asIntN(bits, value) >> (amount > most ? most : amount);
  return BigInt.asUintN(bits, shifted);
}

// packages/word/src/wrap.ts
var toSigned = (value, bits) => BigInt.asIntN(bits, value);

// packages/core/src/host/region.ts
var REGION = {
  ENTRY: 32,
  COUNT: 8,
  HOST: 0,
  READ_LENGTH: 8,
  WRITE_LENGTH: 16,
  GAP_MASK: 24
};
var REGION_UNKNOWN = -1;

// packages/core/src/interp/regions.ts
function translate(memory, frame, address2, size, write) {
  const region = address2 >> 32n;
  if (region >= BigInt(REGION.COUNT)) return -1;
  const { view } = memory;
  const entry = view.getUint32(frame + FRAME.REGION_TABLE, true) + Number(region) * REGION.ENTRY;
  const offset2 = address2 & 0xffffffffn;
  const length = view.getBigUint64(
    entry + (write ? REGION.WRITE_LENGTH : REGION.READ_LENGTH),
    true
  );
  if (offset2 + size > length) return -1;
  const mask = view.getBigUint64(entry + REGION.GAP_MASK, true);
  if (mask !== 0n && size > 0n) {
    const last2 = offset2 + size - 1n;
    if ((offset2 & mask) !== 0n || (last2 & mask) !== 0n || last2 / mask !== offset2 / mask) return -1;
  }
  return view.getUint32(entry + REGION.HOST, true) + Number(offset2);
}

// packages/core/src/interp/execute.ts
var U64 = (1n << 64n) - 1n;
var u64 = (value) => BigInt.asUintN(64, value);
var s64 = (value) => BigInt.asIntN(64, value);
var u256 = (value) => BigInt.asUintN(256, value);
var BITS_31 = 0x7fffffffn;
var BITS_63 = (1n << 63n) - 1n;
var arg = (m, code, at, i) => m.values[m.base + code[at + 3 + i]];
var set = (m, code, at, value) => {
  m.values[m.base + code[at + 2]] = value;
};
var i1 = (f) => (m, code, at) => set(m, code, at, f(arg(m, code, at, 0)));
var i2 = (f) => (m, code, at) => set(m, code, at, f(arg(m, code, at, 0), arg(m, code, at, 1)));
var u2 = (f) => i2((a, b) => f(a >>> 0, b >>> 0) ? 1 : 0);
var l1 = (f) => (m, code, at) => set(m, code, at, f(arg(m, code, at, 0)));
var l2 = (f) => (m, code, at) => set(m, code, at, f(arg(m, code, at, 0), arg(m, code, at, 1)));
var l3 = (f) => (m, code, at) => set(
  m,
  code,
  at,
  f(
    arg(m, code, at, 0),
    arg(m, code, at, 1),
    arg(m, code, at, 2)
  )
);
var test2 = (f) => l2((a, b) => f(a, b) ? 1 : 0);
var select = (m, code, at) => set(m, code, at, arg(m, code, at, arg(m, code, at, 0) !== 0 ? 1 : 2));
var i32Division = (f) => (m, code, at) => {
  const b = arg(m, code, at, 1) >>> 0;
  if (b === 0) return m.end(OUTCOME.DIVIDE_BY_ZERO, code[at + 1]);
  set(m, code, at, f(arg(m, code, at, 0) >>> 0, b) | 0);
};
var i64Division = (f) => (m, code, at) => {
  const b = arg(m, code, at, 1);
  if (b === 0n) return m.end(OUTCOME.DIVIDE_BY_ZERO, code[at + 1]);
  set(m, code, at, f(arg(m, code, at, 0), b));
};
var signedDivision = (m, code, at) => {
  const a = s64(arg(m, code, at, 0));
  const b = s64(arg(m, code, at, 1));
  if (b === 0n) return m.end(OUTCOME.DIVIDE_BY_ZERO, code[at + 1]);
  if (b === -1n && a === -(1n << 63n)) return m.end(OUTCOME.INTEGER_OVERFLOW, code[at + 1]);
  set(m, code, at, u64(a / b));
};
var checked = (f) => (m, code, at) => {
  const value = f(arg(m, code, at, 0), arg(m, code, at, 1), code[at + 5]);
  if (value === void 0) return m.end(code[at + 6], code[at + 1]);
  set(m, code, at, value);
};
var narrow = (m, code, at) => {
  const value = arg(m, code, at, 0);
  if (value >> BigInt(code[at + 4]) !== 0n) return m.end(code[at + 5], code[at + 1]);
  set(m, code, at, value);
};
var fits2 = (value, bits) => value >> BigInt(bits) === 0n ? value : void 0;
var addc = checked((a, b, bits) => fits2(a + b, bits));
var subc = checked((a, b) => a < b ? void 0 : a - b);
var mulc = checked((a, b, bits) => fits2(a * b, bits));
var divc = checked((a, b) => b === 0n ? void 0 : a / b);
var remc = checked((a, b) => b === 0n ? void 0 : a % b);
var loadAddress = (m, code, at) => (arg(m, code, at, 0) >>> 0) + code[at + 4];
var storeAddress = (m, code, at) => (m.values[m.base + code[at + 2]] >>> 0) + code[at + 4];
var load = (f) => (m, code, at) => set(m, code, at, f(m.memory.view, loadAddress(m, code, at)));
var storeI32 = (f) => (m, code, at) => f(m.memory.view, storeAddress(m, code, at), m.values[m.base + code[at + 3]]);
var storeBig = (f) => (m, code, at) => f(m.memory.view, storeAddress(m, code, at), m.values[m.base + code[at + 3]]);
var low = (value) => Number(value & 0xffffffffn);
var effect3 = (f) => (m, code, at) => {
  const v = m.values;
  f(
    m,
    v[m.base + code[at + 2]] >>> 0,
    v[m.base + code[at + 3]] >>> 0,
    v[m.base + code[at + 4]] >>> 0
  );
};
function compareMemory(u82, a, b, length) {
  for (let i = 0; i < length; i++) {
    if (u82[a + i] !== u82[b + i]) return u82[a + i] < u82[b + i] ? -1 : 1;
  }
  return 0;
}
function bytesToWord(bytes) {
  let word = 0n;
  for (const byte2 of bytes) word = word << 8n | BigInt(byte2);
  return word;
}
var EXECUTE = {
  nop: () => {
  },
  "i32.const": (m, code, at) => set(m, code, at, code[at + 3]),
  "i64.const": (m, code, at) => set(m, code, at, BigInt(code[at + 3] >>> 0) | BigInt(code[at + 4] >>> 0) << 32n),
  "i256.const": (m, code, at) => set(m, code, at, m.module.words[code[at + 3]]),
  "i32.add": i2((a, b) => a + b | 0),
  "i32.sub": i2((a, b) => a - b | 0),
  "i32.mul": i2(Math.imul),
  "i32.and": i2((a, b) => a & b),
  "i32.or": i2((a, b) => a | b),
  "i32.xor": i2((a, b) => a ^ b),
  "i32.shl": i2((a, b) => a << b),
  "i32.shr_u": i2((a, b) => a >>> b | 0),
  "i32.shr_s": i2((a, b) => a >> b),
  "i32.div_u": i32Division((a, b) => Math.floor(a / b)),
  "i32.rem_u": i32Division((a, b) => a % b),
  "i32.eq": i2((a, b) => a === b ? 1 : 0),
  "i32.ne": i2((a, b) => a !== b ? 1 : 0),
  "i32.lt_u": u2((a, b) => a < b),
  "i32.lt_s": i2((a, b) => a < b ? 1 : 0),
  "i32.gt_u": u2((a, b) => a > b),
  "i32.gt_s": i2((a, b) => a > b ? 1 : 0),
  "i32.le_u": u2((a, b) => a <= b),
  "i32.le_s": i2((a, b) => a <= b ? 1 : 0),
  "i32.ge_u": u2((a, b) => a >= b),
  "i32.ge_s": i2((a, b) => a >= b ? 1 : 0),
  "i32.eqz": i1((a) => a === 0 ? 1 : 0),
  "i32.clz": i1(Math.clz32),
  "i32.ctz": i1((a) => a === 0 ? 32 : 31 - Math.clz32(a & -a)),
  "i32.select": select,
  "i64.add": l2((a, b) => a + b & U64),
  "i64.sub": l2((a, b) => u64(a - b)),
  "i64.mul": l2((a, b) => a * b & U64),
  "i64.mulh_u": l2((a, b) => a * b >> 64n),
  "i64.and": l2((a, b) => a & b),
  "i64.or": l2((a, b) => a | b),
  "i64.xor": l2((a, b) => a ^ b),
  "i64.shl": l2((a, b) => u64(a << (b & 63n))),
  "i64.shr_u": l2((a, b) => a >> (b & 63n)),
  "i64.shr_s": l2((a, b) => u64(s64(a) >> (b & 63n))),
  "i64.div_u": i64Division((a, b) => a / b),
  "i64.rem_u": i64Division((a, b) => a % b),
  "i64.div_s": signedDivision,
  "i64.rem_s": i64Division((a, b) => u64(s64(a) % s64(b))),
  "i64.eq": test2((a, b) => a === b),
  "i64.ne": test2((a, b) => a !== b),
  "i64.lt_u": test2((a, b) => a < b),
  "i64.lt_s": test2((a, b) => s64(a) < s64(b)),
  "i64.gt_u": test2((a, b) => a > b),
  "i64.gt_s": test2((a, b) => s64(a) > s64(b)),
  "i64.le_u": test2((a, b) => a <= b),
  "i64.le_s": test2((a, b) => s64(a) <= s64(b)),
  "i64.ge_u": test2((a, b) => a >= b),
  "i64.ge_s": test2((a, b) => s64(a) >= s64(b)),
  "i64.eqz": l1((a) => a === 0n ? 1 : 0),
  "i64.clz": l1((a) => a === 0n ? 64n : BigInt(64 - a.toString(2).length)),
  "i64.ctz": l1((a) => a === 0n ? 64n : BigInt((a & -a).toString(2).length - 1)),
  "i64.bswap": l1((a) => {
    let swapped = 0n;
    for (let rest = a, i = 0; i < 8; i++, rest >>= 8n) swapped = swapped << 8n | rest & 0xffn;
    return swapped;
  }),
  "i64.select": select,
  "i64.extend_u": (m, code, at) => set(m, code, at, BigInt(arg(m, code, at, 0) >>> 0)),
  "i64.extend_s": (m, code, at) => set(m, code, at, u64(BigInt(arg(m, code, at, 0)))),
  "i32.wrap": l1((a) => low(a) | 0),
  "i256.add": l2((a, b) => u256(a + b)),
  "i256.sub": l2((a, b) => u256(a - b)),
  "i256.mul": l2((a, b) => u256(a * b)),
  "i256.div": l2(div),
  "i256.mod": l2(mod2),
  "i256.sdiv": l2((a, b) => sdiv(a, b, 256)),
  "i256.smod": l2((a, b) => smod(a, b, 256)),
  "i256.addmod": l3(addmod),
  "i256.mulmod": l3(mulmod),
  "i256.exp": l2((a, b) => exp(a, b, 256)),
  "i256.signextend": l2((k, value) => signextend(value, k, 256)),
  "i256.and": l2((a, b) => a & b),
  "i256.or": l2((a, b) => a | b),
  "i256.xor": l2((a, b) => a ^ b),
  "i256.not": l1((a) => u256(~a)),
  "i256.shl": l2((amount, value) => shl(value, amount, 256)),
  "i256.shr": l2((amount, value) => shr(value, amount, 256)),
  "i256.sar": l2((amount, value) => sar(value, amount, 256)),
  "i256.byte": l2((index, value) => byteAt(value, index, 256)),
  "i256.clz": l1((a) => BigInt(clz(a, 256))),
  "i256.eq": test2((a, b) => a === b),
  "i256.lt_u": test2((a, b) => a < b),
  "i256.gt_u": test2((a, b) => a > b),
  "i256.lt_s": test2((a, b) => toSigned(a, 256) < toSigned(b, 256)),
  "i256.gt_s": test2((a, b) => toSigned(a, 256) > toSigned(b, 256)),
  "i256.eqz": l1((a) => a === 0n ? 1 : 0),
  "i256.select": select,
  "i256.from_i32": (m, code, at) => set(m, code, at, BigInt(arg(m, code, at, 0) >>> 0)),
  "i256.from_i64": l1((a) => a),
  "i256.from_i64_s": l1((a) => u256(s64(a))),
  "i256.make": (m, code, at) => {
    let word = 0n;
    for (let i = 3; i >= 0; i--) word = word << 64n | arg(m, code, at, i);
    set(m, code, at, word);
  },
  "i256.limb": (m, code, at) => set(m, code, at, u64(arg(m, code, at, 0) >> BigInt(64 * code[at + 4]))),
  "i32.wrap_i256": l1((a) => low(a) | 0),
  "i32.clamp_i256": l1((a) => Number(a > BITS_31 ? BITS_31 : a)),
  "i64.clamp_i256": l1((a) => a > BITS_63 ? BITS_63 : a),
  "i256.fits": (m, code, at) => set(m, code, at, arg(m, code, at, 0) >> BigInt(code[at + 4]) === 0n ? 1 : 0),
  "i64.addc": addc,
  "i64.subc": subc,
  "i64.mulc": mulc,
  "i64.divc": divc,
  "i64.remc": remc,
  "i64.narrow": narrow,
  "i256.addc": addc,
  "i256.subc": subc,
  "i256.mulc": mulc,
  "i256.divc": divc,
  "i256.remc": remc,
  "i256.narrow": narrow,
  frame: (m, code, at) => set(m, code, at, m.frame.address),
  "i32.load8": load((view, a) => view.getUint8(a)),
  "i32.load16": load((view, a) => view.getUint16(a, true)),
  "i32.load": load((view, a) => view.getInt32(a, true)),
  "i64.load8": load((view, a) => BigInt(view.getUint8(a))),
  "i64.load16": load((view, a) => BigInt(view.getUint16(a, true))),
  "i64.load32": load((view, a) => BigInt(view.getUint32(a, true))),
  "i64.load": load((view, a) => view.getBigUint64(a, true)),
  "i256.load_be": load(
    (view, a) => view.getBigUint64(a) << 192n | view.getBigUint64(a + 8) << 128n | view.getBigUint64(a + 16) << 64n | view.getBigUint64(a + 24)
  ),
  "i256.load_le": (m, code, at) => {
    const a = loadAddress(m, code, at);
    const { view } = m.memory;
    let word = view.getBigUint64(a, true) | view.getBigUint64(a + 8, true) << 64n;
    if (code[at + 5] === 32) {
      word |= view.getBigUint64(a + 16, true) << 128n | view.getBigUint64(a + 24, true) << 192n;
    }
    set(m, code, at, word);
  },
  "i32.store8": storeI32((view, a, value) => view.setUint8(a, value)),
  "i32.store16": storeI32((view, a, value) => view.setUint16(a, value, true)),
  "i32.store": storeI32((view, a, value) => view.setInt32(a, value, true)),
  "i64.store8": storeBig((view, a, value) => view.setUint8(a, low(value))),
  "i64.store16": storeBig((view, a, value) => view.setUint16(a, low(value), true)),
  "i64.store32": storeBig((view, a, value) => view.setUint32(a, low(value), true)),
  "i64.store": storeBig((view, a, value) => view.setBigUint64(a, value, true)),
  "i256.store_be": storeBig((view, a, value) => {
    view.setBigUint64(a, value >> 192n);
    view.setBigUint64(a + 8, value >> 128n);
    view.setBigUint64(a + 16, value >> 64n);
    view.setBigUint64(a + 24, value);
  }),
  "i256.store_le": (m, code, at) => {
    const a = storeAddress(m, code, at);
    const value = m.values[m.base + code[at + 3]];
    const { view } = m.memory;
    for (let i = 0; i < code[at + 5]; i += 8)
      view.setBigUint64(a + i, value >> BigInt(i * 8), true);
  },
  "memory.copy": effect3((m, to, from, length) => m.memory.u8.copyWithin(to, from, from + length)),
  "memory.fill": effect3((m, to, byte2, length) => m.memory.u8.fill(byte2, to, to + length)),
  "memory.compare": (m, code, at) => set(
    m,
    code,
    at,
    compareMemory(
      m.memory.u8,
      arg(m, code, at, 0) >>> 0,
      arg(m, code, at, 1) >>> 0,
      arg(m, code, at, 2) >>> 0
    )
  ),
  keccak256: (m, code, at) => {
    const address2 = arg(m, code, at, 0) >>> 0;
    const length = arg(m, code, at, 1) >>> 0;
    set(m, code, at, bytesToWord(keccak256(m.memory.u8.subarray(address2, address2 + length))));
  },
  sha256: effect3(
    (m, address2, length, result) => m.memory.u8.set(sha2562(m.memory.u8.subarray(address2, address2 + length)), result)
  ),
  sha3_256: effect3(
    (m, address2, length, result) => m.memory.u8.set(sha3_2562(m.memory.u8.subarray(address2, address2 + length)), result)
  ),
  "region.load": (m, code, at) => {
    const size = code[at + 5];
    const address2 = u64(arg(m, code, at, 0) + BigInt(code[at + 4]));
    const host3 = translate(m.memory, m.frame.address, address2, BigInt(size), false);
    if (host3 < 0) return m.end(OUTCOME.ACCESS_VIOLATION, code[at + 1]);
    let value = 0n;
    for (let i = size - 1; i >= 0; i--) value = value << 8n | BigInt(m.memory.u8[host3 + i]);
    set(m, code, at, value);
  },
  "region.store": (m, code, at) => {
    const size = code[at + 5];
    const address2 = u64(m.values[m.base + code[at + 2]] + BigInt(code[at + 4]));
    const host3 = translate(m.memory, m.frame.address, address2, BigInt(size), true);
    if (host3 < 0) return m.end(OUTCOME.ACCESS_VIOLATION, code[at + 1]);
    let value = m.values[m.base + code[at + 3]];
    for (let i = 0; i < size; i++, value >>= 8n) m.memory.u8[host3 + i] = Number(value & 0xffn);
  },
  "region.host": (m, code, at) => {
    const length = BigInt(arg(m, code, at, 1) >>> 0);
    const address2 = arg(m, code, at, 0);
    const host3 = translate(m.memory, m.frame.address, address2, length, code[at + 5] !== 0);
    if (host3 < 0) return m.end(OUTCOME.ACCESS_VIOLATION, code[at + 1]);
    set(m, code, at, host3 | 0);
  },
  meter: (m, code, at) => m.meter(code[at + 2], code[at + 1]),
  charge: (m, code, at) => {
    m.gas -= code[at + 2];
  },
  check: (m, code, at) => {
    if (m.gas < 0) m.end(OUTCOME.OUT_OF_GAS, code[at + 1]);
  },
  "meter.dynamic": (m, code, at) => {
    m.gas -= Number(m.values[m.base + code[at + 2]]);
    if (m.gas < 0) m.end(OUTCOME.OUT_OF_GAS, code[at + 1]);
  },
  gas: (m, code, at) => set(m, code, at, u64(BigInt(m.gas))),
  "var.get": (m, code, at) => set(m, code, at, m.values[m.base + m.fn.slotCount + code[at + 3]]),
  "var.set": (m, code, at) => {
    m.values[m.base + m.fn.slotCount + code[at + 3]] = m.values[m.base + code[at + 2]];
  },
  "stack.check": (m, code, at) => {
    const height = m.operands.length;
    if (height < code[at + 2]) m.end(OUTCOME.STACK_UNDERFLOW, code[at + 1]);
    else if (height + code[at + 3] > OPERAND_STACK_WORDS)
      m.end(OUTCOME.STACK_OVERFLOW, code[at + 1]);
  },
  "stack.get": (m, code, at) => set(m, code, at, m.operands[m.operands.length - 1 - code[at + 3]]),
  "stack.set": (m, code, at) => {
    m.operands[m.operands.length - 1 - code[at + 3]] = m.values[m.base + code[at + 2]];
  },
  "stack.move": (m, code, at) => {
    const words = code[at + 2];
    if (words < 0) m.operands.length += words;
    else for (let i = 0; i < words; i++) m.operands.push(0n);
  },
  "trap.if": (m, code, at) => {
    if (m.values[m.base + code[at + 2]] !== 0) m.end(code[at + 3], code[at + 1]);
  },
  call: (m, code, at) => {
    const results = code[at + 3];
    const args = at + 4 + results;
    m.call(code[at + 2], args + 1, code[args], at + 4, code[at + 1]);
  },
  "call.indirect": (m, code, at) => {
    const index = m.values[m.base + code[at + 3]] >>> 0;
    const { table: table2, signatures, indirect } = m.module;
    const fn = index < table2.length ? table2[index] : -1;
    if (fn < 0 || !sameSignature(signatures[fn], indirect[code[at + 2]])) {
      return m.end(OUTCOME.INVALID_CALL, code[at + 1]);
    }
    const results = code[at + 4];
    const args = at + 5 + results;
    m.call(fn, args + 1, code[args], at + 5, code[at + 1]);
  },
  host: (m, code, at) => {
    const results = code[at + 3];
    const args = at + 4 + results;
    m.host(code[at + 2], args + 1, code[args], at + 4, code[at + 1]);
  },
  "host.if": (m, code, at) => {
    if (m.values[m.base + code[at + 3]] === 0) return;
    m.host(code[at + 2], at + 5, code[at + 4], at, code[at + 1]);
  },
  br: (m, code, at) => m.branch(code[at + 2], at + 4, code[at + 3]),
  "br.if": (m, code, at) => {
    const count = code[at + 4];
    if (m.values[m.base + code[at + 2]] !== 0) {
      m.branch(code[at + 3], at + 5, count);
    } else {
      const other = at + 5 + count;
      m.branch(code[other], other + 2, code[other + 1]);
    }
  },
  switch: (m, code, at) => {
    const index = m.values[m.base + code[at + 2]] >>> 0;
    m.branch(code[at + 4 + Math.min(index, code[at + 3])], 0, 0);
  },
  ret: (m, code, at) => m.ret(at + 3, code[at + 2], code[at + 1]),
  exit: (m, code, at) => m.end(code[at + 2], code[at + 1]),
  trap: (m, code, at) => m.end(code[at + 2], code[at + 1])
};
function sameSignature(a, b) {
  const same3 = (x, y) => x.length === y.length && x.every((type, i) => type === y[i]);
  return same3(a.params, b.params) && same3(a.results, b.results);
}

// packages/core/src/ir/forms.ts
function operandPositions(code, at, out) {
  const op = code[at] & 255;
  const info = OPS[op];
  let n = 0;
  if (!info.variadic) {
    const first2 = at + 2 + info.resultCount;
    for (let i = 0; i < info.argCount; i++) out[n++] = first2 + i;
    return n;
  }
  switch (op) {
    case OP.br:
      return range(at + 4, code[at + 3], out, 0);
    case OP["br.if"]: {
      out[n++] = at + 2;
      n = range(at + 5, code[at + 4], out, n);
      const second = at + 5 + code[at + 4];
      return range(second + 2, code[second + 1], out, n);
    }
    case OP.switch:
      out[0] = at + 2;
      return 1;
    case OP.ret:
      return range(at + 3, code[at + 2], out, 0);
    case OP["host.if"]:
      out[n++] = at + 3;
      return range(at + 5, code[at + 4], out, n);
    case OP["call.indirect"]: {
      out[n++] = at + 3;
      const args = at + 5 + code[at + 4];
      return range(args + 1, code[args], out, n);
    }
    default: {
      const args = at + 4 + code[at + 3];
      return range(args + 1, code[args], out, 0);
    }
  }
}
function resultPositions(code, at, out) {
  const op = code[at] & 255;
  const info = OPS[op];
  if (!info.variadic) {
    for (let i = 0; i < info.resultCount; i++) out[i] = at + 2 + i;
    return info.resultCount;
  }
  if (op === OP.call || op === OP.host) return range(at + 4, code[at + 3], out, 0);
  if (op === OP["call.indirect"]) return range(at + 5, code[at + 4], out, 0);
  return 0;
}
function targetPositions(code, at, out) {
  switch (code[at] & 255) {
    case OP.br:
      out[0] = at + 2;
      return 1;
    case OP["br.if"]:
      out[0] = at + 3;
      out[1] = at + 5 + code[at + 4];
      return 2;
    case OP.switch:
      return range(at + 4, code[at + 3] + 1, out, 0);
    default:
      return 0;
  }
}
function range(from, count, out, n) {
  for (let i = 0; i < count; i++) out[n++] = from + i;
  return n;
}

// packages/core/src/interp/slots.ts
var cache = /* @__PURE__ */ new WeakMap();
function slotFunction(fn) {
  let slots = cache.get(fn);
  if (slots === void 0) {
    slots = assignSlots(fn);
    cache.set(fn, slots);
  }
  return slots;
}
var MANY_BLOCKS = -2;
var NOT_DEFINED = -1;
function assignSlots(fn) {
  const slotOf = new Int32Array(fn.valueCount).fill(-1);
  const home = findHomes(fn);
  let fixed = 0;
  for (const { params } of fn.blocks) for (const value of params) slotOf[value] = fixed++;
  for (let value = 0; value < fn.valueCount; value++) {
    if (home[value] === MANY_BLOCKS && slotOf[value] < 0) slotOf[value] = fixed++;
  }
  const code = fn.code.slice();
  const positions = [];
  let most = fixed;
  for (const block of fn.blocks) {
    let next = fixed;
    for (let at = block.start; at < block.end; at += code[at] >>> 8) {
      const reads = operandPositions(code, at, positions);
      for (let i = 0; i < reads; i++) code[positions[i]] = slotOf[code[positions[i]]];
      const results = resultPositions(code, at, positions);
      for (let i = 0; i < results; i++) {
        const value = code[positions[i]];
        if (slotOf[value] < 0) slotOf[value] = next++;
        code[positions[i]] = slotOf[value];
      }
    }
    if (next > most) most = next;
  }
  return {
    name: fn.name,
    code,
    starts: Int32Array.from(fn.blocks, (block) => block.start),
    blockParams: fn.blocks.map(({ params }) => params.map((value) => slotOf[value])),
    slotCount: most,
    vars: fn.vars
  };
}
function findHomes(fn) {
  const home = new Int32Array(fn.valueCount).fill(NOT_DEFINED);
  const positions = [];
  const { code } = fn;
  fn.blocks.forEach((block, index) => {
    for (const value of block.params) home[value] = MANY_BLOCKS;
    for (let at = block.start; at < block.end; at += code[at] >>> 8) {
      const results = resultPositions(code, at, positions);
      for (let i = 0; i < results; i++) home[code[positions[i]]] = index;
    }
  });
  fn.blocks.forEach((block, index) => {
    for (let at = block.start; at < block.end; at += code[at] >>> 8) {
      const reads = operandPositions(code, at, positions);
      for (let i = 0; i < reads; i++) {
        const value = code[positions[i]];
        if (home[value] !== index) home[value] = MANY_BLOCKS;
      }
    }
  });
  return home;
}

// packages/core/src/interp/interpreter.ts
var RUNNING = 0;
var CALLING = 1;
var ENDED = 2;
var PAUSED = 3;
var ACTIVATIONS_MAX = 65536;
var HANDLERS = OPS.map((info) => EXECUTE[info.name]);
var Interpreter = class {
  frame;
  module;
  memory;
  observer;
  state = RUNNING;
  /** Remaining gas; an integer below 2^53. */
  gas;
  /** Branches and calls that may still be taken before {@link PAUSED}. */
  fuel;
  /** Values of all activations, each at its base. */
  values = [];
  base = 0;
  top = 0;
  code;
  fn;
  /** Next instruction. */
  at = 0;
  /** Operand stack of words; the top is the last element. */
  operands = [];
  #returns = [];
  #scratch = [];
  constructor(frame, module, fuel, observer) {
    this.frame = frame;
    this.module = module;
    this.memory = frame.memory;
    this.observer = observer;
    this.fuel = fuel;
    this.gas = Number(frame.gas);
    this.#enter(slotFunction(moduleFunction(module, module.entry)), 0);
  }
  /** Runs until the frame calls, ends, or has burnt its fuel. */
  run() {
    this.state = RUNNING;
    while (this.state === RUNNING) {
      const { at, code } = this;
      const word = code[at];
      this.at = at + (word >>> 8);
      HANDLERS[word & 255](this, code, at);
    }
    return this.state;
  }
  /** Goes on after a call: `answer` is what `CallRequest.finish` returned. */
  resume(answer2) {
    assert(this.state === CALLING, "resume without a call");
    this.answered(answer2);
    const state = this.state;
    return state === RUNNING ? this.run() : state;
  }
  // --- what the operations use ------------------------------------------------------------------------------------
  #enter(fn, base) {
    this.fn = fn;
    this.base = base;
    this.code = fn.code;
    this.at = fn.starts[0];
    this.top = base + fn.slotCount + fn.vars.length;
    const vars = base + fn.slotCount;
    while (this.values.length < this.top) this.values.push(0);
    for (let i = 0; i < fn.vars.length; i++) this.values[vars + i] = fn.vars[i] === I32 ? 0 : 0n;
  }
  /**
   * Calls function `index` with the arguments whose slots stand at `argsAt`; its results will go to the slots that stand at
   * `resultsAt`.
   */
  call(index, argsAt, count, resultsAt, position) {
    if (this.#returns.length === ACTIVATIONS_MAX) return this.end(OUTCOME.CALL_DEPTH, position);
    const { code, base, values, top } = this;
    const fn = slotFunction(moduleFunction(this.module, index));
    this.#returns.push({ fn: this.fn, base, at: this.at, resultsAt });
    while (values.length < top + count) values.push(0);
    for (let i = 0; i < count; i++) values[top + i] = values[base + code[argsAt + i]];
    this.#enter(fn, top);
    this.burn();
  }
  /** Returns `count` values, slots at `valuesAt`. */
  ret(valuesAt, count, position) {
    const caller = this.#returns.pop();
    if (caller === void 0) return this.end(OUTCOME.OK, position);
    const { code, base, values } = this;
    this.fn = caller.fn;
    this.code = caller.fn.code;
    this.at = caller.at;
    this.top = base;
    this.base = caller.base;
    for (let i = 0; i < count; i++) {
      values[caller.base + this.code[caller.resultsAt + i]] = values[base + code[valuesAt + i]];
    }
  }
  /** Goes to block `target` with the arguments whose slots stand at `argsAt`. */
  branch(target2, argsAt, count) {
    const { code, base, values } = this;
    if (count > 0) {
      const params = this.fn.blockParams[target2];
      if (count === 1) {
        values[base + params[0]] = values[base + code[argsAt]];
      } else {
        const scratch = this.#scratch;
        for (let i = 0; i < count; i++) scratch[i] = values[base + code[argsAt + i]];
        for (let i = 0; i < count; i++) values[base + params[i]] = scratch[i];
      }
    }
    this.at = this.fn.starts[target2];
    this.burn();
  }
  /** One unit of fuel. */
  burn() {
    if (--this.fuel < 0 && this.state === RUNNING) this.state = PAUSED;
  }
  /** Calls a host function whose arguments (slots at `argsAt`) have the declared types; results go to `resultsAt`. */
  host(index, argsAt, count, resultsAt, position) {
    const { frame, code, base, values, memory } = this;
    const { params } = this.module.hosts[index];
    for (let i = 0; i < count; i++) {
      const value = values[base + code[argsAt + i]];
      const slot = frame.slot(i);
      if (params[i] === I32) memory.i32[slot >>> 2] = value;
      else if (params[i] === 1) memory.u64[slot >>> 3] = value;
      else memory.setWord(slot, value);
    }
    frame.gas = BigInt(this.gas);
    this.#hostResultsAt = resultsAt;
    this.#hostIndex = index;
    this.#hostPosition = position;
    this.answered(frame.program.hosts[index](frame));
  }
  // The host call in progress.
  #hostIndex = 0;
  #hostResultsAt = 0;
  #hostPosition = -1;
  /** Takes the answer of a host function or of the end of its call. */
  answered(answer2) {
    const { frame } = this;
    if (answer2 === HOST.CALL) {
      this.state = CALLING;
      return;
    }
    this.gas = Number(frame.gas);
    if (answer2 === HOST.LEAVE) return this.end(frame.outcome, this.#hostPosition);
    this.state = RUNNING;
    const { results } = this.module.hosts[this.#hostIndex];
    for (let i = 0; i < results.length; i++) {
      const slot = this.base + this.code[this.#hostResultsAt + i];
      if (results[i] === I32) this.values[slot] = frame.argI32(i);
      else if (results[i] === 1) this.values[slot] = frame.argI64(i);
      else this.values[slot] = frame.argWord(i);
    }
  }
  /** Charges `amount`; traps OUT_OF_GAS if there is less. */
  meter(amount, position) {
    this.observer?.(this.frame, position, this.gas, this.operands);
    this.gas -= amount;
    if (this.gas < 0) this.end(OUTCOME.OUT_OF_GAS, position);
  }
  /** Ends the frame: with the outcome, or OUT_OF_GAS if the gas is negative and the outcome no trap. */
  end(outcome, position) {
    const { frame } = this;
    const gone = this.gas < 0;
    frame.outcome = gone && outcome < OUTCOME.OUT_OF_GAS ? OUTCOME.OUT_OF_GAS : outcome;
    frame.position = position;
    frame.gas = gone ? 0n : BigInt(this.gas);
    this.memory.i32[frame.address + FRAME.OUTCOME >>> 2] = frame.outcome;
    this.state = ENDED;
  }
};

// packages/core/src/journal/cell-table.ts
var KeyTable = class {
  #slots = new Int32Array(1024).fill(-1);
  #mask = 1023;
  #starts = new Int32Array(256);
  #lengths = new Int32Array(256);
  #tags = new Int32Array(256);
  #hashes = new Int32Array(256);
  #bytes = new Uint8Array(1 << 14);
  #used = 0;
  #count = 0;
  get count() {
    return this.#count;
  }
  /** Index of the key `(tag, bytes[at..at+length))`, new if it was never seen. */
  index(tag, bytes, at, length) {
    const hash = hashBytes(tag, bytes, at, length);
    let slot = hash & this.#mask;
    for (; ; ) {
      const found = this.#slots[slot];
      if (found < 0) return this.#insert(slot, hash, tag, bytes, at, length);
      if (this.#hashes[found] === hash && this.#equals(found, tag, bytes, at, length)) return found;
      slot = slot + 1 & this.#mask;
    }
  }
  tag(index) {
    return this.#tags[index];
  }
  /** A copy of the key's bytes. */
  key(index) {
    const start = this.#starts[index];
    return this.#bytes.slice(start, start + this.#lengths[index]);
  }
  #equals(index, tag, bytes, at, length) {
    if (this.#tags[index] !== tag || this.#lengths[index] !== length) return false;
    const start = this.#starts[index];
    const own = this.#bytes;
    for (let i = 0; i < length; i++) if (own[start + i] !== bytes[at + i]) return false;
    return true;
  }
  #insert(slot, hash, tag, bytes, at, length) {
    if (this.#count === this.#starts.length) this.#growKeys();
    while (this.#used + length > this.#bytes.length) {
      const grown2 = new Uint8Array(this.#bytes.length * 2);
      grown2.set(this.#bytes);
      this.#bytes = grown2;
    }
    const index = this.#count++;
    this.#bytes.set(bytes.subarray(at, at + length), this.#used);
    this.#starts[index] = this.#used;
    this.#lengths[index] = length;
    this.#tags[index] = tag;
    this.#hashes[index] = hash;
    this.#used += length;
    this.#slots[slot] = index;
    if (this.#count * 2 > this.#mask) this.#growSlots();
    return index;
  }
  #growKeys() {
    this.#starts = doubled(this.#starts);
    this.#lengths = doubled(this.#lengths);
    this.#tags = doubled(this.#tags);
    this.#hashes = doubled(this.#hashes);
  }
  #growSlots() {
    this.#mask = this.#mask * 2 + 1;
    this.#slots = new Int32Array(this.#mask + 1).fill(-1);
    for (let index = 0; index < this.#count; index++) {
      let slot = this.#hashes[index] & this.#mask;
      while (this.#slots[slot] >= 0) slot = slot + 1 & this.#mask;
      this.#slots[slot] = index;
    }
  }
};
function doubled(array) {
  const grown2 = new Int32Array(array.length * 2);
  grown2.set(array);
  return grown2;
}
function hashBytes(tag, bytes, at, length) {
  let hash = Math.imul(tag ^ length, 2654435761);
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ bytes[at + i], 16777619);
  return hash ^ hash >>> 15;
}

// packages/core/src/journal/journal.ts
var WORD_CELLS = 0;
var BYTE_CELLS = 1;
var UNDO_WORD = 0;
var UNDO_BYTES = 1;
var UNDO_MARK = 2;
var UNDO_COUNTER = 3;
var Journal = class {
  state;
  #domains = [];
  #accounts = new KeyTable();
  #keys = new KeyTable();
  /** (domain, account, key) -> cell, by interning the three numbers. */
  #cells = new KeyTable();
  #triple = new Int32Array(3);
  #tripleBytes = new Uint8Array(this.#triple.buffer);
  #loaded = new Uint8Array(256);
  #marks = new Uint8Array(256);
  #stamps = new Int32Array(256);
  #triples = new Int32Array(256 * 3);
  /** Current words, eight per cell. */
  #words = new Uint32Array(256 * 8);
  /** Words at the beginning of the transaction, valid where the stamp is that of the transaction. */
  #originals = new Uint32Array(256 * 8);
  /** Values of byte cells; index = cell. */
  #values = [];
  #undo = new Int32Array(512);
  #undoLength = 0;
  #undoWords = new Uint32Array(1024);
  #undoWordsLength = 0;
  #undoValues = [];
  #transaction = 1;
  #counters = new Float64Array(16);
  #undoCounters = [];
  logs = [];
  constructor(state) {
    this.state = state;
  }
  /** Declares a domain, or finds it again by name; returns its number. */
  domain(name, kind, transient = false) {
    const known = this.#domains.findIndex((domain) => domain.name === name);
    if (known >= 0) {
      assert(this.#domains[known].kind === kind, `domain ${name} declared with two kinds`);
      return known;
    }
    assert(this.#domains.length < 128, "at most 128 domains");
    this.#domains.push({ name, kind, transient });
    return this.#domains.length - 1;
  }
  /** Number of an account; stable for the journal's life. */
  account(bytes, at = 0, length = bytes.length - at) {
    return this.#accounts.index(0, bytes, at, length);
  }
  accountBytes(account) {
    return this.#accounts.key(account);
  }
  /** Handle of the cell whose key is `key[at..at+length)`; loads it from the state at first sight. */
  cell(domain, account, key, at = 0, length = key.length - at) {
    this.#triple[0] = domain;
    this.#triple[1] = account;
    this.#triple[2] = this.#keys.index(0, key, at, length);
    const cell = this.#cells.index(0, this.#tripleBytes, 0, 12);
    if (cell >= this.#loaded.length) this.#grow();
    if (this.#loaded[cell] === 0) this.#load(cell);
    return cell;
  }
  #load(cell) {
    this.#loaded[cell] = 1;
    this.#triples.set(this.#triple, cell * 3);
    const domain = this.#domains[this.#triple[0]];
    this.#values[cell] = void 0;
    if (domain.transient) return;
    const value = this.#readState(cell);
    if (value === void 0) return;
    if (domain.kind === BYTE_CELLS) this.#values[cell] = value;
    else bytesToWords(value, this.#words, cell * 8);
  }
  #readState(cell) {
    const at = cell * 3;
    const domain = this.#domains[this.#triples[at]];
    return this.state.read(
      domain.name,
      this.#accounts.key(this.#triples[at + 1]),
      this.#keys.key(this.#triples[at + 2])
    );
  }
  #grow() {
    const size = this.#loaded.length * 2;
    this.#loaded = grown(this.#loaded, new Uint8Array(size));
    this.#marks = grown(this.#marks, new Uint8Array(size));
    this.#stamps = grown(this.#stamps, new Int32Array(size));
    this.#triples = grown(this.#triples, new Int32Array(size * 3));
    this.#words = grown(this.#words, new Uint32Array(size * 8));
    this.#originals = grown(this.#originals, new Uint32Array(size * 8));
  }
  // --- word cells -----------------------------------------------------------------------------------------------
  /** Copies the cell's eight words to `target[at..at+8)`. */
  readWords(cell, target2, at) {
    const from = cell * 8;
    const words = this.#words;
    for (let i = 0; i < 8; i++) target2[at + i] = words[from + i];
  }
  /** The current words of all cells; cell c has [8c, 8c+8). Valid until the next call of {@link cell}. Read only. */
  get words() {
    return this.#words;
  }
  /** Sets the cell from `source[at..at+8)`. */
  writeWords(cell, source, at) {
    const to = cell * 8;
    const words = this.#words;
    if (this.#stamps[cell] !== this.#transaction) this.#stamp(cell);
    this.#pushUndo(cell, UNDO_WORD);
    if (this.#undoWordsLength + 8 > this.#undoWords.length) {
      this.#undoWords = grown(this.#undoWords, new Uint32Array(this.#undoWords.length * 2));
    }
    const undo = this.#undoWords;
    const saved = this.#undoWordsLength;
    for (let i = 0; i < 8; i++) {
      undo[saved + i] = words[to + i];
      words[to + i] = source[at + i];
    }
    this.#undoWordsLength = saved + 8;
  }
  /** The cell as a number. */
  readWord(cell) {
    let value = 0n;
    for (let i = 7; i >= 0; i--) value = value << 32n | BigInt(this.#words[cell * 8 + i]);
    return value;
  }
  #wordScratch = new Uint32Array(8);
  writeWord(cell, value) {
    let rest = value;
    for (let i = 0; i < 8; i++) {
      this.#wordScratch[i] = Number(rest & 0xffffffffn);
      rest >>= 32n;
    }
    this.writeWords(cell, this.#wordScratch, 0);
  }
  #stamp(cell) {
    this.#stamps[cell] = this.#transaction;
    this.#originals.set(this.#words.subarray(cell * 8, cell * 8 + 8), cell * 8);
  }
  /** Copies the words that the cell had when the transaction began. */
  readOriginalWords(cell, target2, at) {
    const from = cell * 8;
    const words = this.#stamps[cell] === this.#transaction ? this.#originals : this.#words;
    for (let i = 0; i < 8; i++) target2[at + i] = words[from + i];
  }
  // --- byte cells -----------------------------------------------------------------------------------------------
  /** Value of a byte cell; undefined = absent. Nobody modifies the array. */
  readBytes(cell) {
    return this.#values[cell];
  }
  writeBytes(cell, value) {
    this.#pushUndo(cell, UNDO_BYTES);
    this.#undoValues.push(this.#values[cell]);
    this.#values[cell] = value;
  }
  // --- marks and counters ---------------------------------------------------------------------------------------
  /** Eight journaled bits per cell, 0 at the beginning of a transaction: what is warm, created, touched. */
  mark(cell) {
    return this.#marks[cell];
  }
  setMark(cell, bits) {
    const old = this.#marks[cell];
    if (old === bits) return;
    this.#pushUndo(cell, UNDO_MARK | old << 2);
    this.#marks[cell] = bits;
  }
  /** Journaled numbers of the transaction (refunds, for one); index 0..15, each below 2^53 in size. */
  counter(index) {
    return this.#counters[index];
  }
  setCounter(index, value) {
    this.#pushUndo(index, UNDO_COUNTER);
    this.#undoCounters.push(this.#counters[index]);
    this.#counters[index] = value;
  }
  // --- logs -----------------------------------------------------------------------------------------------------
  log(entry) {
    this.logs.push(entry);
  }
  // --- checkpoints ----------------------------------------------------------------------------------------------
  checkpoint() {
    return {
      undo: this.#undoLength,
      words: this.#undoWordsLength,
      values: this.#undoValues.length,
      logs: this.logs.length
    };
  }
  /**
   * Undoes everything since the checkpoint. `keepDurable`: durable log entries stay (the frame failed); without it they go too (the
   * frame is about to run again).
   */
  revert(checkpoint, keepDurable) {
    while (this.#undoLength > checkpoint.undo) this.#undoOne();
    assert(this.#undoWordsLength === checkpoint.words, "undo log and words out of step");
    if (keepDurable) {
      const kept = this.logs.slice(checkpoint.logs).filter((entry) => entry.durable);
      this.logs.length = checkpoint.logs;
      this.logs.push(...kept);
    } else {
      this.logs.length = checkpoint.logs;
    }
  }
  #undoOne() {
    this.#undoLength -= 2;
    const cell = this.#undo[this.#undoLength];
    const kind = this.#undo[this.#undoLength + 1];
    switch (kind & 3) {
      case UNDO_WORD: {
        this.#undoWordsLength -= 8;
        const from = this.#undoWordsLength;
        for (let i = 0; i < 8; i++) this.#words[cell * 8 + i] = this.#undoWords[from + i];
        break;
      }
      case UNDO_BYTES:
        this.#values[cell] = this.#undoValues.pop();
        break;
      case UNDO_MARK:
        this.#marks[cell] = kind >> 2;
        break;
      default:
        this.#counters[cell] = this.#undoCounters.pop();
    }
  }
  #pushUndo(cell, kind) {
    if (this.#undoLength + 2 > this.#undo.length) {
      this.#undo = grown(this.#undo, new Int32Array(this.#undo.length * 2));
    }
    this.#undo[this.#undoLength] = cell;
    this.#undo[this.#undoLength + 1] = kind;
    this.#undoLength += 2;
  }
  /**
   * Begins a transaction on top of what the journal holds: marks, counters, logs and transient cells start anew, current
   * values become the original ones. Earlier checkpoints become invalid; {@link changes} still spans all transactions.
   */
  beginTransaction() {
    this.#transaction++;
    this.#marks.fill(0);
    this.#counters.fill(0);
    this.#undoLength = 0;
    this.#undoWordsLength = 0;
    this.#undoValues.length = 0;
    this.#undoCounters.length = 0;
    this.logs.length = 0;
    for (let cell = 0; cell < this.#cells.count; cell++) {
      if (!this.#domains[this.#triples[cell * 3]].transient) continue;
      this.#words.fill(0, cell * 8, cell * 8 + 8);
      this.#values[cell] = void 0;
    }
  }
  /** Cells of durable domains that differ from the state below, in order of first sight. */
  changes() {
    const changes = [];
    for (let cell = 0; cell < this.#cells.count; cell++) {
      const at = cell * 3;
      const domain = this.#domains[this.#triples[at]];
      if (domain.transient) continue;
      const before = this.#readState(cell);
      const after = domain.kind === BYTE_CELLS ? this.#values[cell] : this.#wordBytes(cell);
      if (sameBytes(before, after)) continue;
      changes.push({
        domain: domain.name,
        account: this.#accounts.key(this.#triples[at + 1]),
        key: this.#keys.key(this.#triples[at + 2]),
        before,
        after
      });
    }
    return changes;
  }
  #wordBytes(cell) {
    const bytes = new Uint8Array(32);
    let any = 0;
    for (let i = 0; i < 8; i++) {
      const word = this.#words[cell * 8 + i];
      any |= word;
      const at = 28 - i * 4;
      bytes[at] = word >>> 24;
      bytes[at + 1] = word >>> 16;
      bytes[at + 2] = word >>> 8;
      bytes[at + 3] = word;
    }
    return any === 0 ? void 0 : bytes;
  }
};
function grown(old, larger2) {
  larger2.set(old);
  return larger2;
}
function bytesToWords(bytes, target2, at) {
  assert(bytes.length === 32, "a word cell has 32 bytes in the state");
  for (let i = 0; i < 8; i++) {
    const from = 28 - i * 4;
    target2[at + i] = (bytes[from] << 24 | bytes[from + 1] << 16 | bytes[from + 2] << 8 | bytes[from + 3]) >>> 0;
  }
}
function sameBytes(a, b) {
  if (a === void 0 || b === void 0) return a === b;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

// packages/core/src/kernel/kernel-binary.ts
var KERNEL_BASE64 = "AGFzbQEAAAABbw5gCH5+fn5+fn5+AX5gA39/fwBgBX5+fn5+AX5gAX8AYAx+fn5+fn5+fn5+fn4BfmAKf35+fn5+fn5+fgBgAX4BfmAIfn5+fn5+fn4AYAAAYAR+fn5/AX5gAX8BfmACf38BfmACf38AYAN/f38BfwIPAQNlbnYGbWVtb3J5AgAQAx0cBQABAAMDBgICBwgJAAICAQAAAQoBCwAABAwEDQYLAn4BQgALfgFCAAsHlAESBmFkZG1vZAAaA2RpdgAMA21vZAADBm11bG1vZAAYBHNkaXYAFwRzbW9kABYDZXhwABEDbXVsAAEKbXVsQ2hlY2tlZAAQA3NhcgAIA3NobAAHA3NocgAOCnNpZ25leHRlbmQADQdjb21wYXJlABsGa2VjY2FrABUJa2VjY2FrMjU2ABQEc2hhMwASBnNoYTI1NgAPDAECCshlHIsDAQV+IAFCIIgiCiACQv////8PgyILfiALIAFC/////w+DIgx+QiCIfCELIABBgAFqIgAgASACfiINIAZ8IgY3AwAgACABIAN+Ig4gB3wiByAGIA1UrSACQiCIIgIgCn4gC0IgiHwgAiAMfiALQv////8Pg3xCIIh8fCICfCIGNwMIIAAgAiAGVq0gByAOVK0gA0IgiCICIAp+IANC/////w+DIgMgCn4gAyAMfkIgiHwiA0IgiHwgAiAMfiADQv////8Pg3xCIIh8fHwiAiABIAR+IgMgCHwiBnwiBzcDECAAIAIgB1atIAMgBlatIARCIIgiAiAKfiAEQv////8PgyIDIAp+IAMgDH5CIIh8IgNCIIh8IAIgDH4gA0L/////D4N8QiCIfHx8IgIgASAFfiIBIAl8IgN8IgQ3AxggACACIARWrSABIANWrSAFQiCIIgEgCn4gBUL/////D4MiAiAKfiACIAx+QiCIfCICQiCIfCABIAx+IAJC/////w+DfEIgiHx8fDcDIAv2BAEPfiAAIAR+IQogAEIgiCIIIARC/////w+DIgl+IABC/////w+DIgsgCX5CIIh8IQkgBEIgiCIMIAh+IAlCIIh8IAsgDH4gCUL/////D4N8QiCIfCEIIAEgAoQgA4QgBYQgBoQgB4RQBEBBwAAgCjcDAEHIACAINwMAQdAAQgA3AwBB2ABCADcDACAKDwsgAEIgiCIMIAVC/////w+DIgt+IABC/////w+DIg0gC35CIIh8IQ4gACAGfiIPIAAgBX4iECAIfCIJIBBUrSAFQiCIIhAgDH4gDkIgiHwgDSAQfiAOQv////8Pg3xCIIh8fHwiCCAPVK0gBkIgiCIOIAx+IAZC/////w+DIg8gDH4gDSAPfkIgiHwiDEIgiHwgDSAOfiAMQv////8Pg3xCIIh8fCAAIAd+fCEAIAEgAoQgA4RCAFIEQCABQiCIIgcgBEL/////D4MiEX4gAUL/////D4MiDCARfkIgiHwhDyABIAV+Ig0gCHwiEiABIAR+IgggCXwiCSAIVK0gBEIgiCIOIAd+IA9CIIh8IAwgDn4gD0L/////D4N8QiCIfHwiD3wiEyACIAR+IhR8IQggAkIgiCIVIBF+IAJC/////w+DIhYgEX5CIIh8IREgACAPIBNWrSANIBJWrSAHIBB+IAcgC34gCyAMfkIgiHwiAEIgiHwgDCAQfiAAQv////8Pg3xCIIh8fHwgASAGfnx8IAggFFStIA4gFX4gEUIgiHwgDiAWfiARQv////8Pg3xCIIh8fCACIAV+fCADIAR+fHwhAAtBwAAgCjcDAEHIACAJNwMAQdAAIAg3AwBB2AAgADcDACAKC+YBAQN/QYAEQQBByAH8CwADQCABQYgBTwRAQQAhAwNAIANBiAFJBEAgA0GABGoiBCAEKQMAIAAgA2opAwCFNwMAIANBCGohAwwBCwsQCiAAQYgBaiEAIAFBiAFrIQEMAQsLQQAhAwNAIANBCGoiBCABTQRAIANBgARqIgUgBSkDACAAIANqKQMAhTcDACAEIQMMAQsLA0AgASADSwRAIANBgARqIgQgBC0AACAAIANqLQAAczoAACADQQFqIQMMAQsLIANBgARqIgAgAC0AACACczoAAEGHBUGHBS0AAEGAAXM6AAAQCgvzAQACQCAFIAaEIAeEUARAIARQBEBCACEAQcAAQgA3AwAMAgsgASAChCADhFAEQEHAACAAIASCIgA3AwAMAgsgAiADhFAEQCAAIAEgBEEAEAsPCwtBgAEgADcDAEGIASABNwMAQZABIAI3AwBBmAEgAzcDAEGAAiAENwMAQYgCIAU3AwBBkAIgBjcDAEGYAiAHNwMAQQQQBEGIASkDACEAQZABKQMAIQFBmAEpAwAhAkHAAEGAASkDACIDNwMAQcgAIAA3AwBB0AAgATcDAEHYACACNwMAIAMPC0HIAEIANwMAQdAAQgA3AwBB2ABCADcDACAAC5sEAgt+An9BwAJCADcDAEHIAkIANwMAQdACQgA3AwBB2AJCADcDAANAIABBAEoEfiAAQQN0QfgAaikDAAVCAQtQBEAgAEEBayEADAELC0EEIQwDQCAMQQBKBH4gDEEDdEH4AWopAwAFQgELUARAIAxBAWshDAwBCwsgACAMSARADwsgDEEBRgRAQYACKQMAIgF5IQUgASAFhiIGIwBSBEAgBhAGJAEgBiQACyMBIQcgAEEDdCIMQcACaiENIAxBgAFqIgxBCGspAwAiAULAACAFfYhCACAFQgBSGyEEA0AgAEEASgRAIAxBCGshDCANQQhrIQ0gAEEBSgR+IAxBCGspAwAFQgALIQIgB0IgiCIKIARC/////w+DIgN+IAdC/////w+DIgsgA35CIIh8IQggBCAHfiIJIAVCAFIEfiABIAWGIAJCwAAgBX2IhAUgAQsiA3wiASADIAYgASAJVK0gBCAEQiCIIgEgCn4gCEIgiHwgASALfiAIQv////8Pg3xCIIh8fHxCAXwiAX59IgRUBEAgBCAGfCEEIAFCAX0hAQsgDSABQgF8IAEgBCAGWhsiATcDACADIAEgBn59IQQgAiEBIABBAWshAAwBCwtBgAEgBCAFiDcDAEGIAUIANwMAQZABQgA3AwBBmAFCADcDAA8LIAAgDBAZA0AgDEEESARAIAxBA3RBgAFqQgA3AwAgDEEBaiEMDAELCwuBFQEcf0GABigCACEBQYQGKAIAIQJBiAYoAgAhA0GMBigCACEIQZAGKAIAIQRBlAYoAgAhBkGYBigCACEHQZwGKAIAIQUgACgCACIJQYD+g3hxQQh3IAlB/4H8B3FBCHhyIQkgACgCBCIKQYD+g3hxQQh3IApB/4H8B3FBCHhyIQogACgCCCILQYD+g3hxQQh3IAtB/4H8B3FBCHhyIQsgACgCDCIMQYD+g3hxQQh3IAxB/4H8B3FBCHhyIQwgACgCECINQYD+g3hxQQh3IA1B/4H8B3FBCHhyIQ0gACgCFCIOQYD+g3hxQQh3IA5B/4H8B3FBCHhyIQ4gACgCGCIPQYD+g3hxQQh3IA9B/4H8B3FBCHhyIQ8gACgCHCIQQYD+g3hxQQh3IBBB/4H8B3FBCHhyIRAgACgCICIRQYD+g3hxQQh3IBFB/4H8B3FBCHhyIREgACgCJCISQYD+g3hxQQh3IBJB/4H8B3FBCHhyIRIgACgCKCITQYD+g3hxQQh3IBNB/4H8B3FBCHhyIRMgACgCLCIUQYD+g3hxQQh3IBRB/4H8B3FBCHhyIRQgACgCMCIVQYD+g3hxQQh3IBVB/4H8B3FBCHhyIRUgACgCNCIWQYD+g3hxQQh3IBZB/4H8B3FBCHhyIRYgACgCOCIXQYD+g3hxQQh3IBdB/4H8B3FBCHhyIRcgACgCPCIAQYD+g3hxQQh3IABB/4H8B3FBCHhyIQADQCAYQcAJaiIZKAIAIAUgBEEGeCAEQQt4cyAEQRl4c2ogByAEIAYgB3Nxc2pqIAlqIgUgCGohCCAZKAIMIAQgGSgCCCAGIBkoAgQgByAIQQZ4IAhBC3hzIAhBGXhzaiAGIAggBCAGc3FzamogCmoiBiADaiIHQQZ4IAdBC3hzIAdBGXhzaiAEIAcgBCAIc3FzamogC2oiBCACaiIaQQZ4IBpBC3hzIBpBGXhzaiAIIBogByAIc3FzamogDGoiGyABaiEcIBsgBCAGIAUgAUECeCABQQ14cyABQRZ4c2ogASACcSADIAEgAnJxcmoiA0ECeCADQQ14cyADQRZ4c2ogASADcSACIAEgA3JxcmoiAkECeCACQQ14cyACQRZ4c2ogAiADcSABIAIgA3JxcmoiAUECeCABQQ14cyABQRZ4c2ogASACcSADIAEgAnJxcmoiBCAZKAIcIBwgGSgCGCAaIBkoAhQgByAZKAIQIAggHEEGeCAcQQt4cyAcQRl4c2ogByAcIAcgGnNxc2pqIA1qIgUgA2oiA0EGeCADQQt4cyADQRl4c2ogGiADIBogHHNxc2pqIA5qIgYgAmoiB0EGeCAHQQt4cyAHQRl4c2ogHCAHIAMgHHNxc2pqIA9qIgggAWoiGkEGeCAaQQt4cyAaQRl4c2ogAyAaIAMgB3Nxc2pqIBBqIhtqIRwgGyAIIAYgBSAEQQJ4IARBDXhzIARBFnhzaiABIARxIAIgASAEcnFyaiICQQJ4IAJBDXhzIAJBFnhzaiACIARxIAEgAiAEcnFyaiIBQQJ4IAFBDXhzIAFBFnhzaiABIAJxIAQgASACcnFyaiIEQQJ4IARBDXhzIARBFnhzaiABIARxIAIgASAEcnFyaiIFIBkoAiwgHCAZKAIoIBogGSgCJCAHIBkoAiAgAyAcQQZ4IBxBC3hzIBxBGXhzaiAHIBwgByAac3FzamogEWoiAyACaiICQQZ4IAJBC3hzIAJBGXhzaiAaIAIgGiAcc3FzamogEmoiBiABaiIHQQZ4IAdBC3hzIAdBGXhzaiAcIAcgAiAcc3FzamogE2oiCCAEaiIaQQZ4IBpBC3hzIBpBGXhzaiACIBogAiAHc3FzamogFGoiG2ohHCAbIAggBiADIAVBAnggBUENeHMgBUEWeHNqIAQgBXEgASAEIAVycXJqIgNBAnggA0ENeHMgA0EWeHNqIAMgBXEgBCADIAVycXJqIghBAnggCEENeHMgCEEWeHNqIAMgCHEgBSADIAhycXJqIhtBAnggG0ENeHMgG0EWeHNqIAggG3EgAyAIIBtycXJqIgEgGSgCPCAcIBkoAjggGiAZKAI0IAcgGSgCMCACIBxBBnggHEELeHMgHEEZeHNqIAcgHCAHIBpzcXNqaiAVaiICIANqIgVBBnggBUELeHMgBUEZeHNqIBogBSAaIBxzcXNqaiAWaiIDIAhqIgdBBnggB0ELeHMgB0EZeHNqIBwgByAFIBxzcXNqaiAXaiIZIBtqIgZBBnggBkELeHMgBkEZeHNqIAUgBiAFIAdzcXNqaiAAaiIaaiEEIBogGSADIAIgAUECeCABQQ14cyABQRZ4c2ogASAbcSAIIAEgG3JxcmoiCEECeCAIQQ14cyAIQRZ4c2ogASAIcSAbIAEgCHJxcmoiA0ECeCADQQ14cyADQRZ4c2ogAyAIcSABIAMgCHJxcmoiAkECeCACQQ14cyACQRZ4c2ogAiADcSAIIAIgA3JxcmohASAYQUBrIhhBgAJHBEAgCSAKQQd4IApBEnhzIApBA3ZzIBJqIBdBEXggF0ETeHMgF0EKdnNqaiEJIAogC0EHeCALQRJ4cyALQQN2cyATaiAAQRF4IABBE3hzIABBCnZzamohCiALIAxBB3ggDEESeHMgDEEDdnMgFGogCUEReCAJQRN4cyAJQQp2c2pqIQsgDCANQQd4IA1BEnhzIA1BA3ZzIBVqIApBEXggCkETeHMgCkEKdnNqaiEMIA0gDkEHeCAOQRJ4cyAOQQN2cyAWaiALQRF4IAtBE3hzIAtBCnZzamohDSAOIA9BB3ggD0ESeHMgD0EDdnMgF2ogDEEReCAMQRN4cyAMQQp2c2pqIQ4gDyAQQQd4IBBBEnhzIBBBA3ZzIABqIA1BEXggDUETeHMgDUEKdnNqaiEPIBAgEUEHeCARQRJ4cyARQQN2cyAJaiAOQRF4IA5BE3hzIA5BCnZzamohECARIBJBB3ggEkESeHMgEkEDdnMgCmogD0EReCAPQRN4cyAPQQp2c2pqIREgEiATQQd4IBNBEnhzIBNBA3ZzIAtqIBBBEXggEEETeHMgEEEKdnNqaiESIBMgFEEHeCAUQRJ4cyAUQQN2cyAMaiARQRF4IBFBE3hzIBFBCnZzamohEyAUIBVBB3ggFUESeHMgFUEDdnMgDWogEkEReCASQRN4cyASQQp2c2pqIRQgFSAWQQd4IBZBEnhzIBZBA3ZzIA5qIBNBEXggE0ETeHMgE0EKdnNqaiEVIBYgF0EHeCAXQRJ4cyAXQQN2cyAPaiAUQRF4IBRBE3hzIBRBCnZzamohFiAXIABBB3ggAEESeHMgAEEDdnMgEGogFUEReCAVQRN4cyAVQQp2c2pqIRcgACAJQQd4IAlBEnhzIAlBA3ZzIBFqIBZBEXggFkETeHMgFkEKdnNqaiEADAELC0GABkGABigCACABajYCAEGEBkGEBigCACACajYCAEGIBkGIBigCACADajYCAEGMBkGMBigCACAIajYCAEGQBkGQBigCACAEajYCAEGUBkGUBigCACAGajYCAEGYBkGYBigCACAHajYCAEGcBkGcBigCACAFajYCAAvXAQEFfiAAQv////8PgyEEIABCf4UiBSAAQiCIIgOAIQIgBSACIAN+fSEBA0AgAkIgiEIAUgR/QQEFIAIgBH4gAUIghkL/////D4RWCwRAAkAgAkIBfSECIAEgA3wiAUIgiEIAUg0ADAILCwsgBUIghkL/////D3wgACACfn0iASADgCEAIAEgACADfn0hAQNAIABCIIhCAFIEf0EBBSAAIAR+IAFCIIZC/////w+EVgsEQAJAIABCAX0hACABIAN8IgFCIIhCAFINAAwCCwsLIAJCIIYgAHwL3gEBAX4gAEL/AVYEQEHAAEIANwMAQcgAQgA3AwBB0ABCADcDAEHYAEIANwMAQgAPCyAAQoABg0IAUgRAIAIhBCABIQNCACECQgAhAQsgAELAAINCAFIEQCADIQQgAiEDIAEhAkIAIQELIABCP4MiAFAEQEHAACABNwMAQcgAIAI3AwBB0AAgAzcDAEHYACAENwMAIAEPC0HAACABIACGIgU3AwBByAAgAiAAhiABQsAAIAB9IgGIhDcDAEHQACADIACGIAIgAYiENwMAQdgAIAQgAIYgAyABiIQ3AwAgBQvrAQECfiAEQj+HIQUgAEL/AVYEQEHAACAFNwMAQcgAIAU3AwBB0AAgBTcDAEHYACAFNwMAIAUPCyAAQoABg0IAUgRAIAMhASAEIQIgBSIEIQMLIABCwACDQgBSBEAgAiEBIAMhAiAEIQMgBSEECwJAIABCP4MiAFAEQEHAACABNwMAQcgAIAI3AwBB0AAgAzcDAEHYACAENwMADAELQcAAIAJCwAAgAH0iBoYgASAAiIQiATcDAEHIACADIAaGIAIgAIiENwMAQdAAIAQgBoYgAyAAiIQ3AwBB2AAgBSAGhiAEIACIhDcDAAsgAQuKAQBBACAAIAQgBSAGIAdCAEIAQgBCABAAQQggASAEIAUgBiAHQYgBKQMAQZABKQMAQZgBKQMAQaABKQMAEABBECACIAQgBSAGIAdBkAEpAwBBmAEpAwBBoAEpAwBBqAEpAwAQAEEYIAMgBCAFIAYgB0GYASkDAEGgASkDAEGoASkDAEGwASkDABAAC9EMAid+An9BgAQpAwAhEkGIBCkDAEJ/hSETQZAEKQMAQn+FIRRBmAQpAwAhC0GgBCkDACEMQagEKQMAIQdBsAQpAwAhAUG4BCkDACEDQcAEKQMAQn+FIQRByAQpAwAhAEHQBCkDACEFQdgEKQMAIQ1B4AQpAwBCf4UhDkHoBCkDACECQfAEKQMAIQ9B+AQpAwAhFkGABSkDACEQQYgFKQMAQn+FIQhBkAUpAwAhCUGYBSkDACEKQaAFKQMAQn+FIRFBqAUpAwAhBkGwBSkDACEXQbgFKQMAIRhBwAUpAwAhFQNAICdBwAFJBEAgJ0GACGoiKCkDACASIAAgDIUgD4UgCoUgFYUiGSABIBOFIA2FIBCFIAaFIhpCAYmFIhuFIhwgASAHIBKFIAWFIBaFIBGFIhIgAyAUhSAOhSAIhSAXhSIdQgGJhSIehUIsiSIBIA4gGiAEIAuFIAKFIAmFIBiFIg5CAYmFIhqFQiuJIh+EhYUhICABIAkgHSAZQgGJhSIZhUIViSIdIB9Cf4WEhSEJIB8gFSAOIBJCAYmFIhKFQg6JIh8gHYOFISEgCyAZhUIciSILIAAgEoVCFIkiACAFIBuFQgOJIg6EhSEVIAAgECAehUItiSIFIA6DhSEQIA4gBSAXIBqFQj2JIhdCf4WEhSEOIBMgHoVCAYkiEyADIBqFQgaJIiIgAiAZhUIZiSIChIUhIyAiIAogEoVCCIkiAyACg4UhCiACIBEgG4VCEokiESADQn+FIgKDhSEDIAwgEoVCG4kiDCAHIBuFQiSJIgcgDSAehUIKiSINg4UhJCAHIAggGoVCD4kiCCANhIUhJSANIBggGYVCOIkiDSAIQn+FIhiEhSEIIBQgGoVCPokiFCAEIBmFQjeJIgRCf4UiGSAPIBKFQieJIg+DhSEaIBYgG4VCKYkiEiAPhCAZhSEZIA8gBiAehUICiSIGIBKDhSEPICgpAwggICAGIAQgFIOFIgQgDSAHIAyEhSIWIBEgEyAig4UiGyAXIAAgC4OFIgAgHyABIByDhSIehYWFhSIBIAkgEIUgCoUgJYUgGYUiB0IBiYUiIoUiJiADIAcgEiAGIBSEhSIGIAwgDYMgGIUiByARIBOEIAKFIgIgBSALIBeEhSIRIB0gHCAfhIUiBYWFhYUiC0IBiYUiF4VCK4kiDCAQIBUgIIUgI4UgJIUgGoUiDSAOICGFIAOFIAiFIA+FIgNCAYmFIhiFQiyJIhCEhYUhEiAQIAcgAyABQgGJhSIchUIViSIBIAxCf4WEhSETIAwgBCALIA1CAYmFIh2FQg6JIgMgAYOFIRQgASADICaEhSELIAMgECAmg4UhDCAFIByFQhyJIgUgACAdhUIUiSIAICIgI4VCA4kiA4SFIQcgACAYICWFQi2JIgQgA4OFIQEgAyAEIA8gF4VCPYkiDUJ/hYSFIQMgBCAFIA2EhSEEIA0gACAFg4UhACAJIBiFQgGJIgkgDiAXhUIGiSIPIAIgHIVCGYkiAoSFIQUgDyAWIB2FQgiJIg4gAoOFIQ0gAiAaICKFQhKJIhAgDkJ/hSICg4UhDiAJIBCEIAKFIQIgECAJIA+DhSEPIB0gHoVCG4kiGiAVICKFQiSJIhUgCiAYhUIKiSIJg4UhFiAVIAggF4VCD4kiCCAJhIUhECAJIAYgHIVCOIkiBiAIQn+FIgmEhSEIIAYgGoMgCYUhCSAGIBUgGoSFIQogFyAhhUI+iSIVIBEgHIVCN4kiGkJ/hSIGIBsgHYVCJ4kiF4OFIREgIiAkhUIpiSIbIBeEIAaFIQYgFyAYIBmFQgKJIhkgG4OFIRcgGyAVIBmEhSEYIBkgFSAag4UhFSAnQRBqIScMAQsLQYAEIBI3AwBBiAQgE0J/hTcDAEGQBCAUQn+FNwMAQZgEIAs3AwBBoAQgDDcDAEGoBCAHNwMAQbAEIAE3AwBBuAQgAzcDAEHABCAEQn+FNwMAQcgEIAA3AwBB0AQgBTcDAEHYBCANNwMAQeAEIA5Cf4U3AwBB6AQgAjcDAEHwBCAPNwMAQfgEIBY3AwBBgAUgEDcDAEGIBSAIQn+FNwMAQZAFIAk3AwBBmAUgCjcDAEGgBSARQn+FNwMAQagFIAY3AwBBsAUgFzcDAEG4BSAYNwMAQcAFIBU3AwALygMBB34gAiACeSIGhiIEIwBSBEAgBBAGJAEgBCQACyAGQgBSBEAgAULAACAGfSICiCEFIAEgBoYgACACiIQhASAAIAaGIQALIwEiCEIgiCICIAUgASAEWq2EQgBSBEAgASAFIAh+IgcgAXwiCSABIAQgByAJVq0gBSAFQiCIIgEgAn4gBUL/////D4MiBSACfiAIQv////8PgyIHIAV+QiCIfCIFQiCIfCABIAd+IAVC/////w+DfEIgiHx8fEIBfCIBfn0iBVQEQCAEIAV8IQUgAUIBfSEBCyABQgF8IAEgBCAFWBsiByAEfn0hAQsgAUL/////D4MiBX4gCEL/////D4MiCSAFfkIgiHwhCiABIAh+IgggAHwiBSAAIAQgBSAIVK0gASABQiCIIgEgAn4gCkIgiHwgASAJfiAKQv////8Pg3xCIIh8fHxCAXwiAX59IgJUBEAgAiAEfCECIAFCAX0hAQsgAUIBfCABIAIgBFobIQEgAwRAQcAAIAE3AwBByAAgBzcDAEHQAEIANwMAQdgAQgA3AwAgAQ8LQcAAIAAgASAEfn0gBogiADcDAEHIAEIANwMAQdAAQgA3AwBB2ABCADcDACAAC/MBAAJAIAUgBoQgB4RQBEAgBFAEQEIAIQBBwABCADcDAAwCCyABIAKEIAOEUARAQcAAIAAgBIAiADcDAAwCCyACIAOEUARAIAAgASAEQQEQCw8LC0GAASAANwMAQYgBIAE3AwBBkAEgAjcDAEGYASADNwMAQYACIAQ3AwBBiAIgBTcDAEGQAiAGNwMAQZgCIAc3AwBBBBAEQcgCKQMAIQBB0AIpAwAhAUHYAikDACECQcAAQcACKQMAIgM3AwBByAAgADcDAEHQACABNwMAQdgAIAI3AwAgAw8LQcgAQgA3AwBB0ABCADcDAEHYAEIANwMAIAALXwAgAEIfWgRAQcAAIAE3AwBByAAgAjcDAEHQACADNwMAQdgAIAQ3AwAgAQ8LQvgBIABCA4Z9IgAgASACIAMgBBAHGiAAQcAAKQMAQcgAKQMAQdAAKQMAQdgAKQMAEAgL4AEBAX4gAEL/AVYEQEHAAEIANwMAQcgAQgA3AwBB0ABCADcDAEHYAEIANwMAQgAPCyAAQoABg0IAUgRAIAMhASAEIQJCACEEQgAhAwsgAELAAINCAFIEQCACIQEgAyECIAQhA0IAIQQLAkAgAEI/gyIAUARAQcAAIAE3AwBByAAgAjcDAEHQACADNwMAQdgAIAQ3AwAMAQtBwAAgAkLAACAAfSIFhiABIACIhCIBNwMAQcgAIAMgBYYgAiAAiIQ3AwBB0AAgBCAFhiADIACIhDcDAEHYACAEIACINwMACyABC9ICAQF+QYAGQefMp9AGNgIAQYQGQYXdntt7NgIAQYgGQfLmu+MDNgIAQYwGQbrqv6p6NgIAQZAGQf+kuYgFNgIAQZQGQYzRldh5NgIAQZgGQauzj/wBNgIAQZwGQZmag98FNgIAIAGtQgOGIQMDQCABQcAATwRAIAAQBSAAQUBrIQAgAUFAaiEBDAELC0HgBkEAQYAB/AsAQeAGIAAgAfwKAAAgAUHgBmpBgAE6AABB4AZBoAcgAUE4SRsiACADQgiIQv+B/Ifwn8D/AIMgA0L/gfyH8J/A/wCDQgiGhCIDQhCIQv//g4Dw/z+DIANC//+DgPD/P4NCEIaEQiCKNwM4QeAGEAUgAEHgBkcEQCAAEAULQQAhAANAIABBIEkEQCAAIAJqIABBgAZqKAIAIgFBgP6DeHFBCHcgAUH/gfwHcUEIeHI2AgAgAEEEaiEADAELCwuYAQAgAiADhCAGhCAHhFAEQCAAIAEgAiADIAQgBSAGIAcQAQ8LIAAgASACIAMgBCAFIAYgBxAJQbgBKQMAQbABKQMAQaABKQMAQagBKQMAhISEQgBSBEAAC0GIASkDACEAQZABKQMAIQFBmAEpAwAhAkHAAEGAASkDACIDNwMAQcgAIAA3AwBB0AAgATcDAEHYACACNwMAIAML3gEBBH5CASEJA0AgBCAFhCAGhCAHhEIAUgRAAkAgBEIBg6cEQCAJIAggCiALIAAgASACIAMQASEJQdAAKQMAIQpB2AApAwAhC0HIACkDACEICyAFQj+GIARCAYiEIQQgBkI/hiAFQgGIhCEFIAdCP4YgBkIBiIQhBiAHQgGIIgcgBCAFhCAGhIRQDQAgACABIAIgAyAAIAEgAiADEAEhAEHIACkDACEBQdAAKQMAIQJB2AApAwAhAwwCCwsLQcAAIAk3AwBByAAgCDcDAEHQACAKNwMAQdgAIAs3AwAgCQsVACAAIAFBBhACIAJBgARBIPwKAAAL9QQCA38EfiAAKQMYIgQgACkDECIFIAApAwAiBiAAKQMIIgeFhYVClfip+pe33puef34gACkDOCAAKQMwIAApAyAgACkDKIWFhXxClfip+pe33puef35CN4inQQd0QYCABGoiASgCYAR/IAYgASkDAIUgByABKQMIhYQgBSABKQMQhYQgBCABKQMYhYQgAEEgaiICKQMAIAFBIGoiAykDAIUgAikDCCADKQMIhYQgAikDECADKQMQhYQgAikDGCADKQMYhYSEQgBSBUEBCwRAIABBwABBARACIAEgAEHAAPwKAABBkAQpAwAiBEIIiEL/gfyH8J/A/wCDIARC/4H8h/CfwP8Ag0IIhoQhBEGIBCkDACIFQgiIQv+B/Ifwn8D/AIMgBUL/gfyH8J/A/wCDQgiGhCEFQYAEKQMAIgZCCIhC/4H8h/CfwP8AgyAGQv+B/Ifwn8D/AINCCIaEIQZBwABBmAQpAwAiB0IIiEL/gfyH8J/A/wCDIAdC/4H8h/CfwP8Ag0IIhoQiB0IQiEL//4OA8P8/gyAHQv//g4Dw/z+DQhCGhEIgijcDAEHIACAEQhCIQv//g4Dw/z+DIARC//+DgPD/P4NCEIaEQiCKNwMAQdAAIAVCEIhC//+DgPD/P4MgBUL//4OA8P8/g0IQhoRCIIo3AwBB2AAgBkIQiEL//4OA8P8/gyAGQv//g4Dw/z+DQhCGhEIgijcDACABQUBrQcAAQSD8CgAAIAFBATYCYEHAACkDAA8LIAEpA0ghBCABKQNQIQUgASkDWCEGQcAAIAEpA0AiBzcDAEHIACAENwMAQdAAIAU3AwBB2AAgBjcDACAHCxUAIAAgAUEBEAIgAkGABEEg/AoAAAvYAgEEfiABQcAARgRAIAAQEw8LIAAgAUEBEAJBkAQpAwAiAkIIiEL/gfyH8J/A/wCDIAJC/4H8h/CfwP8Ag0IIhoQhAkGIBCkDACIDQgiIQv+B/Ifwn8D/AIMgA0L/gfyH8J/A/wCDQgiGhCEDQYAEKQMAIgRCCIhC/4H8h/CfwP8AgyAEQv+B/Ifwn8D/AINCCIaEIQRBwABBmAQpAwAiBUIIiEL/gfyH8J/A/wCDIAVC/4H8h/CfwP8Ag0IIhoQiBUIQiEL//4OA8P8/gyAFQv//g4Dw/z+DQhCGhEIgiiIFNwMAQcgAIAJCEIhC//+DgPD/P4MgAkL//4OA8P8/g0IQhoRCIIo3AwBB0AAgA0IQiEL//4OA8P8/gyADQv//g4Dw/z+DQhCGhEIgijcDAEHYACAEQhCIQv//g4Dw/z+DIARC//+DgPD/P4NCEIaEQiCKNwMAIAULyAMBAX5BwAAgBDcDAEHIACAFNwMAQdAAIAY3AwBB2AAgBzcDACAHQgBTBEBBwAApAwBCf4VCAXwiBFCtIgVByAApAwBCf4V8IgZQrSAFgyIFQdAAKQMAQn+FfCIHUK0gBYNB2AApAwBCf4V8IQVBwAAgBDcDAEHIACAGNwMAQdAAIAc3AwBB2AAgBTcDAAtBwAApAwAhBEHIACkDACEFQdAAKQMAIQZB2AApAwAhB0HAACAANwMAQcgAIAE3AwBB0AAgAjcDAEHYACADNwMAIANCAFMEQEHAACkDAEJ/hUIBfCIBUK0iAEHIACkDAEJ/hXwiAlCtIACDIghB0AApAwBCf4V8IgBQrSAIg0HYACkDAEJ/hXwhCEHAACABNwMAQcgAIAI3AwBB0AAgADcDAEHYACAINwMAC0HAACkDAEHIACkDAEHQACkDAEHYACkDACAEIAUgBiAHEAMhACADQgBTBEBBwAApAwBCf4VCAXwiAFCtIgFByAApAwBCf4V8IgJQrSABgyIBQdAAKQMAQn+FfCIDUK0gAYNB2AApAwBCf4V8IQFBwAAgADcDAEHIACACNwMAQdAAIAM3AwBB2AAgATcDAAsgAAvLAwECfkHAACAENwMAQcgAIAU3AwBB0AAgBjcDAEHYACAHNwMAIAdCAFMEQEHAACkDAEJ/hUIBfCIEUK0iBUHIACkDAEJ/hXwiBlCtIAWDIgVB0AApAwBCf4V8IghQrSAFg0HYACkDAEJ/hXwhBUHAACAENwMAQcgAIAY3AwBB0AAgCDcDAEHYACAFNwMAC0HAACkDACEEQcgAKQMAIQVB0AApAwAhBkHYACkDACEIQcAAIAA3AwBByAAgATcDAEHQACACNwMAQdgAIAM3AwAgA0IAUwRAQcAAKQMAQn+FQgF8IgFQrSIAQcgAKQMAQn+FfCICUK0gAIMiCUHQACkDAEJ/hXwiAFCtIAmDQdgAKQMAQn+FfCEJQcAAIAE3AwBByAAgAjcDAEHQACAANwMAQdgAIAk3AwALQcAAKQMAQcgAKQMAQdAAKQMAQdgAKQMAIAQgBSAGIAgQDCEAIAMgB4VCAFMEQEHAACkDAEJ/hUIBfCIAUK0iAUHIACkDAEJ/hXwiAlCtIAGDIgFB0AApAwBCf4V8IgNQrSABg0HYACkDAEJ/hXwhAUHAACAANwMAQcgAIAI3AwBB0AAgAzcDAEHYACABNwMACyAAC7AEACAIIAmEIAqEIAuEUARAQcAAQgA3AwBByABCADcDAEHQAEIANwMAQdgAQgA3AwBCAA8LIAEgAoQgA4QgBYQgBoQgB4RQBEAgAEIgiCIBIARC/////w+DIgJ+IABC/////w+DIgMgAn5CIIh8IQIgACAEfiAEQiCIIgAgAX4gAkIgiHwgACADfiACQv////8Pg3xCIIh8QgBCACAIIAkgCiALEAMPCyAAIAEgAiADIAQgBSAGIAcQCSAIIAmDIAqDIAuDQn9RBEBBoAEpAwAiAEGAASkDAHwhASAAIAFWrSIAQYgBKQMAfCICQagBKQMAIgN8IQQgACACVq0gAyAEVq2EIgBBkAEpAwB8IgJBsAEpAwAiA3whBQJAIAAgAlatIAMgBVathCIAQZgBKQMAfCICQbgBKQMAIgN8IgYgACACVq0gAyAGVq2EIgIgAXwiAFCtIAKDIgEgBHwiAlCtIAGDIgEgBXwiA1CtIAGDfCIBIAAgAoMgA4ODQn9RBEBBwABCADcDAEHIAEIANwMAQdAAQgA3AwBB2ABCADcDAEIAIQAMAQtBwAAgADcDAEHIACACNwMAQdAAIAM3AwBB2AAgATcDAAsgAA8LQYACIAg3AwBBiAIgCTcDAEGQAiAKNwMAQZgCIAs3AwBBCBAEQYgBKQMAIQBBkAEpAwAhAUGYASkDACECQcAAQYABKQMAIgM3AwBByAAgADcDAEHQACABNwMAQdgAIAI3AwAgAwvuBwIDfwx+IAFBA3RB+AFqKQMAeSIIQgBSBEBBgAIhAgNAIAEgA0oEQCACIAYgAikDACIFIAiGhDcDACAFQsAAIAh9iCEGIANBAWohAyACQQhqIQIMAQsLQYABIQJCACEGQQAhAwNAIAAgA0oEQCACIAYgAikDACIFIAiGhDcDACAFQsAAIAh9iCEGIANBAWohAyACQQhqIQIMAQsLCyAAQQN0QYABaiAGNwMAIAFBA3QiAkHwAWopAwAhCSACQfgBaikDACIHIwBSBEAgBxAGJAEgByQACyMBIQogACABayEDA0AgA0EATgRAIANBA3RBgAFqIgAgAUEDdGopAwAhCyAAIAFBAmtBA3RqKQMAIQxCfyEGIAcgACABQQFrQQN0aikDACINIAd8IgVYIQIgByALVgRAIApCIIgiBSALQv////8PgyIGfiAKQv////8PgyIOIAZ+QiCIfCEGIAogC34iDyANfCIQIA0gByAPIBBWrSALIAtCIIgiCyAFfiAGQiCIfCALIA5+IAZC/////w+DfEIgiHx8fEIBfCIGfn0iBVQEQCAGQgF9IQYgBSAHfCEFCyANIAcgBkIBfCAGIAUgB1obIgZ+fSEFQQEhAgsDQCACBEACQCAGQiCIIgsgCUL/////D4MiDX4gBkL/////D4MiDiANfkIgiHwhDSAJQiCIIg8gC34gDUIgiHwgDiAPfiANQv////8Pg3xCIIh8IgsgBVQEf0EBBSAFIAtRIAYgCX4gDFhxCw0AIAZCAX0hBiAHIAUgB3wiBVghAgwCCwsLQgAhBUEAIQIDQCACIAFBA3RJBEAgACACaiIEKQMAIQsgBCALIAJBgAJqKQMAIgwgBn4gBXwiDX03AwAgBkIgiCIOIAxC/////w+DIg9+IAZC/////w+DIhAgD35CIIh8IQ8gCyANVK0gBSANVq0gDEIgiCIFIA5+IA9CIIh8IAUgEH4gD0L/////D4N8QiCIfHx8IQUgAkEIaiECDAELCyAAIAFBA3RqIgIpAwAhCyACIAsgBX03AwAgBSALVgRAIAZCAX0hBkIAIQVBACECA0AgAiABQQN0SQRAIAAgAmoiBCkDACILIAJBgAJqKQMAfCIMIAV8IQUgBCAFNwMAIAsgDFatIAUgDFSthCEFIAJBCGohAgwBCwsgACABQQN0aiIAIAApAwAgBXw3AwALIANBA3RBwAJqIAY3AwAgA0EBayEDDAELCyAIQgBSBEBBACEAA0AgACABSARAIABBA3RBgAFqIgIgAEEBaiABSAR+IAIpAwhCwAAgCH2GBUIACyACKQMAIAiIhDcDACAAQQFqIQAMAQsLCwuxAgEBfiAIIAmEIAqEIAuEUARAQcAAQgA3AwBByABCADcDAEHQAEIANwMAQdgAQgA3AwBCAA8LIAAgBHwiACAEVK0iBCABfCIBIAV8IQwgASAEVK0gBSAMVq2EIgEgAnwiAiAGfCEEIAEgAlatIAQgBlSthCIBIAN8IgIgB3whAyABIAJWrSADIAdUrYQiAVAEQCAAIAwgBCADIAggCSAKIAsQAw8LQYABIAA3AwBBiAEgDDcDAEGQASAENwMAQZgBIAM3AwBBoAEgATcDAEGAAiAINwMAQYgCIAk3AwBBkAIgCjcDAEGYAiALNwMAQQUQBEGIASkDACEAQZABKQMAIQFBmAEpAwAhAkHAAEGAASkDACIDNwMAQcgAIAA3AwBB0AAgATcDAEHYACACNwMAIAMLhAICAn8CfiAAIAJqIQQDQCAAQQhqIARNBEAgACkDACIGIAEpAwAiBVIEQEF/QQEgBkIIiEL/gfyH8J/A/wCDIAZC/4H8h/CfwP8Ag0IIhoQiBkIQiEL//4OA8P8/gyAGQv//g4Dw/z+DQhCGhEIgiiAFQgiIQv+B/Ifwn8D/AIMgBUL/gfyH8J/A/wCDQgiGhCIFQhCIQv//g4Dw/z+DIAVC//+DgPD/P4NCEIaEQiCKVBsPCyAAQQhqIQAgAUEIaiEBDAELCwNAIAAgBEkEQCAAIgJBAWohACABIgNBAWohASACLQAAIgIgAy0AACIDRwRAQX9BASACIANJGw8LDAELC0EACwvPAwIAQYAIC8ABAQAAAAAAAACCgAAAAAAAAIqAAAAAAACAAIAAgAAAAICLgAAAAAAAAAEAAIAAAAAAgYAAgAAAAIAJgAAAAAAAgIoAAAAAAAAAiAAAAAAAAAAJgACAAAAAAAoAAIAAAAAAi4AAgAAAAACLAAAAAAAAgImAAAAAAACAA4AAAAAAAIACgAAAAAAAgIAAAAAAAACACoAAAAAAAAAKAACAAAAAgIGAAIAAAACAgIAAAAAAAIABAACAAAAAAAiAAIAAAACAAEHACQuAApgvikKRRDdxz/vAtaXbtelbwlY58RHxWaSCP5LVXhyrmKoH2AFbgxK+hTEkw30MVXRdvnL+sd6Apwbcm3Txm8HBaZvkhke+78adwQ/MoQwkbyzpLaqEdErcqbBc2oj5dlJRPphtxjGoyCcDsMd/Wb/zC+DGR5Gn1VFjygZnKSkUhQq3JzghGy78bSxNEw04U1RzCmW7Cmp2LsnCgYUscpKh6L+iS2YaqHCLS8KjUWzHGeiS0SQGmdaFNQ70cKBqEBbBpBkIbDceTHdIJ7W8sDSzDBw5SqrYTk/KnFvzby5o7oKPdG9jpXgUeMiECALHjPr/vpDrbFCk96P5vvJ4ccY=";

// packages/core/src/kernel/kernel.ts
var KERNEL_FUNCTIONS = {
  mul: ["llllllll", "l"],
  mulChecked: ["llllllll", "l"],
  div: ["llllllll", "l"],
  mod: ["llllllll", "l"],
  sdiv: ["llllllll", "l"],
  smod: ["llllllll", "l"],
  addmod: ["llllllllllll", "l"],
  mulmod: ["llllllllllll", "l"],
  exp: ["llllllll", "l"],
  shl: ["lllll", "l"],
  shr: ["lllll", "l"],
  sar: ["lllll", "l"],
  signextend: ["lllll", "l"],
  compare: ["iii", "i"],
  keccak: ["ii", "l"],
  keccak256: ["iii", ""],
  sha256: ["iii", ""],
  sha3: ["iii", ""]
};
var compiled;
function createKernel(memory) {
  compiled ??= new WebAssembly.Module(Buffer.from(KERNEL_BASE64, "base64"));
  const instance = new WebAssembly.Instance(compiled, { env: { memory } });
  const exports = instance.exports;
  return {
    exports,
    keccak256: exports.keccak256,
    sha256: exports.sha256,
    compare: exports.compare
  };
}

// packages/core/src/wasm/byte-buffer.ts
var ByteBuffer = class {
  bytes;
  length = 0;
  constructor(capacity = 1024) {
    this.bytes = new Uint8Array(capacity);
  }
  /** Makes room for `count` more bytes. */
  reserve(count) {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const grown2 = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown2.set(this.bytes.subarray(0, this.length));
    this.bytes = grown2;
  }
  byte(value) {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = value;
  }
  /** Unsigned LEB128 of a number below 2^32. */
  unsigned(value) {
    let rest = value >>> 0;
    while (rest >= 128) {
      this.byte(rest & 127 | 128);
      rest >>>= 7;
    }
    this.byte(rest);
  }
  /** Signed LEB128 of an i32. */
  signed32(value) {
    let rest = value | 0;
    while (rest < -64 || rest > 63) {
      this.byte(rest & 127 | 128);
      rest >>= 7;
    }
    this.byte(rest & 127);
  }
  /** Signed LEB128 of the i64 with these halves. */
  signed64(low4, high) {
    let lo = low4 | 0;
    let hi = high | 0;
    while (hi !== lo >> 31 || lo < -64 || lo > 63) {
      this.byte(lo & 127 | 128);
      lo = lo >>> 7 | hi << 25;
      hi >>= 7;
    }
    this.byte(lo & 127);
  }
  append(other) {
    this.reserve(other.length);
    this.bytes.set(other, this.length);
    this.length += other.length;
  }
  /** Length in bytes, then the contents of `other`. */
  section(other) {
    this.unsigned(other.length);
    this.append(other.view());
  }
  /** Length in bytes, then UTF-8. */
  name(text) {
    const bytes = new TextEncoder().encode(text);
    this.unsigned(bytes.length);
    this.append(bytes);
  }
  /** The bytes written so far, not copied. */
  view() {
    return this.bytes.subarray(0, this.length);
  }
  clear() {
    this.length = 0;
  }
};

// packages/core/src/wasm/opcodes.ts
var W = {
  unreachable: 0,
  nop: 1,
  block: 2,
  loop: 3,
  if: 4,
  else: 5,
  end: 11,
  br: 12,
  brIf: 13,
  brTable: 14,
  return: 15,
  call: 16,
  callIndirect: 17,
  drop: 26,
  select: 27,
  localGet: 32,
  localSet: 33,
  localTee: 34,
  globalGet: 35,
  globalSet: 36,
  i32Load: 40,
  i64Load: 41,
  i32Load8U: 45,
  i32Load16U: 47,
  i64Load8U: 49,
  i64Load16U: 51,
  i64Load32U: 53,
  i32Store: 54,
  i64Store: 55,
  i32Store8: 58,
  i32Store16: 59,
  i64Store8: 60,
  i64Store16: 61,
  i64Store32: 62,
  i32Const: 65,
  i64Const: 66,
  i32Eqz: 69,
  i32Eq: 70,
  i32Ne: 71,
  i32LtS: 72,
  i32LtU: 73,
  i32GtS: 74,
  i32GtU: 75,
  i32LeS: 76,
  i32LeU: 77,
  i32GeS: 78,
  i32GeU: 79,
  i64Eqz: 80,
  i64Eq: 81,
  i64Ne: 82,
  i64LtS: 83,
  i64LtU: 84,
  i64GtS: 85,
  i64GtU: 86,
  i64LeS: 87,
  i64LeU: 88,
  i64GeS: 89,
  i64GeU: 90,
  i32Clz: 103,
  i32Ctz: 104,
  i32Add: 106,
  i32Sub: 107,
  i32Mul: 108,
  i32DivU: 110,
  i32RemU: 112,
  i32And: 113,
  i32Or: 114,
  i32Xor: 115,
  i32Shl: 116,
  i32ShrS: 117,
  i32ShrU: 118,
  i64Clz: 121,
  i64Ctz: 122,
  i64Add: 124,
  i64Sub: 125,
  i64Mul: 126,
  i64DivS: 127,
  i64DivU: 128,
  i64RemS: 129,
  i64RemU: 130,
  i64And: 131,
  i64Or: 132,
  i64Xor: 133,
  i64Shl: 134,
  i64ShrS: 135,
  i64ShrU: 136,
  i64Rotl: 137,
  i64Rotr: 138,
  i32WrapI64: 167,
  i64ExtendI32S: 172,
  i64ExtendI32U: 173
};
var W_BULK = { prefix: 252, memoryCopy: 10, memoryFill: 11 };
var W_SIMD = {
  prefix: 253,
  v128Load: 0,
  v128Store: 11,
  i8x16Shuffle: 13,
  i64x2Splat: 18,
  i64x2ExtractLane: 29,
  i64x2ReplaceLane: 30
};
var WASM_TYPE = {
  i32: 127,
  i64: 126,
  v128: 123,
  funcref: 112,
  func: 96,
  empty: 64
};

// packages/core/src/wasm/module-builder.ts
var SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  global: 6,
  export: 7,
  element: 9,
  code: 10
};
var ModuleBuilder = class {
  #types = /* @__PURE__ */ new Map();
  #imports = new ByteBuffer(256);
  #importCount = 0;
  #functionImports = 0;
  #functionTypes = [];
  #exports = new ByteBuffer(64);
  #exportCount = 0;
  #code = new ByteBuffer(1 << 14);
  #bodies = 0;
  #elements = [];
  #tableLength = 0;
  /** Index of a signature in the type section. */
  type(signature) {
    let index = this.#types.get(signature);
    if (index === void 0) {
      index = this.#types.size;
      this.#types.set(signature, index);
    }
    return index;
  }
  /** Imports a memory of at least `pages`. */
  importMemory(module, name, pages) {
    this.#import(module, name, 2);
    this.#imports.byte(0);
    this.#imports.unsigned(pages);
  }
  /** Imports a function; answers its index. All imports come before the first function. */
  importFunction(module, name, signature) {
    this.#import(module, name, 0);
    this.#imports.unsigned(this.type(signature));
    return this.#functionImports++;
  }
  #import(module, name, kind) {
    this.#importCount++;
    this.#imports.name(module);
    this.#imports.name(name);
    this.#imports.byte(kind);
  }
  /** Declares a function; answers its index. Bodies follow by {@link body} in the same order. */
  declare(signature) {
    this.#functionTypes.push(this.type(signature));
    return this.#functionImports + this.#functionTypes.length - 1;
  }
  export(name, functionIndex) {
    this.#exportCount++;
    this.#exports.name(name);
    this.#exports.byte(0);
    this.#exports.unsigned(functionIndex);
  }
  /** Table 0 with these functions; -1 leaves an element null. */
  table(functions) {
    this.#elements = functions;
    this.#tableLength = functions.length;
  }
  /** The next body: local declarations, instructions and the final `end`. */
  body(content) {
    this.#code.section(content);
    this.#bodies++;
  }
  /** Bytes of code so far. */
  get codeLength() {
    return this.#code.length;
  }
  /** The finished module. */
  build() {
    const out = new ByteBuffer(this.#code.length + 4096);
    out.append(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    counted(out, SECTION.type, this.#types.size, this.#typeSection());
    counted(out, SECTION.import, this.#importCount, this.#imports);
    const functions = new ByteBuffer(256);
    for (const type of this.#functionTypes) functions.unsigned(type);
    counted(out, SECTION.function, this.#functionTypes.length, functions);
    if (this.#tableLength > 0) {
      const table2 = new ByteBuffer(16);
      table2.byte(WASM_TYPE.funcref);
      table2.byte(0);
      table2.unsigned(this.#tableLength);
      counted(out, SECTION.table, 1, table2);
    }
    counted(out, SECTION.export, this.#exportCount, this.#exports);
    if (this.#tableLength > 0) this.#elementSection(out);
    counted(out, SECTION.code, this.#bodies, this.#code);
    return out.view();
  }
  #typeSection() {
    const types = new ByteBuffer(256);
    for (const signature of this.#types.keys()) {
      types.byte(WASM_TYPE.func);
      for (const part of signature.split(">")) {
        types.unsigned(part.length);
        for (const letter of part) types.byte(letter === "i" ? WASM_TYPE.i32 : WASM_TYPE.i64);
      }
    }
    return types;
  }
  /** One active segment for each run of functions without a hole. */
  #elementSection(out) {
    const segments = new ByteBuffer(256);
    const elements = this.#elements;
    let count = 0;
    for (let from = 0; from < elements.length; ) {
      if (elements[from] < 0) {
        from++;
        continue;
      }
      let to = from;
      while (to < elements.length && elements[to] >= 0) to++;
      segments.byte(0);
      segments.byte(65);
      segments.signed32(from);
      segments.byte(11);
      segments.unsigned(to - from);
      for (let i = from; i < to; i++) segments.unsigned(elements[i]);
      count++;
      from = to;
    }
    if (count > 0) counted(out, SECTION.element, count, segments);
  }
};
function counted(out, id, count, contents) {
  const head = new ByteBuffer(8);
  head.unsigned(count);
  out.byte(id);
  out.unsigned(head.length + contents.length);
  out.append(head.view());
  out.append(contents.view());
}

// packages/core/src/codegen/live-values.ts
var KEPT = WRITES | TRAPS | METERS | TERMINATES | CALLS;
function edgeArguments(code, at, edge) {
  if ((code[at] & 255) === OP.br) return at + 3;
  return edge === 0 ? at + 4 : at + 6 + code[at + 4];
}
function edgeTarget(code, at, edge) {
  return code[edgeArguments(code, at, edge) - 1];
}
function findLiveValues(fn, flow) {
  const { code, blocks, valueCount } = fn;
  const definedAt = new Int32Array(valueCount).fill(-1);
  const definedIn = new Int32Array(valueCount).fill(-1);
  const { terminators } = flow;
  const parameterIndex = new Int32Array(valueCount).fill(-1);
  const isLive = new Uint8Array(valueCount);
  const work = new Int32Array(valueCount);
  const positions = new Int32Array(longestInstruction(code, blocks));
  let pending = 0;
  const mark = (value) => {
    if (isLive[value] === 1) return;
    isLive[value] = 1;
    work[pending++] = value;
  };
  for (const block of flow.order) {
    const { params, start, end } = blocks[block];
    for (let i = 0; i < params.length; i++) {
      definedIn[params[i]] = block;
      parameterIndex[params[i]] = i;
    }
    for (let at = start; at < end; at += code[at] >>> 8) {
      const results = resultPositions(code, at, positions);
      for (let i = 0; i < results; i++) {
        definedAt[code[positions[i]]] = at;
        definedIn[code[positions[i]]] = block;
      }
      const op = code[at] & 255;
      if ((OPS[op].effects & KEPT) === 0) continue;
      if (op === OP.br) continue;
      if (op === OP["br.if"]) {
        mark(code[at + 2]);
        continue;
      }
      const reads = operandPositions(code, at, positions);
      for (let i = 0; i < reads; i++) mark(code[positions[i]]);
    }
  }
  while (pending > 0) {
    const value = work[--pending];
    if (definedAt[value] >= 0) {
      const reads = operandPositions(code, definedAt[value], positions);
      for (let i = 0; i < reads; i++) mark(code[positions[i]]);
      continue;
    }
    const block = definedIn[value];
    for (let i = flow.predecessorStart[block]; i < flow.predecessorStart[block + 1]; i++) {
      const at = terminators[flow.predecessors[i]];
      const edges = edgeCount(code, at);
      for (let edge = 0; edge < edges; edge++) {
        if (edgeTarget(code, at, edge) !== block) continue;
        mark(code[edgeArguments(code, at, edge) + 1 + parameterIndex[value]]);
      }
    }
  }
  const { uses, isGlobal } = countReads(fn, flow, definedIn, isLive, positions);
  return { definedAt, definedIn, uses, isGlobal };
}
function edgeCount(code, at) {
  const op = code[at] & 255;
  return op === OP.br ? 1 : op === OP["br.if"] ? 2 : 0;
}
function longestInstruction(code, blocks) {
  let longest = 0;
  for (const { start, end } of blocks) {
    for (let at = start; at < end; at += code[at] >>> 8) {
      if (code[at] >>> 8 > longest) longest = code[at] >>> 8;
    }
  }
  return longest;
}
function countReads(fn, flow, definedIn, isLive, positions) {
  const { code, blocks, valueCount } = fn;
  const uses = new Int32Array(valueCount);
  const isGlobal = new Uint8Array(valueCount);
  for (const block of flow.order) {
    const { start, end } = blocks[block];
    for (let at = start; at < end; at += code[at] >>> 8) {
      const op = code[at] & 255;
      const edges = edgeCount(code, at);
      if (edges > 0) {
        if (edges === 2) read(code[at + 2], block);
        for (let edge = 0; edge < edges; edge++) {
          const args = edgeArguments(code, at, edge);
          const { params } = blocks[code[args - 1]];
          for (let i = 0; i < params.length; i++) {
            if (isLive[params[i]] === 1) read(code[args + 1 + i], block);
          }
        }
        continue;
      }
      if ((OPS[op].effects & KEPT) === 0) {
        if (resultPositions(code, at, positions) === 0 || isLive[code[positions[0]]] === 0)
          continue;
      }
      const reads = operandPositions(code, at, positions);
      for (let i = 0; i < reads; i++) read(code[positions[i]], block);
    }
  }
  return { uses, isGlobal };
  function read(value, block) {
    uses[value]++;
    if (definedIn[value] !== block) isGlobal[value] = 1;
  }
}

// packages/core/src/ir/dominators.ts
function dominators(blockCount, preorder, parent, start, predecessors2) {
  const n = preorder.length;
  const number = new Int32Array(blockCount).fill(-1);
  for (let i = 0; i < n; i++) number[preorder[i]] = i;
  const ancestor = new Int32Array(n);
  const idom = new Int32Array(n);
  for (let i = 1; i < n; i++) {
    ancestor[i] = number[parent[preorder[i]]];
    idom[i] = ancestor[i];
  }
  const semi = new Int32Array(n);
  const label = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    semi[i] = i;
    label[i] = i;
  }
  const path = new Int32Array(n);
  for (let w = n - 1; w > 0; w--) {
    const block = preorder[w];
    for (let i = start[block]; i < start[block + 1]; i++) {
      const v = number[predecessors2[i]];
      const u = v > w ? compress(v, w, ancestor, label, semi, path) : v;
      if (semi[u] < semi[w]) semi[w] = semi[u];
    }
  }
  for (let w = 1; w < n; w++) {
    let candidate = idom[w];
    while (candidate > semi[w]) candidate = idom[candidate];
    idom[w] = candidate;
  }
  const result = new Int32Array(blockCount).fill(-1);
  for (let i = 1; i < n; i++) result[preorder[i]] = preorder[idom[i]];
  return result;
}
function compress(v, last2, ancestor, label, semi, path) {
  let depth = 0;
  let node = v;
  while (ancestor[node] > last2) {
    path[depth++] = node;
    node = ancestor[node];
  }
  while (depth > 0) {
    const below = path[--depth];
    const above = ancestor[below];
    if (semi[label[above]] < semi[label[below]]) label[below] = label[above];
    ancestor[below] = ancestor[above];
  }
  return label[v];
}

// packages/core/src/ir/control-flow.ts
function dominates(flow, a, b) {
  const enter = flow.domEnter[b];
  return flow.domEnter[a] <= enter && enter <= flow.domLast[a];
}
function isRetreating(flow, from, to) {
  return flow.rpoIndex[to] <= flow.rpoIndex[from];
}
function analyseControlFlow(fn) {
  const blockCount = fn.blocks.length;
  const successorStart = new Int32Array(blockCount + 1);
  const terminators = terminatorPositions(fn);
  const allSuccessors = listSuccessors(fn, terminators, successorStart);
  const { order, rpoIndex, preorder, parent } = depthFirst(
    blockCount,
    successorStart,
    allSuccessors
  );
  const { start: predecessorStart, items: predecessors2 } = listPredecessors(
    blockCount,
    successorStart,
    allSuccessors,
    rpoIndex
  );
  const idom = dominators(blockCount, preorder, parent, predecessorStart, predecessors2);
  const tree = dominatorTree(blockCount, order, idom);
  const flow = {
    blockCount,
    order,
    rpoIndex,
    terminators,
    successorStart,
    successors: allSuccessors,
    predecessorStart,
    predecessors: predecessors2,
    idom,
    ...tree,
    isLoopHeader: new Uint8Array(blockCount),
    isReducible: true
  };
  for (const block of order) {
    for (let i = successorStart[block]; i < successorStart[block + 1]; i++) {
      const target2 = allSuccessors[i];
      if (!isRetreating(flow, block, target2)) continue;
      flow.isLoopHeader[target2] = 1;
      if (!dominates(flow, target2, block)) flow.isReducible = false;
    }
  }
  return flow;
}
function terminatorPositions(fn) {
  const { code, blocks } = fn;
  const positions = new Int32Array(blocks.length);
  for (let b = 0; b < blocks.length; b++) {
    const { start, end } = blocks[b];
    let last2 = start;
    for (let at = start; at < end; at += code[at] >>> 8) last2 = at;
    positions[b] = last2;
  }
  return positions;
}
function listSuccessors(fn, terminators, start) {
  let items = new Int32Array(fn.blocks.length * 2 + 8);
  const targets = [];
  let n = 0;
  for (let b = 0; b < fn.blocks.length; b++) {
    start[b] = n;
    const count = targetPositions(fn.code, terminators[b], targets);
    if (n + count > items.length) {
      const grown2 = new Int32Array(Math.max(items.length * 2, n + count));
      grown2.set(items);
      items = grown2;
    }
    for (let i = 0; i < count; i++) items[n++] = fn.code[targets[i]];
  }
  start[fn.blocks.length] = n;
  return items.subarray(0, n);
}
function depthFirst(blockCount, start, successors) {
  const parent = new Int32Array(blockCount).fill(-1);
  const next = start.slice(0, blockCount);
  const seen = new Uint8Array(blockCount);
  const stack = new Int32Array(blockCount);
  const preorder = new Int32Array(blockCount);
  const postorder = new Int32Array(blockCount);
  let depth = 1;
  let entered = 1;
  let left = 0;
  seen[0] = 1;
  while (depth > 0) {
    const block = stack[depth - 1];
    if (next[block] === start[block + 1]) {
      postorder[left++] = block;
      depth--;
      continue;
    }
    const target2 = successors[next[block]++];
    if (seen[target2] === 1) continue;
    seen[target2] = 1;
    parent[target2] = block;
    preorder[entered++] = target2;
    stack[depth++] = target2;
  }
  const rpoIndex = new Int32Array(blockCount).fill(-1);
  const order = postorder.slice(0, left).reverse();
  for (let i = 0; i < left; i++) rpoIndex[order[i]] = i;
  return { order, rpoIndex, preorder: preorder.subarray(0, entered), parent };
}
function listPredecessors(blockCount, successorStart, successors, rpoIndex) {
  const start = new Int32Array(blockCount + 1);
  for (let b = 0; b < blockCount; b++) {
    if (rpoIndex[b] < 0) continue;
    for (let i = successorStart[b]; i < successorStart[b + 1]; i++) start[successors[i] + 1]++;
  }
  for (let b = 0; b < blockCount; b++) start[b + 1] += start[b];
  const items = new Int32Array(start[blockCount]);
  const next = start.slice(0, blockCount);
  for (let b = 0; b < blockCount; b++) {
    if (rpoIndex[b] < 0) continue;
    for (let i = successorStart[b]; i < successorStart[b + 1]; i++) {
      items[next[successors[i]]++] = b;
    }
  }
  return { start, items };
}
function dominatorTree(blockCount, order, idom) {
  const childStart = new Int32Array(blockCount + 1);
  for (const block of order) if (block !== 0) childStart[idom[block] + 1]++;
  for (let b = 0; b < blockCount; b++) childStart[b + 1] += childStart[b];
  const children = new Int32Array(Math.max(0, order.length - 1));
  const next = childStart.slice(0, blockCount);
  for (const block of order) if (block !== 0) children[next[idom[block]]++] = block;
  const size = new Int32Array(blockCount).fill(1);
  for (let i = order.length - 1; i > 0; i--) size[idom[order[i]]] += size[order[i]];
  const domEnter = new Int32Array(blockCount).fill(-1);
  const domLast = new Int32Array(blockCount).fill(-2);
  domEnter[0] = 0;
  for (const block of order) {
    let at = domEnter[block] + 1;
    domLast[block] = domEnter[block] + size[block] - 1;
    for (let i = childStart[block]; i < childStart[block + 1]; i++) {
      domEnter[children[i]] = at;
      at += size[children[i]];
    }
  }
  return { childStart, children, domEnter, domLast };
}

// packages/core/src/codegen/structure.ts
var END = { kind: "end" };
var StructureWriter = class {
  #c;
  #flow;
  #actions = [];
  /** Wasm labels that are open. */
  #depth = 0;
  /** Depth at which the label of a loop or of a meeting place was opened. */
  #loopLabel;
  #mergeLabel;
  #isMerge;
  #isTrap;
  constructor(c) {
    this.#c = c;
    this.#flow = c.flow;
    const count = c.flow.blockCount;
    this.#loopLabel = new Int32Array(count);
    this.#mergeLabel = new Int32Array(count);
    this.#isTrap = new Uint8Array(count);
    this.#isMerge = new Uint8Array(count);
    this.#findMerges();
  }
  /** Blocks of one trap are repeated at their branches; blocks with several forward edges, or one from a switch, get a label. */
  #findMerges() {
    const { code, fn } = this.#c;
    const flow = this.#flow;
    for (const block of flow.order) {
      const { start } = fn.blocks[block];
      const op = code[start] & 255;
      this.#isTrap[block] = op === OP.trap ? 1 : 0;
    }
    const forward = new Int32Array(flow.blockCount);
    for (const block of flow.order) {
      const isSwitch = (code[flow.terminators[block]] & 255) === OP.switch;
      for (let i = flow.successorStart[block]; i < flow.successorStart[block + 1]; i++) {
        const target2 = flow.successors[i];
        if (isRetreating(flow, block, target2)) continue;
        forward[target2] += isSwitch ? 2 : this.#isTrap[target2] === 1 ? 0 : 1;
      }
    }
    for (const block of flow.order) this.#isMerge[block] = forward[block] > 1 ? 1 : 0;
  }
  write() {
    const actions = this.#actions;
    actions.push({ kind: "tree", block: 0 });
    for (let action = actions.pop(); action !== void 0; action = actions.pop()) {
      if (action.kind === "tree") this.#tree(action.block);
      else if (action.kind === "end") this.#close();
      else this.#c.out.append(action.bytes);
    }
    assert(this.#depth === 0, "every label is closed");
    this.#c.op(W.unreachable);
  }
  #open(opcode) {
    this.#c.op(opcode);
    this.#c.op(WASM_TYPE.empty);
    this.#depth++;
  }
  #close() {
    this.#c.op(W.end);
    this.#depth--;
  }
  #tree(block) {
    const flow = this.#flow;
    if (flow.isLoopHeader[block] === 1) {
      this.#loopLabel[block] = this.#depth;
      this.#open(W.loop);
      this.#actions.push(END);
    }
    for (let i = flow.childStart[block + 1] - 1; i >= flow.childStart[block]; i--) {
      const child = flow.children[i];
      if (this.#isMerge[child] === 0) continue;
      this.#mergeLabel[child] = this.#depth;
      this.#open(W.block);
      this.#actions.push({ kind: "tree", block: child }, END);
    }
    this.#body(block);
  }
  #body(block) {
    const c = this.#c;
    const { code } = c;
    const { start } = c.fn.blocks[block];
    const last2 = c.flow.terminators[block];
    c.block = block;
    for (let at = start; at < last2; at += code[at] >>> 8) c.write(at);
    switch (code[last2] & 255) {
      case OP.br:
        c.moveArguments(edgeArguments(code, last2, 0), code[last2 + 2]);
        return this.#go(block, code[last2 + 2]);
      case OP["br.if"]:
        return this.#branch(block, last2);
      case OP.switch:
        return this.#switch(block, last2);
      default:
        c.lower[code[last2] & 255](c, last2);
    }
  }
  /** True if going to `target` is one jump; false if its code follows here. */
  #isJump(from, target2) {
    return this.#isMerge[target2] === 1 || isRetreating(this.#flow, from, target2);
  }
  #jump(opcode, from, target2) {
    const label = isRetreating(this.#flow, from, target2) ? this.#loopLabel[target2] : this.#mergeLabel[target2];
    this.#c.op(opcode);
    this.#c.out.unsigned(this.#depth - 1 - label);
  }
  #isRepeatedTrap(target2) {
    return this.#isTrap[target2] === 1 && this.#isMerge[target2] === 0;
  }
  #go(from, target2) {
    if (this.#isRepeatedTrap(target2)) this.#c.op(W.unreachable);
    else if (this.#isJump(from, target2)) this.#jump(W.br, from, target2);
    else this.#actions.push({ kind: "tree", block: target2 });
  }
  #branch(block, at) {
    const c = this.#c;
    const { code } = c;
    const first2 = edgeArguments(code, at, 0);
    const second = edgeArguments(code, at, 1);
    settleTrapping(c, first2);
    settleTrapping(c, second);
    c.push(code[at + 2]);
    const moves = captureMoves(c, first2);
    const otherMoves = captureMoves(c, second);
    if (this.#leavesFirst(block, code[first2 - 1], code[second - 1])) {
      this.#split(block, code[first2 - 1], moves, code[second - 1], otherMoves);
    } else {
      c.op(W.i32Eqz);
      this.#split(block, code[second - 1], otherMoves, code[first2 - 1], moves);
    }
  }
  /** Which of two targets goes inside the `if`: a trap, a jump, or the smaller subtree, so that nesting stays logarithmic. */
  #leavesFirst(block, target2, other) {
    if (this.#isRepeatedTrap(target2)) return true;
    if (this.#isRepeatedTrap(other)) return false;
    if (this.#isJump(block, target2)) return true;
    if (this.#isJump(block, other)) return false;
    const { domEnter, domLast } = this.#flow;
    return domLast[target2] - domEnter[target2] <= domLast[other] - domEnter[other];
  }
  /** With the condition on the stack: to `target` if it holds, else on to `other`. */
  #split(block, target2, moves, other, otherMoves) {
    const c = this.#c;
    if (this.#isRepeatedTrap(target2)) c.trapIf();
    else if (this.#isJump(block, target2) && moves.length === 0) this.#jump(W.brIf, block, target2);
    else {
      this.#open(W.if);
      c.out.append(moves);
      if (!this.#isJump(block, target2)) {
        this.#goLater(block, other, otherMoves);
        this.#actions.push(END, { kind: "tree", block: target2 });
        return;
      }
      this.#jump(W.br, block, target2);
      this.#close();
    }
    c.out.append(otherMoves);
    this.#go(block, other);
  }
  /** Schedules the second way of a branch behind the first, whose tree is written before it. */
  #goLater(block, target2, moves) {
    assert(
      !this.#isJump(block, target2) && !this.#isRepeatedTrap(target2),
      "the second way is a tree"
    );
    this.#actions.push({ kind: "tree", block: target2 });
    if (moves.length > 0) this.#actions.push({ kind: "bytes", bytes: moves });
  }
  #switch(block, at) {
    const c = this.#c;
    const { code } = c;
    c.push(code[at + 2]);
    const count = code[at + 3];
    c.op(W.brTable);
    c.out.unsigned(count);
    for (let i = 0; i <= count; i++) {
      const target2 = code[at + 4 + i];
      const label = isRetreating(this.#flow, block, target2) ? this.#loopLabel[target2] : this.#mergeLabel[target2];
      c.out.unsigned(this.#depth - 1 - label);
    }
  }
};
function settleTrapping(c, args) {
  const { params } = c.fn.blocks[c.code[args - 1]];
  for (let i = 0; i < params.length; i++) {
    if (!c.isDead(params[i])) c.settleIfTraps(c.code[args + 1 + i]);
  }
}
function captureMoves(c, args) {
  const from = c.out.length;
  c.moveArguments(args, c.code[args - 1]);
  const bytes = c.out.bytes.slice(from, c.out.length);
  c.out.length = from;
  return bytes;
}

// packages/core/src/codegen/dispatch.ts
function writeDispatch(c) {
  const { order, rpoIndex } = c.flow;
  const { code } = c;
  const next = c.permanentLocal(WASM_TYPE.i32);
  open(c, W.loop);
  for (let i = 0; i < order.length; i++) open(c, W.block);
  c.get(next);
  c.op(W.brTable);
  c.out.unsigned(order.length - 1);
  for (let i = 0; i < order.length; i++) c.out.unsigned(i);
  for (let i = 0; i < order.length; i++) {
    c.op(W.end);
    writeBlock(order[i], order.length - 1 - i);
  }
  c.op(W.end);
  c.op(W.unreachable);
  function writeBlock(block, depth) {
    const last2 = c.flow.terminators[block];
    c.block = block;
    for (let at = c.fn.blocks[block].start; at < last2; at += code[at] >>> 8) c.write(at);
    switch (code[last2] & 255) {
      case OP.br:
        c.moveArguments(edgeArguments(code, last2, 0), code[last2 + 2]);
        return go(code[last2 + 2], depth);
      case OP["br.if"]:
        return branch(last2, depth);
      case OP.switch:
        return select3(last2, depth);
      default:
        c.lower[code[last2] & 255](c, last2);
    }
  }
  function go(target2, depth) {
    c.const32(rpoIndex[target2]);
    c.set(next);
    c.op(W.br);
    c.out.unsigned(depth);
  }
  function branch(at, depth) {
    const first2 = edgeArguments(code, at, 0);
    const second = edgeArguments(code, at, 1);
    settleTrapping(c, first2);
    settleTrapping(c, second);
    c.push(code[at + 2]);
    const moves = captureMoves(c, first2);
    const otherMoves = captureMoves(c, second);
    open(c, W.if);
    c.out.append(moves);
    go(code[first2 - 1], depth + 1);
    c.op(W.end);
    c.out.append(otherMoves);
    go(code[second - 1], depth);
  }
  function select3(at, depth) {
    const count = code[at + 3];
    for (let i = 0; i <= count; i++) open(c, W.block);
    c.push(code[at + 2]);
    c.op(W.brTable);
    c.out.unsigned(count);
    for (let i = 0; i <= count; i++) c.out.unsigned(i);
    for (let i = 0; i <= count; i++) {
      c.op(W.end);
      go(code[at + 4 + i], depth + count - i);
    }
  }
}
function open(c, opcode) {
  c.op(opcode);
  c.op(WASM_TYPE.empty);
}

// packages/core/src/kernel/layout.ts
var KERNEL_CELLS = {
  /** Four limbs: the word that the last word operation yielded. */
  RESULT: 64
};

// packages/core/src/codegen/wasm-writer.ts
var WasmWriter = class {
  out = new ByteBuffer(4096);
  /** Wasm types of all locals, parameters included. */
  localTypes = [];
  /** Locals that are free, by wasm type. */
  #free = {
    [WASM_TYPE.i32]: [],
    [WASM_TYPE.i64]: [],
    [WASM_TYPE.v128]: []
  };
  op(opcode) {
    this.out.byte(opcode);
  }
  get(local) {
    this.out.byte(W.localGet);
    this.out.unsigned(local);
  }
  set(local) {
    this.out.byte(W.localSet);
    this.out.unsigned(local);
  }
  tee(local) {
    this.out.byte(W.localTee);
    this.out.unsigned(local);
  }
  const32(value) {
    this.out.byte(W.i32Const);
    this.out.signed32(value);
  }
  const64(low4, high = low4 >> 31) {
    this.out.byte(W.i64Const);
    this.out.signed64(low4, high);
  }
  /** `local op constant`, on i64. */
  withConst64(opcode, value) {
    this.const64(value);
    this.op(opcode);
  }
  /** A load or store whose address is on the stack. Alignment hints are 0: guests align nothing. */
  memory(opcode, offset2) {
    this.out.byte(opcode);
    this.out.byte(0);
    this.out.unsigned(offset2);
  }
  memory128(opcode, offset2) {
    this.out.byte(W_SIMD.prefix);
    this.memory(opcode, offset2);
  }
  trapIf() {
    this.op(W.if);
    this.op(WASM_TYPE.empty);
    this.op(W.unreachable);
    this.op(W.end);
  }
  /** Traps if the i64 on the stack is not zero. */
  trapUnlessZero() {
    this.op(W.i64Eqz);
    this.op(W.i32Eqz);
    this.trapIf();
  }
  callFunction(index) {
    this.op(W.call);
    this.out.unsigned(index);
  }
  permanentLocal(wasmType) {
    this.localTypes.push(wasmType);
    return this.localTypes.length - 1;
  }
  /** A local for the time being; {@link free} gives it back. */
  temporary(wasmType) {
    return this.#free[wasmType].pop() ?? this.permanentLocal(wasmType);
  }
  free(local) {
    this.#free[this.localTypes[local]].push(local);
  }
};

// packages/core/src/codegen/emitter.ts
var ZERO = -1;
var CONSTANT = -2;
var LAZY = 1;
var READY = 2;
var DEPTH_MAX = 24;
var Emitter = class extends WasmWriter {
  module;
  plan;
  fn;
  flow;
  live;
  widths;
  code;
  lower;
  parameterCount;
  /** Local of the frame's address and of the gas; -1 = the function has none. */
  frame;
  gas;
  /** Local of the operand stack's top; -1 = not used. */
  sp = -1;
  /** Where the limbs of a result of several limbs go: see {@link Lower}. */
  destinations = new Int32Array(4);
  /** Block that is being written. */
  block = 0;
  #state;
  #left;
  #cells;
  #constantLow = [];
  #constantHigh = [];
  /** 1 for a value whose locals are freed when it has been read for the last time. */
  #ownsLocals;
  #depth;
  /** 1 for a lazy value whose reader is lazy too. */
  #owned;
  #readsMemory;
  #mayTrap;
  #pendingReads = [];
  #pendingTraps = [];
  /** First local of each variable; its limbs follow one another. */
  #variables;
  /** Values of this block that stand in the variable's own locals. */
  #aliases;
  /** Home locals of block parameters by (position, type, limb). */
  #homes = /* @__PURE__ */ new Map();
  constructor(module, plan, live, widths, lower) {
    super();
    const { fn, flow } = plan;
    this.module = module;
    this.plan = plan;
    this.fn = fn;
    this.flow = flow;
    this.live = live;
    this.widths = widths;
    this.code = fn.code;
    this.lower = lower;
    this.#state = new Uint8Array(fn.valueCount);
    this.#left = live.uses.slice();
    this.#cells = new Int32Array(fn.valueCount * 4).fill(ZERO);
    this.#ownsLocals = new Uint8Array(fn.valueCount);
    this.#depth = new Uint8Array(fn.valueCount);
    this.#owned = new Uint8Array(fn.valueCount);
    this.#readsMemory = new Uint8Array(fn.valueCount);
    this.#mayTrap = new Uint8Array(fn.valueCount);
    this.frame = plan.needsFrame ? this.permanentLocal(WASM_TYPE.i32) : -1;
    this.gas = plan.needsGas && !plan.isEntry ? this.permanentLocal(WASM_TYPE.i64) : -1;
    for (const [i, value] of fn.blocks[0].params.entries()) this.#placeParameter(value, i);
    this.parameterCount = this.localTypes.length;
    if (plan.needsGas && plan.isEntry) this.gas = this.permanentLocal(WASM_TYPE.i64);
    this.#variables = Int32Array.from(fn.vars, (type, index) => {
      const limbs = type === I256 ? limbCount(widths.variableBits[index]) : 1;
      const first2 = this.localTypes.length;
      for (let k = 0; k < limbs; k++)
        this.permanentLocal(type === I32 ? WASM_TYPE.i32 : WASM_TYPE.i64);
      return first2;
    });
    this.#aliases = new Array(fn.vars.length);
    this.#placeBlockParameters();
  }
  /** Calls a kernel function, whose arguments are on the stack. */
  kernel(name) {
    this.callFunction(this.module.kernelFunction(name));
  }
  /** Loads limb `k` of the word that the kernel left. */
  kernelLimb(k) {
    this.const32(0);
    this.memory(W.i64Load, KERNEL_CELLS.RESULT + 8 * k);
  }
  /** First local of a variable. */
  variable(index) {
    return this.#variables[index];
  }
  variableLimbs(index) {
    return this.fn.vars[index] === I256 ? limbCount(this.widths.variableBits[index]) : 1;
  }
  // --- values -----------------------------------------------------------------------------------------------------
  type(value) {
    return this.fn.valueTypes[value];
  }
  bits(value) {
    return this.widths.bits[value];
  }
  /** Limbs of an i256 value; 1 for the other types. */
  limbs(value) {
    return this.fn.valueTypes[value] === I256 ? limbCount(this.widths.bits[value]) : 1;
  }
  isDead(value) {
    return this.live.uses[value] === 0;
  }
  /** True for an i256 value that is kept as the i32 it was made from. */
  isNarrow(value) {
    const at = this.live.definedAt[value];
    return at >= 0 && (this.code[at] & 255) === OP["i256.from_i32"];
  }
  #wasmType(value) {
    return this.fn.valueTypes[value] === I32 || this.isNarrow(value) ? WASM_TYPE.i32 : WASM_TYPE.i64;
  }
  setConstant(value, k, low4, high) {
    this.#state[value] = READY;
    this.#cells[value * 4 + k] = low4 === 0 && high === 0 ? ZERO : CONSTANT - this.#constantLow.length;
    if (low4 === 0 && high === 0) return;
    this.#constantLow.push(low4);
    this.#constantHigh.push(high);
  }
  /** True if limb `k` is known to be zero. */
  isZeroLimb(value, k) {
    return this.#state[value] === READY && this.#cells[value * 4 + k] === ZERO;
  }
  /** True if limb `k` is a constant, zero included. */
  isConstantLimb(value, k) {
    return this.#state[value] === READY && this.#cells[value * 4 + k] < 0;
  }
  /** Halves of a constant limb. */
  constantLow(value, k) {
    const cell = this.#cells[value * 4 + k];
    return cell === ZERO ? 0 : this.#constantLow[CONSTANT - cell];
  }
  constantHigh(value, k) {
    const cell = this.#cells[value * 4 + k];
    return cell === ZERO ? 0 : this.#constantHigh[CONSTANT - cell];
  }
  isConstant(value) {
    if (this.#state[value] !== READY) return false;
    const cells2 = this.#cells;
    const at = value * 4;
    return cells2[at] < 0 && cells2[at + 1] < 0 && cells2[at + 2] < 0 && cells2[at + 3] < 0;
  }
  /** The value of a constant if it is at most `max` (< 2^31), or -1. */
  smallConstant(value, max) {
    if (!this.isConstant(value)) return -1;
    for (let k = 1; k < 4; k++) if (!this.isZeroLimb(value, k)) return -1;
    const low4 = this.constantLow(value, 0);
    return this.constantHigh(value, 0) === 0 && low4 >= 0 && low4 <= max ? low4 : -1;
  }
  /** Makes sure that the value lies in its cells, so that its limbs can be read in any order. */
  settle(value) {
    if (this.#state[value] !== LAZY) return;
    const local = this.temporary(this.#wasmType(value));
    this.#writeLazy(value);
    this.set(local);
    this.#cells[value * 4] = local;
    this.#ownsLocals[value] = 1;
    this.#state[value] = READY;
  }
  #writeLazy(value) {
    const at = this.live.definedAt[value];
    this.lower[this.code[at] & 255](this, at);
  }
  /** Counts one read of a settled value; the last one frees its locals. */
  done(value) {
    if (--this.#left[value] > 0 || this.#ownsLocals[value] === 0) return;
    this.#ownsLocals[value] = 0;
    for (let k = 0; k < 4; k++) {
      const cell = this.#cells[value * 4 + k];
      if (cell >= 0) this.free(cell);
    }
  }
  /** Puts an i32 or i64 value, or the only limb of a word, on the stack; that counts as a read. */
  push(value) {
    if (this.#state[value] === LAZY) {
      this.#state[value] = READY;
      this.#writeLazy(value);
      this.#left[value]--;
      return;
    }
    this.#pushCell(value, 0, this.#wasmType(value) === WASM_TYPE.i32);
    this.done(value);
  }
  /** Puts the lowest limb of a word on the stack as an i64; that counts as a read. */
  pushLow(value) {
    this.push(value);
    if (this.isNarrow(value)) this.op(W.i64ExtendI32U);
  }
  /** Puts limb `k` of a settled word on the stack; not a read (see {@link done}). */
  limb(value, k) {
    assert(this.#state[value] === READY, "a limb is read of a settled value");
    if (k === 0 && this.isNarrow(value) && this.#cells[value * 4] >= 0) {
      this.get(this.#cells[value * 4]);
      this.op(W.i64ExtendI32U);
    } else this.#pushCell(value, k, false);
  }
  #pushCell(value, k, is32) {
    const cell = this.#cells[value * 4 + k];
    if (cell >= 0) this.get(cell);
    else if (is32) this.const32(this.constantLow(value, k));
    else this.const64(this.constantLow(value, k), this.constantHigh(value, k));
  }
  /** Puts a settled i32 or i64 value on the stack; not a read (see {@link done}). */
  getScalar(value) {
    this.#pushCell(value, 0, this.type(value) === I32);
  }
  /** Local of limb `k` of a settled value, or a negative number. */
  cell(value, k) {
    return this.#cells[value * 4 + k];
  }
  /** Gives `value` locals for all its limbs, unless dead: `destinations`. */
  allocate(value) {
    const wasmType = this.#wasmType(value);
    const limbs = this.limbs(value);
    const isGlobal = this.live.isGlobal[value] === 1;
    for (let k = 0; k < limbs; k++) {
      const local = isGlobal ? this.permanentLocal(wasmType) : this.temporary(wasmType);
      this.#cells[value * 4 + k] = local;
      this.destinations[k] = local;
    }
    this.#ownsLocals[value] = isGlobal ? 0 : 1;
    this.#state[value] = READY;
  }
  /** Pops limb `k` of the word whose destinations were allocated last. */
  setLimb(k) {
    this.set(this.destinations[k]);
  }
  // --- instructions -----------------------------------------------------------------------------------------------
  /** Writes an instruction that is no terminator. */
  write(at) {
    const { code } = this;
    const op = code[at] & 255;
    const info = OPS[op];
    if (info.variadic || info.resultCount === 0) {
      this.lower[op](this, at);
      return;
    }
    const value = code[at + 2];
    const isDead = this.isDead(value);
    if (isDead && (info.effects & ~READS) === 0) return;
    switch (op) {
      case OP["i32.const"]:
        return this.setConstant(value, 0, code[at + 3], 0);
      case OP["i64.const"]:
        return this.setConstant(value, 0, code[at + 3], code[at + 4]);
      case OP["i256.const"]:
        return this.#setPoolWord(value, code[at + 3]);
      case OP["var.get"]:
        return this.#readVariable(value, code[at + 3]);
    }
    if (this.limbs(value) > 1) {
      this.allocate(value);
      this.lower[op](this, at);
      if (isDead) this.#drop(value);
    } else if (this.#defer(value, at, op, info.effects)) {
      this.#state[value] = LAZY;
    } else {
      this.lower[op](this, at);
      if (isDead) this.op(W.drop);
      else {
        this.allocate(value);
        this.setLimb(0);
      }
    }
  }
  #drop(value) {
    this.#left[value] = 1;
    this.done(value);
  }
  #setPoolWord(value, index) {
    const { wordLimbs } = this.module;
    this.#state[value] = READY;
    for (let k = 0; k < 4; k++) {
      this.setConstant(value, k, wordLimbs[index * 8 + 2 * k], wordLimbs[index * 8 + 2 * k + 1]);
    }
  }
  /** Decides whether the value becomes part of its only reader's expression, and notes what that depends on. */
  #defer(value, at, op, effects) {
    if (this.live.uses[value] !== 1 || this.live.isGlobal[value] === 1) return false;
    if (op === OP.gas || op === OP["stack.get"]) return false;
    const first2 = at + 3;
    const { argCount } = OPS[op];
    let depth = 0;
    let reads = (effects & READS) !== 0;
    let traps = (effects & TRAPS) !== 0;
    for (let i = 0; i < argCount; i++) {
      const operand = this.code[first2 + i];
      if (this.#state[operand] !== LAZY) continue;
      depth = Math.max(depth, this.#depth[operand]);
      reads ||= this.#readsMemory[operand] === 1;
      traps ||= this.#mayTrap[operand] === 1;
    }
    if (depth >= DEPTH_MAX) return false;
    for (let i = 0; i < argCount; i++) {
      const operand = this.code[first2 + i];
      if (this.#state[operand] === LAZY) this.#owned[operand] = 1;
    }
    this.#depth[value] = depth + 1;
    this.#readsMemory[value] = reads ? 1 : 0;
    this.#mayTrap[value] = traps ? 1 : 0;
    if (reads) this.#pendingReads.push(value);
    if (traps) this.#pendingTraps.push(value);
    return true;
  }
  /** Computes now what would read memory later: before memory is written. May stand in the middle of an expression. */
  flushReads() {
    this.#pendingReads = this.#flush(this.#pendingReads);
  }
  /** Computes now also what may trap: before a call, behind which the frame may have ended well. */
  flushBeforeCall() {
    this.#pendingReads = this.#flush(this.#pendingReads);
    this.#pendingTraps = this.#flush(this.#pendingTraps);
  }
  /** Settles what is still to be computed and is no part of another such value; answers the emptied list. */
  #flush(pending) {
    if (pending.length === 0) return pending;
    for (const value of pending) {
      if (this.#state[value] === LAZY && this.#owned[value] === 0) this.settle(value);
    }
    return [];
  }
  /** Computes now a value that may trap: before a condition decides whether it is read. */
  settleIfTraps(value) {
    if (this.#state[value] === LAZY && this.#mayTrap[value] === 1) this.settle(value);
  }
  #readVariable(value, index) {
    const limbs = this.variableLimbs(index);
    const first2 = this.#variables[index];
    if (this.live.isGlobal[value] === 1) {
      this.allocate(value);
      for (let k = 0; k < this.limbs(value); k++) {
        if (k < limbs) this.get(first2 + k);
        else this.const64(0);
        this.setLimb(k);
      }
      return;
    }
    this.#state[value] = READY;
    for (let k = 0; k < limbs; k++) this.#cells[value * 4 + k] = first2 + k;
    const aliases = this.#aliases[index];
    if (aliases === void 0) this.#aliases[index] = [value];
    else aliases.push(value);
  }
  /** Copies what stands in the locals of a variable and is still to be read: before they are overwritten. */
  detachVariable(index) {
    const aliases = this.#aliases[index];
    if (aliases === void 0) return;
    const first2 = this.#variables[index];
    for (const value of aliases) {
      if (this.#left[value] === 0 || this.#cells[value * 4] !== first2) continue;
      if (this.live.definedIn[value] !== this.block) continue;
      const limbs = this.variableLimbs(index);
      this.allocate(value);
      for (let k = 0; k < this.limbs(value); k++) {
        if (k < limbs) this.get(first2 + k);
        else this.const64(0);
        this.setLimb(k);
      }
    }
    aliases.length = 0;
  }
  // --- block parameters -------------------------------------------------------------------------------------------
  #placeParameter(value, index) {
    const type = this.type(value);
    const limbs = type === I256 ? 4 : 1;
    const isGlobal = this.live.isGlobal[value] === 1;
    this.#state[value] = READY;
    for (let k = 0; k < limbs; k++) {
      const local = this.permanentLocal(type === I32 ? WASM_TYPE.i32 : WASM_TYPE.i64);
      this.#cells[value * 4 + k] = local;
      if (!isGlobal) this.#homes.set((index * 3 + type) * 4 + k, local);
    }
  }
  #placeBlockParameters() {
    const { blocks } = this.fn;
    for (const block of this.flow.order) {
      if (block === 0) continue;
      const { params } = blocks[block];
      for (let i = 0; i < params.length; i++) {
        const value = params[i];
        if (this.isDead(value)) continue;
        this.#state[value] = READY;
        const limbs = this.limbs(value);
        for (let k = 0; k < limbs; k++) this.#cells[value * 4 + k] = this.#home(value, i, k);
      }
    }
  }
  #home(value, index, k) {
    const wasmType = this.type(value) === I32 ? WASM_TYPE.i32 : WASM_TYPE.i64;
    if (this.live.isGlobal[value] === 1) return this.permanentLocal(wasmType);
    const key = (index * 3 + this.type(value)) * 4 + k;
    let local = this.#homes.get(key);
    if (local === void 0) {
      local = this.permanentLocal(wasmType);
      this.#homes.set(key, local);
    }
    return local;
  }
  /** Moves the arguments whose count stands at `args` into the parameters of `target`, all at once. */
  moveArguments(args, target2) {
    const { code } = this;
    const { params } = this.fn.blocks[target2];
    const moved = [];
    for (let i = 0; i < params.length; i++) {
      const parameter = params[i];
      if (this.isDead(parameter)) continue;
      const value = code[args + 1 + i];
      const limbs = this.limbs(parameter);
      if (this.#state[value] === LAZY || limbs === 1 && this.isNarrow(value)) {
        if (this.type(value) === I256) this.pushLow(value);
        else this.push(value);
        moved.push(this.cell(parameter, 0));
        for (let k = 1; k < limbs; k++) {
          this.const64(0);
          moved.push(this.cell(parameter, k));
        }
        continue;
      }
      for (let k = 0; k < limbs; k++) {
        if (this.cell(value, k) === this.cell(parameter, k)) continue;
        if (this.type(value) === I256) this.limb(value, k);
        else this.#pushCell(value, k, this.type(value) === I32);
        moved.push(this.cell(parameter, k));
      }
      this.done(value);
    }
    for (let i = moved.length - 1; i >= 0; i--) this.set(moved[i]);
  }
};
function limbCount(bits) {
  return bits <= 64 ? 1 : bits + 63 >> 6;
}
function splitWords(words) {
  const limbs = new Int32Array(words.length * 8);
  for (const [i, word] of words.entries()) {
    for (let k = 0; k < 8; k++)
      limbs[i * 8 + k] = Number(BigInt.asIntN(32, word >> BigInt(32 * k)));
  }
  return limbs;
}

// packages/core/src/codegen/lower-meter.ts
var charge = (c, at) => {
  c.get(c.gas);
  c.const64(c.code[at + 2]);
  c.op(W.i64Sub);
  c.set(c.gas);
};
var check = (c) => {
  c.get(c.gas);
  c.const64(0);
  c.op(W.i64LtS);
  c.trapIf();
};
var meter = (c, at) => {
  charge(c, at);
  check(c, at);
};
var meterDynamic = (c, at) => {
  const left = c.temporary(WASM_TYPE.i64);
  c.get(c.gas);
  c.push(c.code[at + 2]);
  c.op(W.i64Sub);
  c.tee(left);
  c.get(c.gas);
  c.op(W.i64Or);
  c.const64(0);
  c.op(W.i64LtS);
  c.trapIf();
  c.get(left);
  c.set(c.gas);
  c.free(left);
};
var gas = (c) => c.get(c.gas);
function storeGas(c) {
  if (c.gas < 0) return;
  c.get(c.frame);
  c.get(c.gas);
  c.memory(W.i64Store, FRAME.GAS);
}
function loadGas(c) {
  if (c.gas < 0) return;
  c.get(c.frame);
  c.memory(W.i64Load, FRAME.GAS);
  c.set(c.gas);
}
var setVariable = (c, at) => {
  const value = c.code[at + 2];
  const index = c.code[at + 3];
  const first2 = c.variable(index);
  const limbs = c.variableLimbs(index);
  if (limbs === 1) {
    if (c.type(value) === I256) c.pushLow(value);
    else c.push(value);
    c.detachVariable(index);
    c.set(first2);
    return;
  }
  c.settle(value);
  for (let k = 0; k < limbs; k++) c.limb(value, k);
  c.done(value);
  c.detachVariable(index);
  for (let k = limbs - 1; k >= 0; k--) c.set(first2 + k);
};

// packages/core/src/codegen/lower-stack.ts
var STACK_TOP_CELL = 28;
var stackCheck = (c, at) => {
  const base = c.module.module.operandStack;
  const need = c.code[at + 2];
  const growth = c.code[at + 3];
  if (need > 0) {
    c.get(c.sp);
    c.get(c.frame);
    c.const32(base + 32 * need);
    c.op(W.i32Add);
    c.op(W.i32LtU);
    c.trapIf();
  }
  if (growth > 0) {
    c.get(c.sp);
    c.get(c.frame);
    c.const32(base + OPERAND_STACK_BYTES - 32 * growth);
    c.op(W.i32Add);
    c.op(W.i32GtU);
    c.trapIf();
  }
};
function pushStackAddress(c, depth) {
  c.get(c.sp);
  c.const32(32 * (depth + 1));
  c.op(W.i32Sub);
}
var stackGet = (c, at) => {
  for (let k = 0; k < 4; k++) {
    pushStackAddress(c, c.code[at + 3]);
    c.memory(W.i64Load, 8 * k);
    c.setLimb(k);
  }
};
var stackSet = (c, at) => {
  const value = c.code[at + 2];
  c.settle(value);
  c.flushReads();
  for (let k = 0; k < 4; k++) {
    pushStackAddress(c, c.code[at + 3]);
    c.limb(value, k);
    c.memory(W.i64Store, 8 * k);
  }
  c.done(value);
};
var stackMove = (c, at) => {
  const words = c.code[at + 2];
  if (words > 0) {
    c.flushReads();
    c.get(c.sp);
    c.const32(0);
    c.const32(32 * words);
    for (const byte2 of [W_BULK.prefix, W_BULK.memoryFill, 0]) c.op(byte2);
  }
  c.get(c.sp);
  c.const32(32 * words);
  c.op(W.i32Add);
  c.set(c.sp);
};
function storeStackTop(c) {
  if (c.sp < 0) return;
  c.get(c.frame);
  c.get(c.sp);
  c.memory(W.i32Store, STACK_TOP_CELL);
}
function loadStackTop(c) {
  if (c.sp < 0) return;
  c.get(c.frame);
  c.memory(W.i32Load, STACK_TOP_CELL);
  c.set(c.sp);
}
function writePrologue(c) {
  const { plan } = c;
  if (plan.isEntry) {
    loadGas(c);
    if (!plan.touchesStack) return;
    if (c.module.module.operandStack === 0) return;
    c.sp = c.permanentLocal(WASM_TYPE.i32);
    c.get(c.frame);
    c.const32(c.module.module.operandStack);
    c.op(W.i32Add);
    c.set(c.sp);
    return;
  }
  if (!plan.usesStack) return;
  c.sp = c.permanentLocal(WASM_TYPE.i32);
  loadStackTop(c);
}

// packages/core/src/codegen/width-transfers.ts
var argument = (r2, at, i) => r2.bits[r2.code[at + 3 + i]];
var constant = (r2, at, i) => r2.constants[r2.code[at + 3 + i]];
var larger = (r2, at) => Math.max(argument(r2, at, 0), argument(r2, at, 1));
var smaller = (r2, at) => Math.min(argument(r2, at, 0), argument(r2, at, 1));
var boolean = () => 1;
var sum = (r2, at) => larger(r2, at) + 1;
var product = (r2, at) => argument(r2, at, 0) + argument(r2, at, 1);
var first = (r2, at) => argument(r2, at, 0);
var ofSize = (bits) => () => bits;
var chosen = (r2, at) => Math.max(argument(r2, at, 1), argument(r2, at, 2));
var atMost = (bits) => (r2, at) => Math.min(bits, argument(r2, at, 0));
var signed = (transfer) => (r2, at) => larger(r2, at) < 256 ? transfer(r2, at) : 256;
var down = (r2, at) => {
  const amount = constant(r2, at, 0);
  const value = argument(r2, at, 1);
  return amount < 0 ? value : Math.max(0, value - amount);
};
var scalarDown = (r2, at) => {
  const amount = constant(r2, at, 1);
  return amount < 0 ? argument(r2, at, 0) : Math.max(0, argument(r2, at, 0) - (amount & 63));
};
var within = (transfer) => (r2, at) => Math.min(transfer(r2, at), r2.code[at + 5]);
var TRANSFERS = {
  "i32.and": smaller,
  "i32.or": larger,
  "i32.xor": larger,
  "i32.add": sum,
  "i32.mul": product,
  "i32.rem_u": smaller,
  "i32.div_u": first,
  "i32.select": chosen,
  "i32.load8": ofSize(8),
  "i32.load16": ofSize(16),
  "i32.clz": ofSize(6),
  "i32.ctz": ofSize(6),
  "i64.and": smaller,
  "i64.or": larger,
  "i64.xor": larger,
  "i64.add": sum,
  "i64.mul": product,
  "i64.rem_u": smaller,
  "i64.div_u": first,
  "i64.shr_u": scalarDown,
  "i64.select": chosen,
  "i64.load8": ofSize(8),
  "i64.load16": ofSize(16),
  "i64.load32": ofSize(32),
  "i64.clz": ofSize(7),
  "i64.ctz": ofSize(7),
  "i64.extend_u": first,
  "i32.wrap": first,
  "i64.addc": within(sum),
  "i64.subc": first,
  "i64.mulc": within(product),
  "i64.divc": first,
  "i64.remc": smaller,
  "i64.narrow": (r2, at) => Math.min(argument(r2, at, 0), r2.code[at + 4]),
  "i256.add": sum,
  "i256.mul": product,
  "i256.div": first,
  "i256.mod": smaller,
  "i256.sdiv": signed(first),
  "i256.smod": signed(smaller),
  "i256.addmod": (r2, at) => argument(r2, at, 2),
  "i256.mulmod": (r2, at) => argument(r2, at, 2),
  "i256.signextend": (r2, at) => {
    const k = constant(r2, at, 0);
    const value = argument(r2, at, 1);
    return k >= 0 && (k >= 31 || value <= 8 * k + 7) ? value : 256;
  },
  "i256.and": smaller,
  "i256.or": larger,
  "i256.xor": larger,
  "i256.shl": (r2, at) => {
    const amount = constant(r2, at, 0);
    return amount < 0 ? 256 : argument(r2, at, 1) + amount;
  },
  "i256.shr": down,
  "i256.sar": (r2, at) => argument(r2, at, 1) < 256 ? down(r2, at) : 256,
  "i256.byte": ofSize(8),
  "i256.clz": ofSize(9),
  "i256.select": chosen,
  "i256.from_i32": first,
  "i256.from_i64": first,
  "i256.from_i64_s": (r2, at) => argument(r2, at, 0) < 64 ? argument(r2, at, 0) : 256,
  "i256.make": (r2, at) => {
    for (let i = 3; i > 0; i--) if (argument(r2, at, i) > 0) return 64 * i + argument(r2, at, i);
    return argument(r2, at, 0);
  },
  "i256.limb": (r2, at) => Math.min(64, Math.max(0, argument(r2, at, 0) - 64 * r2.code[at + 4])),
  "i32.wrap_i256": first,
  "i32.clamp_i256": atMost(31),
  "i64.clamp_i256": atMost(63),
  "i256.addc": within(sum),
  "i256.subc": first,
  "i256.mulc": within(product),
  "i256.divc": first,
  "i256.remc": smaller,
  "i256.narrow": (r2, at) => Math.min(argument(r2, at, 0), r2.code[at + 4]),
  "i256.load_le": (r2, at) => 8 * r2.code[at + 5]
};
var TRANSFER = OPS.map(
  ({ name, results }) => results[0] === void 0 || name.endsWith(".const") ? void 0 : results[0] === 0 && /\.(eqz?|ne|[lg][te]_[us]|fits)$/.test(name) ? boolean : TRANSFERS[name]
);

// packages/core/src/codegen/widths.ts
var FULL = [32, 64, 256];
var STEPS = [0, 1, 8, 32, 64, 128, 192, 256];
var PASSES_MAX = 8;
function wordBits(words) {
  return Uint16Array.from(words, bitLength);
}
function bitLength(word) {
  return word === 0n ? 0 : word.toString(16).length * 4 - (Math.clz32(Number.parseInt(word.toString(16)[0], 16)) - 28);
}
function findWidths(fn, flow, poolBits, words) {
  const analysis = new WidthAnalysis(fn, flow, poolBits, words);
  if (fn.valueTypes.includes(I256) || fn.vars.includes(I256)) analysis.run();
  else analysis.assumeNothing();
  return analysis;
}
var WidthAnalysis = class {
  bits;
  variableBits;
  #fn;
  #flow;
  #poolBits;
  #words;
  #constants;
  #reader;
  #pass = 0;
  #grown = false;
  constructor(fn, flow, poolBits, words) {
    this.#fn = fn;
    this.#flow = flow;
    this.#poolBits = poolBits;
    this.#words = words;
    this.bits = new Uint16Array(fn.valueCount);
    this.variableBits = new Uint16Array(fn.vars.length);
    this.#constants = new Int32Array(fn.valueCount).fill(-1);
    this.#reader = { code: fn.code, bits: this.bits, constants: this.#constants };
  }
  assumeNothing() {
    const { valueTypes, vars } = this.#fn;
    for (let v = 0; v < this.bits.length; v++) this.bits[v] = FULL[valueTypes[v]];
    for (let v = 0; v < vars.length; v++) this.variableBits[v] = FULL[vars[v]];
  }
  run() {
    const { code, blocks, valueTypes } = this.#fn;
    for (const value of blocks[0].params) this.bits[value] = FULL[valueTypes[value]];
    for (this.#grown = true; this.#grown; this.#pass++) {
      this.#grown = false;
      for (const block of this.#flow.order) {
        const { start, end } = blocks[block];
        for (let at = start; at < end; at += code[at] >>> 8) this.#instruction(at);
      }
    }
  }
  #instruction(at) {
    const { code } = this.#fn;
    const op = code[at] & 255;
    switch (op) {
      case OP["i32.const"]:
        return this.#constant(code[at + 2], bitsOf(code[at + 3]), code[at + 3]);
      case OP["i64.const"]: {
        const high = code[at + 4];
        const width = high === 0 ? bitsOf(code[at + 3]) : 32 + bitsOf(high);
        return this.#constant(code[at + 2], width, high === 0 ? code[at + 3] : -1);
      }
      case OP["i256.const"]: {
        const width = this.#poolBits[code[at + 3]];
        const number = width < 31 ? Number(this.#words[code[at + 3]]) : -1;
        return this.#constant(code[at + 2], width, number);
      }
      case OP["var.get"]:
        return this.#grow(code[at + 2], this.variableBits[code[at + 3]]);
      case OP["var.set"]:
        return this.#growVariable(code[at + 3], this.bits[code[at + 2]]);
      case OP.call:
      case OP.host:
        return this.#fullResults(at + 3);
      case OP["call.indirect"]:
        return this.#fullResults(at + 4);
      case OP.br:
        return this.#passArguments(at, 0);
      case OP["br.if"]:
        this.#passArguments(at, 0);
        return this.#passArguments(at, 1);
      default:
        if (OPS[op].resultCount === 1) this.#computed(at, op);
    }
  }
  #computed(at, op) {
    const full = FULL[OPS[op].results[0]];
    const transfer = TRANSFER[op];
    const width = transfer === void 0 ? full : transfer(this.#reader, at);
    this.#grow(this.#fn.code[at + 2], Math.min(width, full));
  }
  #constant(value, width, number) {
    this.bits[value] = width;
    this.#constants[value] = number;
  }
  #grow(value, width) {
    if (width <= this.bits[value]) return;
    this.bits[value] = this.#widen(width, this.#fn.valueTypes[value]);
    this.#grown = true;
  }
  #growVariable(index, width) {
    if (width <= this.variableBits[index]) return;
    this.variableBits[index] = this.#widen(width, this.#fn.vars[index]);
    this.#grown = true;
  }
  #fullResults(countAt) {
    const { code, valueTypes } = this.#fn;
    for (let i = 1; i <= code[countAt]; i++) {
      this.bits[code[countAt + i]] = FULL[valueTypes[code[countAt + i]]];
    }
  }
  #passArguments(at, edge) {
    const { code, blocks } = this.#fn;
    const args = edgeArguments(code, at, edge);
    const { params } = blocks[code[args - 1]];
    for (let i = 0; i < params.length; i++) this.#grow(params[i], this.bits[code[args + 1 + i]]);
  }
  #widen(width, type) {
    if (this.#pass === 0) return width;
    const full = FULL[type];
    if (this.#pass > PASSES_MAX) return full;
    for (const step2 of STEPS) if (step2 >= width) return Math.min(step2, full);
    return full;
  }
};
function bitsOf(word) {
  return 32 - Math.clz32(word);
}

// packages/core/src/codegen/module-plan.ts
function planFunctions(module, limits) {
  const plans = new Array(module.signatures.length).fill(void 0);
  const order = [];
  const work = [module.entry];
  const isQueued = new Uint8Array(module.signatures.length);
  isQueued[module.entry] = 1;
  let words = 0;
  let callsIndirectly = false;
  const reach = (index) => {
    if (isQueued[index] === 1) return;
    isQueued[index] = 1;
    work.push(index);
  };
  for (let index = work.pop(); index !== void 0; index = work.pop()) {
    const fn = moduleFunction(module, index);
    words += fn.code.length;
    if (fn.code.length > limits.functionWordsMax || words > limits.moduleWordsMax) return void 0;
    const plan = scanFunction(fn, index === module.entry);
    plans[index] = plan;
    order.push(index);
    plan.callees.forEach(reach);
    if (plan.callsIndirectly && !callsIndirectly) {
      callsIndirectly = true;
      for (const target2 of module.table) if (target2 >= 0) reach(target2);
    }
  }
  if (callsIndirectly) {
    for (const target2 of module.table) {
      const plan = target2 >= 0 ? plans[target2] : void 0;
      if (plan === void 0) continue;
      plan.needsFrame = true;
      plan.needsGas = true;
      plan.touchesStack = true;
    }
  }
  propagate(plans, order);
  order.sort((a, b) => a - b);
  return { plans, order };
}
function scanFunction(fn, isEntry) {
  const flow = analyseControlFlow(fn);
  const { code, blocks } = fn;
  const callees = /* @__PURE__ */ new Set();
  let needsFrame = isEntry;
  let needsGas = false;
  let usesStack = false;
  let callsIndirectly = false;
  for (const block of flow.order) {
    const { start, end } = blocks[block];
    for (let at = start; at < end; at += code[at] >>> 8) {
      const op = code[at] & 255;
      if (op === OP.call) {
        callees.add(code[at + 2]);
        continue;
      }
      if (op === OP["call.indirect"]) callsIndirectly = true;
      if (USES_STACK[op] === 1) usesStack = true;
      if (USES_FRAME[op] === 1) needsFrame = true;
      if (USES_GAS[op] === 1) needsGas = true;
    }
  }
  return {
    fn,
    flow,
    isEntry,
    needsFrame,
    needsGas,
    touchesStack: usesStack || callsIndirectly,
    usesStack,
    callees: [...callees],
    callsIndirectly
  };
}
var flags = (test) => Uint8Array.from(OPS, ({ name, effects }) => test(name, effects) ? 1 : 0);
var USES_STACK = flags((name) => name.startsWith("stack."));
var USES_FRAME = flags(
  (name) => /^(frame|host.*|call\.indirect|exit|region\..*|stack\..*)$/.test(name)
);
var USES_GAS = flags(
  (name, effects) => name === "exit" || (effects & METERS) !== 0 && name !== "call"
);
function propagate(plans, order) {
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = order.length - 1; i >= 0; i--) {
      const plan = plans[order[i]];
      for (const callee2 of plan.callees) {
        const called = plans[callee2];
        if (called.needsFrame && !plan.needsFrame) changed = plan.needsFrame = true;
        if (called.needsGas && !plan.needsGas) changed = plan.needsGas = true;
        if (called.touchesStack && !plan.touchesStack) {
          changed = plan.touchesStack = true;
          plan.needsFrame = true;
        }
      }
    }
  }
}
function wasmSignature({ params, results }, needsFrame, needsGas) {
  const gas2 = needsGas ? "l" : "";
  return `${needsFrame ? "i" : ""}${gas2}${flatten(params)}>${gas2}${flatten(results)}`;
}
function flatten(types) {
  return types.map((type) => type === I32 ? "i" : type === I256 ? "llll" : "l").join("");
}
function signaturesStayDistinct(module) {
  const seen = /* @__PURE__ */ new Map();
  const signatures = [...module.indirect];
  for (const index of module.table) if (index >= 0) signatures.push(module.signatures[index]);
  for (const signature of signatures) {
    const wasm = wasmSignature(signature, true, true);
    const own = `${signature.params.join()}>${signature.results.join()}`;
    if ((seen.get(wasm) ?? own) !== own) return false;
    seen.set(wasm, own);
  }
  return true;
}
function planWords(module) {
  return { wordLimbs: splitWords(module.words), wordBits: wordBits(module.words) };
}

// packages/core/src/codegen/lower-call.ts
function pushFlat(c, value) {
  if (c.type(value) !== I256) return c.push(value);
  if (c.limbs(value) === 1) {
    c.pushLow(value);
    for (let k = 1; k < 4; k++) c.const64(0);
    return;
  }
  c.settle(value);
  for (let k = 0; k < 4; k++) c.limb(value, k);
  c.done(value);
}
function takeResults(c, countAt, hasGas) {
  const { code } = c;
  for (let i = code[countAt]; i >= 1; i--) {
    const value = code[countAt + i];
    const limbs = c.type(value) === I256 ? 4 : 1;
    const isDead = c.isDead(value);
    if (!isDead) c.allocate(value);
    for (let k = limbs - 1; k >= 0; k--) {
      if (isDead) c.op(W.drop);
      else c.setLimb(k);
    }
  }
  if (hasGas) c.set(c.gas);
}
var call = (c, at) => {
  const { code } = c;
  const index = code[at + 2];
  const plan = c.module.plans[index];
  assert(plan !== void 0, "a callee was planned");
  const args = at + 4 + code[at + 3];
  if (plan.needsFrame) c.get(c.frame);
  if (plan.needsGas) c.get(c.gas);
  for (let i = 1; i <= code[args]; i++) pushFlat(c, code[args + i]);
  c.flushBeforeCall();
  if (plan.touchesStack) storeStackTop(c);
  c.callFunction(c.module.functionIndex(index));
  takeResults(c, at + 3, plan.needsGas);
  if (plan.touchesStack) loadStackTop(c);
};
var callIndirect = (c, at) => {
  const { code } = c;
  const args = at + 5 + code[at + 4];
  c.get(c.frame);
  c.get(c.gas);
  for (let i = 1; i <= code[args]; i++) pushFlat(c, code[args + i]);
  c.push(code[at + 3]);
  c.flushBeforeCall();
  storeStackTop(c);
  c.op(W.callIndirect);
  const signature = c.module.module.indirect[code[at + 2]];
  c.out.unsigned(c.module.typeIndex(wasmSignature(signature, true, true)));
  c.out.byte(0);
  takeResults(c, at + 4, true);
  loadStackTop(c);
};
var SCALAR_STORE = [W.i32Store, W.i64Store, W.i64Store];
var SCALAR_LOAD = [W.i32Load, W.i64Load, W.i64Load];
function storeSlots(c, args) {
  const { code } = c;
  for (let i = 0; i < code[args]; i++) {
    const value = code[args + 1 + i];
    const slot = FRAME.SCRATCH + i * FRAME.SLOT;
    const type = c.type(value);
    if (type !== I256) {
      c.get(c.frame);
      c.push(value);
      c.memory(SCALAR_STORE[type], slot);
      continue;
    }
    c.settle(value);
    for (let k = 0; k < 4; k++) {
      c.get(c.frame);
      c.limb(value, k);
      c.memory(W.i64Store, slot + 8 * k);
    }
    c.done(value);
  }
}
function callHost(c, index) {
  storeGas(c);
  storeStackTop(c);
  c.const32(index);
  c.get(c.frame);
  c.callFunction(c.module.hostFunction);
  c.op(W.if);
  c.op(WASM_TYPE.empty);
  if (c.plan.isEntry) {
    c.get(c.frame);
    c.memory(W.i32Load, FRAME.OUTCOME);
    c.op(W.return);
  } else {
    c.callFunction(c.module.leaveFunction);
    c.op(W.unreachable);
  }
  c.op(W.end);
  loadGas(c);
}
var host = (c, at) => {
  const { code } = c;
  const args = at + 4 + code[at + 3];
  c.flushBeforeCall();
  storeSlots(c, args);
  callHost(c, code[at + 2]);
  for (let i = 0; i < code[at + 3]; i++) {
    const value = code[at + 4 + i];
    if (c.isDead(value)) continue;
    c.allocate(value);
    const limbs = c.limbs(value);
    const type = c.type(value);
    for (let k = 0; k < limbs; k++) {
      c.get(c.frame);
      c.memory(SCALAR_LOAD[type], FRAME.SCRATCH + i * FRAME.SLOT + 8 * k);
      c.setLimb(k);
    }
  }
};
var hostIf = (c, at) => {
  const { code } = c;
  for (let i = 0; i < code[at + 4]; i++) c.settle(code[at + 5 + i]);
  c.flushBeforeCall();
  c.push(code[at + 3]);
  c.op(W.if);
  c.op(WASM_TYPE.empty);
  storeSlots(c, at + 4);
  callHost(c, code[at + 2]);
  c.op(W.end);
};
var trap = (c) => c.op(W.unreachable);
var trapIf = (c, at) => {
  c.push(c.code[at + 2]);
  c.trapIf();
};
function leave(c, outcome) {
  storeGas(c);
  if (c.plan.isEntry) {
    c.const32(outcome);
    c.op(W.return);
    return;
  }
  c.get(c.frame);
  c.const32(outcome);
  c.memory(W.i32Store, FRAME.OUTCOME);
  c.callFunction(c.module.leaveFunction);
  c.op(W.unreachable);
}
var exit = (c, at) => leave(c, c.code[at + 2]);
var ret = (c, at) => {
  if (c.plan.isEntry) return leave(c, OUTCOME.OK);
  storeStackTop(c);
  if (c.gas >= 0) c.get(c.gas);
  for (let i = 0; i < c.code[at + 2]; i++) pushFlat(c, c.code[at + 3 + i]);
  c.op(W.return);
};

// packages/core/src/codegen/lower-word.ts
function finish(c, k, n) {
  if (n > 1) c.setLimb(k);
}
function settleTwo(c, at) {
  c.settle(c.code[at + 3]);
  c.settle(c.code[at + 4]);
}
function doneTwo(c, at) {
  c.done(c.code[at + 3]);
  c.done(c.code[at + 4]);
}
function pushHighLimbs(c, value, from) {
  let pushed = false;
  for (let k = from; k < 4; k++) {
    if (c.isZeroLimb(value, k)) continue;
    c.limb(value, k);
    if (pushed) c.op(W.i64Or);
    pushed = true;
  }
  return pushed;
}
var bitwise = (opcode, isAnd) => (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const n = c.limbs(c.code[at + 2]);
  if (n === 1) {
    c.pushLow(a);
    c.pushLow(b);
    c.op(opcode);
    return;
  }
  settleTwo(c, at);
  for (let k = 0; k < n; k++) {
    const left = !c.isZeroLimb(a, k);
    const right = !c.isZeroLimb(b, k);
    if (isAnd && !(left && right)) c.const64(0);
    else {
      if (left || !right) c.limb(a, k);
      if (right) c.limb(b, k);
      if (left && right) c.op(opcode);
    }
    c.setLimb(k);
  }
  doneTwo(c, at);
};
var and = bitwise(W.i64And, true);
var or = bitwise(W.i64Or, false);
var xor = bitwise(W.i64Xor, false);
var not = (c, at) => {
  const a = c.code[at + 3];
  c.settle(a);
  for (let k = 0; k < 4; k++) {
    c.limb(a, k);
    c.const64(-1);
    c.op(W.i64Xor);
    c.setLimb(k);
  }
  c.done(a);
};
function addLimbs(c, a, b, n, carry, wantsCarry) {
  const d = c.destinations;
  const partial = c.temporary(WASM_TYPE.i64);
  for (let k = 0; k < n; k++) {
    const needsCarry = wantsCarry || k < n - 1;
    const left = !c.isZeroLimb(a, k);
    const right = !c.isZeroLimb(b, k);
    if (k === 0) {
      c.limb(a, 0);
      c.limb(b, 0);
      c.op(W.i64Add);
      c.tee(d[0]);
      c.limb(c.isConstantLimb(a, 0) ? a : b, 0);
      c.op(W.i64LtU);
      c.op(W.i64ExtendI32U);
      c.set(carry);
      continue;
    }
    if (!left || !right) {
      if (left || right) c.limb(left ? a : b, k);
      c.get(carry);
      if (left || right) c.op(W.i64Add);
      c.set(d[k]);
      if (!needsCarry) continue;
      if (left || right) {
        c.get(d[k]);
        c.get(carry);
        c.op(W.i64LtU);
        c.op(W.i64ExtendI32U);
      } else c.const64(0);
      c.set(carry);
      continue;
    }
    c.limb(a, k);
    c.limb(b, k);
    c.op(W.i64Add);
    if (needsCarry) c.tee(partial);
    c.get(carry);
    c.op(W.i64Add);
    c.set(d[k]);
    if (!needsCarry) continue;
    c.get(partial);
    c.limb(a, k);
    c.op(W.i64LtU);
    c.get(d[k]);
    c.get(carry);
    c.op(W.i64LtU);
    c.op(W.i32Or);
    c.op(W.i64ExtendI32U);
    c.set(carry);
  }
  c.free(partial);
}
var add2 = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const n = c.limbs(c.code[at + 2]);
  if (n === 1) {
    c.pushLow(a);
    c.pushLow(b);
    c.op(W.i64Add);
    return;
  }
  settleTwo(c, at);
  const carry = c.temporary(WASM_TYPE.i64);
  addLimbs(c, a, b, n, carry, false);
  c.free(carry);
  doneTwo(c, at);
};
function subtractLimbs(c, a, b, n, borrow, wantsBorrow) {
  const d = c.destinations;
  const partial = c.temporary(WASM_TYPE.i64);
  for (let k = 0; k < n; k++) {
    const needsBorrow = wantsBorrow || k < n - 1;
    const hasRight = !c.isZeroLimb(b, k);
    if (k === 0) {
      c.limb(a, 0);
      c.limb(b, 0);
      c.op(W.i64Sub);
      c.set(d[0]);
      if (!needsBorrow) continue;
      c.limb(a, 0);
      c.limb(b, 0);
      c.op(W.i64LtU);
      c.op(W.i64ExtendI32U);
      c.set(borrow);
      continue;
    }
    c.limb(a, k);
    if (hasRight) {
      c.limb(b, k);
      c.op(W.i64Sub);
      if (needsBorrow) c.tee(partial);
    }
    c.get(borrow);
    c.op(W.i64Sub);
    c.set(d[k]);
    if (!needsBorrow) continue;
    if (hasRight) {
      c.limb(a, k);
      c.limb(b, k);
      c.op(W.i64LtU);
      c.get(partial);
      c.get(borrow);
      c.op(W.i64LtU);
      c.op(W.i32Or);
    } else {
      c.limb(a, k);
      c.get(borrow);
      c.op(W.i64LtU);
    }
    c.op(W.i64ExtendI32U);
    c.set(borrow);
  }
  c.free(partial);
}
var sub = (c, at) => {
  settleTwo(c, at);
  const borrow = c.temporary(WASM_TYPE.i64);
  subtractLimbs(c, c.code[at + 3], c.code[at + 4], c.limbs(c.code[at + 2]), borrow, false);
  c.free(borrow);
  doneTwo(c, at);
};

// packages/core/src/codegen/lower-compare.ts
function pushHighIsZero(c, value, from) {
  if (pushHighLimbs(c, value, from)) c.op(W.i64Eqz);
  else c.const32(1);
}
function pushLess(c, a, b) {
  if (c.limbs(b) > 1) return pushLimbsLess(c, a, b, Math.max(c.limbs(a), c.limbs(b)));
  c.limb(a, 0);
  c.limb(b, 0);
  c.op(W.i64LtU);
  if (c.limbs(a) === 1) return;
  pushHighIsZero(c, a, 1);
  c.op(W.i32And);
}
function pushLimbsLess(c, a, b, n) {
  c.limb(a, 0);
  c.limb(b, 0);
  c.op(W.i64LtU);
  for (let k = 1; k < n; k++) {
    c.limb(a, k);
    c.limb(b, k);
    c.op(W.i64Eq);
    c.op(W.i32And);
    c.limb(a, k);
    c.limb(b, k);
    c.op(W.i64LtU);
    c.op(W.i32Or);
  }
}
function lessUnsigned(c, a, b) {
  if (c.limbs(a) === 1 && c.limbs(b) === 1) {
    c.pushLow(a);
    c.pushLow(b);
    c.op(W.i64LtU);
    return;
  }
  c.settle(a);
  c.settle(b);
  pushLess(c, a, b);
  c.done(a);
  c.done(b);
}
function lessSigned(c, a, b) {
  if (c.bits(a) < 256 && c.bits(b) < 256) return lessUnsigned(c, a, b);
  c.settle(a);
  c.settle(b);
  pushLimbsLess(c, a, b, 3);
  c.limb(a, 3);
  c.limb(b, 3);
  c.op(W.i64Eq);
  c.op(W.i32And);
  c.limb(a, 3);
  c.limb(b, 3);
  c.op(W.i64LtS);
  c.op(W.i32Or);
  c.done(a);
  c.done(b);
}
var ltU = (c, at) => lessUnsigned(c, c.code[at + 3], c.code[at + 4]);
var ltS = (c, at) => lessSigned(c, c.code[at + 3], c.code[at + 4]);
var gtU = (c, at) => lessUnsigned(c, c.code[at + 4], c.code[at + 3]);
var gtS = (c, at) => lessSigned(c, c.code[at + 4], c.code[at + 3]);
var eq = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const n = Math.max(c.limbs(a), c.limbs(b));
  if (n === 1) {
    c.pushLow(a);
    c.pushLow(b);
    c.op(W.i64Eq);
    return;
  }
  settleTwo(c, at);
  for (let k = 0; k < n; k++) {
    const left = !c.isZeroLimb(a, k);
    const right = !c.isZeroLimb(b, k);
    if (left || !right) c.limb(a, k);
    if (right) c.limb(b, k);
    if (left && right) c.op(W.i64Xor);
    if (k > 0) c.op(W.i64Or);
  }
  c.op(W.i64Eqz);
  doneTwo(c, at);
};
var eqz = (c, at) => {
  const a = c.code[at + 3];
  if (c.isNarrow(a)) {
    c.push(a);
    c.op(W.i32Eqz);
    return;
  }
  if (c.limbs(a) === 1) c.pushLow(a);
  else {
    c.settle(a);
    if (!pushHighLimbs(c, a, 0)) c.const64(0);
    c.done(a);
  }
  c.op(W.i64Eqz);
};

// packages/core/src/codegen/lower-convert.ts
var select2 = (c, at) => {
  const { code } = c;
  const a = code[at + 4];
  const b = code[at + 5];
  const n = c.limbs(code[at + 2]);
  if (n === 1) {
    c.pushLow(a);
    c.pushLow(b);
    c.push(code[at + 3]);
    c.op(W.select);
    return;
  }
  c.settle(a);
  c.settle(b);
  const condition = c.temporary(WASM_TYPE.i32);
  c.push(code[at + 3]);
  c.set(condition);
  for (let k = 0; k < n; k++) {
    c.limb(a, k);
    c.limb(b, k);
    c.get(condition);
    c.op(W.select);
    c.setLimb(k);
  }
  c.free(condition);
  c.done(a);
  c.done(b);
};
var fromI64Signed = (c, at) => {
  c.push(c.code[at + 3]);
  if (c.limbs(c.code[at + 2]) === 1) return;
  const d = c.destinations;
  c.tee(d[0]);
  c.const64(63);
  c.op(W.i64ShrS);
  c.tee(d[1]);
  c.tee(d[2]);
  c.set(d[3]);
};
var make = (c, at) => {
  const n = c.limbs(c.code[at + 2]);
  for (let k = 0; k < 4; k++) {
    c.push(c.code[at + 3 + k]);
    if (k < n) finish(c, k, n);
    else c.op(W.drop);
  }
};
var limb = (c, at) => {
  const a = c.code[at + 3];
  const k = c.code[at + 4];
  if (k === 0) return c.pushLow(a);
  c.settle(a);
  c.limb(a, k);
  c.done(a);
};
var wrap32 = (c, at) => {
  const a = c.code[at + 3];
  if (c.isNarrow(a)) return c.push(a);
  c.pushLow(a);
  c.op(W.i32WrapI64);
};
function pushFits(c, a, bits) {
  const partial = bits & 63;
  const first2 = bits >> 6;
  const rest = pushHighLimbs(c, a, partial === 0 ? first2 : first2 + 1);
  if (partial !== 0 && !c.isZeroLimb(a, first2)) {
    c.limb(a, first2);
    c.const64(partial);
    c.op(W.i64ShrU);
    if (rest) c.op(W.i64Or);
    c.op(W.i64Eqz);
  } else if (rest) c.op(W.i64Eqz);
  else c.const32(1);
}
var fits3 = (c, at) => {
  const a = c.code[at + 3];
  c.settle(a);
  if (c.bits(a) <= c.code[at + 4]) c.const32(1);
  else pushFits(c, a, c.code[at + 4]);
  c.done(a);
};
var clamp32 = (c, at) => {
  const a = c.code[at + 3];
  if (c.bits(a) <= 31) return wrap32(c, at);
  c.settle(a);
  c.limb(a, 0);
  c.op(W.i32WrapI64);
  c.const32(2147483647);
  pushFits(c, a, 31);
  c.op(W.select);
  c.done(a);
};
var clamp64 = (c, at) => {
  const a = c.code[at + 3];
  if (c.bits(a) <= 63) return c.pushLow(a);
  c.settle(a);
  c.limb(a, 0);
  c.const64(-1, 2147483647);
  pushFits(c, a, 63);
  c.op(W.select);
  c.done(a);
};

// packages/core/src/codegen/kernel-calls.ts
function pushFourLimbs(c, value) {
  for (let k = 0; k < 4; k++) c.limb(value, k);
}
function callKernelWord(c, name, n) {
  c.kernel(name);
  if (n === 1) return;
  c.setLimb(0);
  for (let k = 1; k < n; k++) {
    c.kernelLimb(k);
    c.setLimb(k);
  }
}

// packages/core/src/codegen/lower-scalar.ts
var unary = (opcode) => (c, at) => {
  c.push(c.code[at + 3]);
  c.op(opcode);
};
var binary = (opcode) => (c, at) => {
  c.push(c.code[at + 3]);
  c.push(c.code[at + 4]);
  c.op(opcode);
};
var same = (c, at) => c.push(c.code[at + 3]);
var scalarSelect = (c, at) => {
  c.push(c.code[at + 4]);
  c.push(c.code[at + 5]);
  c.push(c.code[at + 3]);
  c.op(W.select);
};
function low32(c, value, k) {
  c.limb(value, k);
  c.op(W.i32WrapI64);
  c.op(W.i64ExtendI32U);
}
function high32(c, value, k) {
  c.limb(value, k);
  c.const64(32);
  c.op(W.i64ShrU);
}
function highProduct(c, a, i, b, k) {
  const middle = c.temporary(WASM_TYPE.i64);
  low32(c, a, i);
  low32(c, b, k);
  c.op(W.i64Mul);
  c.const64(32);
  c.op(W.i64ShrU);
  high32(c, a, i);
  low32(c, b, k);
  c.op(W.i64Mul);
  c.op(W.i64Add);
  c.tee(middle);
  c.op(W.i32WrapI64);
  c.op(W.i64ExtendI32U);
  low32(c, a, i);
  high32(c, b, k);
  c.op(W.i64Mul);
  c.op(W.i64Add);
  c.const64(32);
  c.op(W.i64ShrU);
  c.get(middle);
  c.const64(32);
  c.op(W.i64ShrU);
  c.op(W.i64Add);
  high32(c, a, i);
  high32(c, b, k);
  c.op(W.i64Mul);
  c.op(W.i64Add);
  c.free(middle);
}
var mulHigh = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  c.settle(a);
  c.settle(b);
  highProduct(c, a, 0, b, 0);
  c.done(a);
  c.done(b);
};
function swapBytes(c) {
  const x = c.temporary(WASM_TYPE.i64);
  for (const [shift2, low4, high] of [
    [8, 16711935, 16711935],
    [16, 65535, 65535]
  ]) {
    c.tee(x);
    c.const64(shift2);
    c.op(W.i64ShrU);
    c.const64(low4, high);
    c.op(W.i64And);
    c.get(x);
    c.const64(low4, high);
    c.op(W.i64And);
    c.const64(shift2);
    c.op(W.i64Shl);
    c.op(W.i64Or);
  }
  c.const64(32);
  c.op(W.i64Rotl);
  c.free(x);
}
var byteSwap2 = (c, at) => {
  c.push(c.code[at + 3]);
  swapBytes(c);
};
function pushMask(c, bits) {
  if (bits >= 64) c.const64(-1, -1);
  else if (bits >= 32) c.const64(-1, 2 ** (bits - 32) - 1);
  else c.const64(2 ** bits - 1, 0);
}
function trapBeyond(c, bits) {
  if (bits >= 64) return;
  const value = c.temporary(WASM_TYPE.i64);
  c.tee(value);
  pushMask(c, bits);
  c.op(W.i64GtU);
  c.trapIf();
  c.get(value);
  c.free(value);
}
var checkedAdd = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const bits = c.code[at + 5];
  if (bits < 64) {
    c.push(a);
    c.push(b);
    c.op(W.i64Add);
    if (Math.max(c.bits(a), c.bits(b)) + 1 > bits) trapBeyond(c, bits);
    return;
  }
  const sum2 = c.temporary(WASM_TYPE.i64);
  c.settle(a);
  c.limb(a, 0);
  c.push(b);
  c.op(W.i64Add);
  c.tee(sum2);
  c.limb(a, 0);
  c.op(W.i64LtU);
  c.trapIf();
  c.get(sum2);
  c.done(a);
  c.free(sum2);
};
var checkedSub = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  c.settle(a);
  c.settle(b);
  c.limb(a, 0);
  c.limb(b, 0);
  c.op(W.i64LtU);
  c.trapIf();
  c.limb(a, 0);
  c.limb(b, 0);
  c.op(W.i64Sub);
  c.done(a);
  c.done(b);
};
var checkedMul = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const bits = c.code[at + 5];
  if (c.bits(a) + c.bits(b) <= bits || bits <= 32) {
    c.push(a);
    c.push(b);
    c.op(W.i64Mul);
    if (c.bits(a) + c.bits(b) > bits) trapBeyond(c, bits);
    return;
  }
  c.settle(a);
  c.settle(b);
  c.limb(a, 0);
  c.limb(b, 0);
  c.op(W.i64Or);
  c.const64(32);
  c.op(W.i64ShrU);
  c.op(W.i64Eqz);
  c.op(W.i32Eqz);
  c.op(W.if);
  c.op(WASM_TYPE.empty);
  highProduct(c, a, 0, b, 0);
  c.trapUnlessZero();
  c.op(W.end);
  c.limb(a, 0);
  c.limb(b, 0);
  c.op(W.i64Mul);
  trapBeyond(c, bits);
  c.done(a);
  c.done(b);
};
var checkedNarrow = (c, at) => {
  const value = c.code[at + 3];
  const bits = c.code[at + 4];
  c.push(value);
  if (c.bits(value) > bits) trapBeyond(c, bits);
};

// packages/core/src/codegen/lower-shift.ts
function shiftLeftBy(c, amount, value, n) {
  if (n === 1) {
    if (amount > 63) {
      c.pushLow(value);
      c.op(W.drop);
      c.const64(0);
      return;
    }
    c.pushLow(value);
    if (amount > 0) {
      c.const64(amount);
      c.op(W.i64Shl);
    }
    return;
  }
  c.settle(value);
  const whole = amount >> 6;
  const part = amount & 63;
  for (let k = 0; k < n; k++) {
    pushFunnel(c, value, k - whole, k - whole - 1, part === 0 ? 0 : 64 - part, part);
    c.setLimb(k);
  }
  c.done(value);
}
function pushFunnel(c, value, above, below, right, left) {
  const hasAbove = above >= 0 && above < 4 && !c.isZeroLimb(value, above);
  const hasBelow = left > 0 && right > 0 && below >= 0 && below < 4 && !c.isZeroLimb(value, below);
  if (hasAbove) {
    c.limb(value, above);
    if (left > 0) {
      c.const64(left);
      c.op(W.i64Shl);
    }
  }
  if (hasBelow) {
    c.limb(value, below);
    c.const64(right);
    c.op(W.i64ShrU);
    if (hasAbove) c.op(W.i64Or);
  }
  if (!hasAbove && !hasBelow) c.const64(0);
}
function shiftRightBy(c, amount, value, n, signed2) {
  if (c.limbs(value) === 1) {
    c.pushLow(value);
    if (amount > 63) {
      c.op(W.drop);
      c.const64(0);
    } else if (amount > 0) {
      c.const64(amount);
      c.op(W.i64ShrU);
    }
    return;
  }
  c.settle(value);
  const whole = amount >> 6;
  const part = amount & 63;
  for (let k = 0; k < n; k++) {
    const from = k + whole;
    if (signed2 && from >= 3) {
      c.limb(value, 3);
      c.const64(from === 3 ? part : 63);
      c.op(W.i64ShrS);
    } else if (part === 0) pushFunnel(c, value, from, -1, 0, 0);
    else pushFunnel(c, value, from + 1, from, part, 64 - part);
    finish(c, k, n);
  }
  c.done(value);
}
function pushAmount(c, amount) {
  if (c.limbs(amount) === 1) return c.pushLow(amount);
  c.settle(amount);
  c.limb(amount, 0);
  c.const64(256);
  if (!pushHighLimbs(c, amount, 1)) c.const64(0);
  c.op(W.i64Eqz);
  c.op(W.select);
  c.done(amount);
}
var shift = (name) => (c, at) => {
  const amount = c.code[at + 3];
  const value = c.code[at + 4];
  const n = c.limbs(c.code[at + 2]);
  const signed2 = name === "sar" && c.bits(value) === 256;
  const known = c.isConstant(amount) ? knownAmount(c, amount) : -1;
  if (known >= 0) {
    if (name === "shl") shiftLeftBy(c, known, value, n);
    else shiftRightBy(c, known, value, n, signed2);
    return c.done(amount);
  }
  if (name !== "shl" && n === 1 && c.limbs(value) === 1) return shiftLimbRight(c, amount, value);
  c.settle(value);
  pushAmount(c, amount);
  pushFourLimbs(c, value);
  callKernelWord(c, signed2 || name === "shl" ? name : "shr", n);
  c.done(value);
};
function knownAmount(c, amount) {
  const small = c.smallConstant(amount, 255);
  return small < 0 ? 256 : small;
}
function shiftLimbRight(c, amount, value) {
  const count = c.temporary(WASM_TYPE.i64);
  pushAmount(c, amount);
  c.set(count);
  c.pushLow(value);
  c.get(count);
  c.op(W.i64ShrU);
  c.const64(0);
  c.get(count);
  c.const64(64);
  c.op(W.i64LtU);
  c.op(W.select);
  c.free(count);
}
var shl2 = shift("shl");
var shr2 = shift("shr");
var sar2 = shift("sar");
var byte = (c, at) => {
  const index = c.code[at + 3];
  const value = c.code[at + 4];
  c.settle(value);
  if (c.isConstant(index)) {
    const i = c.smallConstant(index, 31);
    const fromLow = 31 - i;
    if (i < 0 || c.isZeroLimb(value, fromLow >> 3)) c.const64(0);
    else {
      c.limb(value, fromLow >> 3);
      c.const64(8 * (fromLow & 7));
      c.op(W.i64ShrU);
      c.const64(255);
      c.op(W.i64And);
    }
    c.done(index);
  } else {
    const i = c.temporary(WASM_TYPE.i64);
    pushAmount(c, index);
    c.set(i);
    c.const64(31);
    c.get(i);
    c.op(W.i64Sub);
    c.const64(3);
    c.op(W.i64Shl);
    c.const64(256);
    c.get(i);
    c.const64(32);
    c.op(W.i64LtU);
    c.op(W.select);
    pushFourLimbs(c, value);
    c.kernel("shr");
    c.const64(255);
    c.op(W.i64And);
    c.free(i);
  }
  c.done(value);
};
var signextend2 = (c, at) => {
  const index = c.code[at + 3];
  const value = c.code[at + 4];
  const n = c.limbs(c.code[at + 2]);
  c.settle(value);
  if (!c.isConstant(index)) {
    pushAmount(c, index);
    pushFourLimbs(c, value);
    callKernelWord(c, "signextend", n);
    return c.done(value);
  }
  const i = c.smallConstant(index, 30);
  const top = i < 0 ? 4 : i >> 3;
  if (i < 0 || n < 4) {
    for (let k = 0; k < n; k++) {
      c.limb(value, k);
      finish(c, k, n);
    }
  } else {
    const up = 56 - 8 * (i & 7);
    for (let k = 0; k < 4; k++) {
      if (k <= top) c.limb(value, k);
      else c.get(c.destinations[top]);
      if (k >= top) {
        if (k === top && up > 0) {
          c.const64(up);
          c.op(W.i64Shl);
        }
        c.const64(k === top ? up : 63);
        c.op(W.i64ShrS);
      }
      c.setLimb(k);
    }
  }
  c.done(index);
  c.done(value);
};
var clz2 = (c, at) => {
  const a = c.code[at + 3];
  const count = c.temporary(WASM_TYPE.i64);
  c.settle(a);
  c.limb(a, 0);
  c.op(W.i64Clz);
  c.const64(192);
  c.op(W.i64Add);
  c.set(count);
  for (let k = 1; k < 4; k++) {
    if (c.isZeroLimb(a, k)) continue;
    c.limb(a, k);
    c.op(W.i64Clz);
    c.const64(64 * (3 - k));
    c.op(W.i64Add);
    c.get(count);
    c.limb(a, k);
    c.op(W.i64Eqz);
    c.op(W.i32Eqz);
    c.op(W.select);
    c.set(count);
  }
  c.get(count);
  c.free(count);
  c.done(a);
};

// packages/core/src/codegen/lower-product.ts
var inKernel = (name, args) => (c, at) => {
  for (let i = 0; i < args; i++) c.settle(c.code[at + 3 + i]);
  for (let i = 0; i < args; i++) pushFourLimbs(c, c.code[at + 3 + i]);
  callKernelWord(c, name, c.limbs(c.code[at + 2]));
  for (let i = 0; i < args; i++) c.done(c.code[at + 3 + i]);
};
var addmod2 = inKernel("addmod", 3);
var mulmod2 = inKernel("mulmod", 3);
var exp2 = inKernel("exp", 2);
function powerOfTwo(c, value) {
  if (!c.isConstant(value)) return -1;
  let exponent = -1;
  for (let k = 0; k < 8; k++) {
    const half = k & 1 ? c.constantHigh(value, k >> 1) : c.constantLow(value, k >> 1);
    if (half === 0) continue;
    if (exponent >= 0 || (half & half - 1) !== 0) return -1;
    exponent = 32 * k + 31 - Math.clz32(half);
  }
  return exponent;
}
function ifBothNarrow(c, a, b, resultType) {
  const left = pushHighLimbs(c, a, 1);
  const right = pushHighLimbs(c, b, 1);
  if (!left && !right) return false;
  if (left && right) c.op(W.i64Or);
  c.op(W.i64Eqz);
  c.op(W.if);
  c.op(resultType);
  return true;
}
var mul = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const n = c.limbs(c.code[at + 2]);
  const exponentA = powerOfTwo(c, a);
  const exponentB = powerOfTwo(c, b);
  if (exponentA >= 0 || exponentB >= 0) {
    shiftLeftBy(c, exponentB >= 0 ? exponentB : exponentA, exponentB >= 0 ? a : b, n);
    return c.done(exponentB >= 0 ? b : a);
  }
  if (n === 1) {
    c.pushLow(a);
    c.pushLow(b);
    c.op(W.i64Mul);
    return;
  }
  settleTwo(c, at);
  multiply(c, a, b, n, "mul");
  doneTwo(c, at);
};
function multiply(c, a, b, n, name) {
  const opened = ifBothNarrow(c, a, b, WASM_TYPE.empty);
  c.limb(a, 0);
  c.limb(b, 0);
  c.op(W.i64Mul);
  c.setLimb(0);
  highProduct(c, a, 0, b, 0);
  c.setLimb(1);
  for (let k = 2; k < n; k++) {
    c.const64(0);
    c.setLimb(k);
  }
  if (!opened) return;
  c.op(W.else);
  pushFourLimbs(c, a);
  pushFourLimbs(c, b);
  callKernelWord(c, name, n);
  if (name === "mulChecked" && n < 4) {
    for (let k = n; k < 4; k++) {
      c.kernelLimb(k);
      if (k > n) c.op(W.i64Or);
    }
    c.trapUnlessZero();
  }
  c.op(W.end);
}
function divideLimb(c, a, b, opcode) {
  const isKnown = c.isConstantLimb(b, 0) && !c.isZeroLimb(b, 0);
  if (!isKnown) {
    c.limb(b, 0);
    c.op(W.i64Eqz);
    c.op(W.if);
    c.op(WASM_TYPE.i64);
    c.const64(0);
    c.op(W.else);
  }
  c.limb(a, 0);
  c.limb(b, 0);
  c.op(opcode);
  if (!isKnown) c.op(W.end);
}
function divide(c, a, b, n, opcode, name) {
  const opened = ifBothNarrow(c, a, b, n === 1 ? WASM_TYPE.i64 : WASM_TYPE.empty);
  divideLimb(c, a, b, opcode);
  finish(c, 0, n);
  for (let k = 1; k < n; k++) {
    c.const64(0);
    c.setLimb(k);
  }
  if (!opened) return;
  c.op(W.else);
  pushFourLimbs(c, a);
  pushFourLimbs(c, b);
  callKernelWord(c, name, n);
  c.op(W.end);
}
var div2 = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const n = c.limbs(c.code[at + 2]);
  const exponent = powerOfTwo(c, b);
  if (exponent >= 0) {
    shiftRightBy(c, exponent, a, n, false);
    return c.done(b);
  }
  settleTwo(c, at);
  divide(c, a, b, n, W.i64DivU, "div");
  doneTwo(c, at);
};
var mod3 = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const n = c.limbs(c.code[at + 2]);
  settleTwo(c, at);
  const exponent = powerOfTwo(c, b);
  if (exponent >= 0) lowBits(c, a, exponent, n);
  else divide(c, a, b, n, W.i64RemU, "mod");
  doneTwo(c, at);
};
function lowBits(c, a, bits, n) {
  for (let k = 0; k < n; k++) {
    const kept = bits - 64 * k;
    if (kept <= 0) c.const64(0);
    else {
      c.limb(a, k);
      if (kept < 64) {
        pushMask(c, kept);
        c.op(W.i64And);
      }
    }
    finish(c, k, n);
  }
}
var signedDivision2 = (unsigned, name) => {
  const general = inKernel(name, 2);
  return (c, at) => {
    const isUnsigned = c.bits(c.code[at + 3]) < 256 && c.bits(c.code[at + 4]) < 256;
    (isUnsigned ? unsigned : general)(c, at);
  };
};
var sdiv2 = signedDivision2(div2, "sdiv");
var smod2 = signedDivision2(mod3, "smod");

// packages/core/src/codegen/lower-checked.ts
function trapDestinationsBeyond(c, bits, n) {
  const d = c.destinations;
  const partial = bits & 63;
  let pushed = false;
  for (let k = bits >> 6; k < n; k++) {
    c.get(d[k]);
    if (k === bits >> 6 && partial !== 0) {
      c.const64(partial);
      c.op(W.i64ShrU);
    }
    if (pushed) c.op(W.i64Or);
    pushed = true;
  }
  if (!pushed) return;
  c.trapUnlessZero();
}
var checkedAdd2 = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const bits = c.code[at + 5];
  const n = c.limbs(c.code[at + 2]);
  const canExceed = Math.max(c.bits(a), c.bits(b)) + 1 > bits;
  settleTwo(c, at);
  if (n === 1) {
    const sum2 = c.temporary(WASM_TYPE.i64);
    c.limb(a, 0);
    c.limb(b, 0);
    c.op(W.i64Add);
    if (canExceed) {
      if (bits < 64) trapBeyond(c, bits);
      else {
        c.tee(sum2);
        c.limb(a, 0);
        c.op(W.i64LtU);
        c.trapIf();
        c.get(sum2);
      }
    }
    c.free(sum2);
  } else {
    const carry = c.temporary(WASM_TYPE.i64);
    const wantsCarry = canExceed && bits >= 64 * n;
    addLimbs(c, a, b, n, carry, wantsCarry);
    if (wantsCarry) {
      c.get(carry);
      c.op(W.i32WrapI64);
      c.trapIf();
    } else if (canExceed) trapDestinationsBeyond(c, bits, n);
    c.free(carry);
  }
  doneTwo(c, at);
};
var checkedSub2 = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const n = c.limbs(c.code[at + 2]);
  settleTwo(c, at);
  pushLess(c, a, b);
  c.trapIf();
  if (n === 1) {
    c.limb(a, 0);
    c.limb(b, 0);
    c.op(W.i64Sub);
  } else {
    const borrow = c.temporary(WASM_TYPE.i64);
    subtractLimbs(c, a, b, n, borrow, false);
    c.free(borrow);
  }
  doneTwo(c, at);
};
var checkedMul2 = (c, at) => {
  const a = c.code[at + 3];
  const b = c.code[at + 4];
  const bits = c.code[at + 5];
  const n = c.limbs(c.code[at + 2]);
  const canExceed = c.bits(a) + c.bits(b) > bits;
  settleTwo(c, at);
  if (n === 1) {
    if (canExceed) {
      highProduct(c, a, 0, b, 0);
      c.trapUnlessZero();
    }
    c.limb(a, 0);
    c.limb(b, 0);
    c.op(W.i64Mul);
    if (canExceed) trapBeyond(c, bits);
  } else {
    multiply(c, a, b, n, "mulChecked");
    if (canExceed) trapDestinationsBeyond(c, bits, n);
  }
  doneTwo(c, at);
};
var checkedDivision = (division) => (c, at) => {
  const b = c.code[at + 4];
  c.settle(b);
  if (!pushHighLimbs(c, b, 0)) c.const64(0);
  c.op(W.i64Eqz);
  c.trapIf();
  division(c, at);
};
var checkedDiv = checkedDivision(div2);
var checkedRem = checkedDivision(mod3);
var checkedNarrow2 = (c, at) => {
  const a = c.code[at + 3];
  const bits = c.code[at + 4];
  const n = c.limbs(c.code[at + 2]);
  c.settle(a);
  if (c.bits(a) > bits) {
    pushFits(c, a, bits);
    c.op(W.i32Eqz);
    c.trapIf();
  }
  for (let k = 0; k < n; k++) {
    c.limb(a, k);
    finish(c, k, n);
  }
  c.done(a);
};

// packages/core/src/codegen/lower-memory.ts
var REVERSED = Array.from({ length: 16 }, (_, i) => 15 - i);
function pushAddress(c, address2, offset2) {
  c.push(address2);
  if (offset2 >= 0) return offset2;
  c.const32(offset2);
  c.op(W.i32Add);
  return 0;
}
var load2 = (opcode) => (c, at) => {
  c.memory(opcode, pushAddress(c, c.code[at + 3], c.code[at + 4]));
};
var store = (opcode) => (c, at) => {
  const offset2 = pushAddress(c, c.code[at + 2], c.code[at + 4]);
  c.push(c.code[at + 3]);
  c.flushReads();
  c.memory(opcode, offset2);
};
function settleAddress(c, address2, offset2) {
  const rest = pushAddress(c, address2, offset2);
  const local = c.temporary(WASM_TYPE.i32);
  c.set(local);
  return { local, rest };
}
var loadBigEndian = (c, at) => {
  const { local, rest } = settleAddress(c, c.code[at + 3], c.code[at + 4]);
  const half = c.temporary(WASM_TYPE.v128);
  for (let k = 0; k < 4; k += 2) {
    c.get(local);
    c.memory128(W_SIMD.v128Load, rest + 16 - 8 * k);
    shuffleReversed(c, half);
    c.tee(half);
    extractLane(c, 0);
    c.setLimb(k);
    c.get(half);
    extractLane(c, 1);
    c.setLimb(k + 1);
  }
  c.free(half);
  c.free(local);
};
function shuffleReversed(c, local) {
  c.tee(local);
  c.get(local);
  c.op(W_SIMD.prefix);
  c.out.unsigned(W_SIMD.i8x16Shuffle);
  for (const lane of REVERSED) c.out.byte(lane);
}
function extractLane(c, lane) {
  c.op(W_SIMD.prefix);
  c.out.unsigned(W_SIMD.i64x2ExtractLane);
  c.out.byte(lane);
}
function swap32(x) {
  return (x & 255) << 24 | (x & 65280) << 8 | x >>> 8 & 65280 | x >>> 24;
}
var storeBigEndian = (c, at) => {
  const value = c.code[at + 3];
  c.settle(value);
  const { local, rest } = settleAddress(c, c.code[at + 2], c.code[at + 4]);
  c.flushReads();
  for (let k = 0; k < 4; k += 2) {
    const offset2 = rest + 16 - 8 * k;
    if (c.isConstantLimb(value, k) && c.isConstantLimb(value, k + 1)) {
      for (let i = 0; i < 2; i++) {
        c.get(local);
        c.const64(swap32(c.constantHigh(value, k + i)), swap32(c.constantLow(value, k + i)));
        c.memory(W.i64Store, offset2 + 8 - 8 * i);
      }
      continue;
    }
    if (c.isZeroLimb(value, k + 1)) {
      c.get(local);
      c.const64(0);
      c.memory(W.i64Store, offset2);
      c.get(local);
      c.limb(value, k);
      swapBytes(c);
      c.memory(W.i64Store, offset2 + 8);
      continue;
    }
    c.get(local);
    c.limb(value, k);
    c.op(W_SIMD.prefix);
    c.out.unsigned(W_SIMD.i64x2Splat);
    c.limb(value, k + 1);
    c.op(W_SIMD.prefix);
    c.out.unsigned(W_SIMD.i64x2ReplaceLane);
    c.out.byte(1);
    const half = c.temporary(WASM_TYPE.v128);
    shuffleReversed(c, half);
    c.free(half);
    c.memory128(W_SIMD.v128Store, offset2);
  }
  c.free(local);
  c.done(value);
};
var loadLittleEndian = (c, at) => {
  const { local, rest } = settleAddress(c, c.code[at + 3], c.code[at + 4]);
  for (let k = 0; k < c.code[at + 5] >> 3; k++) {
    c.get(local);
    c.memory(W.i64Load, rest + 8 * k);
    c.setLimb(k);
  }
  c.free(local);
};
var storeLittleEndian = (c, at) => {
  const value = c.code[at + 3];
  c.settle(value);
  const { local, rest } = settleAddress(c, c.code[at + 2], c.code[at + 4]);
  c.flushReads();
  for (let k = 0; k < c.code[at + 5] >> 3; k++) {
    c.get(local);
    c.limb(value, k);
    c.memory(W.i64Store, rest + 8 * k);
  }
  c.free(local);
  c.done(value);
};
function pushThree(c, at) {
  for (let i = 0; i < 3; i++) c.push(c.code[at + 2 + i]);
  c.flushReads();
}
var copy = (c, at) => {
  pushThree(c, at);
  for (const byte2 of [W_BULK.prefix, W_BULK.memoryCopy, 0, 0]) c.op(byte2);
};
var fill = (c, at) => {
  pushThree(c, at);
  for (const byte2 of [W_BULK.prefix, W_BULK.memoryFill, 0]) c.op(byte2);
};
var compare = (c, at) => {
  for (let i = 0; i < 3; i++) c.push(c.code[at + 3 + i]);
  c.kernel("compare");
};
var sha2563 = (c, at) => {
  pushThree(c, at);
  c.kernel("sha256");
};
var sha3 = (c, at) => {
  pushThree(c, at);
  c.kernel("sha3");
};
var keccak2562 = (c, at) => {
  c.push(c.code[at + 3]);
  c.push(c.code[at + 4]);
  callKernelWord(c, "keccak", c.limbs(c.code[at + 2]));
};

// packages/core/src/codegen/lower-region.ts
function locate(c, guess) {
  const entry = c.temporary(WASM_TYPE.i32);
  const offset2 = c.temporary(WASM_TYPE.i64);
  c.tee(offset2);
  if (guess < 0 || guess >= REGION.COUNT) {
    c.const64(0, REGION.COUNT);
    c.op(W.i64GeU);
    c.trapIf();
    c.get(c.frame);
    c.memory(W.i32Load, FRAME.REGION_TABLE);
    c.get(offset2);
    c.const64(32);
    c.op(W.i64ShrU);
    c.op(W.i32WrapI64);
    c.const32(Math.log2(REGION.ENTRY));
    c.op(W.i32Shl);
    c.op(W.i32Add);
    c.set(entry);
    c.get(offset2);
    c.op(W.i32WrapI64);
    c.op(W.i64ExtendI32U);
    c.set(offset2);
  } else {
    c.const64(0, guess);
    c.op(W.i64Sub);
    c.set(offset2);
    c.get(c.frame);
    c.memory(W.i32Load, FRAME.REGION_TABLE);
    if (guess > 0) {
      c.const32(guess * REGION.ENTRY);
      c.op(W.i32Add);
    }
    c.set(entry);
  }
  return { entry, offset: offset2 };
}
function checkBounds(c, { entry, offset: offset2 }, size, write) {
  c.get(entry);
  c.memory(W.i64Load, write ? REGION.WRITE_LENGTH : REGION.READ_LENGTH);
  c.const64(size);
  c.op(W.i64Sub);
  c.get(offset2);
  c.op(W.i64Sub);
  c.get(offset2);
  c.op(W.i64Or);
  c.const64(0);
  c.get(offset2);
  if (size > 1) {
    c.get(offset2);
    c.const64(size - 1);
    c.op(W.i64Add);
    c.op(W.i64Or);
  }
  c.get(entry);
  c.memory(W.i64Load, REGION.GAP_MASK);
  c.op(W.i64And);
  c.op(W.i64Sub);
  c.op(W.i64Or);
  c.const64(0);
  c.op(W.i64LtS);
  c.trapIf();
}
function pushHost(c, { entry, offset: offset2 }) {
  c.get(entry);
  c.memory(W.i32Load, REGION.HOST);
  c.get(offset2);
  c.op(W.i32WrapI64);
  c.op(W.i32Add);
  c.free(entry);
  c.free(offset2);
}
function pushGuestAddress(c, address2, delta) {
  c.push(address2);
  if (delta === 0) return;
  c.const64(delta);
  c.op(W.i64Add);
}
var LOADS = {
  1: W.i64Load8U,
  2: W.i64Load16U,
  4: W.i64Load32U,
  8: W.i64Load
};
var STORES = {
  1: W.i64Store8,
  2: W.i64Store16,
  4: W.i64Store32,
  8: W.i64Store
};
var regionLoad = (c, at) => {
  const { code } = c;
  const size = code[at + 5];
  pushGuestAddress(c, code[at + 3], code[at + 4]);
  const access = locate(c, code[at + 6]);
  checkBounds(c, access, size, false);
  pushHost(c, access);
  c.memory(LOADS[size], 0);
};
var regionStore = (c, at) => {
  const { code } = c;
  const size = code[at + 5];
  pushGuestAddress(c, code[at + 2], code[at + 4]);
  const access = locate(c, code[at + 6]);
  checkBounds(c, access, size, true);
  pushHost(c, access);
  c.push(code[at + 3]);
  c.flushReads();
  c.memory(STORES[size], 0);
};
var regionHost = (c, at) => {
  const { code } = c;
  const length = code[at + 4];
  c.settle(length);
  pushGuestAddress(c, code[at + 3], 0);
  const access = locate(c, code[at + 6]);
  const { entry, offset: offset2 } = access;
  const last2 = c.temporary(WASM_TYPE.i64);
  const pushLength = () => {
    c.getScalar(length);
    c.op(W.i64ExtendI32U);
  };
  c.get(entry);
  c.memory(W.i64Load, code[at + 5] !== 0 ? REGION.WRITE_LENGTH : REGION.READ_LENGTH);
  pushLength();
  c.op(W.i64Sub);
  c.get(offset2);
  c.op(W.i64Sub);
  c.get(offset2);
  c.op(W.i64Or);
  c.const64(0);
  c.op(W.i64LtS);
  c.trapIf();
  c.get(entry);
  c.memory(W.i64Load, REGION.GAP_MASK);
  c.op(W.i64Eqz);
  c.getScalar(length);
  c.op(W.i32Eqz);
  c.op(W.i32Or);
  c.op(W.i32Eqz);
  c.op(W.if);
  c.op(WASM_TYPE.empty);
  c.get(offset2);
  pushLength();
  c.op(W.i64Add);
  c.const64(1);
  c.op(W.i64Sub);
  c.set(last2);
  c.get(offset2);
  c.get(last2);
  c.op(W.i64Or);
  c.get(entry);
  c.memory(W.i64Load, REGION.GAP_MASK);
  c.op(W.i64And);
  c.op(W.i64Eqz);
  c.get(offset2);
  c.get(last2);
  c.op(W.i64Xor);
  c.get(entry);
  c.memory(W.i64Load, REGION.GAP_MASK);
  c.op(W.i64LtU);
  c.op(W.i32And);
  c.op(W.i32Eqz);
  c.trapIf();
  c.op(W.end);
  pushHost(c, access);
  c.free(last2);
  c.done(length);
};

// packages/core/src/codegen/lower.ts
var elsewhere = () => {
};
var LOWER = {
  nop: () => {
  },
  "i32.const": elsewhere,
  "i64.const": elsewhere,
  "i256.const": elsewhere,
  "i32.add": binary(W.i32Add),
  "i32.sub": binary(W.i32Sub),
  "i32.mul": binary(W.i32Mul),
  "i32.and": binary(W.i32And),
  "i32.or": binary(W.i32Or),
  "i32.xor": binary(W.i32Xor),
  "i32.shl": binary(W.i32Shl),
  "i32.shr_u": binary(W.i32ShrU),
  "i32.shr_s": binary(W.i32ShrS),
  "i32.div_u": binary(W.i32DivU),
  "i32.rem_u": binary(W.i32RemU),
  "i32.eq": binary(W.i32Eq),
  "i32.ne": binary(W.i32Ne),
  "i32.lt_u": binary(W.i32LtU),
  "i32.lt_s": binary(W.i32LtS),
  "i32.gt_u": binary(W.i32GtU),
  "i32.gt_s": binary(W.i32GtS),
  "i32.le_u": binary(W.i32LeU),
  "i32.le_s": binary(W.i32LeS),
  "i32.ge_u": binary(W.i32GeU),
  "i32.ge_s": binary(W.i32GeS),
  "i32.eqz": unary(W.i32Eqz),
  "i32.clz": unary(W.i32Clz),
  "i32.ctz": unary(W.i32Ctz),
  "i32.select": scalarSelect,
  "i64.add": binary(W.i64Add),
  "i64.sub": binary(W.i64Sub),
  "i64.mul": binary(W.i64Mul),
  "i64.mulh_u": mulHigh,
  "i64.and": binary(W.i64And),
  "i64.or": binary(W.i64Or),
  "i64.xor": binary(W.i64Xor),
  "i64.shl": binary(W.i64Shl),
  "i64.shr_u": binary(W.i64ShrU),
  "i64.shr_s": binary(W.i64ShrS),
  "i64.div_u": binary(W.i64DivU),
  "i64.rem_u": binary(W.i64RemU),
  "i64.div_s": binary(W.i64DivS),
  "i64.rem_s": binary(W.i64RemS),
  "i64.eq": binary(W.i64Eq),
  "i64.ne": binary(W.i64Ne),
  "i64.lt_u": binary(W.i64LtU),
  "i64.lt_s": binary(W.i64LtS),
  "i64.gt_u": binary(W.i64GtU),
  "i64.gt_s": binary(W.i64GtS),
  "i64.le_u": binary(W.i64LeU),
  "i64.le_s": binary(W.i64LeS),
  "i64.ge_u": binary(W.i64GeU),
  "i64.ge_s": binary(W.i64GeS),
  "i64.eqz": unary(W.i64Eqz),
  "i64.clz": unary(W.i64Clz),
  "i64.ctz": unary(W.i64Ctz),
  "i64.bswap": byteSwap2,
  "i64.select": scalarSelect,
  "i64.extend_u": unary(W.i64ExtendI32U),
  "i64.extend_s": unary(W.i64ExtendI32S),
  "i32.wrap": unary(W.i32WrapI64),
  "i256.add": add2,
  "i256.sub": sub,
  "i256.mul": mul,
  "i256.div": div2,
  "i256.mod": mod3,
  "i256.sdiv": sdiv2,
  "i256.smod": smod2,
  "i256.addmod": addmod2,
  "i256.mulmod": mulmod2,
  "i256.exp": exp2,
  "i256.signextend": signextend2,
  "i256.and": and,
  "i256.or": or,
  "i256.xor": xor,
  "i256.not": not,
  "i256.shl": shl2,
  "i256.shr": shr2,
  "i256.sar": sar2,
  "i256.byte": byte,
  "i256.clz": clz2,
  "i256.eq": eq,
  "i256.lt_u": ltU,
  "i256.gt_u": gtU,
  "i256.lt_s": ltS,
  "i256.gt_s": gtS,
  "i256.eqz": eqz,
  "i256.select": select2,
  "i256.from_i32": same,
  "i256.from_i64": same,
  "i256.from_i64_s": fromI64Signed,
  "i256.make": make,
  "i256.limb": limb,
  "i32.wrap_i256": wrap32,
  "i32.clamp_i256": clamp32,
  "i64.clamp_i256": clamp64,
  "i256.fits": fits3,
  "i64.addc": checkedAdd,
  "i64.subc": checkedSub,
  "i64.mulc": checkedMul,
  "i64.divc": binary(W.i64DivU),
  "i64.remc": binary(W.i64RemU),
  "i64.narrow": checkedNarrow,
  "i256.addc": checkedAdd2,
  "i256.subc": checkedSub2,
  "i256.mulc": checkedMul2,
  "i256.divc": checkedDiv,
  "i256.remc": checkedRem,
  "i256.narrow": checkedNarrow2,
  frame: (c) => c.get(c.frame),
  "i32.load8": load2(W.i32Load8U),
  "i32.load16": load2(W.i32Load16U),
  "i32.load": load2(W.i32Load),
  "i64.load8": load2(W.i64Load8U),
  "i64.load16": load2(W.i64Load16U),
  "i64.load32": load2(W.i64Load32U),
  "i64.load": load2(W.i64Load),
  "i256.load_be": loadBigEndian,
  "i256.load_le": loadLittleEndian,
  "i32.store8": store(W.i32Store8),
  "i32.store16": store(W.i32Store16),
  "i32.store": store(W.i32Store),
  "i64.store8": store(W.i64Store8),
  "i64.store16": store(W.i64Store16),
  "i64.store32": store(W.i64Store32),
  "i64.store": store(W.i64Store),
  "i256.store_be": storeBigEndian,
  "i256.store_le": storeLittleEndian,
  "memory.copy": copy,
  "memory.fill": fill,
  "memory.compare": compare,
  keccak256: keccak2562,
  sha256: sha2563,
  sha3_256: sha3,
  "region.load": regionLoad,
  "region.store": regionStore,
  "region.host": regionHost,
  meter,
  charge,
  check,
  "meter.dynamic": meterDynamic,
  gas,
  "var.get": elsewhere,
  "var.set": setVariable,
  "stack.check": stackCheck,
  "stack.get": stackGet,
  "stack.set": stackSet,
  "stack.move": stackMove,
  "trap.if": trapIf,
  call,
  "call.indirect": callIndirect,
  host,
  "host.if": hostIf,
  br: elsewhere,
  "br.if": elsewhere,
  switch: elsewhere,
  ret,
  exit,
  trap
};
var LOWER_BY_CODE = OPS.map(({ name }) => LOWER[name]);

// packages/core/src/codegen/compile-module.ts
var COMPILE_LIMITS = {
  wasmBytesMax: 3e6,
  functionWordsMax: 4e5,
  moduleWordsMax: 2e6,
  localBlocksMax: 6e6
};
var kernelNames = Object.keys(KERNEL_FUNCTIONS);
function compileModule(module, options = COMPILE_LIMITS) {
  const bytes = translateModule(module, options);
  if (bytes === void 0) return void 0;
  return { module: new WebAssembly.Module(bytes), wasmBytes: bytes.length };
}
function translateModule(module, options = COMPILE_LIMITS) {
  const found = planFunctions(module, options);
  if (found === void 0) return void 0;
  const { plans, order } = found;
  if (!order.every((index) => plans[index].callees.every((callee2) => callee2 !== module.entry))) {
    return void 0;
  }
  const hasTable = order.some((index) => plans[index].callsIndirectly);
  if (hasTable && !signaturesStayDistinct(module)) return void 0;
  const builder = new ModuleBuilder();
  const plan = declare(builder, module, plans, order);
  if (hasTable) {
    builder.table([...module.table].map((index) => index < 0 ? -1 : plan.functionIndex(index)));
  }
  builder.export("run", plan.functionIndex(module.entry));
  for (const index of order) {
    const body = translateFunction(plan, plans[index], options);
    if (body === void 0) return void 0;
    builder.body(body);
    if (builder.codeLength > options.wasmBytesMax) return void 0;
  }
  return builder.build();
}
function declare(builder, module, plans, order) {
  builder.importMemory("env", "memory", 1);
  const hostFunction = builder.importFunction("env", "host", "ii>i");
  const leaveFunction = builder.importFunction("env", "leave", ">");
  const kernel = /* @__PURE__ */ new Map();
  for (const name of kernelNames) {
    const [params, results] = KERNEL_FUNCTIONS[name];
    kernel.set(name, builder.importFunction("kernel", name, `${params}>${results}`));
  }
  const indices = new Int32Array(plans.length).fill(-1);
  for (const index of order) {
    const { needsFrame, needsGas, isEntry } = plans[index];
    const signature = isEntry ? "i>i" : wasmSignature(module.signatures[index], needsFrame, needsGas);
    indices[index] = builder.declare(signature);
  }
  return {
    module,
    plans,
    order,
    ...planWords(module),
    hostFunction,
    leaveFunction,
    kernelFunction: (name) => kernel.get(name),
    functionIndex: (index) => indices[index],
    typeIndex: (signature) => builder.type(signature)
  };
}
function translateFunction(module, plan, options) {
  const { fn, flow } = plan;
  const live = findLiveValues(fn, flow);
  const widths = findWidths(fn, flow, module.wordBits, module.module.words);
  const c = new Emitter(module, plan, live, widths, LOWER_BY_CODE);
  if (c.localTypes.length * flow.blockCount > options.localBlocksMax) return void 0;
  writePrologue(c);
  if (flow.isReducible) new StructureWriter(c).write();
  else writeDispatch(c);
  if (c.localTypes.length > LOCALS_MAX || c.out.length > FUNCTION_BYTES_MAX) return void 0;
  c.op(W.end);
  return withLocals(c);
}
var LOCALS_MAX = 4e4;
var FUNCTION_BYTES_MAX = 2e6;
function withLocals(c) {
  const { localTypes, parameterCount } = c;
  const head = new ByteBuffer(64);
  let runs = 0;
  for (let from = parameterCount; from < localTypes.length; ) {
    let to = from;
    while (to < localTypes.length && localTypes[to] === localTypes[from]) to++;
    head.unsigned(to - from);
    head.byte(localTypes[from]);
    runs++;
    from = to;
  }
  const body = new ByteBuffer(c.out.length + head.length + 8);
  body.unsigned(runs);
  body.append(head.view());
  body.append(c.out.view());
  return body;
}
var OUTCOME_CELL = FRAME.OUTCOME;

// packages/core/src/codegen/instantiate.ts
var LEAVING = Object.freeze({ leaving: true });
function leave2() {
  throw LEAVING;
}
function instantiate(code, imports) {
  const { memory, kernel, host: host3 } = imports;
  const instance = new WebAssembly.Instance(code.module, {
    env: { memory: memory.memory, host: host3, leave: leave2 },
    kernel: kernel.exports
  });
  const entry = instance.exports.run;
  return {
    run(frame) {
      try {
        return entry(frame);
      } catch (thrown) {
        if (thrown !== LEAVING) throw thrown;
        return memory.i32[frame + OUTCOME_CELL >>> 2];
      }
    }
  };
}

// packages/core/src/engine/compiled-runner.ts
var CODES_MAX = 1024;
var codes = /* @__PURE__ */ new Map();
var ownCodes = /* @__PURE__ */ new WeakMap();
function keptCode(program, key) {
  const kept = codes.get(key);
  return kept?.hosts === program.hosts ? kept : ownCodes.get(program)?.get(key);
}
function codeOf(program, exact) {
  const key = exact ? `${program.id} exact` : program.id;
  let kept = keptCode(program, key);
  if (kept === void 0) {
    const module = exact ? program.exact : program.optimistic();
    kept = {
      code: module === void 0 ? void 0 : compileModule(module),
      hosts: program.hosts
    };
    keep(program, key, kept);
  }
  return kept.code;
}
function keep(program, key, kept) {
  if (!codes.has(key)) {
    if (codes.size === CODES_MAX) codes.delete(codes.keys().next().value);
    codes.set(key, kept);
    return;
  }
  const own = ownCodes.get(program) ?? /* @__PURE__ */ new Map();
  own.set(key, kept);
  ownCodes.set(program, own);
}
var Linkage = class {
  memory;
  kernel;
  instances = /* @__PURE__ */ new WeakMap();
  frame;
  runPending = () => HOST.LEAVE;
  constructor(memory) {
    this.memory = memory;
    this.kernel = createKernel(memory.memory);
  }
  instance(code) {
    let instance = this.instances.get(code);
    if (instance === void 0) {
      instance = instantiate(code, { ...this, host: (index) => this.#callHost(index) });
      this.instances.set(code, instance);
    }
    return instance;
  }
  /** Host function `index` of the running frame, and the calls it asks for; non-zero = the frame ends. */
  #callHost(index) {
    const frame = this.frame;
    let answer2 = frame.program.hosts[index](frame);
    if (answer2 === HOST.CALL) {
      answer2 = this.runPending(frame);
      this.frame = frame;
    }
    if (answer2 === HOST.CONTINUE) return 0;
    this.memory.i32[frame.address + FRAME.OUTCOME >>> 2] = frame.outcome;
    return 1;
  }
};
var linkages = /* @__PURE__ */ new WeakMap();
var CompiledRunner = class {
  #linkage;
  #runPending;
  constructor(memory, runPending) {
    let linkage = linkages.get(memory);
    if (linkage === void 0) {
      linkage = new Linkage(memory);
      linkages.set(memory, linkage);
    }
    this.#linkage = linkage;
    this.#runPending = runPending;
  }
  /** True if it is known that the program cannot be compiled. */
  isUnavailable(program) {
    const kept = keptCode(program, program.id);
    return kept !== void 0 && kept.code === void 0;
  }
  /** Runs `frame`, which is at its beginning. After "trapped" its memory, gas and journal are to be restored. */
  run(frame, exact) {
    const code = codeOf(frame.program, exact);
    if (code === void 0) return "unavailable";
    const linkage = this.#linkage;
    const { frame: outer, runPending } = linkage;
    const instance = linkage.instance(code);
    linkage.frame = frame;
    linkage.runPending = this.#runPending;
    try {
      frame.outcome = instance.run(frame.address);
    } catch (thrown) {
      if (thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError)
        return "trapped";
      throw thrown;
    } finally {
      linkage.frame = outer;
      linkage.runPending = runPending;
    }
    return isTrap(frame.outcome) || frame.gas < 0n ? "trapped" : "finished";
  }
};

// packages/core/src/engine/frame.ts
var Frame = class {
  runtime;
  request;
  parent;
  /** Depth in the tree of calls; the first frame has 0. */
  depth;
  /** Address in linear memory. */
  address;
  /** One past the last byte that the frame uses; grows when guest memory grows. */
  end;
  /** How the frame ended; meaningful after it has. */
  outcome = 0;
  /** Source position of the trap or exit; -1 = unknown. */
  position = -1;
  /** Frontend's notes about the end (abort code, fault text); part of the receipt. */
  detail = void 0;
  /** The call that a host function asked for by {@link call}. */
  pending;
  /** Journal as it was when the frame began. */
  checkpoint;
  /** Output bytes, taken from memory when the frame ended. */
  output = EMPTY;
  /**
   * True: compiled code of this frame or of one that it was called from trapped, and what it did is being done again. Nothing below it is
   * compiled, or a chain of n failing calls would run 2^n times.
   */
  replays = false;
  /** True while the exact interpreter runs this frame. */
  exact = false;
  constructor(runtime, request, parent, address2) {
    this.runtime = runtime;
    this.request = request;
    this.parent = parent;
    this.depth = parent === void 0 ? 0 : parent.depth + 1;
    this.address = address2;
    this.end = address2 + request.program.exact.frameSize;
  }
  get program() {
    return this.request.program;
  }
  get context() {
    return this.request.context;
  }
  get memory() {
    return this.runtime.memory;
  }
  get journal() {
    return this.runtime.journal;
  }
  /** Remaining gas; negative only inside optimistic code. */
  get gas() {
    return BigInt.asIntN(64, this.memory.u64[this.address >>> 3]);
  }
  set gas(value) {
    this.memory.u64[this.address >>> 3] = value;
  }
  /** Takes `amount` (0 <= amount < 2^53); false, with nothing taken, if there is less. No bigint is made. */
  charge(amount) {
    const { u32: u322, i32 } = this.memory;
    const at = this.address >>> 2;
    const high = i32[at + 1];
    if (high < 0) return false;
    const available = high * 4294967296 + u322[at];
    if (available < amount) return false;
    if (high < 1 << 20) {
      const left = available - amount;
      u322[at] = left;
      i32[at + 1] = Math.floor(left / 4294967296);
    } else {
      this.gas = this.gas - BigInt(amount);
    }
    return true;
  }
  /** Address of scratch slot `index`: argument or result number `index` of a host call. */
  slot(index) {
    return this.address + FRAME.SCRATCH + index * FRAME.SLOT;
  }
  argI32(index) {
    return this.memory.i32[this.slot(index) >>> 2];
  }
  argI64(index) {
    return this.memory.u64[this.slot(index) >>> 3];
  }
  argWord(index) {
    return this.memory.word(this.slot(index));
  }
  resultI32(index, value) {
    this.memory.i32[this.slot(index) >>> 2] = value;
  }
  resultI64(index, value) {
    this.memory.u64[this.slot(index) >>> 3] = value;
  }
  resultWord(index, value) {
    this.memory.setWord(this.slot(index), value);
  }
  /** Sets the output range and ends the frame: `return frame.leave(OUTCOME.REVERT)`. */
  leave(outcome, outputAddress = 0, outputLength = 0) {
    this.outcome = outcome;
    this.setOutput(outputAddress, outputLength);
    return HOST.LEAVE;
  }
  setOutput(address2, length) {
    const at = this.address >>> 2;
    this.memory.i32[at + 2] = address2;
    this.memory.i32[at + 3] = length;
  }
  /** Asks for a call: `return frame.call(request)`. */
  call(request) {
    assert(this.pending === void 0, "one call at a time");
    this.pending = request;
    return HOST.CALL;
  }
};
var EMPTY = new Uint8Array(0);

// packages/core/src/engine/engine.ts
var RESTART_FUEL = 3e3;
var HOT_CALLS = 8;
var NATIVE_DEPTH_MAX = 24;
var FRAME_ALIGNMENT = 4096;
var GAS_MAX = BigInt(Number.MAX_SAFE_INTEGER);
var Engine = class {
  memory;
  journal;
  tier;
  #observer;
  #options;
  #compiled;
  #heat = /* @__PURE__ */ new Map();
  #nativeDepth = 0;
  constructor(options) {
    this.#options = options;
    this.memory = options.memory ?? new LinearMemory();
    this.journal = new Journal(options.state);
    this.tier = options.observer === void 0 ? options.tier ?? "auto" : "interpret";
    this.#observer = options.observer;
    this.#compiled = new CompiledRunner(this.memory, (frame) => this.#runPending(frame));
  }
  /** Runs a message to its end. The journal keeps its changes if the outcome is ok, and loses them otherwise. */
  execute(request) {
    assert(request.gas >= 0n && request.gas <= GAS_MAX, "gas lies in 0..2^53-1");
    const frame = this.#open(request, void 0);
    const tier = this.#run(frame);
    const gasLeft = frame.gas;
    return {
      outcome: frame.outcome,
      gasUsed: request.gas - gasLeft,
      gasLeft,
      output: frame.output,
      position: frame.position,
      detail: frame.detail,
      tier
    };
  }
  /** A frame behind its caller's, at its beginning. */
  #open(request, parent) {
    const below = (parent === void 0 ? ARENA_START : parent.end) + (request.reserve ?? 0);
    const address2 = Math.ceil(below / FRAME_ALIGNMENT) * FRAME_ALIGNMENT;
    const frame = new Frame(this, request, parent, address2);
    frame.replays = parent?.replays === true;
    frame.checkpoint = this.journal.checkpoint();
    this.#prepare(frame);
    return frame;
  }
  #prepare(frame) {
    const { request } = frame;
    assert(
      this.memory.ensure(frame.address + request.program.exact.frameSize),
      "memory for a frame"
    );
    frame.end = frame.address + request.program.exact.frameSize;
    frame.pending = void 0;
    frame.detail = void 0;
    frame.outcome = OUTCOME.OK;
    frame.position = -1;
    frame.setOutput(0, 0);
    frame.gas = request.gas;
    request.prepare(frame);
  }
  /** Undoes everything that the frame did and lays it out anew. */
  #restart(frame) {
    this.journal.revert(frame.checkpoint, false);
    this.#prepare(frame);
  }
  /** Runs `frame` to its end; returns the tier that finished it. */
  #run(frame) {
    if (this.#wantsCompiled(frame) && this.#runCompiled(frame)) return "compile";
    return this.#interpret(frame);
  }
  #wantsCompiled({ program, replays }) {
    if (replays) return false;
    if (this.tier === "interpret" || this.#nativeDepth >= NATIVE_DEPTH_MAX) return false;
    if (this.#options.moduleUnderTest === "optimistic-interpreted") return false;
    if (this.tier === "compile") return true;
    const calls = (this.#heat.get(program.id) ?? 0) + 1;
    this.#heat.set(program.id, calls);
    return calls > HOT_CALLS;
  }
  /** True if the frame ran to its end in compiled code; false if the interpreter must run it (it is at its beginning then). */
  #runCompiled(frame) {
    const exact = this.#options.moduleUnderTest === "exact-compiled";
    this.#nativeDepth++;
    const finished = this.#compiled.run(frame, exact);
    this.#nativeDepth--;
    if (finished === "unavailable") return false;
    if (finished === "trapped") {
      frame.replays = true;
      this.#restart(frame);
      return false;
    }
    this.#close(frame);
    return true;
  }
  /** The frame loop: interprets `root` and whatever it calls, on a stack of its own. */
  #interpret(root) {
    const stack = [this.#interpreter(root, this.#fuel(root.program))];
    let state = stack[0].run();
    for (; ; ) {
      const top = stack[stack.length - 1];
      if (state === CALLING) {
        const callee2 = this.#open(this.#takePending(top.frame), top.frame);
        if (this.#wantsCompiled(callee2) && this.#runCompiled(callee2)) {
          state = top.resume(callee2.request.finish(top.frame, callee2));
        } else {
          const next = this.#interpreter(callee2, this.#fuel(callee2.program));
          stack.push(next);
          state = next.run();
        }
        continue;
      }
      let tier = "interpret";
      if (state === PAUSED) {
        this.#heat.set(top.frame.program.id, HOT_CALLS);
        this.#restart(top.frame);
        if (!this.#runCompiled(top.frame)) {
          const again = this.#interpreter(top.frame, Number.POSITIVE_INFINITY);
          stack[stack.length - 1] = again;
          state = again.run();
          continue;
        }
        tier = "compile";
      } else {
        assert(state === ENDED, "an interpreter pauses, calls or ends");
        this.#close(top.frame);
      }
      stack.pop();
      if (stack.length === 0) return tier;
      const caller = stack[stack.length - 1];
      state = caller.resume(top.frame.request.finish(caller.frame, top.frame));
    }
  }
  #interpreter(frame, fuel) {
    frame.exact = true;
    const optimistic = this.#options.moduleUnderTest === "optimistic-interpreted" ? frame.program.optimistic() : void 0;
    return new Interpreter(frame, optimistic ?? frame.program.exact, fuel, this.#observer);
  }
  #fuel(program) {
    if (this.tier !== "auto" || this.#nativeDepth >= NATIVE_DEPTH_MAX)
      return Number.POSITIVE_INFINITY;
    return this.#compiled.isUnavailable(program) ? Number.POSITIVE_INFINITY : RESTART_FUEL;
  }
  #takePending(frame) {
    const request = frame.pending;
    assert(request !== void 0, "a host function answered CALL without frame.call()");
    frame.pending = void 0;
    return request;
  }
  /** A compiled frame asked for a call: runs it and all that `finish` asks for; answers CONTINUE or LEAVE. */
  #runPending(caller) {
    let answer2 = HOST.CALL;
    while (answer2 === HOST.CALL) {
      const callee2 = this.#open(this.#takePending(caller), caller);
      this.#run(callee2);
      answer2 = callee2.request.finish(caller, callee2);
    }
    return answer2;
  }
  /** Takes the output, undoes the journal if the frame failed. */
  #close(frame) {
    if (isTrap(frame.outcome) && frame.program.depletes === true) frame.gas = 0n;
    if (!isOk(frame.outcome)) frame.detail ??= frame.program.describe?.(frame);
    const at = frame.address >>> 2;
    const address2 = this.memory.i32[at + FRAME.OUTPUT_ADDRESS / 4] >>> 0;
    const length = this.memory.i32[at + FRAME.OUTPUT_LENGTH / 4];
    frame.output = isTrap(frame.outcome) || length === 0 ? EMPTY2 : this.memory.slice(address2, length);
    if (!isOk(frame.outcome) && frame.request.keepOnFailure !== true) {
      this.journal.revert(frame.checkpoint, true);
    }
  }
};
var EMPTY2 = new Uint8Array(0);

// packages/core/src/ir/builder.ts
var WordPool = class {
  words = [];
  #indices = /* @__PURE__ */ new Map();
  index(word) {
    let index = this.#indices.get(word);
    if (index === void 0) {
      index = this.words.length;
      this.words.push(word);
      this.#indices.set(word, index);
    }
    return index;
  }
};
var FunctionBuilder = class {
  position = -1;
  name;
  params;
  results;
  #pool;
  #vars = [];
  #blocks = [];
  #code = new Int32Array(1024);
  #length = 0;
  #types = new Uint8Array(256);
  #valueCount = 0;
  #current = -1;
  constructor(name, params, results, pool) {
    this.name = name;
    this.params = params;
    this.results = results;
    this.#pool = pool;
    this.block(params);
  }
  /** A new block with parameters of the given types. Block 0 (the entry) exists from the start. */
  block(params = []) {
    const values = params.map((type) => this.#value(type));
    this.#blocks.push({ params: values, start: -1, end: -1 });
    return this.#blocks.length - 1;
  }
  /** The values that block `index` receives. */
  blockParams(index) {
    return this.#blocks[index].params;
  }
  get blockCount() {
    return this.#blocks.length;
  }
  /** Words written so far: what a budget on expansion looks at. */
  get length() {
    return this.#length;
  }
  /** True while a block is open, that is, begun and not terminated. */
  get isOpen() {
    return this.#current >= 0;
  }
  typeOf(value) {
    return this.#types[value];
  }
  /** Declares a variable; returns its index. */
  variable(type) {
    this.#vars.push(type);
    return this.#vars.length - 1;
  }
  begin(block) {
    assert(this.#current === -1, "begin inside an open block");
    const entry = this.#blocks[block];
    assert(entry.start === -1, "a block is written once");
    entry.start = this.#length;
    this.#current = block;
  }
  #value(type) {
    if (this.#valueCount === this.#types.length) {
      const grown2 = new Uint8Array(this.#types.length * 2);
      grown2.set(this.#types);
      this.#types = grown2;
    }
    this.#types[this.#valueCount] = type;
    return this.#valueCount++;
  }
  #reserve(words) {
    const at = this.#length;
    if (at + words > this.#code.length) {
      const grown2 = new Int32Array(Math.max(this.#code.length * 2, at + words));
      grown2.set(this.#code);
      this.#code = grown2;
    }
    this.#length = at + words;
    return at;
  }
  #head(op, words) {
    const at = this.#reserve(words);
    this.#code[at] = opWord(op, words);
    this.#code[at + 1] = this.position;
    return at + 2;
  }
  /**
   * Writes a fixed operation: its arguments, then its immediates. Returns the first result, or -1.
   * `var.get` and `var.set` have {@link getVar} and {@link setVar}.
   */
  emit(op, a = 0, b = 0, c = 0, d = 0, e = 0) {
    const info = OPS[op];
    const n = info.argCount + info.immediates;
    let at = this.#head(op, 2 + info.resultCount + n);
    const code = this.#code;
    let result = -1;
    if (info.resultCount === 1) {
      result = this.#value(info.results[0]);
      code[at++] = result;
    }
    if (n > 0) code[at] = a;
    if (n > 1) code[at + 1] = b;
    if (n > 2) code[at + 2] = c;
    if (n > 3) code[at + 3] = d;
    if (n > 4) code[at + 4] = e;
    if (op === OP.exit || op === OP.trap) this.#finish();
    return result;
  }
  /** {@link emit} by name. */
  op(name, ...operands) {
    return this.emit(OP[name], operands[0], operands[1], operands[2], operands[3], operands[4]);
  }
  const32(value) {
    return this.emit(OP["i32.const"], value | 0);
  }
  const64(value) {
    return this.emit(
      OP["i64.const"],
      Number(BigInt.asIntN(32, value)),
      Number(BigInt.asIntN(32, value >> 32n))
    );
  }
  /** An i64 constant from its two 32-bit halves. */
  const64Parts(low4, high) {
    return this.emit(OP["i64.const"], low4, high);
  }
  const256(value) {
    return this.emit(OP["i256.const"], this.#pool.index(value));
  }
  getVar(index) {
    const result = this.#value(this.#vars[index]);
    const at = this.#head(OP["var.get"], 4);
    this.#code[at] = result;
    this.#code[at + 1] = index;
    return result;
  }
  setVar(index, value) {
    const at = this.#head(OP["var.set"], 4);
    this.#code[at] = value;
    this.#code[at + 1] = index;
  }
  #call(op, prefix, results, args) {
    let at = this.#head(op, 2 + prefix.length + 2 + results.length + args.length);
    for (const word of prefix) this.#code[at++] = word;
    this.#code[at++] = results.length;
    const values = results.map((type) => this.#value(type));
    for (const value of values) this.#code[at++] = value;
    this.#code[at++] = args.length;
    for (const arg2 of args) this.#code[at++] = arg2;
    return values;
  }
  call(fn, results, args) {
    return this.#call(OP.call, [fn], results, args);
  }
  callIndirect(signature, index, results, args) {
    return this.#call(OP["call.indirect"], [signature, index], results, args);
  }
  host(fn, results, args) {
    return this.#call(OP.host, [fn], results, args);
  }
  hostIf(condition, fn, args) {
    let at = this.#head(OP["host.if"], 2 + 3 + args.length);
    this.#code[at++] = fn;
    this.#code[at++] = condition;
    this.#code[at++] = args.length;
    for (const arg2 of args) this.#code[at++] = arg2;
  }
  br(block, args = []) {
    let at = this.#head(OP.br, 4 + args.length);
    this.#code[at++] = block;
    this.#code[at++] = args.length;
    for (const arg2 of args) this.#code[at++] = arg2;
    this.#finish();
  }
  brIf(condition, then, thenArgs, otherwise, otherwiseArgs) {
    let at = this.#head(OP["br.if"], 7 + thenArgs.length + otherwiseArgs.length);
    this.#code[at++] = condition;
    this.#code[at++] = then;
    this.#code[at++] = thenArgs.length;
    for (const arg2 of thenArgs) this.#code[at++] = arg2;
    this.#code[at++] = otherwise;
    this.#code[at++] = otherwiseArgs.length;
    for (const arg2 of otherwiseArgs) this.#code[at++] = arg2;
    this.#finish();
  }
  /** Jumps to `blocks[index]`, or to `otherwise` if the unsigned index is out of range. */
  switch(index, blocks, otherwise) {
    let at = this.#head(OP.switch, 5 + blocks.length);
    this.#code[at++] = index;
    this.#code[at++] = blocks.length;
    for (const block of blocks) this.#code[at++] = block;
    this.#code[at] = otherwise;
    this.#finish();
  }
  ret(values = []) {
    let at = this.#head(OP.ret, 3 + values.length);
    this.#code[at++] = values.length;
    for (const value of values) this.#code[at++] = value;
    this.#finish();
  }
  #finish() {
    assert(this.#current >= 0, "a terminator outside a block");
    this.#blocks[this.#current].end = this.#length;
    this.#current = -1;
  }
  /** The finished function. Every block must have been written. */
  build() {
    assert(this.#current === -1, "the last block is not terminated");
    const blocks = this.#blocks.map((block, index) => {
      assert(block.start >= 0, `block ${index} of ${this.name} was never written`);
      return block;
    });
    return {
      name: this.name,
      params: this.params,
      results: this.results,
      vars: this.#vars,
      valueTypes: this.#types.slice(0, this.#valueCount),
      valueCount: this.#valueCount,
      blocks,
      code: this.#code.slice(0, this.#length)
    };
  }
};

// packages/core/src/journal/state.ts
var MemoryState = class _MemoryState {
  #cells = /* @__PURE__ */ new Map();
  read(domain, account, key) {
    return this.#cells.get(cellName(domain, account, key))?.value;
  }
  write(domain, account, key, value) {
    const name = cellName(domain, account, key);
    if (value === void 0) this.#cells.delete(name);
    else this.#cells.set(name, { domain, account, key, value });
  }
  /** Applies a write set, e.g. {@link Journal.changes}. */
  apply(changes) {
    for (const { domain, account, key, after } of changes) this.write(domain, account, key, after);
  }
  *cells() {
    yield* this.#cells.values();
  }
  /** An independent copy; values are shared because nobody modifies them. */
  clone() {
    const copy3 = new _MemoryState();
    for (const [name, cell] of this.#cells) copy3.#cells.set(name, cell);
    return copy3;
  }
};
function cellName(domain, account, key) {
  return `${domain}:${latin1(account)}:${account.length}:${latin1(key)}`;
}
function latin1(bytes) {
  let text = "";
  for (const byte2 of bytes) text += String.fromCharCode(byte2);
  return text;
}

// packages/core/src/testing/random.ts
var Random = class {
  #state;
  constructor(seed) {
    this.#state = seed | 0;
  }
  /** 32 random bits, unsigned. */
  bits() {
    this.#state = this.#state + 1831565813 | 0;
    let t2 = Math.imul(this.#state ^ this.#state >>> 15, this.#state | 1);
    t2 ^= t2 + Math.imul(t2 ^ t2 >>> 7, t2 | 61);
    return (t2 ^ t2 >>> 14) >>> 0;
  }
  /** An integer in [0, bound). */
  below(bound) {
    return this.bits() % bound;
  }
  /** An integer in [low, high]. */
  between(low4, high) {
    return low4 + this.below(high - low4 + 1);
  }
  /** True once in `n`. */
  oneIn(n) {
    return this.below(n) === 0;
  }
  pick(items) {
    return items[this.below(items.length)];
  }
  /** A word of `bits` bits, often near a power of two or an end of the range. */
  word(bits) {
    const limit = 1n << BigInt(bits);
    switch (this.below(6)) {
      case 0:
        return BigInt(this.below(4));
      case 1:
        return limit - 1n - BigInt(this.below(3));
      case 2:
        return BigInt.asUintN(bits, (1n << BigInt(this.below(bits))) + BigInt(this.between(-1, 1)));
      case 3:
        return BigInt(this.below(300)) % limit;
      default: {
        let word = 0n;
        for (let i = 0; i < bits; i += 32) word = word << 32n | BigInt(this.bits());
        return BigInt.asUintN(bits, word) >> BigInt(this.oneIn(2) ? this.below(bits) : 0);
      }
    }
  }
};

// packages/frontend-sbpf/src/analysis/calls.ts
var NO_TARGET = -1;
var HALF_TARGET = -2147483647;
var syscallTarget = (index) => -2 - index;
var syscallOfTarget = (target2) => -2 - target2;
var CALL = 133;
function resolveCalls(text, executable, syscalls) {
  const { version, count, op, src, imm } = text;
  const targets = new Int32Array(count).fill(NO_TARGET);
  for (let pc = 0; pc < count; pc++) {
    if (op[pc] !== CALL) continue;
    const isInternal = version === 3 && src[pc] !== 0;
    const syscall2 = isInternal ? void 0 : syscalls.get(imm[pc] >>> 0);
    if (syscall2 !== void 0) {
      targets[pc] = syscallTarget(syscall2);
      continue;
    }
    let target2;
    if (version !== 3) target2 = executable.functions.get(imm[pc] >>> 0);
    else if (src[pc] === 1) target2 = pc + 1 + imm[pc];
    if (target2 === void 0 || target2 < 0 || target2 >= count) continue;
    targets[pc] = op[target2] === 0 ? HALF_TARGET : target2;
  }
  return targets;
}
var isFaultingTarget = (target2) => target2 === NO_TARGET || target2 === HALF_TARGET;

// packages/frontend-sbpf/src/analysis/blocks.ts
var END2 = {
  /** Into the next block. */
  FALL: 0,
  /** `ja`. */
  JUMP: 1,
  /** To the target or into the next block. */
  BRANCH: 2,
  EXIT: 3,
  /** A call that never comes back, or an instruction that always faults. */
  DEAD: 4,
  /** Off the end of the code. */
  OVERRUN: 5
};
var LDDW = 24;
var CALL2 = 133;
var CALLX = 141;
var EXIT = 149;
function isJump(version, op) {
  const kind = op & 7;
  if (kind !== 5 && !(kind === 6 && version === 3)) return false;
  return op !== CALL2 && op !== CALLX && op !== EXIT;
}
function splitBlocks(text, entries, calls, noReturn) {
  const { count, op, off, version } = text;
  const leaders = new Uint8Array(count + 1);
  leaders[0] = 1;
  for (let pc = 0; pc < count; pc++) {
    if (entries[pc] !== 0) leaders[pc] = 1;
    const code = op[pc];
    if (code === LDDW && version !== 2) {
      pc++;
      if (entries[pc] !== 0) leaders[pc] = 1;
    } else if (code === EXIT) leaders[pc + 1] = 1;
    else if (code === CALL2) {
      const target2 = calls[pc];
      if (isFaultingTarget(target2) || noReturn(target2)) leaders[pc + 1] = 1;
    } else if (isJump(version, code)) {
      leaders[pc + 1] = 1;
      leaders[pc + 1 + off[pc]] = 1;
    }
  }
  let blockCount = 0;
  for (let pc = 0; pc < count; pc++) blockCount += leaders[pc];
  const start = new Int32Array(blockCount + 1);
  const of = new Int32Array(count);
  let block = -1;
  for (let pc = 0; pc < count; pc++) {
    if (leaders[pc] !== 0) start[++block] = pc;
    of[pc] = block;
  }
  start[blockCount] = count;
  return { count: blockCount, start, of, ...findEnds(text, start, of, calls, noReturn) };
}
function findEnds(text, start, of, calls, noReturn) {
  const count = start.length - 1;
  const end = new Uint8Array(count);
  const target2 = new Int32Array(count).fill(-1);
  for (let block = 0; block < count; block++) {
    const last2 = lastInstruction(text, start[block], start[block + 1]);
    const code = text.op[last2];
    if (code === EXIT) end[block] = END2.EXIT;
    else if (code === CALL2 && (isFaultingTarget(calls[last2]) || noReturn(calls[last2]))) {
      end[block] = END2.DEAD;
    } else if (isJump(text.version, code)) {
      end[block] = code === 5 ? END2.JUMP : END2.BRANCH;
      target2[block] = of[last2 + 1 + text.off[last2]];
    }
    const falls = end[block] === END2.FALL || end[block] === END2.BRANCH;
    if (falls && block === count - 1) {
      if (end[block] === END2.FALL) end[block] = END2.OVERRUN;
    }
  }
  return { end, target: target2 };
}
function lastInstruction(text, from, to) {
  if (to - from < 2 || text.version === 2) return to - 1;
  return text.op[to - 1] === 0 && text.op[to - 2] === LDDW ? to - 2 : to - 1;
}
var everySlot = /* @__PURE__ */ new WeakMap();
function everySlotBlocks(text, calls, noReturn) {
  let blocks = everySlot.get(text);
  if (blocks === void 0) {
    blocks = splitBlocks(text, new Uint8Array(text.count).fill(1), calls, noReturn);
    everySlot.set(text, blocks);
  }
  return blocks;
}

// packages/frontend-sbpf/src/analysis/code-pointers.ts
var LDDW2 = 24;
function findCodePointers(text, executable) {
  const { count, op, imm } = text;
  const marks = new Uint8Array(count);
  const base = executable.textOffset;
  const mark = (low4, high) => {
    if (high !== 1) return;
    const offset2 = (low4 >>> 0) - base;
    if (offset2 >= 0 && offset2 < count * 8 && offset2 % 8 === 0) marks[offset2 / 8] = 1;
  };
  for (let pc = 0; pc + 1 < count; pc++) {
    if (op[pc] !== LDDW2) continue;
    mark(imm[pc], imm[pc + 1]);
    pc++;
  }
  const { rodata, version } = executable;
  const view = new DataView(rodata.buffer, rodata.byteOffset, rodata.byteLength);
  const textStart = version === 3 ? rodata.length : base;
  const textEnd = version === 3 ? rodata.length : base + count * 8;
  for (let at = 0; at + 8 <= rodata.length; at += 8) {
    if (at === (textStart & ~7)) at = Math.ceil(textEnd / 8) * 8;
    if (at + 8 > rodata.length) break;
    mark(view.getUint32(at, true), view.getUint32(at + 4, true));
  }
  for (let pc = 0; pc < count; pc++) if (op[pc] === 0) marks[pc] = 0;
  return marks;
}

// packages/frontend-sbpf/src/analysis/returning.ts
function findReturning(text, blocks, calls, noReturnSyscall) {
  const { count } = blocks;
  const returning = new Uint8Array(count);
  const open2 = new Uint8Array(count);
  const pending = new Int32Array(count);
  const sites = callSites(text, blocks, calls, noReturnSyscall, pending);
  const preds = predecessors(blocks);
  const work = new Int32Array(count);
  let top = 0;
  const mark = (block) => {
    if (open2[block] === 0 || pending[block] !== 0 || returning[block] !== 0) return;
    returning[block] = 1;
    work[top++] = block;
  };
  for (let block = 0; block < count; block++) {
    if (blocks.end[block] !== END2.EXIT) continue;
    open2[block] = 1;
    mark(block);
  }
  while (top > 0) {
    const block = work[--top];
    for (let i = preds.first[block]; i < preds.first[block + 1]; i++) {
      open2[preds.from[i]] = 1;
      mark(preds.from[i]);
    }
    for (let i = sites.first[block]; i < sites.first[block + 1]; i++) {
      pending[sites.from[i]]--;
      mark(sites.from[i]);
    }
  }
  return returning;
}
function groupEdges(size, to, from, count) {
  const first2 = new Int32Array(size + 1);
  for (let i = 0; i < count; i++) first2[to[i] + 1]++;
  for (let i = 0; i < size; i++) first2[i + 1] += first2[i];
  const next = first2.slice(0, size);
  const grouped = new Int32Array(count);
  for (let i = 0; i < count; i++) grouped[next[to[i]]++] = from[i];
  return { first: first2, from: grouped };
}
function predecessors(blocks) {
  const to = new Int32Array(blocks.count * 2);
  const from = new Int32Array(blocks.count * 2);
  let n = 0;
  for (let block = 0; block < blocks.count; block++) {
    const end = blocks.end[block];
    if (blocks.target[block] >= 0) {
      to[n] = blocks.target[block];
      from[n++] = block;
    }
    if ((end === END2.FALL || end === END2.BRANCH) && block + 1 < blocks.count) {
      to[n] = block + 1;
      from[n++] = block;
    }
  }
  return groupEdges(blocks.count, to, from, n);
}
function callSites(text, blocks, calls, noReturnSyscall, pending) {
  let total = 0;
  for (let pc = 0; pc < text.count; pc++) if (calls[pc] >= 0) total++;
  const to = new Int32Array(total);
  const from = new Int32Array(total);
  let n = 0;
  for (let pc = 0; pc < text.count; pc++) {
    const target2 = calls[pc];
    const block = blocks.of[pc];
    if (target2 >= 0) {
      to[n] = blocks.of[target2];
      from[n++] = block;
      pending[block]++;
    } else if (text.op[pc] === 133 && (isFaultingTarget(target2) || noReturnSyscall(target2))) {
      pending[block]++;
    }
  }
  return groupEdges(blocks.count, to, from, n);
}

// packages/frontend-sbpf/src/analysis/program-graph.ts
var CALLX2 = 141;
function buildGraph(text, executable, syscalls, noReturnSyscall) {
  const calls = resolveCalls(text, executable, syscalls);
  const hasCallx = text.op.includes(CALLX2);
  const pointers = hasCallx ? findCodePointers(text, executable) : new Uint8Array(text.count);
  const entries = pointers.slice();
  for (let pc = 0; pc < text.count; pc++) if (calls[pc] >= 0) entries[calls[pc]] = 1;
  const { entryPc } = executable;
  if (entryPc < text.count && text.op[entryPc] !== 0) entries[entryPc] = 1;
  const rough = splitBlocks(text, entries, calls, noReturnSyscall);
  const roughReturning = findReturning(text, rough, calls, noReturnSyscall);
  const noReturn = (target2) => target2 >= 0 ? roughReturning[rough.of[target2]] === 0 : noReturnSyscall(target2);
  const blocks = splitBlocks(text, entries, calls, noReturn);
  const returning = new Uint8Array(blocks.count);
  for (let block = 0; block < blocks.count; block++) {
    returning[block] = roughReturning[rough.of[blocks.start[block]]];
  }
  return {
    text,
    calls,
    blocks,
    entryPc,
    entries,
    pointers,
    hasCallx,
    returning,
    noReturnSyscall,
    ...findFunctions(blocks)
  };
}
function neverReturns(graph, target2) {
  if (target2 < 0) return isFaultingTarget(target2) || graph.noReturnSyscall(target2);
  return graph.returning[graph.blocks.of[target2]] === 0;
}
function findFunctions(blocks) {
  const parent = new Int32Array(blocks.count);
  for (let block = 0; block < blocks.count; block++) parent[block] = block;
  const find2 = (block) => {
    let root = block;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  };
  const join = (a, b) => {
    const x = find2(a);
    const y = find2(b);
    if (x < y) parent[y] = x;
    else parent[x] = y;
  };
  for (let block = 0; block < blocks.count; block++) {
    const end = blocks.end[block];
    if (blocks.target[block] >= 0) join(block, blocks.target[block]);
    if ((end === END2.FALL || end === END2.BRANCH) && block + 1 < blocks.count)
      join(block, block + 1);
  }
  const functionOf = new Int32Array(blocks.count);
  let functionCount = 0;
  for (let block = 0; block < blocks.count; block++) {
    const root = find2(block);
    functionOf[block] = root === block ? functionCount++ : functionOf[root];
  }
  const first2 = new Int32Array(functionCount + 1);
  for (let block = 0; block < blocks.count; block++) first2[functionOf[block] + 1]++;
  for (let i = 0; i < functionCount; i++) first2[i + 1] += first2[i];
  const next = first2.slice(0, functionCount);
  const members = new Int32Array(blocks.count);
  for (let block = 0; block < blocks.count; block++) members[next[functionOf[block]]++] = block;
  return { functionCount, functionOf, first: first2, members };
}

// packages/frontend-sbpf/src/isa/murmur3.ts
function murmur3(bytes) {
  let hash = 0;
  const whole = bytes.length & ~3;
  for (let at = 0; at < whole; at += 4) {
    hash = mixBlock(
      hash,
      bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16 | bytes[at + 3] << 24
    );
  }
  let tail = 0;
  for (let at = bytes.length - 1; at >= whole; at--) tail = tail << 8 | bytes[at];
  if (whole < bytes.length) hash ^= scramble(tail);
  return finish2(hash, bytes.length);
}
var ENCODER = new TextEncoder();
var symbolHash = (name) => murmur3(ENCODER.encode(name));
function pcHash(pc) {
  return finish2(mixBlock(mixBlock(0, pc | 0), Math.floor(pc / 2 ** 32) | 0), 8);
}
var ENTRYPOINT_HASH = symbolHash("entrypoint");
function scramble(block) {
  const k = Math.imul(block, 3432918353);
  return Math.imul(k << 15 | k >>> 17, 461845907);
}
function mixBlock(hash, block) {
  const h = hash ^ scramble(block);
  return Math.imul(h << 13 | h >>> 19, 5) + 3864292196 | 0;
}
function finish2(hash, length) {
  let h = hash ^ length;
  h = Math.imul(h ^ h >>> 16, 2246822507);
  h = Math.imul(h ^ h >>> 13, 3266489909);
  return (h ^ h >>> 16) >>> 0;
}

// packages/frontend-sbpf/src/isa/version.ts
var SLOT_BYTES = 8;
var STACK_FRAME_BYTES = 4096;
var CALL_DEPTH_MAX = 64;
var hasStackGaps = (version) => version === 0;
var rodataRegion = (version) => version === 3 ? 0 : 1;
function callxRegister(version, dst, src, imm) {
  if (version === 3) return dst;
  return version === 2 ? src : imm;
}

// packages/frontend-sbpf/src/elf/elf-headers.ts
var EHDR_BYTES = 64;
var PHDR_BYTES = 56;
var SHDR_BYTES = 64;
var PT = { LOAD: 1, DYNAMIC: 2 };
var PF = { X: 1, W: 2, R: 4 };
var SHT = { NULL: 0, SYMTAB: 2, STRTAB: 3, DYNAMIC: 6, NOBITS: 8, DYNSYM: 11 };
var SHF_WRITE_ALLOC = 3;
var DT = { SYMTAB: 6, REL: 17, RELSZ: 18, RELENT: 19, COUNT: 35 };
var EM = { BPF: 247, SBPF: 263 };
var ET_DYN = 3;
function readHeader(view) {
  if (view.byteLength < EHDR_BYTES) {
    refuse("MALFORMED_ELF", view.byteLength, `a file of ${view.byteLength} bytes has no header`);
  }
  return {
    type: view.getUint16(16, true),
    machine: view.getUint16(18, true),
    version: view.getUint32(20, true),
    entry: wide(view, 24),
    segmentOffset: wide(view, 32),
    sectionOffset: wide(view, 40),
    flags: view.getUint32(48, true),
    headerBytes: view.getUint16(52, true),
    segmentBytes: view.getUint16(54, true),
    segmentCount: view.getUint16(56, true),
    sectionBytes: view.getUint16(58, true),
    sectionCount: view.getUint16(60, true),
    namesIndex: view.getUint16(62, true)
  };
}
function wide(view, at) {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 4294967296;
}
function checkTable(view, offset2, bytes, what) {
  const end = offset2 + bytes;
  if (offset2 < EHDR_BYTES && end > 0) refuse("MALFORMED_ELF", offset2, `${what} overlap the header`);
  if (end > view.byteLength) {
    refuse("ELF_SECTION_OUT_OF_RANGE", view.byteLength, `${what} end behind the file`);
  }
  if (offset2 % 8 !== 0) refuse("MALFORMED_ELF", offset2, `${what} are not aligned`);
}
function readProgramHeaders(view, header) {
  const { segmentOffset, segmentCount } = header;
  checkTable(view, segmentOffset, segmentCount * PHDR_BYTES, "the program headers");
  return Array.from({ length: segmentCount }, (_, index) => {
    const at = segmentOffset + index * PHDR_BYTES;
    return {
      at,
      type: view.getUint32(at, true),
      flags: view.getUint32(at + 4, true),
      offset: wide(view, at + 8),
      vaddr: wide(view, at + 16),
      paddr: wide(view, at + 24),
      fileBytes: wide(view, at + 32),
      memoryBytes: wide(view, at + 40)
    };
  });
}
function readSections(view, header) {
  const { sectionOffset, sectionCount, segmentOffset, segmentCount } = header;
  checkTable(view, sectionOffset, sectionCount * SHDR_BYTES, "the section headers");
  const segmentsEnd = segmentOffset + segmentCount * PHDR_BYTES;
  const sectionsEnd = sectionOffset + sectionCount * SHDR_BYTES;
  if (!(sectionsEnd <= segmentOffset || segmentsEnd <= sectionOffset)) {
    refuse("MALFORMED_ELF", sectionOffset, "section headers and program headers overlap");
  }
  return Array.from({ length: sectionCount }, (_, index) => {
    const at = sectionOffset + index * SHDR_BYTES;
    return {
      at,
      name: view.getUint32(at, true),
      type: view.getUint32(at + 4, true),
      flags: view.getUint32(at + 8, true),
      address: wide(view, at + 16),
      offset: wide(view, at + 24),
      size: wide(view, at + 32)
    };
  });
}

// packages/frontend-sbpf/src/elf/elf-file.ts
var SECTION_NAME_BYTES_MAX = 16;
var SYMBOL_NAME_BYTES_MAX = 64;
function parseElf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = readHeader(view);
  checkHeader(bytes, header);
  const segments = readProgramHeaders(view, header);
  const sections = readSections(view, header);
  checkSegments(segments, bytes.length);
  checkSections(header, sections, bytes.length);
  const names2 = readSectionNames(bytes, header, sections);
  const dynamic = readDynamic(view, segments, sections);
  return {
    view,
    bytes,
    header,
    segments,
    sections,
    names: names2,
    relocations: findRelocations(view, dynamic, segments, sections),
    symbols: findSymbols(dynamic, sections, bytes.length),
    symbolNames: sections[names2.indexOf(".dynstr")]
  };
}
function dynamicName(elf, offset2) {
  if (elf.symbolNames === void 0) refuse("MALFORMED_ELF", 0, "there is no section .dynstr");
  return readString(elf.bytes, elf.symbolNames, offset2, SYMBOL_NAME_BYTES_MAX);
}
function checkHeader(bytes, header) {
  const magic = bytes[0] === 127 && bytes[1] === 69 && bytes[2] === 76 && bytes[3] === 70;
  if (!magic) refuse("MALFORMED_ELF", 0, "the file does not begin with the ELF magic");
  if (bytes[4] !== 2 || bytes[5] !== 1 || bytes[6] !== 1 || header.version !== 1) {
    refuse("INVALID_ELF_IDENT", 4, "the file is no 64-bit little-endian ELF of version 1");
  }
  const sizes = header.headerBytes === EHDR_BYTES && header.segmentBytes === PHDR_BYTES;
  if (!sizes || header.sectionBytes !== SHDR_BYTES) {
    refuse("MALFORMED_ELF", 52, "a header has an unknown size");
  }
  if (header.namesIndex >= header.sectionCount) {
    refuse("MALFORMED_ELF", 62, "the section of section names does not exist");
  }
}
function checkSegments(segments, size) {
  let last2 = 0;
  for (const segment of segments) {
    if (segment.type !== PT.LOAD) continue;
    if (segment.vaddr < last2) {
      refuse("INVALID_ELF_PROGRAM_HEADER", segment.at, "segments are not in ascending order");
    }
    if (segment.offset + segment.fileBytes > size) {
      refuse("ELF_SECTION_OUT_OF_RANGE", segment.at, "a segment ends behind the file");
    }
    last2 = segment.vaddr;
  }
}
function overlap(a, aEnd, b, bEnd) {
  return !(aEnd <= b || bEnd <= a);
}
function checkSections(header, sections, size) {
  const first2 = sections[0];
  if (first2 === void 0 || first2.type !== SHT.NULL) {
    refuse("MALFORMED_ELF", header.sectionOffset, "the first section is not the null section");
  }
  const segmentsEnd = header.segmentOffset + header.segmentCount * PHDR_BYTES;
  const sectionsEnd = header.sectionOffset + header.sectionCount * SHDR_BYTES;
  let offset2 = 0;
  for (const section of sections) {
    if (section.type === SHT.NOBITS) continue;
    const start = section.offset;
    const end = start + section.size;
    if (overlap(start, end, 0, EHDR_BYTES) || overlap(start, end, header.segmentOffset, segmentsEnd) || overlap(start, end, header.sectionOffset, sectionsEnd)) {
      refuse("MALFORMED_ELF", section.at, "a section overlaps the headers");
    }
    if (start < offset2) refuse("MALFORMED_ELF", section.at, "sections are not in ascending order");
    if (end > size)
      refuse("ELF_SECTION_OUT_OF_RANGE", section.at, "a section ends behind the file");
    offset2 = end;
  }
}
var UNIQUE = [".symtab", ".strtab", ".dynstr"];
function readSectionNames(bytes, header, sections) {
  if (header.namesIndex === 0) refuse("MALFORMED_ELF", 62, "there are no section names");
  const table2 = sections[header.namesIndex];
  const names2 = sections.map(
    (section) => latin12(readString(bytes, table2, section.name, SECTION_NAME_BYTES_MAX))
  );
  for (const name of UNIQUE) {
    if (names2.indexOf(name) !== names2.lastIndexOf(name)) {
      refuse(
        "MALFORMED_ELF",
        sections[names2.lastIndexOf(name)].at,
        `two sections are called ${name}`
      );
    }
  }
  return names2;
}
function readString(bytes, table2, offset2, max) {
  if (table2.type !== SHT.STRTAB) refuse("MALFORMED_ELF", table2.at, "no table of strings");
  const start = table2.offset + offset2;
  const end = Math.min(table2.offset + table2.size, start + max);
  if (start > end || end > bytes.length) {
    refuse("ELF_SECTION_OUT_OF_RANGE", table2.at, "a name lies outside its table");
  }
  const zero = bytes.subarray(start, end).indexOf(0);
  if (zero < 0) refuse("MALFORMED_ELF", start, `a name has no end within ${max} bytes`);
  return bytes.subarray(start, start + zero);
}
function latin12(bytes) {
  return String.fromCharCode(...bytes);
}
function readDynamic(view, segments, sections) {
  const segment = segments.find(({ type }) => type === PT.DYNAMIC);
  const inSegment = segment && table(view, segment.offset, segment.fileBytes, 16);
  if (inSegment) return readTags(view, segment.offset, segment.fileBytes);
  const section = sections.find(({ type }) => type === SHT.DYNAMIC);
  if (section === void 0) return void 0;
  if (!table(view, section.offset, section.size, 16)) {
    refuse("MALFORMED_ELF", section.at, "the dynamic table is broken");
  }
  return readTags(view, section.offset, section.size);
}
function readTags(view, offset2, size) {
  const tags = new Float64Array(DT.COUNT);
  for (let at = offset2; at < offset2 + size; at += 16) {
    const tag = u642(view, at);
    if (tag === 0) break;
    if (tag < DT.COUNT) tags[tag] = u642(view, at + 8);
  }
  return tags;
}
function table(view, offset2, size, entry) {
  return offset2 % 8 === 0 && size % entry === 0 && offset2 + size <= view.byteLength;
}
function u642(view, at) {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 4294967296;
}
function findRelocations(view, dynamic, segments, sections) {
  const address2 = dynamic?.[DT.REL];
  if (dynamic === void 0 || !address2) return [0, 0];
  const size = dynamic[DT.RELSZ];
  if (dynamic[DT.RELENT] !== 16 || size === 0) {
    refuse("MALFORMED_ELF", 0, "the table of relocations has the wrong size");
  }
  const segment = segments.find(
    ({ vaddr, memoryBytes }) => address2 >= vaddr && address2 < vaddr + memoryBytes
  );
  const section = sections.find((candidate) => candidate.address === address2);
  if (segment === void 0 && section === void 0) {
    refuse("MALFORMED_ELF", 0, "the table of relocations lies nowhere");
  }
  const offset2 = segment === void 0 ? section.offset : address2 - segment.vaddr + segment.offset;
  if (!table(view, offset2, size, 16)) {
    refuse("MALFORMED_ELF", 0, "the table of relocations lies outside the file");
  }
  return [offset2, offset2 + size];
}
function findSymbols(dynamic, sections, size) {
  const address2 = dynamic?.[DT.SYMTAB];
  if (!address2) return void 0;
  const section = sections.find((candidate) => candidate.address === address2);
  const typed = section?.type === SHT.SYMTAB || section?.type === SHT.DYNSYM;
  if (section === void 0 || !typed) {
    refuse("MALFORMED_ELF", section?.at ?? 0, "the table of symbols lies nowhere");
  }
  if (section.size % 24 !== 0 || section.offset % 8 !== 0 || section.offset + section.size > size) {
    refuse("MALFORMED_ELF", section.at, "the table of symbols has the wrong size");
  }
  return section;
}

// packages/frontend-sbpf/src/elf/relocate.ts
var REGION_BYTES = 2 ** 32;
var CALL3 = 133;
var STT_FUNC = 2;
var R_BPF = { BPF_64_64: 1, BPF_64_RELATIVE: 8, BPF_64_32: 10 };
function relocate(elf, text, options) {
  const functions = /* @__PURE__ */ new Map();
  hashCalls(elf, text, functions, options);
  const [start, end] = elf.relocations;
  for (let at = start; at < end; at += 16) {
    const offset2 = u642(elf.view, at);
    const type = elf.view.getUint32(at + 8, true);
    const symbol = elf.view.getUint32(at + 12, true);
    if (offset2 + 8 > elf.bytes.length) {
      refuse("ELF_SECTION_OUT_OF_RANGE", at, "a relocation lies outside the file");
    }
    switch (type) {
      case R_BPF.BPF_64_64:
        relocateAbsolute(elf, offset2, symbolAt(elf, symbol, at), at);
        break;
      case R_BPF.BPF_64_RELATIVE:
        relocateRelative(elf, text, offset2, at);
        break;
      case R_BPF.BPF_64_32:
        relocateCall(elf, text, offset2, symbolAt(elf, symbol, at), functions, options);
        break;
      default:
        refuse("UNSUPPORTED_ELF_RELOCATION", at, `relocation type ${type} is unknown`);
    }
  }
  return functions;
}
function hashCalls(elf, text, functions, options) {
  const { bytes, view } = elf;
  const size = text.type === SHT.NOBITS ? 0 : text.size;
  const count = Math.floor(size / SLOT_BYTES);
  for (let pc = 0, at = text.offset; pc < count; pc++, at += SLOT_BYTES) {
    if (bytes[at] !== CALL3) continue;
    const imm = view.getInt32(at + 4, true);
    if (imm === -1) continue;
    const target2 = pc + 1 + imm;
    if (target2 < 0 || target2 >= count) {
      refuse("SBPF_CALL_OUT_OF_RANGE", at, `instruction ${pc} calls slot ${target2}`);
    }
    view.setUint32(at + 4, registerFunction(functions, target2, false, options.isSyscall), true);
  }
}
function symbolAt(elf, index, at) {
  const { symbols } = elf;
  if (symbols === void 0 || index * 24 >= symbols.size) {
    refuse("INVALID_ELF_SYMBOL", at, `there is no symbol ${index}`);
  }
  return symbols.offset + index * 24;
}
function writeLddw(elf, offset2, address2, at) {
  if (offset2 + 16 > elf.bytes.length) {
    refuse("ELF_SECTION_OUT_OF_RANGE", at, "a relocated lddw ends behind the file");
  }
  elf.view.setUint32(offset2 + 4, address2 % REGION_BYTES, true);
  elf.view.setUint32(offset2 + 12, Math.floor(address2 / REGION_BYTES), true);
}
function relocateAbsolute(elf, offset2, symbol, at) {
  const address2 = u642(elf.view, symbol + 8) + elf.view.getUint32(offset2 + 4, true);
  writeLddw(elf, offset2, address2 < REGION_BYTES ? address2 + REGION_BYTES : address2, at);
}
function relocateRelative(elf, text, offset2, at) {
  const { view } = elf;
  const isText = text.type !== SHT.NOBITS && offset2 >= text.offset && offset2 < text.offset + text.size;
  if (!isText) {
    const address3 = view.getUint32(offset2 + 4, true);
    view.setUint32(offset2, address3, true);
    view.setUint32(offset2 + 4, 1, true);
    return;
  }
  if (offset2 + 16 > elf.bytes.length) {
    refuse("ELF_SECTION_OUT_OF_RANGE", at, "a relocated lddw ends behind the file");
  }
  const address2 = view.getUint32(offset2 + 4, true) + view.getUint32(offset2 + 12, true) * REGION_BYTES;
  if (address2 === 0) refuse("INVALID_ELF_RELOCATION", at, "a relocation refers to address 0");
  writeLddw(elf, offset2, address2 < REGION_BYTES ? address2 + REGION_BYTES : address2, at);
}
var ENTRYPOINT = "entrypoint";
function relocateCall(elf, text, offset2, symbol, functions, options) {
  const { view } = elf;
  const name = dynamicName(elf, view.getUint32(symbol, true));
  const value = u642(view, symbol + 8);
  const isFunction = (view.getUint8(symbol + 4) & 15) === STT_FUNC;
  if (!isFunction || value === 0) {
    const hash = murmur3(name);
    if (options.deploy === true && !options.isSyscall(hash)) {
      refuse(
        "UNSUPPORTED_SBPF_SYSCALL",
        offset2,
        `there is no syscall ${String.fromCharCode(...name)}`
      );
    }
    view.setUint32(offset2 + 4, hash, true);
    return;
  }
  if (value < text.address || value >= text.address + text.size) {
    refuse("ELF_SECTION_OUT_OF_RANGE", symbol, "a function lies outside the code");
  }
  const pc = Math.floor((value - text.address) / SLOT_BYTES);
  const isEntry = String.fromCharCode(...name) === ENTRYPOINT;
  view.setUint32(offset2 + 4, registerFunction(functions, pc, isEntry, options.isSyscall), true);
}

// packages/frontend-sbpf/src/elf/load-lenient.ts
var REGION_BYTES2 = 2 ** 32;
var READ_ONLY = /* @__PURE__ */ new Set([".text", ".rodata", ".data.rel.ro", ".eh_frame"]);
function loadLenient(input, version, options) {
  const elf = parseElf(input.slice());
  const text = validate(elf);
  const deploy = options.deploy === true;
  if (deploy && text.address !== text.offset || text.address >= REGION_BYTES2) {
    refuse("ELF_SECTION_OUT_OF_RANGE", text.at, "the code lies outside its region");
  }
  const functions = relocate(elf, text, options);
  const offset2 = Math.max(0, elf.header.entry - text.address);
  if (offset2 % SLOT_BYTES !== 0) {
    refuse("INVALID_ELF_ENTRYPOINT", 24, "the entry point is not at an instruction");
  }
  const entryPc = offset2 / SLOT_BYTES;
  functions.set(ENTRYPOINT_HASH, entryPc);
  const rodata = layOut(elf, deploy);
  const textBytes = fileBytes(text);
  return {
    version,
    rodata,
    text: rodata.subarray(text.address, text.address + textBytes),
    textOffset: text.address,
    entryPc,
    functions
  };
}
function validate(elf) {
  const { header, sections, names: names2, bytes } = elf;
  if (bytes[7] !== 0) refuse("INVALID_ELF_IDENT", 7, "the ABI is not 0");
  if (header.machine !== EM.BPF && header.machine !== EM.SBPF) {
    refuse("INVALID_ELF_MACHINE", 18, `machine ${header.machine} is not BPF`);
  }
  if (header.type !== ET_DYN) refuse("INVALID_ELF_TYPE", 16, "the file is no shared object");
  const index = names2.indexOf(".text");
  if (index < 0 || index !== names2.lastIndexOf(".text")) {
    refuse("INVALID_ELF_TEXT_SECTIONS", 0, "there is not exactly one section .text");
  }
  sections.forEach((section, at) => {
    const name = names2[at];
    const writable = (section.flags & SHF_WRITE_ALLOC) === SHF_WRITE_ALLOC;
    const data = name.startsWith(".data") && !name.startsWith(".data.rel");
    if (name.startsWith(".bss") || writable && data) {
      refuse("INVALID_ELF_WRITABLE_SECTION", section.at, `section ${name} is writable`);
    }
  });
  for (const section of sections) {
    if (section.offset + section.size > bytes.length) {
      refuse("ELF_SECTION_OUT_OF_RANGE", section.at, "a section ends behind the file");
    }
  }
  const text = sections[index];
  if (header.entry < text.address || header.entry >= text.address + text.size) {
    refuse("ELF_ENTRYPOINT_OUT_OF_RANGE", 24, "the entry point lies outside the code");
  }
  return text;
}
function fileBytes(section) {
  return section.type === SHT.NOBITS ? 0 : section.size;
}
function layOut(elf, deploy) {
  const sections = elf.sections.filter((_, index) => READ_ONLY.has(elf.names[index]));
  let highest = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let filled = 0;
  let moved = false;
  for (const section of sections) {
    moved ||= section.address !== section.offset;
    if (deploy && moved || section.address > REGION_BYTES2) {
      refuse("ELF_SECTION_OUT_OF_RANGE", section.at, "a read-only section lies outside its region");
    }
    const size = fileBytes(section);
    lowest = Math.min(lowest, section.address);
    highest = Math.max(highest, section.address + size);
    filled += size;
  }
  if (deploy && lowest + filled > highest || highest > elf.bytes.length) {
    refuse("ELF_SECTION_OUT_OF_RANGE", 0, "the read-only sections overlap or end behind the file");
  }
  const image = new Uint8Array(highest);
  for (const section of sections) {
    const start = section.type === SHT.NOBITS ? 0 : section.offset;
    image.set(elf.bytes.subarray(start, start + fileBytes(section)), section.address);
  }
  return image;
}
function registerFunction(functions, pc, isEntry, isSyscall) {
  const hash = isEntry ? ENTRYPOINT_HASH : pcHash(pc);
  const known = functions.get(hash);
  if (known === pc) return hash;
  if (known !== void 0 || isSyscall(hash)) {
    refuse("INVALID_SBPF_SYMBOL_HASH", pc, `hash ${hash} of function ${pc} is taken`);
  }
  functions.set(hash, pc);
  return hash;
}

// packages/frontend-sbpf/src/elf/load-strict.ts
var REGION_BYTES3 = 2 ** 32;
var EXPECTED = [
  { flags: PF.R, vaddr: 0 },
  { flags: PF.X, vaddr: REGION_BYTES3 }
];
function loadStrict(bytes, version) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = readHeader(view);
  checkHeader2(bytes, header);
  const segments = readProgramHeaders(view, header);
  const skipsRodata = segments[0].flags !== PF.R;
  if (!skipsRodata && segments.length < 2) {
    refuse("MALFORMED_ELF", 56, "there is no program header for the code");
  }
  let offset2 = EHDR_BYTES + header.segmentCount * PHDR_BYTES;
  for (const [index, expected] of EXPECTED.slice(skipsRodata ? 1 : 0).entries()) {
    checkSegment(segments[index], expected, offset2, bytes.length);
    offset2 += segments[index].fileBytes;
  }
  const rodata = skipsRodata ? void 0 : segments[0];
  const code = segments[skipsRodata ? 0 : 1];
  const last2 = header.entry + SLOT_BYTES - 1;
  if (last2 < code.vaddr || last2 >= code.vaddr + code.memoryBytes) {
    refuse("ELF_ENTRYPOINT_OUT_OF_RANGE", 24, "the entry point lies outside the code");
  }
  if (header.entry % SLOT_BYTES !== 0) {
    refuse("INVALID_ELF_ENTRYPOINT", 24, "the entry point is not at an instruction");
  }
  return {
    version,
    rodata: rodata === void 0 ? new Uint8Array(0) : slice(bytes, rodata),
    text: slice(bytes, code),
    textOffset: 0,
    entryPc: Math.max(0, header.entry - code.vaddr) / SLOT_BYTES,
    functions: /* @__PURE__ */ new Map()
  };
}
function slice(bytes, segment) {
  return bytes.slice(segment.offset, segment.offset + segment.fileBytes);
}
var IDENT = [127, 69, 76, 70, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
function checkHeader2(bytes, header) {
  const wrong = IDENT.findIndex((byte2, at) => bytes[at] !== byte2);
  if (wrong >= 0) refuse("INVALID_ELF_IDENT", wrong, `byte ${wrong} is not ${IDENT[wrong]}`);
  if (header.machine !== EM.BPF) {
    refuse("INVALID_ELF_MACHINE", 18, `machine ${header.machine} is not ${EM.BPF}`);
  }
  const sizes = header.headerBytes === EHDR_BYTES && header.segmentBytes === PHDR_BYTES;
  if (header.version !== 1 || header.segmentOffset !== EHDR_BYTES || !sizes) {
    refuse("MALFORMED_ELF", 20, "the file header is not that of a strict ELF");
  }
  const end = EHDR_BYTES + header.segmentCount * PHDR_BYTES;
  if (header.segmentCount === 0 || end > bytes.length) {
    refuse("MALFORMED_ELF", 56, "the program headers end behind the file");
  }
}
function checkSegment(segment, expected, offset2, size) {
  const broken = segment.type !== PT.LOAD || segment.flags !== expected.flags || segment.offset !== offset2 || segment.offset >= size || segment.offset % SLOT_BYTES !== 0 || segment.vaddr !== expected.vaddr || segment.paddr !== expected.vaddr || segment.fileBytes !== segment.memoryBytes || segment.fileBytes > size - segment.offset || segment.fileBytes % SLOT_BYTES !== 0 || segment.memoryBytes >= REGION_BYTES3;
  if (broken) {
    refuse("INVALID_ELF_PROGRAM_HEADER", segment.at, "the program header is not as it must be");
  }
}

// packages/frontend-sbpf/src/elf/load.ts
var ELF_BYTES_MAX = 10 << 20;
var DEFAULT_VERSIONS = [0, 3];
function loadElf(bytes, options) {
  if (bytes.length > ELF_BYTES_MAX) {
    refuse(
      "ELF_SIZE_EXCEEDED",
      ELF_BYTES_MAX,
      `${bytes.length} bytes are more than a program can have`
    );
  }
  if (bytes.length < 52) {
    refuse("MALFORMED_ELF", bytes.length, `a file of ${bytes.length} bytes has no header`);
  }
  const flags2 = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(48, true);
  const version = (options.versions ?? DEFAULT_VERSIONS).find((candidate) => candidate === flags2);
  if (version === void 0) {
    refuse("UNSUPPORTED_SBPF_VERSION", 48, `sBPF v${flags2} is not supported`, { version: flags2 });
  }
  return version === 3 ? loadStrict(bytes, version) : loadLenient(bytes, version, options);
}

// packages/frontend-sbpf/src/isa/decode.ts
function decodeText(bytes, version) {
  if (bytes.length % SLOT_BYTES !== 0) {
    refuse("SBPF_TEXT_SIZE_MISMATCH", bytes.length, `${bytes.length} bytes are no whole slots`);
  }
  const count = bytes.length / SLOT_BYTES;
  if (count === 0) refuse("INVALID_EMPTY_SBPF_TEXT", 0, "the program has no instruction");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const op = new Uint8Array(count);
  const dst = new Uint8Array(count);
  const src = new Uint8Array(count);
  const off = new Int16Array(count);
  const imm = new Int32Array(count);
  for (let pc = 0, at = 0; pc < count; pc++, at += SLOT_BYTES) {
    op[pc] = bytes[at];
    const registers = bytes[at + 1];
    dst[pc] = registers & 15;
    src[pc] = registers >>> 4;
    off[pc] = view.getInt16(at + 2, true);
    imm[pc] = view.getInt32(at + 4, true);
  }
  return { version, count, op, dst, src, off, imm };
}
function encodeText(text) {
  const bytes = new Uint8Array(text.count * SLOT_BYTES);
  const view = new DataView(bytes.buffer);
  for (let pc = 0, at = 0; pc < text.count; pc++, at += SLOT_BYTES) {
    bytes[at] = text.op[pc];
    bytes[at + 1] = text.dst[pc] | text.src[pc] << 4;
    view.setInt16(at + 2, text.off[pc], true);
    view.setInt32(at + 4, text.imm[pc], true);
  }
  return bytes;
}

// packages/frontend-sbpf/src/isa/table.ts
var ALL = 15;
var NOT_V2 = 11;
var V2 = 4;
var V3 = 8;
var SBPF_OPS = [
  // memory
  [24, "lddw", "lddw", "lddw", NOT_V2],
  [97, "ldxw", "load", "none", NOT_V2],
  [98, "stw", "store.imm", "none", NOT_V2],
  [99, "stxw", "store.reg", "none", NOT_V2],
  [105, "ldxh", "load", "none", NOT_V2],
  [106, "sth", "store.imm", "none", NOT_V2],
  [107, "stxh", "store.reg", "none", NOT_V2],
  [113, "ldxb", "load", "none", NOT_V2],
  [114, "stb", "store.imm", "none", NOT_V2],
  [115, "stxb", "store.reg", "none", NOT_V2],
  [121, "ldxdw", "load", "none", NOT_V2],
  [122, "stdw", "store.imm", "none", NOT_V2],
  [123, "stxdw", "store.reg", "none", NOT_V2],
  [44, "ldxb", "load", "none", V2],
  [39, "stb", "store.imm", "none", V2],
  [47, "stxb", "store.reg", "none", V2],
  [60, "ldxh", "load", "none", V2],
  [55, "sth", "store.imm", "none", V2],
  [63, "stxh", "store.reg", "none", V2],
  [140, "ldxw", "load", "none", V2],
  [135, "stw", "store.imm", "none", V2],
  [143, "stxw", "store.reg", "none", V2],
  [156, "ldxdw", "load", "none", V2],
  [151, "stdw", "store.imm", "none", V2],
  [159, "stxdw", "store.reg", "none", V2],
  // arithmetic, 32 bits
  [4, "add32", "imm", "none", ALL],
  [12, "add32", "reg", "none", ALL],
  [20, "sub32", "imm", "none", ALL],
  [28, "sub32", "reg", "none", ALL],
  [36, "mul32", "imm", "none", NOT_V2],
  [44, "mul32", "reg", "none", NOT_V2],
  [52, "div32", "imm", "divisor", NOT_V2],
  [60, "div32", "reg", "none", NOT_V2],
  [68, "or32", "imm", "none", ALL],
  [76, "or32", "reg", "none", ALL],
  [84, "and32", "imm", "none", ALL],
  [92, "and32", "reg", "none", ALL],
  [100, "lsh32", "imm", "shift32", ALL],
  [108, "lsh32", "reg", "none", ALL],
  [116, "rsh32", "imm", "shift32", ALL],
  [124, "rsh32", "reg", "none", ALL],
  [148, "mod32", "imm", "divisor", NOT_V2],
  [156, "mod32", "reg", "none", NOT_V2],
  [164, "xor32", "imm", "none", ALL],
  [172, "xor32", "reg", "none", ALL],
  [180, "mov32", "imm", "none", ALL],
  [188, "mov32", "reg", "none", ALL],
  [196, "arsh32", "imm", "shift32", ALL],
  [204, "arsh32", "reg", "none", ALL],
  [132, "neg32", "one", "none", NOT_V2],
  // arithmetic, 64 bits
  [7, "add64", "imm", "frame", ALL],
  [15, "add64", "reg", "none", ALL],
  [23, "sub64", "imm", "none", ALL],
  [31, "sub64", "reg", "none", ALL],
  [39, "mul64", "imm", "none", NOT_V2],
  [47, "mul64", "reg", "none", NOT_V2],
  [55, "div64", "imm", "divisor", NOT_V2],
  [63, "div64", "reg", "none", NOT_V2],
  [71, "or64", "imm", "none", ALL],
  [79, "or64", "reg", "none", ALL],
  [87, "and64", "imm", "none", ALL],
  [95, "and64", "reg", "none", ALL],
  [103, "lsh64", "imm", "shift64", ALL],
  [111, "lsh64", "reg", "none", ALL],
  [119, "rsh64", "imm", "shift64", ALL],
  [127, "rsh64", "reg", "none", ALL],
  [151, "mod64", "imm", "divisor", NOT_V2],
  [159, "mod64", "reg", "none", NOT_V2],
  [167, "xor64", "imm", "none", ALL],
  [175, "xor64", "reg", "none", ALL],
  [183, "mov64", "imm", "none", ALL],
  [191, "mov64", "reg", "none", ALL],
  [199, "arsh64", "imm", "shift64", ALL],
  [207, "arsh64", "reg", "none", ALL],
  [135, "neg64", "one", "none", NOT_V2],
  [247, "hor64", "imm", "none", V2],
  // byte order
  [212, "le", "end", "end", NOT_V2],
  [220, "be", "end", "end", ALL],
  // product, quotient, remainder
  [54, "uhmul64", "imm", "none", V2],
  [62, "uhmul64", "reg", "none", V2],
  [70, "udiv32", "imm", "divisor", V2],
  [78, "udiv32", "reg", "none", V2],
  [86, "udiv64", "imm", "divisor", V2],
  [94, "udiv64", "reg", "none", V2],
  [102, "urem32", "imm", "divisor", V2],
  [110, "urem32", "reg", "none", V2],
  [118, "urem64", "imm", "divisor", V2],
  [126, "urem64", "reg", "none", V2],
  [134, "lmul32", "imm", "none", V2],
  [142, "lmul32", "reg", "none", V2],
  [150, "lmul64", "imm", "none", V2],
  [158, "lmul64", "reg", "none", V2],
  [182, "shmul64", "imm", "none", V2],
  [190, "shmul64", "reg", "none", V2],
  [198, "sdiv32", "imm", "divisor", V2],
  [206, "sdiv32", "reg", "none", V2],
  [214, "sdiv64", "imm", "divisor", V2],
  [222, "sdiv64", "reg", "none", V2],
  [230, "srem32", "imm", "divisor", V2],
  [238, "srem32", "reg", "none", V2],
  [246, "srem64", "imm", "divisor", V2],
  [254, "srem64", "reg", "none", V2],
  // jumps
  [5, "ja", "jump", "jump", ALL],
  [21, "jeq", "jump.imm", "jump", ALL],
  [29, "jeq", "jump.reg", "jump", ALL],
  [37, "jgt", "jump.imm", "jump", ALL],
  [45, "jgt", "jump.reg", "jump", ALL],
  [53, "jge", "jump.imm", "jump", ALL],
  [61, "jge", "jump.reg", "jump", ALL],
  [69, "jset", "jump.imm", "jump", ALL],
  [77, "jset", "jump.reg", "jump", ALL],
  [85, "jne", "jump.imm", "jump", ALL],
  [93, "jne", "jump.reg", "jump", ALL],
  [101, "jsgt", "jump.imm", "jump", ALL],
  [109, "jsgt", "jump.reg", "jump", ALL],
  [117, "jsge", "jump.imm", "jump", ALL],
  [125, "jsge", "jump.reg", "jump", ALL],
  [165, "jlt", "jump.imm", "jump", ALL],
  [173, "jlt", "jump.reg", "jump", ALL],
  [181, "jle", "jump.imm", "jump", ALL],
  [189, "jle", "jump.reg", "jump", ALL],
  [197, "jslt", "jump.imm", "jump", ALL],
  [205, "jslt", "jump.reg", "jump", ALL],
  [213, "jsle", "jump.imm", "jump", ALL],
  [221, "jsle", "jump.reg", "jump", ALL],
  // jumps that compare the low halves
  [22, "jeq32", "jump.imm", "jump", V3],
  [30, "jeq32", "jump.reg", "jump", V3],
  [38, "jgt32", "jump.imm", "jump", V3],
  [46, "jgt32", "jump.reg", "jump", V3],
  [54, "jge32", "jump.imm", "jump", V3],
  [62, "jge32", "jump.reg", "jump", V3],
  [70, "jset32", "jump.imm", "jump", V3],
  [78, "jset32", "jump.reg", "jump", V3],
  [86, "jne32", "jump.imm", "jump", V3],
  [94, "jne32", "jump.reg", "jump", V3],
  [102, "jsgt32", "jump.imm", "jump", V3],
  [110, "jsgt32", "jump.reg", "jump", V3],
  [118, "jsge32", "jump.imm", "jump", V3],
  [126, "jsge32", "jump.reg", "jump", V3],
  [166, "jlt32", "jump.imm", "jump", V3],
  [174, "jlt32", "jump.reg", "jump", V3],
  [182, "jle32", "jump.imm", "jump", V3],
  [190, "jle32", "jump.reg", "jump", V3],
  [198, "jslt32", "jump.imm", "jump", V3],
  [206, "jslt32", "jump.reg", "jump", V3],
  [214, "jsle32", "jump.imm", "jump", V3],
  [222, "jsle32", "jump.reg", "jump", V3],
  // calls
  [133, "call", "call", "none", ALL],
  [141, "callx", "callx", "callx", ALL],
  [149, "exit", "exit", "none", ALL]
];
var VERSIONS = [0, 1, 2, 3];
var INSTRUCTIONS = VERSIONS.map(
  (version) => {
    const table2 = new Array(256).fill(void 0);
    for (const [opcode, mnemonic, form, check2, versions] of SBPF_OPS) {
      if ((versions >> version & 1) !== 0) table2[opcode] = { opcode, mnemonic, form, check: check2 };
    }
    return table2;
  }
);

// packages/frontend-sbpf/src/isa/verify.ts
var CHECKS = [
  "none",
  "divisor",
  "shift32",
  "shift64",
  "end",
  "lddw",
  "jump",
  "callx",
  "frame"
];
var UNKNOWN = 255;
var STORES2 = 128;
var TABLES = INSTRUCTIONS.map(
  (table2) => Uint8Array.from(table2, (instruction2) => {
    if (instruction2 === void 0) return UNKNOWN;
    return CHECKS.indexOf(instruction2.check) | (instruction2.form.startsWith("store") ? STORES2 : 0);
  })
);
function verifyText(text) {
  const { version, count, op, dst, src, imm } = text;
  const table2 = TABLES[version];
  for (let pc = 0; pc < count; pc++) {
    const entry = table2[op[pc]];
    if (entry === UNKNOWN) fail("INVALID_SBPF_OPCODE", pc, `opcode ${op[pc]} is unknown`);
    const check2 = entry & 15;
    if (check2 !== 0) checkInstruction(text, pc, CHECKS[check2]);
    const at = pc;
    if (check2 === LDDW3) pc++;
    if (src[at] > 10) fail("SBPF_SOURCE_REGISTER_OUT_OF_RANGE", at, `there is no r${src[at]}`);
    if (dst[at] < 10) continue;
    if (dst[at] > 10) fail("SBPF_DESTINATION_REGISTER_OUT_OF_RANGE", at, `there is no r${dst[at]}`);
    const bump = (version === 1 || version === 2) && op[at] === 7;
    if ((entry & STORES2) === 0 && !bump) fail("INVALID_SBPF_WRITE_TO_R10", at, "r10 is written");
    if (bump && (imm[at] & 63) !== 0) {
      fail("INVALID_SBPF_FRAME_BUMP", at, `${imm[at]} is no multiple of 64`);
    }
  }
}
var LDDW3 = CHECKS.indexOf("lddw");
function checkInstruction(text, pc, check2) {
  const imm = text.imm[pc];
  switch (check2) {
    case "divisor":
      if (imm === 0) fail("INVALID_SBPF_ZERO_DIVISOR", pc, "the divisor is 0");
      return;
    case "shift32":
    case "shift64":
      if (imm < 0 || imm >= (check2 === "shift32" ? 32 : 64)) {
        fail("SBPF_SHIFT_OUT_OF_RANGE", pc, `a shift by ${imm} leaves nothing`);
      }
      return;
    case "end":
      if (imm !== 16 && imm !== 32 && imm !== 64) {
        fail("INVALID_SBPF_ENDIAN_WIDTH", pc, `the width is ${imm}`);
      }
      return;
    case "lddw":
      if (pc + 1 >= text.count) fail("INVALID_SBPF_LDDW_LAST", pc, "lddw has no second half");
      if (text.op[pc + 1] !== 0) fail("INVALID_SBPF_LDDW_HALF", pc, "the half has an opcode");
      return;
    case "jump":
      return checkJump(text, pc);
    case "callx": {
      const register3 = callxRegister(text.version, text.dst[pc], text.src[pc], imm);
      if (register3 < 0 || register3 > 9) {
        fail("SBPF_CALLX_REGISTER_OUT_OF_RANGE", pc, `callx names register ${register3}`);
      }
    }
  }
}
function checkJump(text, pc) {
  const target2 = pc + 1 + text.off[pc];
  if (target2 < 0 || target2 >= text.count) {
    fail("SBPF_JUMP_OUT_OF_RANGE", pc, `slot ${target2} lies outside the code`);
  }
  if (text.op[target2] === 0) {
    fail("INVALID_SBPF_JUMP_INTO_LDDW", pc, `slot ${target2} is the half of an lddw`);
  }
}
function fail(name, pc, message) {
  return refuse(name, pc, `${message} (instruction ${pc})`);
}

// packages/frontend-sbpf/src/lift/outcomes.ts
var SBPF_TRAP = {
  UNSUPPORTED_INSTRUCTION: 1024,
  CALL_OUTSIDE_TEXT: 1025,
  EXECUTION_OVERRUN: 1026
};
var SVM_OUTCOME = {
  /** The program returned an error code. */
  PROGRAM_ERROR: 320,
  /** A syscall failed. */
  SYSCALL_ERROR: 321,
  /** What the program left in its accounts breaks a rule. */
  ACCOUNT_ERROR: 322
};

// packages/bytes/src/base58.ts
var ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
var DIGITS = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 58; digit++) DIGITS[ALPHABET.charCodeAt(digit)] = digit;
var BASE58_LENGTH_MAX = 4096;
function encodeBase58(bytes) {
  const digits = [];
  for (const byte2 of bytes) multiplyAdd(digits, 256, byte2, 58);
  const zeros = countLeading(bytes, 0);
  return "1".repeat(zeros) + digits.reverse().map((digit) => ALPHABET[digit]).join("");
}
function decodeBase58(text) {
  if (text.length > BASE58_LENGTH_MAX) {
    refuse("BASE58_LENGTH_EXCEEDED", BASE58_LENGTH_MAX, `${text.length} characters are too many`, {
      max: BASE58_LENGTH_MAX
    });
  }
  const values = Array.from(text, (_, at) => base58Digit(text, at));
  const bytes = [];
  for (const value of values) multiplyAdd(bytes, 58, value, 256);
  const zeros = countLeading(values, 0);
  return Uint8Array.from([...new Uint8Array(zeros), ...bytes.reverse()]);
}
function multiplyAdd(digits, factor, addend, radix) {
  let carry = addend;
  for (let index = 0; index < digits.length; index++) {
    const sum2 = digits[index] * factor + carry;
    digits[index] = sum2 % radix;
    carry = Math.trunc(sum2 / radix);
  }
  for (; carry > 0; carry = Math.trunc(carry / radix)) digits.push(carry % radix);
}
function countLeading(values, wanted) {
  let count = 0;
  while (count < values.length && values[count] === wanted) count++;
  return count;
}
function base58Digit(text, at) {
  const digit = DIGITS[text.charCodeAt(at)] ?? -1;
  if (digit < 0) {
    refuse("MALFORMED_BASE58", at, `${JSON.stringify(text[at])} is no base58 digit`);
  }
  return digit;
}

// packages/bytes/src/compare.ts
function equalBytes(a, b) {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    if (a[index] !== b[index]) return false;
  }
  return true;
}
function compareBytes(a, b) {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = a[index] - b[index];
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
function concatBytes3(...parts) {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

// packages/bytes/src/hex.ts
var PAIRS = Array.from({ length: 256 }, (_, byte2) => byte2.toString(16).padStart(2, "0"));
var DIGITS2 = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 16; digit++) {
  const text = digit.toString(16);
  DIGITS2[text.charCodeAt(0)] = digit;
  DIGITS2[text.toUpperCase().charCodeAt(0)] = digit;
}
function encodeHex(bytes) {
  let text = "";
  for (let index = 0; index < bytes.length; index++) text += PAIRS[bytes[index]];
  return `0x${text}`;
}

// packages/bytes/src/writer.ts
var ByteWriter = class {
  #bytes;
  #view;
  #length = 0;
  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }
  /** Bytes written so far: the offset of the next field. */
  get length() {
    return this.#length;
  }
  /** Makes room for `size` bytes and gives their offset. */
  #extend(size) {
    const at = this.#length;
    const end = at + size;
    if (end > this.#bytes.length) {
      const grown2 = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      grown2.set(this.#bytes.subarray(0, at));
      this.#bytes = grown2;
      this.#view = new DataView(grown2.buffer);
    }
    this.#length = end;
    return at;
  }
  u8(value) {
    assertFits(value, 255);
    const at = this.#extend(1);
    this.#view.setUint8(at, value);
  }
  u16(value) {
    assertFits(value, 65535);
    const at = this.#extend(2);
    this.#view.setUint16(at, value, true);
  }
  u32(value) {
    assertFits(value, 4294967295);
    const at = this.#extend(4);
    this.#view.setUint32(at, value, true);
  }
  u64(value) {
    this.uint(value, 8);
  }
  /** Unsigned integer of `size` bytes, a multiple of 8. */
  uint(value, size) {
    assert(value >= 0n && BigInt.asUintN(size * 8, value) === value, "the value fits its field");
    const at = this.#extend(size);
    for (let offset2 = 0, rest = value; offset2 < size; offset2 += 8, rest >>= 64n) {
      this.#view.setBigUint64(at + offset2, rest, true);
    }
  }
  /** Unsigned LEB128 number in its shortest form. */
  uleb128(value) {
    let rest = BigInt(value);
    assert(rest >= 0n, "a LEB128 number is not negative");
    while (rest > 0x7fn) {
      this.u8(Number(rest & 0x7fn) | 128);
      rest >>= 7n;
    }
    this.u8(Number(rest));
  }
  bytes(value) {
    const at = this.#extend(value.length);
    this.#bytes.set(value, at);
  }
  /** Writes over the four bytes at `at`, which exist already. */
  patchU32(at, value) {
    assert(at + 4 <= this.#length, "a patch lies inside what was written");
    assertFits(value, 4294967295);
    this.#view.setUint32(at, value, true);
  }
  /** A copy of all that was written. */
  finish() {
    return new Uint8Array(this.#bytes.subarray(0, this.#length));
  }
};
var assertFits = (value, max) => assert(Number.isInteger(value) && value >= 0 && value <= max, "the value fits its field");

// packages/frontend-sbpf/src/runtime/addresses.ts
var address = (text) => {
  const bytes = decodeBase58(text);
  return { text, bytes, hex: encodeHex(bytes) };
};
var ADDRESS = {
  SYSTEM: address("11111111111111111111111111111111"),
  NATIVE_LOADER: address("NativeLoader1111111111111111111111111111111"),
  LOADER_V1: address("BPFLoader1111111111111111111111111111111111"),
  LOADER_V2: address("BPFLoader2111111111111111111111111111111111"),
  LOADER_V3: address("BPFLoaderUpgradeab1e11111111111111111111111"),
  COMPUTE_BUDGET: address("ComputeBudget111111111111111111111111111111")
};

// packages/frontend-sbpf/src/runtime/accounts.ts
var ACCOUNT_DOMAIN = "svm.account";
var HEAD_KEY = Uint8Array.of(0);
var DATA_KEY = Uint8Array.of(1);
var HEAD = { LAMPORTS: 0, RENT_EPOCH: 8, OWNER: 16, EXECUTABLE: 48, BYTES: 49 };
var NO_HEAD = new Uint8Array(HEAD.BYTES);
NO_HEAD.fill(255, HEAD.RENT_EPOCH, HEAD.OWNER);
var EMPTY3 = new Uint8Array(0);
var domains = /* @__PURE__ */ new WeakMap();
function domainOf(journal) {
  let domain = domains.get(journal);
  if (domain === void 0) {
    domain = journal.domain(ACCOUNT_DOMAIN, BYTE_CELLS);
    domains.set(journal, domain);
  }
  return domain;
}
var accountIndex = (journal, key) => journal.account(key);
function readHead(journal, account) {
  return journal.readBytes(journal.cell(domainOf(journal), account, HEAD_KEY)) ?? NO_HEAD;
}
function writeHead(journal, account, head) {
  journal.writeBytes(journal.cell(domainOf(journal), account, HEAD_KEY), head);
}
function readData(journal, account) {
  return journal.readBytes(journal.cell(domainOf(journal), account, DATA_KEY)) ?? EMPTY3;
}
function writeData(journal, account, data) {
  const cell = journal.cell(domainOf(journal), account, DATA_KEY);
  journal.writeBytes(cell, data.length === 0 ? void 0 : data);
}
function encodeHead(account) {
  const head = new Uint8Array(HEAD.BYTES);
  const view = new DataView(head.buffer);
  view.setBigUint64(HEAD.LAMPORTS, account.lamports, true);
  view.setBigUint64(HEAD.RENT_EPOCH, account.rentEpoch, true);
  head.set(account.owner, HEAD.OWNER);
  head[HEAD.EXECUTABLE] = account.executable ? 1 : 0;
  return head;
}
function accountCells(account) {
  const cells2 = [[HEAD_KEY, encodeHead(account)]];
  if (account.data.length > 0) cells2.push([DATA_KEY, account.data]);
  return cells2;
}

// packages/frontend-sbpf/src/runtime/account-rules.ts
var ACCOUNT_DATA_BYTES_MAX = 10 << 20;
var GROWTH_BYTES_MAX = 20 << 20;
var GROWTH_COUNTER = 0;
var EMPTY4 = new Uint8Array(0);
function isOwner(head, program) {
  for (let i = 0; i < 32; i++) if (head[HEAD.OWNER + i] !== program[i]) return false;
  return true;
}
function setLamports(journal, program, account, lamports) {
  const head = readHead(journal, account.index);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const old = view.getBigUint64(HEAD.LAMPORTS, true);
  if (lamports < old && !isOwner(head, program)) return "ExternalAccountLamportSpend";
  if (!account.isWritable) return "ReadonlyLamportChange";
  if (lamports === old) return void 0;
  const changed = head.slice();
  new DataView(changed.buffer).setBigUint64(HEAD.LAMPORTS, lamports, true);
  writeHead(journal, account.index, changed);
  addBalanceDelta(journal, lamports - old);
  return void 0;
}
function setData(journal, program, account, data) {
  const refusal = resizeRefusal(journal, program, account, data.length);
  if (refusal !== void 0) return refusal;
  const old = readData(journal, account.index);
  if (compareBytes(old, data) === 0) return void 0;
  if (old.length !== data.length) {
    const growth = journal.counter(GROWTH_COUNTER) + data.length - old.length;
    journal.setCounter(GROWTH_COUNTER, growth);
  }
  writeData(journal, account.index, data);
  return void 0;
}
function resizeRefusal(journal, program, account, length) {
  const old = readData(journal, account.index).length;
  const head = readHead(journal, account.index);
  if (length !== old) {
    if (!isOwner(head, program)) return "AccountDataSizeChanged";
    if (length > ACCOUNT_DATA_BYTES_MAX) return "InvalidRealloc";
    if (journal.counter(GROWTH_COUNTER) + length - old > GROWTH_BYTES_MAX) {
      return "MaxAccountsDataAllocationsExceeded";
    }
  }
  if (!account.isWritable) return "ReadonlyDataModified";
  return isOwner(head, program) ? void 0 : "ExternalAccountDataModified";
}
function setOwner(journal, program, account, owner) {
  const head = readHead(journal, account.index);
  if (!isOwner(head, program) || !account.isWritable) return "ModifiedProgramId";
  if (!readData(journal, account.index).every((byte2) => byte2 === 0)) return "ModifiedProgramId";
  const changed = head.slice();
  changed.set(owner, HEAD.OWNER);
  writeHead(journal, account.index, changed);
  return void 0;
}
function balanceDelta(journal) {
  return BigInt.asIntN(256, journal.readWord(deltaCell(journal)));
}
function addBalanceDelta(journal, delta) {
  const cell = deltaCell(journal);
  journal.writeWord(cell, BigInt.asUintN(256, journal.readWord(cell) + delta));
}
var deltaCells = /* @__PURE__ */ new WeakMap();
function deltaCell(journal) {
  let cell = deltaCells.get(journal);
  if (cell === void 0) {
    const domain = journal.domain("svm.balance", WORD_CELLS, true);
    cell = journal.cell(domain, journal.account(EMPTY4), EMPTY4);
    deltaCells.set(journal, cell);
  }
  return cell;
}

// packages/frontend-sbpf/src/runtime/instruction-error.ts
var INSTRUCTION_ERRORS = [
  ["GenericError", "generic instruction error"],
  ["InvalidArgument", "invalid program argument"],
  ["InvalidInstructionData", "invalid instruction data"],
  ["InvalidAccountData", "invalid account data for instruction"],
  ["AccountDataTooSmall", "account data too small for instruction"],
  ["InsufficientFunds", "insufficient funds for instruction"],
  ["IncorrectProgramId", "incorrect program id for instruction"],
  ["MissingRequiredSignature", "missing required signature for instruction"],
  ["AccountAlreadyInitialized", "instruction requires an uninitialized account"],
  ["UninitializedAccount", "instruction requires an initialized account"],
  ["UnbalancedInstruction", "sum of account balances before and after instruction do not match"],
  ["ModifiedProgramId", "instruction illegally modified the program id of an account"],
  [
    "ExternalAccountLamportSpend",
    "instruction spent from the balance of an account it does not own"
  ],
  ["ExternalAccountDataModified", "instruction modified data of an account it does not own"],
  ["ReadonlyLamportChange", "instruction changed the balance of a read-only account"],
  ["ReadonlyDataModified", "instruction modified data of a read-only account"],
  ["DuplicateAccountIndex", "instruction contains duplicate accounts"],
  ["ExecutableModified", "instruction changed executable bit of an account"],
  ["RentEpochModified", "instruction modified rent epoch of an account"],
  ["NotEnoughAccountKeys", "insufficient account keys for instruction"],
  [
    "AccountDataSizeChanged",
    "program other than the account's owner changed the size of the account data"
  ],
  ["AccountNotExecutable", "instruction expected an executable account"],
  [
    "AccountBorrowFailed",
    "instruction tries to borrow reference for an account which is already borrowed"
  ],
  ["AccountBorrowOutstanding", "instruction left account with an outstanding borrowed reference"],
  ["DuplicateAccountOutOfSync", "instruction modifications of multiply-passed account differ"],
  ["Custom", "custom program error"],
  ["InvalidError", "program returned invalid error code"],
  ["ExecutableDataModified", "instruction changed executable accounts data"],
  ["ExecutableLamportChange", "instruction changed the balance of an executable account"],
  ["ExecutableAccountNotRentExempt", "executable accounts must be rent exempt"],
  ["UnsupportedProgramId", "Unsupported program id"],
  ["CallDepth", "Cross-program invocation call depth too deep"],
  ["MissingAccount", "An account required by the instruction is missing"],
  ["ReentrancyNotAllowed", "Cross-program invocation reentrancy not allowed for this instruction"],
  ["MaxSeedLengthExceeded", "Length of the seed is too long for address generation"],
  ["InvalidSeeds", "Provided seeds do not result in a valid address"],
  ["InvalidRealloc", "Failed to reallocate account data"],
  ["ComputationalBudgetExceeded", "Computational budget exceeded"],
  ["PrivilegeEscalation", "Cross-program invocation with unauthorized signer or writable account"],
  ["ProgramEnvironmentSetupFailure", "Failed to create program execution environment"],
  ["ProgramFailedToComplete", "Program failed to complete"],
  ["ProgramFailedToCompile", "Program failed to compile"],
  ["Immutable", "Account is immutable"],
  ["IncorrectAuthority", "Incorrect authority provided"],
  ["BorshIoError", "Failed to serialize or deserialize account data"],
  ["AccountNotRentExempt", "An account does not have enough lamports to be rent-exempt"],
  ["InvalidAccountOwner", "Invalid account owner"],
  ["ArithmeticOverflow", "Program arithmetic overflowed"],
  ["UnsupportedSysvar", "Unsupported sysvar"],
  ["IllegalOwner", "Provided owner is not allowed"],
  [
    "MaxAccountsDataAllocationsExceeded",
    "Accounts data allocations exceeded the maximum allowed per transaction"
  ],
  ["MaxAccountsExceeded", "Max accounts exceeded"],
  ["MaxInstructionTraceLengthExceeded", "Max instruction trace length exceeded"],
  ["BuiltinProgramsMustConsumeComputeUnits", "Builtin programs must consume compute units"]
];
function instructionErrorCode(error) {
  return INSTRUCTION_ERRORS.findIndex(([name]) => name === error);
}
function failure(error, text) {
  return { error, text: text ?? INSTRUCTION_ERRORS[instructionErrorCode(error)][1] };
}
function customFailure(custom) {
  return { error: "Custom", custom, text: `custom program error: 0x${custom.toString(16)}` };
}
var incomplete = (text) => failure("ProgramFailedToComplete", text);
var BUILTIN_CODES = [
  "Custom",
  "InvalidArgument",
  "InvalidInstructionData",
  "InvalidAccountData",
  "AccountDataTooSmall",
  "InsufficientFunds",
  "IncorrectProgramId",
  "MissingRequiredSignature",
  "AccountAlreadyInitialized",
  "UninitializedAccount",
  "NotEnoughAccountKeys",
  "AccountBorrowFailed",
  "MaxSeedLengthExceeded",
  "InvalidSeeds",
  "BorshIoError",
  "AccountNotRentExempt",
  "UnsupportedSysvar",
  "IllegalOwner",
  "MaxAccountsDataAllocationsExceeded",
  "InvalidRealloc",
  "MaxInstructionTraceLengthExceeded",
  "BuiltinProgramsMustConsumeComputeUnits",
  "InvalidAccountOwner",
  "ArithmeticOverflow",
  "Immutable",
  "IncorrectAuthority"
];
function programFailure(low4, high) {
  if (high === 0) return customFailure(low4);
  const error = low4 === 0 ? BUILTIN_CODES[high - 1] : void 0;
  if (error === "Custom") return customFailure(0);
  return failure(error ?? "InvalidError");
}

// packages/frontend-sbpf/src/runtime/invocation.ts
var invocationOf = (frame) => frame.context;
var ENCODER2 = new TextEncoder();
function logLine(frame, line) {
  logTo(frame.journal, invocationOf(frame).programId, line);
}
function logTo(journal, programId, line) {
  journal.log({
    vm: "sbpf",
    account: programId,
    topics: [],
    data: ENCODER2.encode(line),
    durable: true
  });
}

// packages/frontend-sbpf/src/runtime/layout.ts
var HEAP_START = 0x300000000n;
var INPUT_START = 0x400000000n;
var TEXT_START = 0x100000000n;
var FRAME_POINTER_START = 0x200001000n;
var REGIONS = { RODATA_V3: 0, PROGRAM: 1, STACK: 2, HEAP: 3, INPUT: 4 };
var HEAP_BYTES_DEFAULT = 32 * 1024;
var HEAP_BYTES_MAX = 256 * 1024;
var RETURN_DATA_BYTES_MAX = 1024;
var HEADER = {
  /** r0 to r9 when the program begins, and when it has ended; i64 each. */
  REGISTERS: FRAME.HEADER,
  /** Host address of the highest frame that is zeroed and may be entered, i32. */
  STACK_LIMIT: FRAME.HEADER + 80,
  /** Guest address of the first free byte of the heap, as sol_alloc_free_ sees it, i64. */
  HEAP_NEXT: FRAME.HEADER + 88,
  /** Of heap, then input: length - size + 1, not below 0, for accesses of 1, 2, 4 and 8 bytes; i64 each. */
  LIMITS: FRAME.HEADER + 96
};
var REGION_TABLE = FRAME.BODY;
var RETURN_DATA = REGION_TABLE + REGION.ENTRY * REGION.COUNT;
var SCRATCH = RETURN_DATA + RETURN_DATA_BYTES_MAX;
var SCRATCH_BYTES = 4096;
var STACK = SCRATCH + SCRATCH_BYTES;
var BODY = { REGION_TABLE, RETURN_DATA, STACK };
var frameStep = (version) => STACK_FRAME_BYTES * (hasStackGaps(version) ? 2 : 1);
var stackBytes = (version) => frameStep(version) * CALL_DEPTH_MAX;
var STACK_FRAMES_READY = 4;
var heapOffset = (version) => STACK + stackBytes(version);
var rodataOffset = (version) => heapOffset(version) + HEAP_BYTES_MAX;
var ALIGNMENT = 16;
var alignUp = (value) => Math.ceil(value / ALIGNMENT) * ALIGNMENT;
var inputOffset = (version, rodataBytes) => alignUp(rodataOffset(version) + rodataBytes);

// packages/frontend-sbpf/src/analysis/liveness.ts
var R0 = 1;
var R1_TO_R5 = 62;
var ALL_REGISTERS = 1023;
var USES_DST = 1;
var USES_SRC = 2;
var DEFINES_DST = 4;
var CALLS2 = 8;
var FORM_EFFECTS = {
  lddw: DEFINES_DST,
  load: USES_SRC | DEFINES_DST,
  "store.imm": USES_DST,
  "store.reg": USES_DST | USES_SRC,
  imm: USES_DST | DEFINES_DST,
  reg: USES_DST | USES_SRC | DEFINES_DST,
  one: USES_DST | DEFINES_DST,
  end: USES_DST | DEFINES_DST,
  jump: 0,
  "jump.imm": USES_DST,
  "jump.reg": USES_DST | USES_SRC,
  call: CALLS2,
  callx: CALLS2,
  exit: CALLS2
};
var EFFECTS = INSTRUCTIONS.map(
  (table2) => Uint8Array.from(table2, (row) => {
    if (row === void 0) return 0;
    const effects = FORM_EFFECTS[row.form];
    return row.mnemonic.startsWith("mov") ? effects & ~USES_DST : effects;
  })
);
function findLiveness(graph, syscallUses) {
  let extraResults = 0;
  let pointerParams = R1_TO_R5;
  for (; ; ) {
    const solver = new Solver(graph, syscallUses, extraResults, pointerParams);
    solver.solve();
    const seen = solver.seenAfterCalls & ~extraResults;
    const odd = (pointerUses(graph, solver.liveIn) & ~pointerParams) !== 0;
    if (seen === 0 && !odd) {
      const { liveIn, liveOut } = solver;
      return { liveIn, liveOut, extraResults, pointerParams };
    }
    extraResults |= seen;
    if (odd) pointerParams = ALL_REGISTERS;
  }
}
function pointerUses(graph, liveIn) {
  let uses = 0;
  for (let pc = 0; pc < graph.text.count; pc++) {
    if (graph.pointers[pc] !== 0) uses |= liveIn[graph.blocks.of[pc]];
  }
  return uses;
}
var Solver = class {
  liveIn;
  liveOut;
  seenAfterCalls = 0;
  #graph;
  #syscallUses;
  #exitUses;
  #effects;
  #pointerParams;
  constructor(graph, syscallUses, extraResults, pointerParams) {
    this.#pointerParams = pointerParams;
    this.#graph = graph;
    this.#syscallUses = syscallUses;
    this.#exitUses = R0 | extraResults;
    this.#effects = EFFECTS[graph.text.version];
    this.liveIn = new Uint16Array(graph.blocks.count);
    this.liveOut = new Uint16Array(graph.blocks.count);
  }
  solve() {
    const { blocks } = this.#graph;
    const { count } = blocks;
    const preds = predecessors(blocks);
    const sites = this.#sites();
    const work = new Int32Array(count);
    const queued = new Uint8Array(count).fill(1);
    let top = 0;
    for (let block = 0; block < count; block++) work[top++] = block;
    while (top > 0) {
      const block = work[--top];
      queued[block] = 0;
      const before = this.#transfer(block);
      if (before === this.liveIn[block]) continue;
      this.liveIn[block] = before;
      for (const edges of [preds, sites]) {
        for (let i = edges.first[block]; i < edges.first[block + 1]; i++) {
          const from = edges.from[i];
          if (queued[from] !== 0) continue;
          queued[from] = 1;
          work[top++] = from;
        }
      }
    }
  }
  /** Blocks that call, by the block they call. */
  #sites() {
    const { text, calls, blocks } = this.#graph;
    const to = [];
    const from = [];
    for (let pc = 0; pc < text.count; pc++) {
      if (calls[pc] < 0) continue;
      to.push(blocks.of[calls[pc]]);
      from.push(blocks.of[pc]);
    }
    return groupEdges(blocks.count, Int32Array.from(to), Int32Array.from(from), to.length);
  }
  #outOf(block) {
    const { blocks } = this.#graph;
    const end = blocks.end[block];
    let live = 0;
    if (blocks.target[block] >= 0) live |= this.liveIn[blocks.target[block]];
    if ((end === END2.FALL || end === END2.BRANCH) && block + 1 < blocks.count) {
      live |= this.liveIn[block + 1];
    }
    return live;
  }
  #transfer(block) {
    const { text, blocks } = this.#graph;
    const effects = this.#effects;
    let live = this.#outOf(block);
    this.liveOut[block] = live;
    for (let pc = blocks.start[block + 1] - 1; pc >= blocks.start[block]; pc--) {
      const code = text.op[pc];
      if (code === 0) continue;
      const effect = effects[code];
      if ((effect & CALLS2) !== 0) {
        live = this.#throughCall(text, pc, live);
        continue;
      }
      if ((effect & DEFINES_DST) !== 0) live &= ~(1 << text.dst[pc]);
      if ((effect & USES_DST) !== 0) live |= 1 << text.dst[pc];
      if ((effect & USES_SRC) !== 0) live |= 1 << text.src[pc];
    }
    return live & ALL_REGISTERS;
  }
  #throughCall(text, pc, live) {
    const graph = this.#graph;
    const code = text.op[pc];
    if (code === 149) return this.#exitUses;
    if (code === 141) {
      const register3 = callxRegister(text.version, text.dst[pc], text.src[pc], text.imm[pc]);
      this.seenAfterCalls |= live & R1_TO_R5;
      return live & ~(R0 | R1_TO_R5) | this.#pointerParams | 1 << register3;
    }
    const target2 = graph.calls[pc];
    if (neverReturns(graph, target2)) return 0;
    if (target2 < 0) return live & ~R0 | this.#syscallUses[syscallOfTarget(target2)];
    this.seenAfterCalls |= live & R1_TO_R5;
    return live & ~(R0 | R1_TO_R5) | this.liveIn[graph.blocks.of[target2]];
  }
};

// packages/frontend-sbpf/src/lift/instructions.ts
var alu64 = (op) => (m) => m.set(m.dst, m.builder.op(op, m.get(m.dst), m.operand64()));
var alu32s = (op) => (m) => m.set(m.dst, m.builder.op("i64.extend_s", m.builder.op(op, m.dst32(), m.operand32())));
var alu32 = (op) => (m) => m.set(m.dst, m.builder.op("i64.extend_u", m.builder.op(op, m.dst32(), m.operand32())));
var compare64 = (op) => (m) => m.branch(m.builder.op(op, m.get(m.dst), m.operand64()));
var compare32 = (op) => (m) => m.branch(m.builder.op(op, m.dst32(), m.operand32()));
var load3 = (size) => (m) => m.load(size);
var store2 = (size) => (m) => m.store(size, m.stored());
var low2 = (m, bits, value) => bits === 64 ? value : m.builder.op("i64.and", value, m.builder.const64((1n << BigInt(bits)) - 1n));
var unsupported = (m) => {
  throw new TypeError(`no lift for an instruction of v2 (r${m.dst})`);
};
var LOWER2 = {
  lddw: (m) => m.lddw(),
  ldxb: load3(1),
  ldxh: load3(2),
  ldxw: load3(4),
  ldxdw: load3(8),
  stb: store2(1),
  sth: store2(2),
  stw: store2(4),
  stdw: store2(8),
  stxb: store2(1),
  stxh: store2(2),
  stxw: store2(4),
  stxdw: store2(8),
  add32: alu32s("i32.add"),
  sub32: alu32s("i32.sub"),
  mul32: alu32s("i32.mul"),
  div32: alu32("i32.div_u"),
  mod32: alu32("i32.rem_u"),
  or32: alu32("i32.or"),
  and32: alu32("i32.and"),
  xor32: alu32("i32.xor"),
  lsh32: alu32("i32.shl"),
  rsh32: alu32("i32.shr_u"),
  arsh32: alu32("i32.shr_s"),
  mov32: (m) => m.set(m.dst, m.builder.op("i64.extend_u", m.operand32())),
  neg32: (m) => {
    const negated = m.builder.op("i32.sub", m.builder.const32(0), m.dst32());
    m.set(m.dst, m.builder.op("i64.extend_u", negated));
  },
  add64: alu64("i64.add"),
  sub64: alu64("i64.sub"),
  mul64: alu64("i64.mul"),
  div64: alu64("i64.div_u"),
  mod64: alu64("i64.rem_u"),
  or64: alu64("i64.or"),
  and64: alu64("i64.and"),
  xor64: alu64("i64.xor"),
  lsh64: alu64("i64.shl"),
  rsh64: alu64("i64.shr_u"),
  arsh64: alu64("i64.shr_s"),
  mov64: (m) => m.set(m.dst, m.operand64()),
  neg64: (m) => m.set(m.dst, m.builder.op("i64.sub", m.builder.const64(0n), m.get(m.dst))),
  hor64: unsupported,
  le: (m) => m.set(m.dst, low2(m, m.imm, m.get(m.dst))),
  be: (m) => {
    const swapped = m.builder.op("i64.bswap", m.get(m.dst));
    const shift2 = m.builder.const64(BigInt(64 - m.imm));
    m.set(m.dst, m.imm === 64 ? swapped : m.builder.op("i64.shr_u", swapped, shift2));
  },
  uhmul64: unsupported,
  udiv32: unsupported,
  udiv64: unsupported,
  urem32: unsupported,
  urem64: unsupported,
  lmul32: unsupported,
  lmul64: unsupported,
  shmul64: unsupported,
  sdiv32: unsupported,
  sdiv64: unsupported,
  srem32: unsupported,
  srem64: unsupported,
  ja: (m) => m.jump(),
  jeq: compare64("i64.eq"),
  jne: compare64("i64.ne"),
  jgt: compare64("i64.gt_u"),
  jge: compare64("i64.ge_u"),
  jlt: compare64("i64.lt_u"),
  jle: compare64("i64.le_u"),
  jsgt: compare64("i64.gt_s"),
  jsge: compare64("i64.ge_s"),
  jslt: compare64("i64.lt_s"),
  jsle: compare64("i64.le_s"),
  jset: (m) => {
    const common = m.builder.op("i64.and", m.get(m.dst), m.operand64());
    m.branch(m.builder.op("i64.ne", common, m.builder.const64(0n)));
  },
  jeq32: compare32("i32.eq"),
  jne32: compare32("i32.ne"),
  jgt32: compare32("i32.gt_u"),
  jge32: compare32("i32.ge_u"),
  jlt32: compare32("i32.lt_u"),
  jle32: compare32("i32.le_u"),
  jsgt32: compare32("i32.gt_s"),
  jsge32: compare32("i32.ge_s"),
  jslt32: compare32("i32.lt_s"),
  jsle32: compare32("i32.le_s"),
  jset32: (m) => m.branch(m.builder.op("i32.and", m.dst32(), m.operand32())),
  call: (m) => m.call(),
  callx: (m) => m.callx(),
  exit: (m) => m.exit()
};

// packages/frontend-sbpf/src/lift/registers.ts
var NONE = -1;
var Registers = class {
  #builder;
  /** Current value of each register in the open block; NONE = still in its variable. */
  #values = new Int32Array(10).fill(NONE);
  #dirty = 0;
  /** Declares the variables 0 to 9. */
  constructor(builder) {
    this.#builder = builder;
    for (let register3 = 0; register3 < 10; register3++) builder.variable(I64);
  }
  get(register3) {
    const known = this.#values[register3];
    if (known !== NONE) return known;
    const value = this.#builder.getVar(register3);
    this.#values[register3] = value;
    return value;
  }
  set(register3, value) {
    this.#values[register3] = value;
    this.#dirty |= 1 << register3;
  }
  /** Writes changed registers of the set `live` back: what the end of a block needs. */
  flush(live) {
    const dirty = this.#dirty & live;
    for (let register3 = 0; register3 < 10; register3++) {
      if ((dirty >> register3 & 1) !== 0) this.#builder.setVar(register3, this.#values[register3]);
    }
    this.#dirty = 0;
  }
  /** Forgets all values: what the beginning of a block needs. */
  forget() {
    this.#values.fill(NONE);
    this.#dirty = 0;
  }
};

// packages/frontend-sbpf/src/lift/function-lift.ts
var LOWER_BY_OPCODE = INSTRUCTIONS.map(
  (table2) => table2.map((row) => row === void 0 ? void 0 : LOWER2[row.mnemonic])
);
var LDDW4 = 24;
var USES_REGISTER = 8;
var FunctionLift = class {
  builder;
  context;
  text;
  /** Partition of the code into blocks that this lift follows. */
  blocks;
  registers;
  /** Slot of the instruction being lifted. */
  pc = 0;
  /** Block being lifted. */
  block = 0;
  /** IR block of each block of the program that belongs to this function. */
  irBlocks = /* @__PURE__ */ new Map();
  #overrun = -1;
  #lower;
  constructor(context, builder, blocks = context.graph.blocks) {
    this.context = context;
    this.blocks = blocks;
    this.text = context.graph.text;
    this.builder = builder;
    this.registers = new Registers(builder);
    this.#lower = LOWER_BY_OPCODE[this.text.version];
  }
  // --- the machine that instructions see --------------------------------------------------------
  get dst() {
    return this.text.dst[this.pc];
  }
  get imm() {
    return this.text.imm[this.pc];
  }
  get off() {
    return this.text.off[this.pc];
  }
  get(register3) {
    return register3 === 10 ? this.framePointer() : this.registers.get(register3);
  }
  set(register3, value) {
    this.registers.set(register3, value);
  }
  operand64() {
    const { text, pc } = this;
    if ((text.op[pc] & USES_REGISTER) !== 0) return this.get(text.src[pc]);
    return this.builder.const64Parts(text.imm[pc], text.imm[pc] >> 31);
  }
  operand32() {
    const { text, pc } = this;
    if ((text.op[pc] & USES_REGISTER) === 0) return this.builder.const32(text.imm[pc]);
    return this.builder.op("i32.wrap", this.get(text.src[pc]));
  }
  dst32() {
    return this.builder.op("i32.wrap", this.get(this.dst));
  }
  load(size) {
    this.set(this.dst, this.loadFrom(this.text.src[this.pc], this.off, size));
  }
  store(size, value) {
    this.storeTo(this.dst, this.off, size, value);
  }
  stored() {
    const { text, pc } = this;
    if ((text.op[pc] & 7) === 3) return this.get(text.src[pc]);
    return this.builder.const64Parts(text.imm[pc], text.imm[pc] >> 31);
  }
  lddw() {
    const { text, pc } = this;
    this.set(this.dst, this.builder.const64Parts(text.imm[pc], text.imm[pc + 1]));
  }
  branch(condition) {
    this.registers.flush(this.liveOut());
    const target2 = this.irBlock(this.blocks.target[this.block]);
    this.builder.brIf(condition, target2, [], this.next(this.pc + 1), []);
  }
  jump() {
    this.registers.flush(this.liveOut());
    this.builder.br(this.irBlock(this.blocks.target[this.block]));
  }
  call() {
    const target2 = this.context.graph.calls[this.pc];
    if (isFaultingTarget(target2)) this.callNothing(target2 === HALF_TARGET);
    else if (target2 < 0) this.callSyscall(syscallOfTarget(target2));
    else this.callFunction(target2);
  }
  callx() {
    const { text, pc } = this;
    this.callPointer(
      this.get(callxRegister(text.version, text.dst[pc], text.src[pc], text.imm[pc]))
    );
  }
  // --- blocks -----------------------------------------------------------------------------------
  irBlock(block) {
    let index = this.irBlocks.get(block);
    if (index === void 0) {
      index = this.builder.block();
      this.irBlocks.set(block, index);
    }
    return index;
  }
  /** IR block of the block that begins at slot `pc`. */
  next(pc) {
    if (pc < this.text.count) return this.irBlock(this.blocks.of[pc]);
    if (this.#overrun < 0) this.#overrun = this.builder.block();
    return this.#overrun;
  }
  /** Lifts block after block from `order`. */
  liftBlocks(order) {
    for (let i = 0; i < order.length; i++) this.#liftBlock(order[i]);
    if (this.#overrun < 0) return;
    this.pc = this.text.count;
    this.builder.position = this.pc;
    this.builder.begin(this.#overrun);
    this.overrun();
  }
  #liftBlock(block) {
    const { builder, text, blocks } = this;
    this.block = block;
    this.registers.forget();
    const from = blocks.start[block];
    const to = blocks.start[block + 1];
    this.pc = from;
    builder.position = from;
    builder.begin(this.irBlock(block));
    this.beginBlock();
    const last2 = lastInstruction(text, from, to);
    let pc = from;
    while (pc <= last2) {
      this.pc = pc;
      builder.position = pc;
      this.beginInstruction();
      const lower = this.#lower[text.op[pc]];
      if (lower === void 0) {
        builder.op("trap", SBPF_TRAP.UNSUPPORTED_INSTRUCTION);
        return;
      }
      lower(this);
      if (!builder.isOpen) return;
      pc += text.op[pc] === LDDW4 ? 2 : 1;
    }
    this.registers.flush(this.liveOut());
    builder.br(this.next(pc));
  }
  /** Goes to the block of `selector`, one of the ascending slots `pcs`: a tree of comparisons. */
  dispatch(selector, pcs, targets) {
    const { builder } = this;
    if (pcs.length === 1) {
      builder.br(targets[0]);
      return;
    }
    const middle = pcs.length >> 1;
    const below = builder.block();
    const above = builder.block();
    const isBelow = builder.op("i32.lt_u", selector, builder.const32(pcs[middle]));
    builder.brIf(isBelow, below, [], above, []);
    builder.begin(below);
    this.dispatch(selector, pcs.slice(0, middle), targets.slice(0, middle));
    builder.begin(above);
    this.dispatch(selector, pcs.slice(middle), targets.slice(middle));
  }
};

// packages/frontend-sbpf/src/lift/lift-context.ts
var HOST_INDEX = { EXIT: 0, OPEN_STACK: 1, GROW_STACK: 2, SYSCALLS: 3 };
var MAIN = 0;
var FUNCTIONS = 1;

// packages/frontend-sbpf/src/lift/exact-function.ts
var FRAME_POINTER = 10;
var PARAMS = [I32, ...new Array(11).fill(I64)];
function exactSignature(raw) {
  return { params: PARAMS, results: new Array(raw ? 10 : 6).fill(I64) };
}
var ExactLift = class extends FunctionLift {
  #step;
  #results;
  constructor(context, builder, results, blocks) {
    super(context, builder, blocks);
    builder.variable(I64);
    this.#step = frameStep(this.text.version);
    this.#results = results;
  }
  framePointer() {
    return this.builder.getVar(FRAME_POINTER);
  }
  loadFrom(base, offset2, size) {
    return this.builder.op("region.load", this.get(base), offset2, size, REGION_UNKNOWN);
  }
  storeTo(base, offset2, size, value) {
    this.builder.op("region.store", this.get(base), value, offset2, size, REGION_UNKNOWN);
  }
  liveOut() {
    return ALL_REGISTERS;
  }
  beginBlock() {
  }
  beginInstruction() {
    this.builder.op("meter", 1);
  }
  overrun() {
    this.builder.op("meter", 1);
    this.builder.op("trap", SBPF_TRAP.EXECUTION_OVERRUN);
  }
  callNothing(half) {
    if (half) {
      this.#enterFrame();
      this.builder.op("meter", 1);
    }
    this.builder.op("trap", SBPF_TRAP.UNSUPPORTED_INSTRUCTION);
  }
  /** r10 of the callee; traps if too many calls are open. */
  #enterFrame() {
    const { builder } = this;
    const step2 = builder.const64(BigInt(this.#step));
    const pointer2 = builder.op("i64.add", this.framePointer(), step2);
    const limit = FRAME_POINTER_START + BigInt(CALL_DEPTH_MAX * this.#step);
    const tooDeep = builder.op("i64.ge_u", pointer2, builder.const64(limit));
    builder.op("trap.if", tooDeep, OUTCOME.CALL_DEPTH);
    return pointer2;
  }
  #arguments(selector, pointer2) {
    const args = [selector];
    for (let register3 = 0; register3 < 10; register3++) args.push(this.get(register3));
    args.push(pointer2);
    return args;
  }
  #takeResults(results) {
    for (let register3 = 0; register3 < 6; register3++) this.set(register3, results[register3]);
  }
  callFunction(target2) {
    const { builder, context } = this;
    const pointer2 = this.#enterFrame();
    const fn = FUNCTIONS + context.graph.functionOf[context.graph.blocks.of[target2]];
    const args = this.#arguments(builder.const32(target2), pointer2);
    this.#takeResults(builder.call(fn, this.#results, args));
    if (neverReturns(context.graph, target2)) builder.op("trap", OUTCOME.UNREACHABLE);
  }
  callPointer(address2) {
    const { builder } = this;
    const pointer2 = this.#enterFrame();
    const start = builder.const64(TEXT_START + BigInt(this.context.textOffset));
    const offset2 = builder.op("i64.sub", address2, start);
    const end = builder.const64(BigInt(this.text.count * 8));
    builder.op("trap.if", builder.op("i64.ge_u", offset2, end), SBPF_TRAP.CALL_OUTSIDE_TEXT);
    const slot = builder.op("i32.shr_u", builder.op("i32.wrap", offset2), builder.const32(3));
    const args = this.#arguments(slot, pointer2);
    this.#takeResults(builder.callIndirect(0, slot, this.#results, args));
  }
  callSyscall(index) {
    const { builder, context } = this;
    const args = [];
    for (let i = 1; i <= context.syscalls[index].params; i++) args.push(this.get(i));
    const [result] = builder.host(HOST_INDEX.SYSCALLS + index, [I64], args);
    this.set(0, result);
    if (context.syscalls[index].noReturn === true) builder.op("trap", OUTCOME.UNREACHABLE);
  }
  exit() {
    this.builder.ret(this.#results.map((_, register3) => this.get(register3)));
  }
  /** Stores the parameters in the variables. */
  enter() {
    const { builder } = this;
    builder.begin(0);
    const params = builder.blockParams(0);
    for (let register3 = 0; register3 <= FRAME_POINTER; register3++) {
      builder.setVar(register3, params[register3 + 1]);
    }
  }
  get selector() {
    return this.builder.blockParams(0)[0];
  }
};
function liftExact(context, fn, signature) {
  const { graph, pool } = context;
  const { blocks } = graph;
  const builder = new FunctionBuilder(`f${fn}`, signature.params, signature.results, pool);
  const lift = new ExactLift(context, builder, signature.results);
  const entries = functionEntries(context, fn);
  lift.enter();
  lift.dispatch(
    lift.selector,
    entries.map((block) => blocks.start[block]),
    entries.map((block) => lift.irBlock(block))
  );
  lift.liftBlocks(reachableBlocks(context, entries));
  return builder.build();
}
function liftExactAnywhere(context, fn, signature) {
  const { graph, pool } = context;
  const blocks = everySlotBlocks(graph.text, graph.calls, (target2) => neverReturns(graph, target2));
  const name = `f${fn}_anywhere`;
  const builder = new FunctionBuilder(name, signature.params, signature.results, pool);
  const lift = new ExactLift(context, builder, signature.results, blocks);
  const slots = [];
  for (let i = graph.first[fn]; i < graph.first[fn + 1]; i++) {
    const block = graph.members[i];
    for (let pc = graph.blocks.start[block]; pc < graph.blocks.start[block + 1]; pc++)
      slots.push(pc);
  }
  lift.enter();
  lift.dispatch(
    lift.selector,
    slots,
    slots.map((pc) => lift.irBlock(pc))
  );
  lift.liftBlocks(slots);
  return builder.build();
}
function functionEntries({ graph }, fn) {
  const entries = [];
  for (let i = graph.first[fn]; i < graph.first[fn + 1]; i++) {
    const block = graph.members[i];
    if (graph.entries[graph.blocks.start[block]] !== 0) entries.push(block);
  }
  return entries;
}
function reachableBlocks({ graph }, entries) {
  const { blocks } = graph;
  const seen = new Set(entries);
  const work = [...entries];
  const visit = (block) => {
    if (block < 0 || block >= blocks.count || seen.has(block)) return;
    seen.add(block);
    work.push(block);
  };
  for (let block = work.pop(); block !== void 0; block = work.pop()) {
    visit(blocks.target[block]);
    if (blocks.end[block] === 0 || blocks.end[block] === 2) visit(block + 1);
  }
  return [...seen].sort((a, b) => a - b);
}

// packages/frontend-sbpf/src/lift/exact-module.ts
var ENTRY_SIGNATURE = { params: [], results: [] };
function exactModule(context, name, hosts, frameSize) {
  const { graph } = context;
  const count = graph.functionCount;
  const signature = exactSignature(context.raw);
  const size = FUNCTIONS + (graph.hasCallx ? 2 : 1) * count;
  const signatures = new Array(size).fill(signature);
  signatures[MAIN] = ENTRY_SIGNATURE;
  return {
    name,
    functions: new Array(size).fill(void 0),
    lift: (index) => {
      if (index === MAIN) return liftMain(context, signature);
      const fn = index - FUNCTIONS;
      if (fn < count) return liftExact(context, fn, signature);
      return liftExactAnywhere(context, fn - count, signature);
    },
    signatures,
    entry: MAIN,
    hosts,
    words: context.pool.words,
    table: graph.hasCallx ? pointerTable(context) : new Int32Array(0),
    indirect: [signature],
    frameSize,
    operandStack: 0
  };
}
function pointerTable({ graph }) {
  const { text, blocks, functionOf, functionCount, entries } = graph;
  const table2 = new Int32Array(text.count);
  for (let pc = 0; pc < text.count; pc++) {
    const fn = FUNCTIONS + functionOf[blocks.of[pc]];
    table2[pc] = entries[pc] !== 0 ? fn : fn + functionCount;
  }
  return table2;
}
function liftMain(context, signature) {
  const { graph, pool } = context;
  const { text, entryPc } = graph;
  const builder = new FunctionBuilder("main", [], [], pool);
  builder.begin(0);
  builder.host(HOST_INDEX.OPEN_STACK, [], []);
  if (text.op[entryPc] === 0) {
    builder.position = entryPc;
    builder.op("meter", 1);
    builder.op("trap", SBPF_TRAP.UNSUPPORTED_INSTRUCTION);
    return builder.build();
  }
  const frame = builder.op("frame");
  const args = [builder.const32(entryPc)];
  for (let register3 = 0; register3 < 10; register3++) {
    args.push(builder.op("i64.load", frame, HEADER.REGISTERS + register3 * 8));
  }
  args.push(builder.const64(FRAME_POINTER_START));
  const fn = FUNCTIONS + graph.functionOf[graph.blocks.of[entryPc]];
  const results = builder.call(fn, signature.results, args);
  results.forEach((value, register3) => {
    builder.op("i64.store", frame, value, HEADER.REGISTERS + register3 * 8);
  });
  leaveMain(builder, results[0]);
  return builder.build();
}
function leaveMain(builder, r0) {
  builder.host(HOST_INDEX.EXIT, [], [r0]);
  builder.op("trap", OUTCOME.UNREACHABLE);
}
function hostSignatures(context) {
  return [
    { name: "exit", params: [I64], results: [] },
    { name: "open_stack", params: [], results: [] },
    { name: "grow_stack", params: [I32], results: [I32] },
    ...context.syscalls.map(
      ({ name, params }) => ({
        name,
        params: new Array(params).fill(I64),
        results: [I64]
      })
    )
  ];
}

// packages/frontend-sbpf/src/analysis/regions.ts
var UNSEEN = 0;
var NO_REGION = 15;
var STATE_SIZE = 11;
var INPUT = 5;
var STACK2 = 3;
function guessRegions(graph) {
  const { blocks, text, calls } = graph;
  const atStart = new Uint8Array(blocks.count * STATE_SIZE);
  const work = new Int32Array(blocks.count);
  const queued = new Uint8Array(blocks.count);
  let top = 0;
  const state = new Uint8Array(STATE_SIZE);
  const join = (block) => {
    let changed = false;
    for (let i = 0, at = block * STATE_SIZE; i < STATE_SIZE; i++, at++) {
      const old = atStart[at];
      if (old === state[i] || old === NO_REGION) continue;
      atStart[at] = old === UNSEEN ? state[i] : NO_REGION;
      changed = true;
    }
    if (!changed || queued[block] !== 0) return;
    queued[block] = 1;
    work[top++] = block;
  };
  const enter = (block, first2) => {
    state.fill(NO_REGION);
    state[1] = first2;
    state[2] = first2;
    state[10] = STACK2;
    join(block);
  };
  for (let pc = 0; pc < text.count; pc++) {
    if (graph.pointers[pc] !== 0) enter(blocks.of[pc], NO_REGION);
  }
  if (graph.entryPc < text.count) enter(blocks.of[graph.entryPc], INPUT);
  while (top > 0) {
    const block = work[--top];
    queued[block] = 0;
    state.set(atStart.subarray(block * STATE_SIZE, (block + 1) * STATE_SIZE));
    for (let pc = blocks.start[block]; pc < blocks.start[block + 1]; pc++) {
      if (calls[pc] >= 0 && !neverReturns(graph, calls[pc])) join(blocks.of[calls[pc]]);
      step(graph, pc, state);
    }
    if (blocks.target[block] >= 0) join(blocks.target[block]);
    const end = blocks.end[block];
    if ((end === END2.FALL || end === END2.BRANCH) && block + 1 < blocks.count) join(block + 1);
  }
  return { atStart };
}
function step(graph, pc, state) {
  const { text } = graph;
  const code = text.op[pc];
  const dst = text.dst[pc];
  if (code === 0) return;
  switch (code) {
    case 24:
      state[dst] = constantRegion(text.version, text.imm[pc], text.imm[pc + 1]);
      return;
    case 191:
      state[dst] = state[text.src[pc]];
      return;
    case 7:
    // add64 imm, sub64 imm
    case 23:
      return;
    case 87:
      if (text.imm[pc] >= 0) state[dst] = NO_REGION;
      return;
    case 15: {
      const other = state[text.src[pc]];
      if (state[dst] === NO_REGION) state[dst] = other;
      else if (other !== NO_REGION) state[dst] = NO_REGION;
      return;
    }
    case 31:
      if (state[text.src[pc]] !== NO_REGION) state[dst] = NO_REGION;
      return;
    case 133:
    case 141:
      for (let register3 = 0; register3 <= (graph.calls[pc] < -1 ? 0 : 5); register3++) {
        state[register3] = NO_REGION;
      }
      return;
  }
  if (DEFINES[text.version][code] !== 0) state[dst] = NO_REGION;
}
function constantRegion(version, low4, high) {
  if (high === 0) return version === 3 && low4 !== 0 ? 1 : NO_REGION;
  return high >= 1 && high <= 4 ? high + 1 : NO_REGION;
}
var DEFINES = INSTRUCTIONS.map(
  (table2) => Uint8Array.from(
    table2,
    (row) => row !== void 0 && ["load", "imm", "reg", "one", "end"].includes(row.form) ? 1 : 0
  )
);

// packages/frontend-sbpf/src/lift/optimistic-function.ts
var FRAME_START = 10;
function registersOf(set3) {
  return Array.from({ length: 10 }, (_, register3) => register3).filter(
    (register3) => (set3 >> register3 & 1) !== 0
  );
}
function optimisticSignature(optimistic, fn) {
  const params = optimistic.entryCounts[fn] > 1 ? [I32] : [];
  for (const _ of registersOf(optimistic.params[fn])) params.push(I64);
  params.push(I32);
  return { params, results: resultTypes(optimistic) };
}
function resultTypes({ liveness }) {
  return new Array(1 + registersOf(liveness.extraResults).length).fill(I64);
}
var OptimisticLift = class extends FunctionLift {
  #optimistic;
  #step;
  #resultTypes;
  #results;
  /** Regions of the registers before the current instruction. */
  #state = new Uint8Array(STATE_SIZE);
  /** First slot whose unit is not charged yet. */
  #charged = 0;
  /** 1 for blocks to which a jump goes back. */
  #isLoop;
  #limits = new Limits();
  constructor(context, optimistic, builder) {
    super(context, builder);
    builder.variable(I32);
    this.#optimistic = optimistic;
    this.#step = frameStep(this.text.version);
    this.#resultTypes = resultTypes(optimistic);
    this.#results = [0, ...registersOf(optimistic.liveness.extraResults)];
    this.#isLoop = optimistic.isLoop;
  }
  // --- registers and memory -----------------------------------------------------------------------
  framePointer() {
    const { builder } = this;
    const start = builder.op("i32.sub", this.#frameStart(), builder.op("frame"));
    const base = FRAME_POINTER_START - BigInt(BODY.STACK);
    return builder.op("i64.add", builder.op("i64.extend_u", start), builder.const64(base));
  }
  #frameStart() {
    return this.builder.getVar(FRAME_START);
  }
  /** Offset in the guest frame of an access to it, or -1. */
  #inFrame(base, offset2, size) {
    const at = STACK_FRAME_BYTES + offset2;
    return base === 10 && at >= 0 && at + size <= STACK_FRAME_BYTES ? at : -1;
  }
  loadFrom(base, offset2, size) {
    const { builder } = this;
    const local = this.#inFrame(base, offset2, size);
    if (local >= 0) return builder.op(LOADS2[size], this.#frameStart(), local);
    const place = this.#predicted(base, offset2, size);
    if (place !== void 0) return builder.op(LOADS2[size], place.address, place.offset);
    return builder.op("region.load", this.get(base), offset2, size, this.#guess(base));
  }
  storeTo(base, offset2, size, value) {
    const { builder } = this;
    const local = this.#inFrame(base, offset2, size);
    if (local >= 0) {
      builder.op(STORES3[size], this.#frameStart(), value, local);
      return;
    }
    const place = this.#guess(base) > REGIONS.PROGRAM ? this.#predicted(base, offset2, size) : void 0;
    if (place !== void 0) builder.op(STORES3[size], place.address, value, place.offset);
    else builder.op("region.store", this.get(base), value, offset2, size, this.#guess(base));
  }
  #guess(register3) {
    const region = this.#state[register3];
    return region === NO_REGION || region === 0 ? REGION_UNKNOWN : region - 1;
  }
  /**
   * Checks an access to heap or input against a length that the function reads once; the rest goes through the region table. Returns
   * where the bytes are.
   */
  #predicted(base, offset2, size) {
    const region = this.#guess(base);
    if (region !== REGIONS.HEAP && region !== REGIONS.INPUT) return void 0;
    const { builder, context } = this;
    const start = (BigInt(region) << 32n) - BigInt(offset2);
    const inside = builder.op("i64.sub", this.get(base), builder.const64(start));
    const limit = this.#limits.get(builder, region, size);
    builder.op("trap.if", builder.op("i64.ge_u", inside, limit), OUTCOME.ACCESS_VIOLATION);
    const address2 = builder.op("i32.add", builder.op("i32.wrap", inside), builder.op("frame"));
    const { version } = this.text;
    const at = region === REGIONS.HEAP ? heapOffset(version) : inputOffset(version, context.rodataBytes);
    return { address: address2, offset: at };
  }
  // --- charges ------------------------------------------------------------------------------------
  beginBlock() {
    const { atStart } = this.#optimistic.guesses;
    this.#state.set(atStart.subarray(this.block * STATE_SIZE, (this.block + 1) * STATE_SIZE));
    this.#limits.forget();
    this.#charged = this.pc;
    this.#charge(this.#isLoop[this.block] !== 0);
  }
  beginInstruction() {
    if (this.#last >= 0) step(this.context.graph, this.#last, this.#state);
    this.#last = this.pc;
  }
  /** Slot of the instruction lifted last in this block. */
  #last = -1;
  /** Charges the instructions from here up to the next host call or call, or to the end of the block. */
  #charge(check2) {
    const { text, blocks, builder } = this;
    const end = blocks.start[this.block + 1];
    let units = 0;
    let pc = this.#charged;
    while (pc < end) {
      const code = text.op[pc];
      units++;
      pc += code === 24 ? 2 : 1;
      if (code === 133 || code === 141) break;
    }
    this.#charged = pc;
    if (units > 0) builder.op(check2 ? "meter" : "charge", units);
  }
  liveOut() {
    return this.#optimistic.liveness.liveOut[this.block];
  }
  overrun() {
    this.builder.op("trap", SBPF_TRAP.EXECUTION_OVERRUN);
  }
  // --- calls --------------------------------------------------------------------------------------
  callNothing() {
    this.builder.op("trap", SBPF_TRAP.UNSUPPORTED_INSTRUCTION);
  }
  #calleeFrame() {
    const { builder } = this;
    return builder.op("i32.add", this.#frameStart(), builder.const32(this.#step));
  }
  #takeResults(values) {
    this.#results.forEach((register3, index) => {
      this.set(register3, values[index]);
    });
    this.#charge(false);
  }
  callFunction(target2) {
    const { builder, context } = this;
    const { graph } = context;
    if (neverReturns(graph, target2)) {
      builder.op("trap", OUTCOME.UNREACHABLE);
      return;
    }
    const fn = graph.functionOf[graph.blocks.of[target2]];
    const args = this.#optimistic.entryCounts[fn] > 1 ? [builder.const32(target2)] : [];
    for (const register3 of registersOf(this.#optimistic.params[fn])) args.push(this.get(register3));
    args.push(this.#calleeFrame());
    this.#takeResults(builder.call(FUNCTIONS + fn, this.#resultTypes, args));
  }
  callPointer(address2) {
    const { builder } = this;
    const start = builder.const64(TEXT_START + BigInt(this.context.textOffset));
    const offset2 = builder.op("i64.sub", address2, start);
    const end = builder.const64(BigInt(this.text.count * 8));
    builder.op("trap.if", builder.op("i64.ge_u", offset2, end), SBPF_TRAP.CALL_OUTSIDE_TEXT);
    const slot = builder.op("i32.shr_u", builder.op("i32.wrap", offset2), builder.const32(3));
    const args = registersOf(this.#optimistic.liveness.pointerParams).map((r2) => this.get(r2));
    args.push(this.#calleeFrame());
    this.#takeResults(builder.callIndirect(0, slot, this.#resultTypes, args));
  }
  callSyscall(index) {
    const { builder, context } = this;
    const syscall2 = context.syscalls[index];
    if (syscall2.noReturn === true) {
      builder.op("trap", OUTCOME.UNREACHABLE);
      return;
    }
    const args = [];
    for (let i = 1; i <= syscall2.params; i++) args.push(this.get(i));
    const compiled2 = this.#optimistic.compiledSyscalls[index];
    if (compiled2 < 0) builder.op("check");
    const [result] = compiled2 < 0 ? builder.host(HOST_INDEX.SYSCALLS + index, [I64], args) : builder.call(compiled2, [I64], args);
    this.set(0, result);
    this.#charge(false);
  }
  exit() {
    this.builder.ret(this.#results.map((register3) => this.get(register3)));
  }
  // --- entry --------------------------------------------------------------------------------------
  /** Takes the parameters and makes sure that the guest frame may be used. */
  enter(params, hasSelector) {
    const { builder } = this;
    builder.begin(0);
    const values = builder.blockParams(0);
    registersOf(params).forEach((register3, index) => {
      builder.setVar(register3, values[index + (hasSelector ? 1 : 0)]);
    });
    const start = values[values.length - 1];
    builder.setVar(FRAME_START, start);
    builder.op("check");
    const grow = builder.block();
    const body = builder.block();
    const limit = builder.op("i32.load", builder.op("frame"), HEADER.STACK_LIMIT);
    builder.brIf(builder.op("i32.gt_u", start, limit), grow, [], body, []);
    builder.begin(grow);
    const [ready] = builder.host(HOST_INDEX.GROW_STACK, [I32], [start]);
    builder.op("trap.if", builder.op("i32.eqz", ready), OUTCOME.CALL_DEPTH);
    builder.br(body);
    builder.begin(body);
    return hasSelector ? values[0] : -1;
  }
};
var LOADS2 = {
  1: "i64.load8",
  2: "i64.load16",
  4: "i64.load32",
  8: "i64.load"
};
var STORES3 = {
  1: "i64.store8",
  2: "i64.store16",
  4: "i64.store32",
  8: "i64.store"
};
var Limits = class {
  #values = /* @__PURE__ */ new Map();
  forget() {
    this.#values.clear();
  }
  get(builder, region, size) {
    const at = HEADER.LIMITS + ((region - REGIONS.HEAP) * 4 + Math.log2(size)) * 8;
    let value = this.#values.get(at);
    if (value === void 0) {
      value = builder.op("i64.load", builder.op("frame"), at);
      this.#values.set(at, value);
    }
    return value;
  }
};
function liftOptimistic(context, optimistic, fn, signature) {
  const { graph, pool } = context;
  const { blocks } = graph;
  const builder = new FunctionBuilder(`f${fn}`, signature.params, signature.results, pool);
  const lift = new OptimisticLift(context, optimistic, builder);
  const entries = functionEntries(context, fn);
  const hasSelector = optimistic.entryCounts[fn] > 1;
  const selector = lift.enter(optimistic.params[fn], hasSelector);
  const targets = entries.map((block) => lift.irBlock(block));
  if (hasSelector)
    lift.dispatch(
      selector,
      entries.map((block) => blocks.start[block]),
      targets
    );
  else builder.br(targets[0]);
  lift.liftBlocks(reachableBlocks(context, entries));
  return builder.build();
}

// packages/frontend-sbpf/src/lift/optimistic-module.ts
var INSTRUCTIONS_MAX = 4e5;
function optimisticModule(context, exact) {
  const { graph } = context;
  if (graph.text.count > INSTRUCTIONS_MAX) return void 0;
  const optimistic = analyse(context);
  const count = graph.functionCount;
  const signatures = [{ params: [], results: [] }];
  for (let fn = 0; fn < count; fn++) signatures.push(optimisticSignature(optimistic, fn));
  const used = context.syscalls.filter((_, index) => optimistic.compiledSyscalls[index] >= 0);
  for (const { params } of used) {
    signatures.push({ params: new Array(params).fill(I64), results: [I64] });
  }
  const lift = (index) => {
    if (index === MAIN) return liftMain2(context, optimistic, signatures);
    const fn = index - FUNCTIONS;
    if (fn >= count) return liftSyscall(context, optimistic, index);
    if (optimistic.entryCounts[fn] === 0) return liftUnused(context, signatures[index]);
    return liftOptimistic(context, optimistic, fn, signatures[index]);
  };
  return {
    ...exact,
    functions: new Array(signatures.length).fill(void 0),
    lift,
    signatures,
    table: graph.hasCallx ? pointerTable2(graph, optimistic) : new Int32Array(0),
    indirect: [pointerSignature(optimistic, signatures)]
  };
}
function pointerSignature({ liveness }, signatures) {
  const params = registersOf(liveness.pointerParams).map(() => I64);
  return { params: [...params, I32], results: signatures[FUNCTIONS]?.results ?? [I64] };
}
function pointerTable2(graph, { entryCounts }) {
  const table2 = new Int32Array(graph.text.count).fill(-1);
  for (let pc = 0; pc < table2.length; pc++) {
    if (graph.pointers[pc] === 0) continue;
    const fn = graph.functionOf[graph.blocks.of[pc]];
    if (entryCounts[fn] === 1) table2[pc] = FUNCTIONS + fn;
  }
  return table2;
}
function analyse(context) {
  const { graph, syscalls } = context;
  const { blocks } = graph;
  const uses = Uint16Array.from(syscalls, ({ params: params2 }) => (1 << params2) - 1 << 1);
  const liveness = findLiveness(graph, uses);
  const params = new Uint16Array(graph.functionCount);
  const entryCounts = new Int32Array(graph.functionCount);
  for (let block = 0; block < blocks.count; block++) {
    const pc = blocks.start[block];
    if (graph.entries[pc] === 0) continue;
    const fn = graph.functionOf[block];
    params[fn] |= liveness.liveIn[block];
    entryCounts[fn]++;
  }
  for (let pc = 0; pc < graph.text.count; pc++) {
    if (graph.pointers[pc] === 0) continue;
    const fn = graph.functionOf[blocks.of[pc]];
    if (entryCounts[fn] === 1) params[fn] = liveness.pointerParams;
    else params[fn] |= liveness.pointerParams;
  }
  const isLoop = new Uint8Array(blocks.count);
  for (let block = 0; block < blocks.count; block++) {
    const target2 = blocks.target[block];
    if (target2 >= 0 && target2 <= block) isLoop[target2] = 1;
  }
  return {
    liveness,
    guesses: guessRegions(graph),
    params,
    entryCounts,
    isLoop,
    compiledSyscalls: numberSyscalls(context)
  };
}
function numberSyscalls({ graph, syscalls }) {
  const called = new Uint8Array(syscalls.length);
  for (let pc = 0; pc < graph.text.count; pc++) {
    const target2 = graph.calls[pc];
    if (target2 < -1 && -2 - target2 < syscalls.length) called[-2 - target2] = 1;
  }
  let next = FUNCTIONS + graph.functionCount;
  return Int32Array.from(
    syscalls,
    ({ compile }, index) => compile !== void 0 && called[index] !== 0 ? next++ : -1
  );
}
function liftMain2(context, optimistic, signatures) {
  const { graph, pool } = context;
  const { entryPc, text } = graph;
  const builder = new FunctionBuilder("main", [], [], pool);
  builder.begin(0);
  if (text.op[entryPc] === 0) {
    builder.op("trap", SBPF_TRAP.UNSUPPORTED_INSTRUCTION);
    return builder.build();
  }
  const frame = builder.op("frame");
  const fn = graph.functionOf[graph.blocks.of[entryPc]];
  const args = optimistic.entryCounts[fn] > 1 ? [builder.const32(entryPc)] : [];
  for (const register3 of registersOf(optimistic.params[fn])) {
    args.push(builder.op("i64.load", frame, HEADER.REGISTERS + register3 * 8));
  }
  args.push(builder.op("i32.add", frame, builder.const32(BODY.STACK)));
  const [r0] = builder.call(FUNCTIONS + fn, signatures[FUNCTIONS + fn].results, args);
  builder.op("i64.store", frame, r0, HEADER.REGISTERS);
  builder.op("check");
  leaveMain(builder, r0);
  return builder.build();
}
function liftUnused({ pool }, signature) {
  const builder = new FunctionBuilder("unused", signature.params, signature.results, pool);
  builder.begin(0);
  builder.op("trap", OUTCOME.UNREACHABLE);
  return builder.build();
}
function liftSyscall({ syscalls, pool }, { compiledSyscalls }, index) {
  const number = compiledSyscalls.indexOf(index);
  const { name, params, compile } = syscalls[number];
  const types = new Array(params).fill(I64);
  const builder = new FunctionBuilder(name, types, [I64], pool);
  builder.begin(0);
  compile(builder, builder.blockParams(0), HOST_INDEX.SYSCALLS + number);
  return builder.build();
}

// packages/frontend-sbpf/src/runtime/frame-memory.ts
var GAP_MASK = 4096;
function layOutMemory(frame, image, heapBytes) {
  const { version, rodata } = image;
  const { memory, address: address2 } = frame;
  const input = address2 + inputOffset(version, rodata.length);
  const { u8: u82, i32, u64: u643 } = memory;
  u82.fill(
    0,
    address2 + BODY.REGION_TABLE,
    address2 + BODY.REGION_TABLE + REGION.ENTRY * REGION.COUNT
  );
  i32[address2 + FRAME.REGION_TABLE >>> 2] = address2 + BODY.REGION_TABLE;
  const step2 = frameStep(version);
  const ready = STACK_FRAMES_READY * step2;
  zeroStack(frame, version, 0, STACK_FRAMES_READY);
  setRegion(frame, REGIONS.STACK, address2 + BODY.STACK, ready, ready, version === 0 ? GAP_MASK : 0);
  i32[address2 + HEADER.STACK_LIMIT >>> 2] = address2 + BODY.STACK + ready - step2;
  const heap = address2 + heapOffset(version);
  u82.fill(0, heap, heap + heapBytes);
  setRegion(frame, REGIONS.HEAP, heap, heapBytes, heapBytes, 0);
  setLimits(frame, 0, heapBytes);
  u643[address2 + HEADER.HEAP_NEXT >>> 3] = HEAP_START;
  const data = address2 + rodataOffset(version);
  u82.set(rodata, data);
  setRegion(frame, rodataRegion(version), data, rodata.length, 0, 0);
  return input;
}
function setInput(frame, address2, length, isWritable = true) {
  setRegion(frame, REGIONS.INPUT, address2, length, isWritable ? length : 0, 0);
  setLimits(frame, 1, isWritable ? length : 0);
  frame.end = address2 + length;
}
function setLimits(frame, index, length) {
  const { u32: u322 } = frame.memory;
  for (let log2 = 0; log2 < 4; log2++) {
    const at = frame.address + HEADER.LIMITS + (index * 4 + log2) * 8 >>> 2;
    u322[at] = Math.max(0, length - (1 << log2) + 1);
    u322[at + 1] = 0;
  }
}
function setRegion(frame, region, host3, readBytes, writeBytes, gapMask) {
  const { u32: u322 } = frame.memory;
  const at = frame.address + BODY.REGION_TABLE + region * REGION.ENTRY >>> 2;
  u322[at] = host3;
  u322[at + REGION.READ_LENGTH / 4] = readBytes;
  u322[at + REGION.WRITE_LENGTH / 4] = writeBytes;
  u322[at + REGION.GAP_MASK / 4] = gapMask;
}
function zeroStack(frame, version, from, to) {
  const { u8: u82 } = frame.memory;
  const stack = frame.address + BODY.STACK;
  const step2 = frameStep(version);
  if (step2 === STACK_FRAME_BYTES) {
    u82.fill(0, stack + from * step2, stack + to * step2);
    return;
  }
  for (let index = from; index < to; index++) {
    u82.fill(0, stack + index * step2, stack + index * step2 + STACK_FRAME_BYTES);
  }
}
function growStack(frame, version, frames) {
  const step2 = frameStep(version);
  const limit = frame.address + HEADER.STACK_LIMIT >>> 2;
  const ready = (frame.memory.i32[limit] - frame.address - BODY.STACK) / step2 + 1;
  if (frames <= ready) return;
  zeroStack(frame, version, ready, frames);
  setRegion(
    frame,
    REGIONS.STACK,
    frame.address + BODY.STACK,
    frames * step2,
    frames * step2,
    version === 0 ? GAP_MASK : 0
  );
  frame.memory.i32[limit] = frame.address + BODY.STACK + (frames - 1) * step2;
}
var openStack = (version) => (frame) => {
  growStack(frame, version, stackBytes(version) / frameStep(version));
  return HOST.CONTINUE;
};
var growStackTo = (version) => (frame) => {
  const step2 = frameStep(version);
  const depth = (frame.argI32(0) - frame.address - BODY.STACK) / step2;
  if (depth >= CALL_DEPTH_MAX) {
    frame.resultI32(0, 0);
    return HOST.CONTINUE;
  }
  growStack(frame, version, Math.min(CALL_DEPTH_MAX, (depth + 1) * 2));
  frame.resultI32(0, 1);
  return HOST.CONTINUE;
};

// packages/frontend-sbpf/src/program.ts
function loadProgram(elf, options) {
  const hashes = syscallHashes(options.syscalls);
  const executable = loadElf(elf, {
    isSyscall: (hash) => hashes.has(hash),
    ...options.versions === void 0 ? {} : { versions: options.versions },
    ...options.deploy === void 0 ? {} : { deploy: options.deploy }
  });
  return programOfExecutable(executable, options);
}
function programOfExecutable(executable, options) {
  const { syscalls } = options;
  const text = decodeText(executable.text, executable.version);
  verifyText(text);
  const noReturn = (target2) => syscalls[syscallOfTarget(target2)]?.noReturn === true;
  const graph = buildGraph(text, executable, syscallHashes(syscalls), noReturn);
  const context = {
    graph,
    syscalls,
    pool: new WordPool(),
    textOffset: executable.textOffset,
    raw: options.raw === true,
    rodataBytes: executable.rodata.length
  };
  const hosts = hostSignatures(context);
  const { version, rodata } = executable;
  const frameSize = inputOffset(version, rodata.length);
  const exact = exactModule(context, options.id, hosts, frameSize);
  let optimistic;
  return {
    vm: "sbpf",
    id: options.id,
    exact,
    optimistic: () => {
      optimistic ??= options.raw === true ? exact : optimisticModule(context, exact);
      return optimistic;
    },
    hosts: [
      options.exit,
      openStack(version),
      growStackTo(version),
      ...syscalls.map(({ run }) => run)
    ],
    image: { version, rodata },
    executable,
    graph,
    syscalls
  };
}
var hashCache = /* @__PURE__ */ new WeakMap();
function syscallHashes(syscalls) {
  let hashes = hashCache.get(syscalls);
  if (hashes === void 0) {
    hashes = new Map(syscalls.map(({ name }, index) => [symbolHash(name), index]));
    hashCache.set(syscalls, hashes);
  }
  return hashes;
}

// packages/frontend-sbpf/src/runtime/serialize.ts
var GROWTH_BYTES = 10240;
var ALIGNMENT2 = 8;
var padding = (length) => -length & ALIGNMENT2 - 1;
function inputBytes(journal, invocation) {
  const unaligned = invocation.found.isUnaligned;
  let size = 8 + 8 + invocation.data.length + 32;
  invocation.accounts.forEach((account, position) => {
    if (account.first !== position) {
      size += unaligned ? 1 : 8;
      return;
    }
    const length = readData(journal, account.index).length;
    size += unaligned ? UNALIGNED_BYTES + length : ALIGNED_BYTES + length + GROWTH_BYTES + padding(length);
  });
  return size;
}
var ALIGNED_BYTES = 8 + 32 + 32 + 8 + 8 + 8;
var UNALIGNED_BYTES = 3 + 32 + 8 + 8 + 32 + 1 + 8;
function serializeInput(frame, invocation, at) {
  const { memory, journal } = frame;
  const { u8: u82, view } = memory;
  const layout = [];
  const write = invocation.found.isUnaligned ? writeUnaligned : writeAligned;
  view.setUint32(at, invocation.accounts.length, true);
  view.setUint32(at + 4, 0, true);
  let offset2 = 8;
  invocation.accounts.forEach((account, position) => {
    if (account.first !== position) {
      layout.push(layout[account.first]);
      u82.fill(0, at + offset2, at + offset2 + 8);
      u82[at + offset2] = account.first;
      offset2 += invocation.found.isUnaligned ? 1 : 8;
      return;
    }
    const head = readHead(journal, account.index);
    const data = readData(journal, account.index);
    u82[at + offset2] = 255;
    u82[at + offset2 + 1] = account.isSigner ? 1 : 0;
    u82[at + offset2 + 2] = account.isWritable ? 1 : 0;
    const entry = write(u82, view, at, offset2, account.key, head, data);
    layout.push(entry);
    const end2 = entry.data + data.length;
    offset2 = invocation.found.isUnaligned ? end2 + 32 + 1 + 8 : end2 + GROWTH_BYTES + padding(data.length) + 8;
  });
  invocation.layout = layout;
  view.setUint32(at + offset2, invocation.data.length, true);
  view.setUint32(at + offset2 + 4, 0, true);
  const instructionData = offset2 + 8;
  u82.set(invocation.data, at + instructionData);
  const end = instructionData + invocation.data.length;
  u82.set(invocation.programId, at + end);
  return { bytes: end + 32, instructionData };
}
var writeAligned = (u82, view, at, offset2, key, head, data) => {
  const start = at + offset2;
  u82[start + 3] = head[HEAD.EXECUTABLE];
  view.setUint32(start + 4, 0, true);
  u82.set(key, start + 8);
  u82.set(head.subarray(HEAD.OWNER, HEAD.OWNER + 32), start + 40);
  u82.set(head.subarray(HEAD.LAMPORTS, HEAD.LAMPORTS + 8), start + 72);
  view.setUint32(start + 80, data.length, true);
  view.setUint32(start + 84, 0, true);
  u82.set(data, start + 88);
  const end = start + 88 + data.length;
  const spare = GROWTH_BYTES + padding(data.length);
  u82.fill(0, end, end + spare);
  u82.fill(255, end + spare, end + spare + 8);
  return {
    key: offset2 + 8,
    owner: offset2 + 40,
    lamports: offset2 + 72,
    data: offset2 + 88,
    dataBytes: data.length
  };
};
var writeUnaligned = (u82, view, at, offset2, key, head, data) => {
  const start = at + offset2;
  u82.set(key, start + 3);
  u82.set(head.subarray(HEAD.LAMPORTS, HEAD.LAMPORTS + 8), start + 35);
  view.setUint32(start + 43, data.length, true);
  view.setUint32(start + 47, 0, true);
  u82.set(data, start + 51);
  const end = start + 51 + data.length;
  u82.set(head.subarray(HEAD.OWNER, HEAD.OWNER + 32), end);
  u82[end + 32] = head[HEAD.EXECUTABLE];
  u82.fill(255, end + 33, end + 41);
  return {
    key: offset2 + 3,
    owner: offset2 + 51 + data.length,
    lamports: offset2 + 35,
    data: offset2 + 51,
    dataBytes: data.length
  };
};

// packages/frontend-sbpf/src/runtime/deserialize.ts
function deserializeInput(frame, invocation, at) {
  for (const [position, account] of invocation.accounts.entries()) {
    if (account.first !== position) continue;
    const refusal = takeAccount(frame, invocation, account, invocation.layout[position], at);
    if (refusal !== void 0) return refusal;
  }
  return balanceDelta(frame.journal) === 0n ? void 0 : "UnbalancedInstruction";
}
function takeAccount(frame, invocation, account, layout, at) {
  const { journal, memory } = frame;
  const { u8: u82, view } = memory;
  const { programId } = invocation;
  const head = readHead(journal, account.index);
  let refusal;
  if (!sameBytes2(u82, at + layout.lamports, head, HEAD.LAMPORTS, 8)) {
    const lamports = view.getBigUint64(at + layout.lamports, true);
    refusal = setLamports(journal, programId, account, lamports);
    if (refusal !== void 0) return refusal;
  }
  let length = layout.dataBytes;
  if (!invocation.found.isUnaligned) {
    const high = view.getUint32(at + layout.data - 4, true);
    length = high === 0 ? view.getUint32(at + layout.data - 8, true) : Number.POSITIVE_INFINITY;
    if (length - layout.dataBytes > GROWTH_BYTES || length > ACCOUNT_DATA_BYTES_MAX)
      return "InvalidRealloc";
  }
  const old = readData(journal, account.index);
  if (old.length !== length || !sameBytes2(u82, at + layout.data, old, 0, length)) {
    const data = memory.slice(at + layout.data, length);
    refusal = setData(journal, programId, account, data);
    if (refusal !== void 0) return refusal;
  }
  if (invocation.found.isUnaligned) return void 0;
  const owner = readHead(journal, account.index);
  if (sameBytes2(u82, at + layout.owner, owner, HEAD.OWNER, 32)) return void 0;
  return setOwner(journal, programId, account, memory.slice(at + layout.owner, 32));
}
function sameBytes2(a, aAt, b, bAt, length) {
  for (let i = 0; i < length; i++) if (a[aAt + i] !== b[bAt + i]) return false;
  return true;
}

// packages/frontend-sbpf/src/runtime/return-data.ts
var EMPTY5 = new Uint8Array(0);
var cells = /* @__PURE__ */ new WeakMap();
function cellOf(journal) {
  let cell = cells.get(journal);
  if (cell === void 0) {
    const domain = journal.domain("svm.return", BYTE_CELLS, true);
    cell = journal.cell(domain, journal.account(EMPTY5), EMPTY5);
    cells.set(journal, cell);
  }
  return cell;
}
function readReturnData(journal) {
  const bytes = journal.readBytes(cellOf(journal));
  if (bytes === void 0) return { programId: new Uint8Array(32), data: EMPTY5 };
  return { programId: bytes.subarray(0, 32), data: bytes.subarray(32) };
}
function writeReturnData(journal, programId, data) {
  const bytes = new Uint8Array(32 + data.length);
  bytes.set(programId);
  bytes.set(data, 32);
  journal.writeBytes(cellOf(journal), bytes);
}

// packages/frontend-sbpf/src/runtime/invoke.ts
var EMPTY6 = new Uint8Array(0);
function instructionAccounts(journal, metas) {
  const first2 = /* @__PURE__ */ new Map();
  const accounts = metas.map(({ key, isSigner, isWritable }, position) => {
    const index = accountIndex(journal, key);
    const known = first2.get(index);
    if (known === void 0) first2.set(index, position);
    return { key, isSigner, isWritable, index, first: known ?? position };
  });
  for (const account of accounts) {
    const known = accounts[account.first];
    known.isSigner ||= account.isSigner;
    known.isWritable ||= account.isWritable;
  }
  for (const account of accounts) {
    account.isSigner = accounts[account.first].isSigner;
    account.isWritable = accounts[account.first].isWritable;
  }
  return accounts;
}
var names = /* @__PURE__ */ new Map();
function programName(id) {
  const key = String.fromCharCode(...id);
  let name = names.get(key);
  if (name === void 0) {
    if (names.size > 1e3) names.clear();
    name = encodeBase58(id);
    names.set(key, name);
  }
  return name;
}
function openInvocation(journal, transaction, instruction2, found, parent) {
  return {
    transaction,
    programId: instruction2.programId,
    programName: programName(instruction2.programId),
    accounts: instructionAccounts(journal, instruction2.accounts),
    data: instruction2.data,
    height: parent === void 0 ? 1 : parent.height + 1,
    parent,
    found,
    layout: []
  };
}
function invocationRequest(invocation, gas2, finish3 = () => HOST.CONTINUE) {
  return {
    program: invocation.found.program,
    gas: gas2,
    context: invocation,
    prepare: (frame) => prepareInvocation(frame, invocation),
    finish: finish3
  };
}
function prepareInvocation(frame, invocation) {
  const { journal } = frame;
  writeReturnData(journal, invocation.programId, EMPTY6);
  logTo(
    journal,
    invocation.programId,
    `Program ${invocation.programName} invoke [${invocation.height}]`
  );
  if (invocation.found.isNative) return;
  const program = invocation.found.program;
  const { image } = program;
  const size = inputBytes(journal, invocation);
  frame.memory.ensure(frame.address + inputOffset(image.version, image.rodata.length) + size);
  const input = layOutMemory(frame, image, invocation.transaction.heapBytes);
  const { bytes, instructionData } = serializeInput(frame, invocation, input);
  setInput(frame, input, bytes);
  frame.gas -= BigInt(Math.min(heapCost(invocation), Number(frame.gas)));
  const registers = frame.address + HEADER.REGISTERS >>> 3;
  const { u64: u643 } = frame.memory;
  u643.fill(0n, registers, registers + 10);
  u643[registers + 1] = INPUT_START;
  u643[registers + 2] = INPUT_START + BigInt(instructionData);
}
var HEAP_PAGE_BYTES = 32 * 1024;
var HEAP_PAGE_UNITS = 8;
function heapCost({ transaction }) {
  return Math.max(0, Math.ceil(transaction.heapBytes / HEAP_PAGE_BYTES) - 1) * HEAP_PAGE_UNITS;
}
function inputAddress(frame) {
  const { image } = frame.program;
  return frame.address + inputOffset(image.version, image.rodata.length);
}
var exitInvocation = (frame) => {
  const invocation = invocationOf(frame);
  const { u32: u322 } = frame.memory;
  const slot = frame.slot(0) >>> 2;
  const [low4, high] = [u322[slot], u322[slot + 1]];
  logUnits(frame, Number(frame.request.gas - frame.gas) - heapCost(invocation));
  if (low4 !== 0 || high !== 0) {
    frame.detail = programFailure(low4, high);
    return frame.leave(SVM_OUTCOME.PROGRAM_ERROR);
  }
  const refusal = deserializeInput(frame, invocation, inputAddress(frame));
  if (refusal !== void 0) {
    frame.detail = failure(refusal);
    return frame.leave(SVM_OUTCOME.ACCOUNT_ERROR);
  }
  logLine(frame, `Program ${invocation.programName} success`);
  const { data } = readReturnData(frame.journal);
  const output = frame.address + BODY.RETURN_DATA;
  frame.memory.u8.set(data, output);
  return frame.leave(OUTCOME.OK, output, data.length);
};
function logUnits(frame, consumed) {
  const { programName: name } = invocationOf(frame);
  logLine(frame, `Program ${name} consumed ${consumed} of ${frame.request.gas} compute units`);
  logReturn(frame.journal, invocationOf(frame));
}
function logReturn(journal, invocation) {
  const { data } = readReturnData(journal);
  if (data.length === 0) return;
  const text = Buffer.from(data).toString("base64");
  logTo(journal, invocation.programId, `Program return: ${invocation.programName} ${text}`);
}
var TRAP_TEXTS = {
  [OUTCOME.OUT_OF_GAS]: "exceeded CUs meter at BPF instruction",
  [OUTCOME.DIVIDE_BY_ZERO]: "divide by zero at BPF instruction",
  [OUTCOME.ACCESS_VIOLATION]: "Access violation",
  [OUTCOME.CALL_DEPTH]: "exceeded max BPF to BPF call depth",
  [SBPF_TRAP.UNSUPPORTED_INSTRUCTION]: "unsupported BPF instruction",
  [SBPF_TRAP.CALL_OUTSIDE_TEXT]: "callx attempted to call outside of the text segment",
  [SBPF_TRAP.EXECUTION_OVERRUN]: "attempted to execute past the end of the text segment at BPF instruction"
};
function settle(journal, invocation, gas2, end) {
  const { programId, programName: name } = invocation;
  if (isOk(end.outcome)) return { failure: void 0, gasLeft: end.gasLeft };
  const faulted = end.outcome >= OUTCOME.OUT_OF_GAS;
  const reason = end.detail ?? incomplete(TRAP_TEXTS[end.outcome] ?? `fault 0x${end.outcome.toString(16)}`);
  const isFromSyscall = faulted || end.outcome === SVM_OUTCOME.SYSCALL_ERROR;
  if (isFromSyscall && !invocation.found.isNative) {
    const consumed = gas2 - end.gasLeft - BigInt(heapCost(invocation));
    logTo(journal, programId, `Program ${name} consumed ${consumed} of ${gas2} compute units`);
  }
  logTo(journal, programId, `Program ${name} failed: ${reason.text}`);
  return { failure: reason, gasLeft: faulted ? 0n : end.gasLeft };
}

// packages/frontend-sbpf/src/runtime/execute.ts
function executeInstruction(engine, transaction, instruction2, gas2) {
  const { journal } = engine;
  const found = transaction.findProgram(journal, instruction2.programId);
  if (found === void 0) {
    return {
      failure: failure("UnsupportedProgramId"),
      gasUsed: 0n,
      returnData: new Uint8Array(0),
      frame: void 0
    };
  }
  const invocation = openInvocation(journal, transaction, instruction2, found);
  const frame = engine.execute(invocationRequest(invocation, gas2));
  const end = settle(journal, invocation, gas2, frame);
  return {
    failure: end.failure,
    gasUsed: gas2 - end.gasLeft,
    returnData: frame.output,
    frame
  };
}

// packages/frontend-sbpf/src/runtime/guest-memory.ts
var U32 = 4294967296;
var argLow = (frame, index) => frame.memory.u32[frame.slot(index) >>> 2];
var argHigh = (frame, index) => frame.memory.u32[(frame.slot(index) >>> 2) + 1];
var argNumber = (frame, index) => argLow(frame, index) + argHigh(frame, index) * U32;
var numberAt = (frame, host3) => {
  const { u32: u322 } = frame.memory;
  const { view } = frame.memory;
  if ((host3 & 3) === 0) return u322[host3 >>> 2] + u322[(host3 >>> 2) + 1] * U32;
  return view.getUint32(host3, true) + view.getUint32(host3 + 4, true) * U32;
};
function hostAddress(frame, address2, size, write) {
  if (size === 0) return 0;
  const region = Math.floor(address2 / U32);
  if (region >= REGION.COUNT) return -1;
  const offset2 = address2 - region * U32;
  const { u32: u322 } = frame.memory;
  const entry = frame.address + BODY.REGION_TABLE + region * REGION.ENTRY >>> 2;
  const length = u322[entry + (write ? REGION.WRITE_LENGTH : REGION.READ_LENGTH) / 4];
  if (offset2 + size > length) {
    if (region !== REGIONS.STACK || !openWholeStack(frame, length)) return -1;
    return hostAddress(frame, address2, size, write);
  }
  const mask = u322[entry + REGION.GAP_MASK / 4];
  if (mask !== 0) {
    const last2 = offset2 + size - 1;
    if ((offset2 & mask) !== 0 || Math.floor(last2 / mask) !== Math.floor(offset2 / mask)) return -1;
  }
  return u322[entry] + offset2;
}
function openWholeStack(frame, length) {
  const { version } = frame.program.image;
  if (length >= stackBytes(version)) return false;
  growStack(frame, version, CALL_DEPTH_MAX);
  return true;
}

// packages/frontend-sbpf/src/syscalls/answer.ts
function failWith(frame, reason) {
  frame.detail = reason;
  return frame.leave(SVM_OUTCOME.SYSCALL_ERROR);
}
var failSyscall = (frame, text) => failWith(frame, incomplete(text));
function pay(frame, cost) {
  if (cost <= Number.MAX_SAFE_INTEGER && frame.charge(cost)) return true;
  frame.gas = 0n;
  failWith(frame, failure("ComputationalBudgetExceeded"));
  return false;
}
function answer(frame, value) {
  const at = frame.slot(0) >>> 2;
  frame.memory.u32[at] = value;
  frame.memory.u32[at + 1] = Math.floor(value / 4294967296);
  return HOST.CONTINUE;
}
function accessText(address2, size, write) {
  const names2 = ["program", "program", "stack", "heap", "input"];
  const region = names2[Math.floor(address2 / 4294967296)] ?? "unknown";
  const verb = write ? "writing" : "reading";
  return `Access violation ${verb} ${size} bytes at address 0x${address2.toString(16)} (in ${region} region)`;
}
var failAccess = (frame, address2, size, write) => failSyscall(frame, accessText(address2, size, write));

// packages/frontend-sbpf/src/syscalls/costs.ts
var COST = {
  SYSCALL_BASE: 100,
  LOG_64: 100,
  LOG_PUBKEY: 100,
  CREATE_PROGRAM_ADDRESS: 1500,
  INVOKE: 946,
  HASH_BASE: 85,
  HASH_SLICES_MAX: 2e4,
  MEMORY_BASE: 10,
  /** Bytes that one unit pays for where memory is copied. */
  BYTES_PER_UNIT: 250,
  SYSVAR_BASE: 100,
  SECP256K1_RECOVER: 25e3
};
var memoryCost = (bytes) => Math.max(COST.MEMORY_BASE, Math.floor(bytes / COST.BYTES_PER_UNIT));

// packages/frontend-sbpf/src/syscalls/hashing.ts
var SLICE_BYTES = 16;
var hashOf = (hash) => (frame) => {
  const count = argNumber(frame, 1);
  const result = argNumber(frame, 2);
  if (count > COST.HASH_SLICES_MAX) {
    return failSyscall(frame, `Hashing too many sequences (${count} > ${COST.HASH_SLICES_MAX})`);
  }
  if (!pay(frame, COST.HASH_BASE)) return HOST.LEAVE;
  if (hostAddress(frame, result, 32, true) < 0) return failAccess(frame, result, 32, true);
  const slices = argNumber(frame, 0);
  const at = hostAddress(frame, slices, count * SLICE_BYTES, false);
  if (at < 0) return failAccess(frame, slices, count * SLICE_BYTES, false);
  if (at % 8 !== 0) return failSyscall(frame, "Unaligned pointer");
  const parts = [];
  let total = 0;
  for (let i = 0; i < count; i++) {
    const address2 = numberAt(frame, at + i * SLICE_BYTES);
    const size = numberAt(frame, at + i * SLICE_BYTES + 8);
    const host3 = hostAddress(frame, address2, size, false);
    if (host3 < 0) return failAccess(frame, address2, size, false);
    if (!pay(frame, Math.max(COST.MEMORY_BASE, Math.floor(size / 2)))) return HOST.LEAVE;
    parts.push(frame.memory.u8.subarray(host3, host3 + size));
    total += size;
  }
  const bytes = parts.length === 1 ? parts[0] : concat(parts, total);
  frame.memory.u8.set(hash(bytes), hostAddress(frame, result, 32, true));
  return answer(frame, 0);
};
function concat(parts, total) {
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
var compileHash = (digest) => (builder, args, fallback) => {
  const [slices, count, result] = args;
  const one = builder.block();
  const many = builder.block();
  const isOne = builder.op("i64.eq", count, builder.const64(1n));
  builder.brIf(isOne, one, [], many, []);
  builder.begin(many);
  builder.op("check");
  builder.ret(builder.host(fallback, [I64], args));
  builder.begin(one);
  const at = builder.op("region.host", slices, builder.const32(SLICE_BYTES), 0, REGION_UNKNOWN);
  const unaligned = builder.op("i32.and", at, builder.const32(7));
  builder.op("trap.if", unaligned, OUTCOME.ACCESS_VIOLATION);
  const address2 = builder.op("i64.load", at, 0);
  const size = builder.op("i64.load", at, 8);
  const tooLarge = builder.op("i64.gt_u", size, builder.const64(0x7fffffffn));
  builder.op("trap.if", tooLarge, OUTCOME.ACCESS_VIOLATION);
  const half = builder.op("i64.shr_u", size, builder.const64(1n));
  const least = builder.const64(BigInt(COST.MEMORY_BASE));
  const perSlice = builder.op("i64.select", builder.op("i64.gt_u", half, least), half, least);
  const cost = builder.op("i64.add", perSlice, builder.const64(BigInt(COST.HASH_BASE)));
  builder.op("meter.dynamic", cost);
  const length = builder.op("i32.wrap", size);
  const from = builder.op("region.host", address2, length, 0, REGION_UNKNOWN);
  const to = builder.op("region.host", result, builder.const32(32), 1, REGION_UNKNOWN);
  digest(builder, from, length, to);
  builder.ret([builder.const64(0n)]);
};
var compileSha256 = compileHash((builder, address2, length, to) => {
  builder.op("sha256", address2, length, to);
});
var compileKeccak = compileHash((builder, address2, length, to) => {
  builder.op("i256.store_be", to, builder.op("keccak256", address2, length), 0);
});
var HASH_SYSCALLS = [
  { name: "sol_sha256", params: 3, run: hashOf(sha2562), compile: compileSha256 },
  { name: "sol_keccak256", params: 3, run: hashOf(keccak256), compile: compileKeccak }
];
var BLAKE3_SYSCALL = { name: "sol_blake3", params: 3, run: hashOf(blake32) };

// packages/frontend-sbpf/src/syscalls/logging.ts
var UTF8 = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true });
function guestText(bytes) {
  return invalidUtf8(bytes) === void 0 ? UTF8.decode(bytes) : void 0;
}
function invalidUtf8(bytes) {
  let at = 0;
  while (at < bytes.length) {
    const [good, seen] = sequence(bytes, at);
    if (!good) {
      const where = seen === 0 ? `incomplete utf-8 byte sequence from index ${at}` : `invalid utf-8 sequence of ${seen} bytes from index ${at}`;
      return `${where}: [${bytes.join(", ")}]`;
    }
    at += seen;
  }
  return void 0;
}
function sequence(bytes, at) {
  const first2 = bytes[at];
  if (first2 < 128) return [true, 1];
  const length = first2 >= 194 && first2 < 224 ? 2 : first2 >= 224 && first2 < 240 ? 3 : first2 >= 240 && first2 < 245 ? 4 : 0;
  if (length === 0) return [false, 1];
  const low4 = first2 === 224 ? 160 : first2 === 240 ? 144 : 128;
  const high = first2 === 237 ? 159 : first2 === 244 ? 143 : 191;
  for (let i = 1; i < length; i++) {
    if (at + i >= bytes.length) return [false, 0];
    const byte2 = bytes[at + i];
    if (byte2 < (i === 1 ? low4 : 128) || byte2 > (i === 1 ? high : 191)) return [false, i];
  }
  return [true, length];
}
var log = (frame) => {
  const size = argNumber(frame, 1);
  if (!pay(frame, Math.max(COST.SYSCALL_BASE, size))) return HOST.LEAVE;
  const address2 = argNumber(frame, 0);
  const at = hostAddress(frame, address2, size, false);
  if (at < 0) return failAccess(frame, address2, size, false);
  const bytes = frame.memory.slice(at, size);
  const text = guestText(bytes);
  if (text === void 0) return failSyscall(frame, invalidUtf8(bytes));
  logLine(frame, `Program log: ${text}`);
  return answer(frame, 0);
};
var log64 = (frame) => {
  if (!pay(frame, COST.LOG_64)) return HOST.LEAVE;
  const values = [0, 1, 2, 3, 4].map((index) => `0x${frame.argI64(index).toString(16)}`);
  logLine(frame, `Program log: ${values.join(", ")}`);
  return answer(frame, 0);
};
var logUnits2 = (frame) => {
  if (!pay(frame, COST.SYSCALL_BASE)) return HOST.LEAVE;
  logLine(frame, `Program consumption: ${frame.gas} units remaining`);
  return answer(frame, 0);
};
var logPubkey = (frame) => {
  if (!pay(frame, COST.LOG_PUBKEY)) return HOST.LEAVE;
  const address2 = argNumber(frame, 0);
  const at = hostAddress(frame, address2, 32, false);
  if (at < 0) return failAccess(frame, address2, 32, false);
  logLine(frame, `Program log: ${encodeBase58(frame.memory.slice(at, 32))}`);
  return answer(frame, 0);
};
var logData = (frame) => {
  if (!pay(frame, COST.SYSCALL_BASE)) return HOST.LEAVE;
  const address2 = argNumber(frame, 0);
  const count = argNumber(frame, 1);
  const at = hostAddress(frame, address2, count * SLICE_BYTES, false);
  if (at < 0) return failAccess(frame, address2, count * SLICE_BYTES, false);
  if (at % 8 !== 0) return failSyscall(frame, "Unaligned pointer");
  if (!pay(frame, COST.SYSCALL_BASE * count)) return HOST.LEAVE;
  let total = 0;
  for (let i = 0; i < count; i++) total += numberAt(frame, at + i * SLICE_BYTES + 8);
  if (!pay(frame, total)) return HOST.LEAVE;
  const fields = [];
  for (let i = 0; i < count; i++) {
    const start = numberAt(frame, at + i * SLICE_BYTES);
    const size = numberAt(frame, at + i * SLICE_BYTES + 8);
    const host3 = hostAddress(frame, start, size, false);
    if (host3 < 0) return failAccess(frame, start, size, false);
    fields.push(Buffer.from(frame.memory.slice(host3, size)).toString("base64"));
  }
  logLine(frame, `Program data: ${fields.join(" ")}`);
  return answer(frame, 0);
};
var LOG_SYSCALLS = [
  { name: "sol_log_", params: 2, run: log },
  { name: "sol_log_64_", params: 5, run: log64 },
  { name: "sol_log_compute_units_", params: 0, run: logUnits2 },
  { name: "sol_log_pubkey", params: 1, run: logPubkey },
  { name: "sol_log_data", params: 2, run: logData }
];

// packages/frontend-sbpf/src/syscalls/control.ts
var abort = (frame) => failSyscall(frame, "SBF program panicked");
var panic = (frame) => {
  const size = argNumber(frame, 1);
  if (!pay(frame, size)) return HOST.LEAVE;
  const address2 = argNumber(frame, 0);
  const at = hostAddress(frame, address2, size, false);
  if (at < 0) return failAccess(frame, address2, size, false);
  const bytes = frame.memory.slice(at, size);
  const file = guestText(bytes);
  if (file === void 0) return failSyscall(frame, invalidUtf8(bytes));
  const [line, column] = [frame.argI64(2), frame.argI64(3)];
  return failSyscall(frame, `SBF program Panicked in ${file} at ${line}:${column}`);
};
var allocFree = (frame) => {
  if (argNumber(frame, 1) !== 0) return answer(frame, 0);
  const { u32: u322, u64: u643 } = frame.memory;
  const size = argNumber(frame, 0);
  const next = frame.address + HEADER.HEAP_NEXT >>> 3;
  const used = Number(u643[next] - HEAP_START);
  const start = Math.ceil(used / 8) * 8;
  const entry = frame.address + BODY.REGION_TABLE + REGIONS.HEAP * REGION.ENTRY >>> 2;
  if (start + size > u322[entry + REGION.READ_LENGTH / 4]) return answer(frame, 0);
  u643[next] = HEAP_START + BigInt(start + size);
  return answer(frame, Number(HEAP_START) + start);
};
var stackHeight = (frame) => {
  if (!pay(frame, COST.SYSCALL_BASE)) return HOST.LEAVE;
  return answer(frame, invocationOf(frame).height);
};
var CONTROL_SYSCALLS = [
  { name: "abort", params: 0, noReturn: true, run: abort },
  { name: "sol_panic_", params: 4, noReturn: true, run: panic },
  { name: "sol_alloc_free_", params: 2, run: allocFree },
  { name: "sol_get_stack_height", params: 0, run: stackHeight }
];

// packages/frontend-sbpf/src/runtime/program-address.ts
var SEEDS_MAX = 16;
var SEED_BYTES_MAX = 32;
var MARKER = new TextEncoder().encode("ProgramDerivedAddress");
function createProgramAddress(seeds, programId) {
  if (seeds.length > SEEDS_MAX || seeds.some((seed) => seed.length > SEED_BYTES_MAX))
    return void 0;
  const hash = sha2562(concatBytes3(...seeds, programId, MARKER));
  return isEd25519Point(hash) ? void 0 : hash;
}

// packages/frontend-sbpf/src/syscalls/cpi-abi.ts
var ACCOUNTS_MAX = 255;
var DATA_BYTES_MAX = 10 * 1024;
var SIGNERS_MAX = 16;
var META_BYTES = 34;
function readable(frame, address2, size, alignment) {
  const at = hostAddress(frame, address2, size, false);
  if (at < 0) return void failAccess(frame, address2, size, false);
  if (at % alignment !== 0) return void failSyscall(frame, "Unaligned pointer");
  return at;
}
function readInstruction(frame, parts, metaBytes, alignment, readMeta) {
  const { memory } = frame;
  const metas = readable(frame, parts.metas, parts.metaCount * metaBytes, alignment);
  if (metas === void 0) return void 0;
  const data = readable(frame, parts.data, parts.dataBytes, 1);
  if (data === void 0) return void 0;
  if (parts.metaCount > ACCOUNTS_MAX) {
    const text = `Invoked an instruction with too many accounts (${parts.metaCount} > ${ACCOUNTS_MAX})`;
    return void failSyscall(frame, text);
  }
  if (parts.dataBytes > DATA_BYTES_MAX) {
    const text = `Invoked an instruction with data that is too large (${parts.dataBytes} > ${DATA_BYTES_MAX})`;
    return void failSyscall(frame, text);
  }
  const units = Math.floor(parts.dataBytes / COST.BYTES_PER_UNIT) + Math.floor(parts.metaCount * META_BYTES / COST.BYTES_PER_UNIT);
  if (!pay(frame, units)) return void 0;
  const accounts = [];
  for (let i = 0; i < parts.metaCount; i++) {
    const meta = readMeta(metas + i * metaBytes);
    if (meta === void 0) return void 0;
    accounts.push(meta);
  }
  return {
    programId: memory.slice(parts.programId, 32),
    accounts,
    data: memory.slice(data, parts.dataBytes)
  };
}
function metaOf(frame, key, signer, writable) {
  const { u8: u82 } = frame.memory;
  if (u82[signer] > 1 || u82[writable] > 1) return void failWith(frame, failure("InvalidArgument"));
  return {
    key: frame.memory.slice(key, 32),
    isSigner: u82[signer] === 1,
    isWritable: u82[writable] === 1
  };
}
var C_ABI = {
  instruction: (frame, address2) => {
    const at = readable(frame, address2, 40, 8);
    if (at === void 0) return void 0;
    const programId = readable(frame, numberAt(frame, at), 32, 1);
    if (programId === void 0) return void 0;
    const parts = {
      programId,
      metas: numberAt(frame, at + 8),
      metaCount: numberAt(frame, at + 16),
      data: numberAt(frame, at + 24),
      dataBytes: numberAt(frame, at + 32)
    };
    return readInstruction(frame, parts, 16, 8, (meta) => {
      const flags2 = metaOf(frame, meta, meta + 9, meta + 8);
      if (flags2 === void 0) return void 0;
      const key = readable(frame, numberAt(frame, meta), 32, 1);
      return key === void 0 ? void 0 : { ...flags2, key: frame.memory.slice(key, 32) };
    });
  },
  infoBytes: 56,
  infoKey: (frame, at) => numberAt(frame, at),
  info: (frame, address2, at, index) => ({
    index,
    key: numberAt(frame, at),
    lamports: numberAt(frame, at + 8),
    length: address2 + 16,
    data: numberAt(frame, at + 24),
    owner: numberAt(frame, at + 32),
    indirect: [address2 + 16]
  })
};
var RC_VALUE = 24;
var RUST_ABI = {
  instruction: (frame, address2) => {
    const at = readable(frame, address2, 80, 8);
    if (at === void 0) return void 0;
    const parts = {
      programId: at + 48,
      metas: numberAt(frame, at),
      metaCount: numberAt(frame, at + 16),
      data: numberAt(frame, at + 24),
      dataBytes: numberAt(frame, at + 40)
    };
    return readInstruction(
      frame,
      parts,
      META_BYTES,
      1,
      (meta) => metaOf(frame, meta, meta + 32, meta + 33)
    );
  },
  infoBytes: 48,
  infoKey: (frame, at) => numberAt(frame, at),
  info: (frame, _address, at, index) => {
    const lamportsCell = numberAt(frame, at + 8) + RC_VALUE;
    const lamports = readable(frame, lamportsCell, 8, 8);
    if (lamports === void 0) return void 0;
    const dataCell = numberAt(frame, at + 16) + RC_VALUE;
    const data = readable(frame, dataCell, 16, 8);
    if (data === void 0) return void 0;
    return {
      index,
      key: numberAt(frame, at),
      owner: numberAt(frame, at + 24),
      lamports: numberAt(frame, lamports),
      data: numberAt(frame, data),
      length: dataCell + 8,
      indirect: [lamportsCell, dataCell, dataCell + 8]
    };
  }
};
function readSigners(frame, programId, address2, count) {
  const signers = /* @__PURE__ */ new Set();
  const lists = readable(frame, address2, count * SLICE_BYTES, 8);
  if (lists === void 0) return void 0;
  if (count > SIGNERS_MAX) return void failSyscall(frame, "Too many signers");
  for (let i = 0; i < count; i++) {
    const size = numberAt(frame, lists + i * SLICE_BYTES + 8);
    const list = readable(frame, numberAt(frame, lists + i * SLICE_BYTES), size * SLICE_BYTES, 8);
    if (list === void 0) return void 0;
    if (size > SEEDS_MAX) return void failWith(frame, failure("MaxSeedLengthExceeded"));
    const seeds = [];
    for (let seed = 0; seed < size; seed++) {
      const bytes = numberAt(frame, list + seed * SLICE_BYTES + 8);
      const at = readable(frame, numberAt(frame, list + seed * SLICE_BYTES), bytes, 1);
      if (at === void 0) return void 0;
      seeds.push(frame.memory.slice(at, bytes));
    }
    const signer = createProgramAddress(seeds, programId);
    if (signer === void 0) {
      const text = "Provided seeds do not result in a valid address";
      return void failSyscall(frame, `Could not create program address with signer seeds: ${text}`);
    }
    signers.add(accountIndex(frame.journal, signer));
  }
  return signers;
}

// packages/frontend-sbpf/src/syscalls/cpi.ts
var INPUT2 = 17179869184;
var INFOS_MAX = 255;
var INFO_COST_BYTES = 80;
var invoke = (abi) => (frame) => {
  if (!pay(frame, COST.INVOKE)) return HOST.LEAVE;
  const caller = invocationOf(frame);
  const instruction2 = abi.instruction(frame, argNumber(frame, 0));
  if (instruction2 === void 0) return HOST.LEAVE;
  const signers = readSigners(frame, caller.programId, argNumber(frame, 3), argNumber(frame, 4));
  if (signers === void 0) return HOST.LEAVE;
  if (!mayBeCalled(instruction2)) {
    const name = encodeBase58(instruction2.programId);
    return failSyscall(frame, `Program ${name} not supported by inner instructions`);
  }
  const refusal = checkPrivileges(frame, caller, instruction2, signers);
  if (refusal !== void 0) return failWith(frame, failure(refusal));
  const { journal } = frame;
  const found = caller.transaction.findProgram(journal, instruction2.programId);
  const callee2 = openInvocation(
    journal,
    caller.transaction,
    instruction2,
    found ?? caller.found,
    caller
  );
  const shared = readShared(frame, abi, caller, callee2);
  if (shared === void 0) return HOST.LEAVE;
  for (const one of shared) {
    const broken = pushChanges(frame, caller, one);
    if (broken !== void 0) return failWith(frame, failure(broken));
  }
  const notNow = mayBegin(frame, caller, callee2);
  if (notNow !== void 0) return failWith(frame, failure(notNow));
  if (found === void 0) return failWith(frame, failure("UnsupportedProgramId"));
  const gas2 = frame.gas;
  return frame.call(
    invocationRequest(callee2, gas2, (self, ended) => {
      const { outcome, detail } = ended;
      const end = settle(journal, callee2, gas2, { outcome, detail, gasLeft: ended.gas });
      self.gas = end.gasLeft;
      if (end.failure !== void 0) {
        const { error, custom } = end.failure;
        return failWith(self, custom === void 0 ? failure(error) : end.failure);
      }
      return pullChanges(self, shared);
    })
  );
};
function mayBeCalled({ programId, data }) {
  const id = encodeHex(programId);
  if (id === ADDRESS.NATIVE_LOADER.hex || id === ADDRESS.LOADER_V1.hex || id === ADDRESS.LOADER_V2.hex) {
    return false;
  }
  return id !== ADDRESS.LOADER_V3.hex || [3, 4, 5, 7].includes(data[0]);
}
function checkPrivileges(frame, caller, instruction2, signers) {
  const { journal } = frame;
  const findIn = (key) => {
    const index = accountIndex(journal, key);
    return caller.accounts.find((account) => account.index === index);
  };
  for (const meta of instruction2.accounts) {
    const own = findIn(meta.key);
    if (own === void 0) {
      logLine(frame, `Instruction references an unknown account ${encodeBase58(meta.key)}`);
      return "MissingAccount";
    }
    if (meta.isWritable && !own.isWritable) {
      logLine(frame, `${encodeBase58(meta.key)}'s writable privilege escalated`);
      return "PrivilegeEscalation";
    }
    if (meta.isSigner && !own.isSigner && !signers.has(own.index)) {
      logLine(frame, `${encodeBase58(meta.key)}'s signer privilege escalated`);
      return "PrivilegeEscalation";
    }
  }
  if (findIn(instruction2.programId) === void 0) {
    logLine(frame, `Unknown program ${encodeBase58(instruction2.programId)}`);
    return "MissingAccount";
  }
  return void 0;
}
function mayBegin(frame, caller, callee2) {
  if (!equalBytes(caller.programId, callee2.programId)) {
    for (let open2 = caller.parent; open2 !== void 0; open2 = open2.parent) {
      if (equalBytes(open2.programId, callee2.programId)) return "ReentrancyNotAllowed";
    }
  }
  if (callee2.height > caller.transaction.heightMax) return "CallDepth";
  return balanceDelta(frame.journal) === 0n ? void 0 : "UnbalancedInstruction";
}
function readShared(frame, abi, caller, callee2) {
  const address2 = argNumber(frame, 1);
  const count = argNumber(frame, 2);
  if (address2 + count * abi.infoBytes >= INPUT2) return void failSyscall(frame, "Invalid pointer");
  const infos = readable(frame, address2, count * abi.infoBytes, 8);
  if (infos === void 0) return void 0;
  if (count > INFOS_MAX) {
    const text = `Invoked an instruction with too many account info's (${count} > ${INFOS_MAX})`;
    return void failSyscall(frame, text);
  }
  if (!pay(frame, Math.floor(count * INFO_COST_BYTES / COST.BYTES_PER_UNIT))) return void 0;
  const positions = /* @__PURE__ */ new Map();
  for (let i = 0; i < count; i++) {
    const key = readable(frame, abi.infoKey(frame, infos + i * abi.infoBytes), 32, 1);
    if (key === void 0) return void 0;
    const index = frame.journal.account(frame.memory.u8, key, 32);
    if (!positions.has(index)) positions.set(index, i);
  }
  const shared = [];
  for (const [position, account] of callee2.accounts.entries()) {
    if (account.first !== position) continue;
    if (readHead(frame.journal, account.index)[HEAD.EXECUTABLE] !== 0) {
      const bytes = readData(frame.journal, account.index).length;
      if (!pay(frame, Math.floor(bytes / COST.BYTES_PER_UNIT))) return void 0;
      continue;
    }
    const at = positions.get(account.index);
    if (at === void 0) {
      logLine(frame, `Instruction references an unknown account ${encodeBase58(account.key)}`);
      return void failWith(frame, failure("MissingAccount"));
    }
    const offset2 = at * abi.infoBytes;
    const info = abi.info(frame, address2 + offset2, infos + offset2, account.index);
    if (info === void 0) return void 0;
    const own = caller.accounts.findIndex(({ index }) => index === account.index);
    const one = {
      account: caller.accounts[own],
      layout: caller.layout[own],
      info,
      isWritable: account.isWritable
    };
    if (!checkInfo(frame, caller, one)) return void 0;
    shared.push(one);
  }
  return shared;
}
function checkInfo(frame, caller, { info, layout }) {
  const expected = [
    ["key", info.key, layout.key],
    ["owner", info.owner, layout.owner],
    ["lamports", info.lamports, layout.lamports],
    ["data", info.data, layout.data]
  ];
  for (const [field, found, offset2] of expected) {
    if (found === INPUT2 + offset2) continue;
    const wanted = (INPUT2 + offset2).toString(16);
    logLine(
      frame,
      `Invalid account info pointer \`${field}': 0x${found.toString(16)} != 0x${wanted}`
    );
    failSyscall(frame, "Invalid pointer");
    return false;
  }
  if (info.indirect.some((address2) => address2 >= INPUT2)) {
    failSyscall(frame, "Invalid pointer");
    return false;
  }
  const length = hostAddress(frame, info.length, 8, true);
  if (length < 0) {
    failAccess(frame, info.length, 8, true);
    return false;
  }
  const bytes = numberAt(frame, length);
  if (bytes > layout.dataBytes + (caller.found.isUnaligned ? 0 : GROWTH_BYTES)) {
    failWith(frame, failure("InvalidRealloc"));
    return false;
  }
  return pay(frame, Math.floor(bytes / COST.BYTES_PER_UNIT));
}
function pushChanges(frame, caller, { account, layout, info }) {
  const { journal, memory } = frame;
  const input = inputAddress(frame);
  const { programId } = caller;
  const head = readHead(journal, account.index);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const lamports = memory.view.getBigUint64(input + layout.lamports, true);
  if (lamports !== view.getBigUint64(HEAD.LAMPORTS, true)) {
    const refusal = setLamports(journal, programId, account, lamports);
    if (refusal !== void 0) return refusal;
  }
  const length = numberAt(frame, hostAddress(frame, info.length, 8, false));
  const data = memory.slice(input + layout.data, length);
  if (!equalBytes(data, readData(journal, account.index))) {
    const refusal = setData(journal, programId, account, data);
    if (refusal !== void 0) return refusal;
  }
  const owner = memory.slice(input + layout.owner, 32);
  const current = readHead(journal, account.index).subarray(HEAD.OWNER, HEAD.OWNER + 32);
  return equalBytes(owner, current) ? void 0 : setOwner(journal, programId, account, owner);
}
function pullChanges(frame, shared) {
  const { journal, memory } = frame;
  const { found } = invocationOf(frame);
  const input = inputAddress(frame);
  for (const { account, layout, info, isWritable } of shared) {
    if (!isWritable) continue;
    const head = readHead(journal, account.index);
    memory.u8.set(head.subarray(HEAD.LAMPORTS, HEAD.LAMPORTS + 8), input + layout.lamports);
    memory.u8.set(head.subarray(HEAD.OWNER, HEAD.OWNER + 32), input + layout.owner);
    const data = readData(journal, account.index);
    const lengthAt = hostAddress(frame, info.length, 8, true);
    const before = numberAt(frame, lengthAt);
    const room = found.isUnaligned ? 0 : GROWTH_BYTES;
    if (data.length > layout.dataBytes + room) {
      logLine(frame, `Account data size realloc limited to ${room} in inner instructions`);
      return failWith(frame, failure("InvalidRealloc"));
    }
    const start = input + layout.data;
    if (data.length !== before) {
      memory.u8.fill(0, start + data.length, start + Math.max(before, data.length));
      for (const at of [lengthAt, start - 8]) {
        memory.view.setUint32(at, data.length, true);
        memory.view.setUint32(at + 4, 0, true);
      }
    }
    memory.u8.set(data, start);
  }
  return answer(frame, 0);
}
var CPI_SYSCALLS = [
  { name: "sol_invoke_signed_c", params: 5, run: invoke(C_ABI) },
  { name: "sol_invoke_signed_rust", params: 5, run: invoke(RUST_ABI) }
];

// packages/frontend-sbpf/src/syscalls/memory.ts
function copy2(frame, to, from, size) {
  const target2 = hostAddress(frame, to, size, true);
  if (target2 < 0) return failAccess(frame, to, size, true);
  const source = hostAddress(frame, from, size, false);
  if (source < 0) return failAccess(frame, from, size, false);
  frame.memory.u8.copyWithin(target2, source, source + size);
  return answer(frame, 0);
}
var memmove = (frame) => {
  const size = argNumber(frame, 2);
  if (!pay(frame, memoryCost(size))) return HOST.LEAVE;
  return copy2(frame, argNumber(frame, 0), argNumber(frame, 1), size);
};
var memcpy = (frame) => {
  const size = argNumber(frame, 2);
  if (!pay(frame, memoryCost(size))) return HOST.LEAVE;
  const to = argNumber(frame, 0);
  const from = argNumber(frame, 1);
  if (Math.abs(to - from) < size) return failSyscall(frame, "Overlapping copy");
  return copy2(frame, to, from, size);
};
var memset = (frame) => {
  const size = argNumber(frame, 2);
  if (!pay(frame, memoryCost(size))) return HOST.LEAVE;
  const to = argNumber(frame, 0);
  const target2 = hostAddress(frame, to, size, true);
  if (target2 < 0) return failAccess(frame, to, size, true);
  frame.memory.u8.fill(argLow(frame, 1) & 255, target2, target2 + size);
  return answer(frame, 0);
};
var memcmp = (frame) => {
  const size = argNumber(frame, 2);
  if (!pay(frame, memoryCost(size))) return HOST.LEAVE;
  for (const index of [0, 1]) {
    const address2 = argNumber(frame, index);
    if (hostAddress(frame, address2, size, false) < 0)
      return failAccess(frame, address2, size, false);
  }
  const a = hostAddress(frame, argNumber(frame, 0), size, false);
  const b = hostAddress(frame, argNumber(frame, 1), size, false);
  const to = argNumber(frame, 3);
  const result = hostAddress(frame, to, 4, true);
  if (result < 0) return failAccess(frame, to, 4, true);
  if (result % 4 !== 0) return failSyscall(frame, "Unaligned pointer");
  const { u8: u82, i32 } = frame.memory;
  let difference = 0;
  for (let i = 0; i < size && difference === 0; i++) difference = u82[a + i] - u82[b + i];
  i32[result >>> 2] = difference;
  return answer(frame, 0);
};
function chargeBytes(builder, size) {
  const units = builder.op("i64.div_u", size, builder.const64(BigInt(COST.BYTES_PER_UNIT)));
  const least = builder.const64(BigInt(COST.MEMORY_BASE));
  const cost = builder.op("i64.select", builder.op("i64.gt_u", units, least), units, least);
  const tooLarge = builder.op("i64.gt_u", size, builder.const64(0x7fffffffn));
  builder.op("trap.if", tooLarge, OUTCOME.ACCESS_VIOLATION);
  builder.op("meter.dynamic", cost);
  return builder.op("i32.wrap", size);
}
var host2 = (builder, address2, size, write) => builder.op("region.host", address2, size, write ? 1 : 0, REGION_UNKNOWN);
function compileMove(builder, [to, from, size]) {
  const length = chargeBytes(builder, size);
  const target2 = host2(builder, to, length, true);
  const source = host2(builder, from, length, false);
  builder.op("memory.copy", target2, source, length);
  builder.ret([builder.const64(0n)]);
}
function compileCopy(builder, args) {
  const [to, from, size] = args;
  const ahead = builder.op("i64.lt_u", builder.op("i64.sub", to, from), size);
  const behind = builder.op("i64.lt_u", builder.op("i64.sub", from, to), size);
  builder.op("trap.if", builder.op("i32.or", ahead, behind), OUTCOME.ACCESS_VIOLATION);
  compileMove(builder, args);
}
function compileSet(builder, [to, byte2, size]) {
  const length = chargeBytes(builder, size);
  const target2 = host2(builder, to, length, true);
  const value = builder.op("i32.and", builder.op("i32.wrap", byte2), builder.const32(255));
  builder.op("memory.fill", target2, value, length);
  builder.ret([builder.const64(0n)]);
}
function compileCompare(builder, [a, b, size, result]) {
  const length = chargeBytes(builder, size);
  const left = host2(builder, a, length, false);
  const right = host2(builder, b, length, false);
  const target2 = host2(builder, result, builder.const32(4), true);
  const head = builder.block([0]);
  const body = builder.block();
  const next = builder.block();
  const end = builder.block([0]);
  const zero = builder.const32(0);
  const unaligned = builder.op("i32.and", target2, builder.const32(3));
  builder.op("trap.if", unaligned, OUTCOME.ACCESS_VIOLATION);
  builder.br(head, [zero]);
  builder.begin(head);
  const [index] = builder.blockParams(head);
  builder.brIf(builder.op("i32.lt_u", index, length), body, [], end, [zero]);
  builder.begin(body);
  const x = builder.op("i32.load8", builder.op("i32.add", left, index), 0);
  const y = builder.op("i32.load8", builder.op("i32.add", right, index), 0);
  const difference = builder.op("i32.sub", x, y);
  builder.brIf(difference, end, [difference], next, []);
  builder.begin(next);
  builder.br(head, [builder.op("i32.add", index, builder.const32(1))]);
  builder.begin(end);
  builder.op("i32.store", target2, builder.blockParams(end)[0], 0);
  builder.ret([builder.const64(0n)]);
}
var MEMORY_SYSCALLS = [
  { name: "sol_memcpy_", params: 3, run: memcpy, compile: compileCopy },
  { name: "sol_memmove_", params: 3, run: memmove, compile: compileMove },
  { name: "sol_memset_", params: 3, run: memset, compile: compileSet },
  { name: "sol_memcmp_", params: 4, run: memcmp, compile: compileCompare }
];

// packages/frontend-sbpf/src/syscalls/program-address.ts
var TOO_LONG = "Could not create program address with signer seeds: Length of the seed is too long for address generation";
function readInputs(frame) {
  const address2 = argNumber(frame, 0);
  const count = argNumber(frame, 1);
  const at = hostAddress(frame, address2, count * SLICE_BYTES, false);
  if (at < 0) return void failAccess(frame, address2, count * SLICE_BYTES, false);
  if (at % 8 !== 0) return void failSyscall(frame, "Unaligned pointer");
  if (count > SEEDS_MAX) return void failSyscall(frame, TOO_LONG);
  const seeds = [];
  for (let i = 0; i < count; i++) {
    const start = numberAt(frame, at + i * SLICE_BYTES);
    const size = numberAt(frame, at + i * SLICE_BYTES + 8);
    if (size > SEED_BYTES_MAX) return void failSyscall(frame, TOO_LONG);
    const host3 = hostAddress(frame, start, size, false);
    if (host3 < 0) return void failAccess(frame, start, size, false);
    seeds.push(frame.memory.slice(host3, size));
  }
  const id = argNumber(frame, 2);
  const idHost = hostAddress(frame, id, 32, false);
  if (idHost < 0) return void failAccess(frame, id, 32, false);
  return { seeds, programId: frame.memory.slice(idHost, 32) };
}
var create = (frame) => {
  if (!pay(frame, COST.CREATE_PROGRAM_ADDRESS)) return HOST.LEAVE;
  const inputs = readInputs(frame);
  if (inputs === void 0) return HOST.LEAVE;
  const address2 = createProgramAddress(inputs.seeds, inputs.programId);
  if (address2 === void 0) return answer(frame, 1);
  const to = argNumber(frame, 3);
  const host3 = hostAddress(frame, to, 32, true);
  if (host3 < 0) return failAccess(frame, to, 32, true);
  frame.memory.u8.set(address2, host3);
  return answer(frame, 0);
};
var find = (frame) => {
  if (!pay(frame, COST.CREATE_PROGRAM_ADDRESS)) return HOST.LEAVE;
  const inputs = readInputs(frame);
  if (inputs === void 0) return HOST.LEAVE;
  for (let bump = 255; bump > 0; bump--) {
    const address2 = createProgramAddress([...inputs.seeds, Uint8Array.of(bump)], inputs.programId);
    if (address2 !== void 0) {
      const bumpTo = argNumber(frame, 4);
      const bumpHost = hostAddress(frame, bumpTo, 1, true);
      if (bumpHost < 0) return failAccess(frame, bumpTo, 1, true);
      const to = argNumber(frame, 3);
      const host3 = hostAddress(frame, to, 32, true);
      if (host3 < 0) return failAccess(frame, to, 32, true);
      if (bumpHost >= host3 && bumpHost < host3 + 32) return failSyscall(frame, "Overlapping copy");
      frame.memory.u8[bumpHost] = bump;
      frame.memory.u8.set(address2, host3);
      return answer(frame, 0);
    }
    if (!pay(frame, COST.CREATE_PROGRAM_ADDRESS)) return HOST.LEAVE;
  }
  return answer(frame, 1);
};
var ADDRESS_SYSCALLS = [
  { name: "sol_create_program_address", params: 4, run: create },
  { name: "sol_try_find_program_address", params: 5, run: find }
];

// packages/frontend-sbpf/src/syscalls/return-data.ts
var set2 = (frame) => {
  const size = argNumber(frame, 1);
  if (!pay(frame, COST.SYSCALL_BASE + Math.floor(size / COST.BYTES_PER_UNIT))) return HOST.LEAVE;
  if (size > RETURN_DATA_BYTES_MAX) {
    return failSyscall(frame, `Return data too large (${size} > ${RETURN_DATA_BYTES_MAX})`);
  }
  const address2 = argNumber(frame, 0);
  const at = hostAddress(frame, address2, size, false);
  if (at < 0) return failAccess(frame, address2, size, false);
  writeReturnData(frame.journal, invocationOf(frame).programId, frame.memory.slice(at, size));
  return answer(frame, 0);
};
var get = (frame) => {
  if (!pay(frame, COST.SYSCALL_BASE)) return HOST.LEAVE;
  const { programId, data } = readReturnData(frame.journal);
  const size = Math.min(argNumber(frame, 1), data.length);
  if (size === 0) return answer(frame, data.length);
  if (!pay(frame, Math.floor((size + 32) / COST.BYTES_PER_UNIT))) return HOST.LEAVE;
  const to = argNumber(frame, 0);
  const idTo = argNumber(frame, 2);
  const host3 = hostAddress(frame, to, size, true);
  if (host3 < 0) return failAccess(frame, to, size, true);
  const idHost = hostAddress(frame, idTo, 32, true);
  if (idHost < 0) return failAccess(frame, idTo, 32, true);
  if (host3 < idHost + 32 && idHost < host3 + size) return failSyscall(frame, "Overlapping copy");
  frame.memory.u8.set(data.subarray(0, size), host3);
  frame.memory.u8.set(programId, idHost);
  return answer(frame, data.length);
};
var RETURN_DATA_SYSCALLS = [
  { name: "sol_set_return_data", params: 2, run: set2 },
  { name: "sol_get_return_data", params: 3, run: get }
];

// packages/frontend-sbpf/src/runtime/sysvars.ts
var same2 = (data) => data;
var padded = (size, ...runs) => (data) => {
  const struct = new Uint8Array(size);
  for (const [from, length, to] of runs) struct.set(data.subarray(from, from + length), to);
  return struct;
};
function sysvar(address2, structBytes, toStruct = same2) {
  return { address: address2, idHex: encodeHex(decodeBase58(address2)), structBytes, toStruct };
}
var SYSVARS = {
  clock: sysvar("SysvarC1ock11111111111111111111111111111111", 40),
  // u64 slots, u64 offset, bool warmup, then two u64
  epochSchedule: sysvar(
    "SysvarEpochSchedu1e111111111111111111111111",
    40,
    padded(40, [0, 16, 0], [16, 1, 16], [17, 16, 24])
  ),
  // u64 lamports per byte-year, f64 threshold, u8 burn percent
  rent: sysvar("SysvarRent111111111111111111111111111111111", 24, padded(24, [0, 17, 0])),
  lastRestartSlot: sysvar("SysvarLastRestartS1ot1111111111111111111111", 8),
  // u64, u64, hash, u128, u64, u64, bool; the struct is aligned to 16
  epochRewards: sysvar("SysvarEpochRewards1111111111111111111111111", 96, padded(96, [0, 81, 0])),
  slotHashes: sysvar("SysvarS1otHashes111111111111111111111111111", 0),
  stakeHistory: sysvar("SysvarStakeHistory1111111111111111111111111", 0)
};

// packages/frontend-sbpf/src/syscalls/sysvars.ts
function isRestricted(frame, index) {
  return argHigh(frame, index) >= 4;
}
var getter = (name) => (frame) => {
  const { idHex, structBytes, toStruct } = SYSVARS[name];
  if (!pay(frame, COST.SYSVAR_BASE + structBytes)) return HOST.LEAVE;
  if (isRestricted(frame, 0)) return failSyscall(frame, "Invalid pointer");
  const to = argNumber(frame, 0);
  const host3 = hostAddress(frame, to, structBytes, true);
  if (host3 < 0) return failAccess(frame, to, structBytes, true);
  if (host3 % 8 !== 0) return failSyscall(frame, "Unaligned pointer");
  const data = invocationOf(frame).transaction.sysvar(idHex);
  if (data === void 0) return failWith(frame, failure("UnsupportedSysvar"));
  frame.memory.u8.set(toStruct(data), host3);
  return answer(frame, 0);
};
var getSysvar = (frame) => {
  const size = argNumber(frame, 3);
  if (!pay(frame, COST.SYSVAR_BASE + memoryCost(size))) return HOST.LEAVE;
  if (isRestricted(frame, 1)) return failSyscall(frame, "Invalid pointer");
  const to = argNumber(frame, 1);
  const host3 = hostAddress(frame, to, size, true);
  if (host3 < 0) return failAccess(frame, to, size, true);
  const id = argNumber(frame, 0);
  const idHost = hostAddress(frame, id, 32, false);
  if (idHost < 0) return failAccess(frame, id, 32, false);
  const offset2 = argNumber(frame, 2);
  const data = invocationOf(frame).transaction.sysvar(encodeHex(frame.memory.slice(idHost, 32)));
  if (data === void 0) return answer(frame, 2);
  if (offset2 + size > data.length) return answer(frame, 1);
  frame.memory.u8.set(data.subarray(offset2, offset2 + size), host3);
  return answer(frame, 0);
};
var SYSVAR_SYSCALLS = [
  { name: "sol_get_clock_sysvar", params: 1, run: getter("clock") },
  { name: "sol_get_epoch_schedule_sysvar", params: 1, run: getter("epochSchedule") },
  { name: "sol_get_rent_sysvar", params: 1, run: getter("rent") },
  { name: "sol_get_last_restart_slot", params: 1, run: getter("lastRestartSlot") },
  { name: "sol_get_epoch_rewards_sysvar", params: 1, run: getter("epochRewards") },
  { name: "sol_get_sysvar", params: 4, run: getSysvar }
];

// packages/frontend-sbpf/src/syscalls/registry.ts
var MAINNET_SYSCALLS = [
  ...CONTROL_SYSCALLS,
  ...MEMORY_SYSCALLS,
  ...LOG_SYSCALLS,
  ...HASH_SYSCALLS,
  ...RETURN_DATA_SYSCALLS,
  ...ADDRESS_SYSCALLS,
  ...SYSVAR_SYSCALLS,
  ...CPI_SYSCALLS
];

// packages/frontend-sbpf/src/runtime/programs.ts
var programs = 0;
var registries = /* @__PURE__ */ new WeakMap();
function registry(extra) {
  if (extra === void 0 || extra.length === 0) return MAINNET_SYSCALLS;
  let all = registries.get(extra);
  if (all === void 0) {
    all = [...MAINNET_SYSCALLS, ...extra];
    registries.set(extra, all);
  }
  return all;
}
function loadSbpf(elf, options = {}) {
  return loadProgram(elf, {
    id: options.id ?? `sbpf-${programs++}`,
    syscalls: registry(options.syscalls),
    exit: exitInvocation,
    ...options.versions === void 0 ? {} : { versions: options.versions },
    ...options.deploy === void 0 ? {} : { deploy: options.deploy }
  });
}

// packages/frontend-sbpf/src/asm/parse.ts
var INTEGER = /^([-+]?) *(?:0x([0-9a-fA-F]+)|(\d+))$/;
var MEMORY = /^\[ *r(\d+) *([-+] *(?:0x[0-9a-fA-F]+|\d+))? *\]$/;
var REGISTER = /^r(\d+)$/;
var IDENTIFIER = /^[A-Za-z0-9_]+$/;
function parseAssembly(source) {
  const statements = [];
  source.split("\n").forEach((text, index) => {
    const line = index + 1;
    let rest = text.replace(/(?:#|;|\/\/).*$/, "").trim();
    for (let label = /^([A-Za-z0-9_]+):/.exec(rest); label; label = /^([A-Za-z0-9_]+):/.exec(rest)) {
      statements.push({ kind: "label", line, name: label[1] });
      rest = rest.slice(label[0].length).trim();
    }
    if (rest === "") return;
    const match = /^(\.?)([A-Za-z0-9]+)\s*(.*)$/.exec(rest);
    if (match === null)
      refuse("MALFORMED_SBPF_ASM", line, `line ${line}: "${rest}" is no statement`);
    const parts = match[3] === "" ? [] : match[3].split(",");
    statements.push({
      kind: match[1] === "." ? "directive" : "instruction",
      line,
      name: match[2],
      operands: parts.map((part) => parseOperand(part.trim(), line))
    });
  });
  return statements;
}
function parseOperand(text, line) {
  const register3 = REGISTER.exec(text);
  if (register3) return { kind: "register", register: Number(register3[1]) };
  const value = parseInteger(text);
  if (value !== void 0) return { kind: "integer", value };
  const memory = MEMORY.exec(text);
  if (memory) {
    const offset2 = memory[2] === void 0 ? 0n : parseInteger(memory[2]);
    return { kind: "memory", register: Number(memory[1]), offset: Number(offset2) };
  }
  if (IDENTIFIER.test(text)) return { kind: "label", name: text };
  return refuse("MALFORMED_SBPF_ASM", line, `line ${line}: "${text}" is no operand`);
}
function parseInteger(text) {
  const match = INTEGER.exec(text);
  if (match === null) return void 0;
  const magnitude = BigInt(match[2] === void 0 ? match[3] : `0x${match[2]}`);
  return match[1] === "-" ? -magnitude : magnitude;
}

// packages/frontend-sbpf/src/asm/assemble.ts
function assemble(source, version = 0) {
  const statements = parseAssembly(source);
  const labels = placeLabels(statements);
  const writer = new Writer(version, labels);
  for (const statement of statements) {
    if (statement.kind === "instruction") writer.instruction(statement);
    else if (statement.kind === "directive") writer.directive(statement);
  }
  const entryPc = labels.get("entrypoint") ?? 0;
  const functions = /* @__PURE__ */ new Map();
  if (version < 3) {
    for (const [, target2] of writer.calls) functions.set(pcHash(target2), target2);
    functions.set(ENTRYPOINT_HASH, entryPc);
  }
  const { slots, calls, syscalls } = writer;
  const text = encodeText({
    version,
    count: slots.length,
    op: Uint8Array.from(slots, ({ op }) => op),
    dst: Uint8Array.from(slots, ({ dst }) => dst),
    src: Uint8Array.from(slots, ({ src }) => src),
    off: Int16Array.from(slots, ({ off }) => off),
    imm: Int32Array.from(slots, ({ imm }) => imm)
  });
  return { version, text, entryPc, functions, calls, syscalls };
}
function placeLabels(statements) {
  const labels = /* @__PURE__ */ new Map();
  let pc = 0;
  for (const statement of statements) {
    if (statement.kind === "label") labels.set(statement.name, pc);
    else if (statement.kind === "instruction") pc += statement.name === "lddw" ? 2 : 1;
    else pc += Number(integer(statement, 0));
  }
  return labels;
}
function integer(statement, index) {
  const operand = statement.operands[index];
  if (operand?.kind !== "integer") return reject(statement, "a number is missing");
  return operand.value;
}
function reject(statement, why) {
  return refuse("MALFORMED_SBPF_ASM", statement.line, `line ${statement.line}: ${why}`);
}
var OPCODES = INSTRUCTIONS.map((table2) => {
  const opcodes = /* @__PURE__ */ new Map();
  for (const row of table2) if (row) opcodes.set(`${row.mnemonic} ${row.form}`, row.opcode);
  return opcodes;
});
var Writer = class {
  slots = [];
  calls = [];
  syscalls = [];
  #version;
  #labels;
  constructor(version, labels) {
    this.#version = version;
    this.#labels = labels;
  }
  directive(statement) {
    if (statement.name !== "fill") reject(statement, `there is no directive .${statement.name}`);
    const word = BigInt.asUintN(64, integer(statement, 1));
    for (let i = integer(statement, 0); i > 0n; i--) {
      this.slots.push({
        op: Number(word & 0xffn),
        dst: Number(word >> 8n & 15n),
        src: Number(word >> 12n & 15n),
        off: Number(BigInt.asIntN(16, word >> 16n)),
        imm: Number(BigInt.asIntN(32, word >> 32n))
      });
    }
  }
  instruction(statement) {
    const { name, operands } = statement;
    if (name === "call" || name === "syscall" || name === "callx") return this.#call(statement);
    if (name === "lddw") return this.#lddw(statement);
    const endian = /^([lb]e)(16|32|64)$/.exec(name);
    if (endian) {
      const op = this.#opcode(statement, endian[1], "end");
      return this.#push(statement, op, register(statement, operands[0]), 0, 0, Number(endian[2]));
    }
    const kinds = operands.map(({ kind }) => kind).join(" ");
    const form = FORMS[kinds.replace(/ (?:label|integer)$/, name.startsWith("j") ? " target" : "$&")];
    if (form === void 0) reject(statement, `${name} has no such operands`);
    this.#emit(statement, this.#opcode(statement, name, form), form);
  }
  #emit(statement, op, form) {
    const [a, b, c] = statement.operands;
    const push = (dst, src, off, imm) => this.#push(statement, op, dst, src, off, imm);
    const number = (index) => Number(integer(statement, index));
    switch (form) {
      case "imm":
        return push(register(statement, a), 0, 0, number(1));
      case "reg":
        return push(register(statement, a), register(statement, b), 0, 0);
      case "one":
        return push(register(statement, a), 0, 0, 0);
      case "load":
        return push(register(statement, a), register(statement, b), offset(b), 0);
      case "store.imm":
        return push(register(statement, a), 0, offset(a), number(1));
      case "store.reg":
        return push(register(statement, a), register(statement, b), offset(a), 0);
      case "jump":
        return push(0, 0, this.#target(statement, a), 0);
      case "jump.imm":
        return push(register(statement, a), 0, this.#target(statement, c), number(1));
      case "jump.reg":
        return push(register(statement, a), register(statement, b), this.#target(statement, c), 0);
      default:
        return push(0, 0, 0, 0);
    }
  }
  #opcode(statement, name, form) {
    const opcodes = OPCODES[this.#version];
    const op = opcodes.get(`${name} ${form}`) ?? opcodes.get(`${name}64 ${form}`) ?? opcodes.get(`${name.replace(/64$/, "")} ${form}`);
    if (op === void 0) reject(statement, `v${this.#version} has no instruction ${name}`);
    return op;
  }
  #push(at, op, dst, src, off, imm) {
    if (dst > 15 || src > 15) reject(at, "there is no such register");
    if (off < -32768 || off > 32767) reject(at, `offset ${off} does not fit 16 bits`);
    if (imm < -(2 ** 31) || imm >= 2 ** 32) reject(at, `immediate ${imm} does not fit 32 bits`);
    this.slots.push({ op, dst, src, off, imm: imm | 0 });
  }
  #lddw(statement) {
    const value = integer(statement, 1);
    const op = this.#opcode(statement, "lddw", "lddw");
    this.#push(statement, op, register(statement, statement.operands[0]), 0, 0, low3(value));
    this.#push(statement, 0, 0, 0, 0, low3(value >> 32n));
  }
  #call(statement) {
    const { name } = statement;
    const [operand] = statement.operands;
    const version = this.#version;
    const pc = this.slots.length;
    if (name === "callx") {
      const index = register(statement, operand);
      const [dst, src, imm] = version === 3 ? [index, 0, 0] : version === 2 ? [0, index, 0] : [0, 0, index];
      return this.#push(statement, 141, dst, src, 0, imm);
    }
    if (name === "syscall") {
      if (operand?.kind === "label") this.syscalls.push([pc, operand.name]);
      const hash = operand?.kind === "label" ? symbolHash(operand.name) : low3(integer(statement, 0));
      return this.#push(statement, 133, 0, 0, 0, hash | 0);
    }
    const target2 = pc + 1 + this.#target(statement, operand);
    this.calls.push([pc, target2]);
    if (version === 3) this.#push(statement, 133, 0, 1, 0, target2 - pc - 1);
    else this.#push(statement, 133, 0, 0, 0, pcHash(target2) | 0);
  }
  /** Distance of a target from the next slot. */
  #target(statement, operand) {
    if (operand?.kind === "integer") return Number(operand.value);
    if (operand?.kind !== "label") return reject(statement, "a target is missing");
    const pc = this.#labels.get(operand.name);
    if (pc === void 0) reject(statement, `there is no label ${operand.name}`);
    return pc - this.slots.length - 1;
  }
};
var FORMS = {
  "register integer": "imm",
  "register register": "reg",
  register: "one",
  "register memory": "load",
  "memory integer": "store.imm",
  "memory register": "store.reg",
  integer: "jump",
  label: "jump",
  "register integer target": "jump.imm",
  "register register target": "jump.reg",
  "": "exit"
};
function register(statement, operand) {
  if (operand?.kind === "register" || operand?.kind === "memory") return operand.register;
  return reject(statement, "a register is missing");
}
var offset = (operand) => operand.kind === "memory" ? operand.offset : 0;
var low3 = (value) => Number(BigInt.asIntN(32, value));

// packages/frontend-sbpf/src/asm/link.ts
var EHDR_BYTES2 = 64;
var PHDR_BYTES2 = 56;
var SHDR_BYTES2 = 64;
var REGION2 = 1n << 32n;
function link(assembly, rodata = new Uint8Array(0)) {
  return assembly.version === 3 ? linkStrict(assembly, rodata) : linkLenient(assembly, rodata);
}
function padded2(bytes) {
  const whole = new Uint8Array(Math.ceil(bytes.length / 8) * 8);
  whole.set(bytes);
  return whole;
}
function writeHeader(out, fields) {
  out.bytes(Uint8Array.of(127, 69, 76, 70, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  out.u16(3);
  out.u16(247);
  out.u32(1);
  out.u64(fields.entry);
  out.u64(BigInt(EHDR_BYTES2));
  out.u64(BigInt(fields.sectionsAt ?? 0));
  out.u32(fields.flags);
  out.u16(EHDR_BYTES2);
  out.u16(PHDR_BYTES2);
  out.u16(fields.segments);
  out.u16(SHDR_BYTES2);
  out.u16(fields.sections ?? 0);
  out.u16(Math.max(0, (fields.sections ?? 0) - 1));
}
function writeSegment(out, type, flags2, offset2, vaddr, size) {
  out.u32(type);
  out.u32(flags2);
  out.u64(BigInt(offset2));
  out.u64(vaddr);
  out.u64(vaddr);
  out.u64(BigInt(size));
  out.u64(BigInt(size));
  out.u64(8n);
}
function linkStrict(assembly, rodata) {
  const data = padded2(rodata);
  const segments = data.length === 0 ? 1 : 2;
  const start = EHDR_BYTES2 + segments * PHDR_BYTES2;
  const out = new ByteWriter(start + data.length + assembly.text.length);
  writeHeader(out, { flags: 3, entry: REGION2 + BigInt(assembly.entryPc * SLOT_BYTES), segments });
  if (segments === 2) writeSegment(out, 1, 4, start, 0n, data.length);
  writeSegment(out, 1, 1, start + data.length, REGION2, assembly.text.length);
  out.bytes(data);
  out.bytes(assembly.text);
  return out.finish();
}
var SEGMENTS_V0 = 2;
var TEXT_OFFSET = EHDR_BYTES2 + SEGMENTS_V0 * PHDR_BYTES2;
function relocatableText(assembly) {
  const text = assembly.text.slice();
  const view = new DataView(text.buffer);
  for (const [pc, target2] of assembly.calls) {
    text[pc * SLOT_BYTES + 1] = 16;
    view.setInt32(pc * SLOT_BYTES + 4, target2 - pc - 1, true);
  }
  for (const [pc] of assembly.syscalls) {
    text[pc * SLOT_BYTES + 1] = 16;
    view.setInt32(pc * SLOT_BYTES + 4, -1, true);
  }
  return text;
}
function linkLenient(assembly, rodata) {
  const data = padded2(rodata);
  const names2 = [...new Set(assembly.syscalls.map(([, name]) => name))];
  const strings = new ByteWriter();
  const symbols = new ByteWriter();
  strings.u8(0);
  symbols.bytes(new Uint8Array(24));
  for (const name of names2) {
    symbols.u32(strings.length);
    symbols.bytes(Uint8Array.of(16, 0, 0, 0));
    symbols.bytes(new Uint8Array(16));
    strings.bytes(new TextEncoder().encode(name));
    strings.u8(0);
  }
  const relocations = new ByteWriter();
  for (const [pc, name] of assembly.syscalls) {
    relocations.u64(BigInt(TEXT_OFFSET + pc * SLOT_BYTES));
    relocations.u64(BigInt(names2.indexOf(name) + 1) << 32n | 10n);
  }
  const textEnd = TEXT_OFFSET + assembly.text.length + data.length;
  const dynamicBytes = names2.length === 0 ? 16 : 6 * 16;
  const symbolsAt = textEnd + dynamicBytes;
  const relocationsAt = symbolsAt + symbols.length;
  const dynamic = new ByteWriter();
  const tags = names2.length === 0 ? [] : [
    [17n, relocationsAt],
    [18n, relocations.length],
    [19n, 16],
    [6n, symbolsAt],
    [11n, 24]
  ];
  for (const [tag, value] of [...tags, [0n, 0]]) {
    dynamic.u64(tag);
    dynamic.u64(BigInt(value));
  }
  return writeSections(assembly, [
    { name: ".text", type: 1, flags: 6, bytes: relocatableText(assembly) },
    { name: ".rodata", type: 1, flags: 2, bytes: data },
    { name: ".dynamic", type: 6, flags: 2, bytes: dynamic.finish(), entry: 16, link: 6 },
    { name: ".dynsym", type: 11, flags: 2, bytes: symbols.finish(), entry: 24, link: 6 },
    { name: ".rel.dyn", type: 9, flags: 2, bytes: relocations.finish(), entry: 16, link: 4 },
    { name: ".dynstr", type: 3, flags: 2, bytes: padded2(strings.finish()) }
  ]);
}
function writeSections(assembly, sections) {
  const nameTable = new ByteWriter();
  nameTable.u8(0);
  const nameOffsets = [...sections.map(({ name }) => name), ".shstrtab"].map((name) => {
    const at2 = nameTable.length;
    nameTable.bytes(new TextEncoder().encode(`${name}\0`));
    return at2;
  });
  const nameBytes = padded2(nameTable.finish());
  const named = [
    ...sections,
    { name: ".shstrtab", type: 3, flags: 0, bytes: nameBytes }
  ];
  const total = named.reduce((sum2, { bytes }) => sum2 + bytes.length, TEXT_OFFSET);
  const out = new ByteWriter(total + (named.length + 1) * SHDR_BYTES2);
  writeHeader(out, {
    flags: assembly.version,
    entry: BigInt(TEXT_OFFSET + assembly.entryPc * SLOT_BYTES),
    segments: SEGMENTS_V0,
    sectionsAt: total,
    sections: named.length + 1
  });
  const before = TEXT_OFFSET + sections[0].bytes.length + sections[1].bytes.length;
  writeSegment(out, 1, 5, TEXT_OFFSET, BigInt(TEXT_OFFSET), total - TEXT_OFFSET);
  writeSegment(out, 2, 6, before, BigInt(before), sections[2].bytes.length);
  for (const { bytes } of named) out.bytes(bytes);
  out.bytes(new Uint8Array(SHDR_BYTES2));
  let at = TEXT_OFFSET;
  named.forEach((section, index) => {
    out.u32(nameOffsets[index]);
    out.u32(section.type);
    out.u64(BigInt(section.flags));
    out.u64(section.name === ".shstrtab" ? 0n : BigInt(at));
    out.u64(BigInt(at));
    out.u64(BigInt(section.bytes.length));
    out.u32(section.link ?? 0);
    out.u32(0);
    out.u64(8n);
    out.u64(BigInt(section.entry ?? 0));
    at += section.bytes.length;
  });
  return out.finish();
}

// test/differential/src/svm/random-program.ts
var SYSCALLS = [
  "sol_memcpy_",
  "sol_memmove_",
  "sol_memset_",
  "sol_memcmp_",
  "sol_sha256",
  "sol_keccak256",
  "sol_log_64_",
  "sol_log_compute_units_",
  "sol_set_return_data",
  "sol_get_return_data",
  "sol_get_stack_height",
  "sol_alloc_free_",
  "abort"
];
var ALU = ["add", "sub", "mul", "div", "mod", "or", "and", "xor", "lsh", "rsh", "arsh", "mov"];
var JUMPS = ["jeq", "jne", "jgt", "jge", "jlt", "jle", "jset", "jsgt", "jsge", "jslt", "jsle"];
var SIZES = ["b", "h", "w", "dw"];
function randomProgram(random, version) {
  const functions = random.between(1, 5);
  const lines = [];
  for (let fn = 0; fn < functions; fn++) {
    lines.push(fn === 0 ? "entrypoint:" : `fn${fn}:`);
    if (fn === 0) lines.push("  mov64 r6, r1");
    if (fn === 0 || random.oneIn(2)) lines.push("  lddw r7, 0x300000100");
    writeBody(lines, random, version, fn, functions);
    if (!random.oneIn(12)) lines.push("  exit");
  }
  if (!random.oneIn(6)) lines.push("last:", "  exit");
  else lines.push("last:", "  mov64 r0, 1");
  return lines.join("\n");
}
function writeBody(lines, random, version, fn, functions) {
  const labels = random.between(1, 5);
  const count = random.pick([3, 8, 20, 50]);
  for (let label = 0; label < labels; label++) {
    lines.push(`l${fn}_${label}:`);
    for (let i = Math.ceil(count / labels); i > 0; i--) {
      lines.push(`  ${instruction(random, version, fn, label + 1, labels, functions)}`);
    }
    if (random.oneIn(3)) writeLoop(lines, random, version, fn, label + 1, labels, functions);
  }
}
function writeLoop(lines, random, version, fn, next, labels, functions) {
  const label = `loop${lines.length}`;
  const counter = random.between(8, 9);
  lines.push(`  mov64 r${counter}, ${random.between(1, 9)}`, `${label}:`);
  for (let i = random.between(1, 6); i > 0; i--) {
    lines.push(`  ${instruction(random, version, fn, next, labels, functions)}`);
  }
  lines.push(`  sub64 r${counter}, 1`, `  jsgt r${counter}, 0, ${label}`);
}
function register2(random) {
  return random.oneIn(40) ? `r${random.between(6, 7)}` : `r${random.pick([0, 1, 2, 3, 4, 5, 8, 9])}`;
}
function immediate(random) {
  return random.oneIn(3) ? random.between(-64, 64) : Number(random.word(32)) | 0;
}
function target(random, fn, next, labels, functions) {
  if (random.oneIn(40)) return `l${random.below(functions)}_0`;
  if (random.oneIn(20)) return `l${fn}_${random.below(labels)}`;
  return next < labels ? `l${fn}_${random.between(next, labels - 1)}` : "last";
}
function instruction(random, version, fn, next, labels, functions) {
  switch (random.below(16)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return arithmetic(random);
    case 4:
    case 5:
      return pointer(random);
    case 6:
    case 7:
    case 8:
    case 9:
      return memoryAccess(random);
    case 10:
    case 11: {
      const jump = random.pick(JUMPS) + (version === 3 && random.oneIn(3) ? "32" : "");
      const operand = random.oneIn(2) ? register2(random) : immediate(random);
      return `${jump} ${register2(random)}, ${operand}, ${target(random, fn, next, labels, functions)}`;
    }
    case 12:
      if (random.oneIn(4)) return "exit";
      return random.oneIn(6) ? `ja ${target(random, fn, next, labels, functions)}` : arithmetic(random);
    case 13:
      if (random.oneIn(5)) return codePointer(random, functions);
      return callee(random, fn, functions);
    case 14:
      return syscall(random);
    default:
      return random.oneIn(12) ? `callx ${register2(random)}` : pointer(random);
  }
}
function syscall(random) {
  const name = random.pick(SYSCALLS.slice(0, random.oneIn(40) ? SYSCALLS.length : 12));
  if (random.oneIn(8)) return `syscall ${name}`;
  const place = (to) => `mov64 ${to}, ${random.pick(["r10", "r7", "r7"])}
  add64 ${to}, ${-8 * random.between(1, 12)}`;
  const size = random.oneIn(10) ? random.below(600) : random.below(40);
  const setup = /sha256|keccak/.test(name) ? [
    "mov64 r1, r10\n  add64 r1, -16",
    "mov64 r3, r7",
    `stdw [r10-8], ${size}
  stxdw [r10-16], r${random.pick([6, 7])}`,
    `mov64 r2, ${random.oneIn(6) ? random.below(3) : 1}`,
    place("r3")
  ] : /^sol_get_return_data/.test(name) ? [place("r1"), `mov64 r2, ${size}`, "mov64 r3, r7"] : /^sol_(set_return|log_c|get_st|alloc)/.test(name) ? [place("r1"), `mov64 r2, ${size}`] : [place("r1"), place("r2"), `mov64 r3, ${size}`, "mov64 r4, r7"];
  return [...setup, `syscall ${name}`].join("\n  ");
}
function callee(random, fn, functions) {
  if (functions === 1) return "mov64 r0, 7";
  const other = random.oneIn(6) ? random.below(functions) : Math.min(functions - 1, fn + 1);
  return other === 0 ? "mov64 r0, 9" : `call fn${other}`;
}
function codePointer(random, functions) {
  const offset2 = random.below(40 * functions) * (random.oneIn(4) ? 3 : 8);
  return `lddw ${register2(random)}, 0x${(4294967296 + 176 + offset2).toString(16)}`;
}
function arithmetic(random) {
  const width = random.pick([32, 64]);
  if (random.oneIn(8))
    return `${random.pick(["be", "le"])}${random.pick([16, 32, 64])} ${register2(random)}`;
  if (random.oneIn(12)) return `neg${width} ${register2(random)}`;
  const op = random.pick(ALU);
  const dst = register2(random);
  if (random.oneIn(2)) {
    const src = random.below(11);
    const line = `${op}${width} ${dst}, r${src}`;
    const divides = op === "div" || op === "mod";
    return divides && src < 6 && !random.oneIn(8) ? `or32 r${src}, 1
  ${line}` : line;
  }
  if (op === "div" || op === "mod") return `${op}${width} ${dst}, ${immediate(random) || 3}`;
  if (/sh$/.test(op)) return `${op}${width} ${dst}, ${random.below(width)}`;
  return `${op}${width} ${dst}, ${immediate(random)}`;
}
function pointer(random) {
  const dst = register2(random);
  switch (random.below(7)) {
    case 0:
      return `mov64 ${dst}, r10`;
    case 1:
      return `mov64 ${dst}, r6`;
    case 2:
      return `lddw ${dst}, 0x${(12884901888 + random.below(32767)).toString(16)}`;
    case 3:
      return `lddw ${dst}, 0x${(8589934592 + random.below(32768)).toString(16)}`;
    case 4:
      return `add64 ${dst}, ${random.between(-32, 32)}`;
    case 5:
      return `mov64 ${dst}, ${random.below(80)}`;
    default:
      return `lddw ${dst}, 0x${(random.oneIn(2) ? 4294967296 + random.below(300) : 17179869184 + random.below(12e3)).toString(16)}`;
  }
}
function memoryAccess(random) {
  const size = random.pick(SIZES);
  const onStack = random.oneIn(2);
  const base = onStack ? "r10" : random.oneIn(12) ? register2(random) : `r${random.between(6, 7)}`;
  const offset2 = onStack ? -random.between(random.oneIn(30) ? 0 : 8, random.oneIn(60) ? 4200 : 64) : random.between(random.oneIn(30) ? -8 : 0, random.oneIn(10) ? 400 : 64);
  const place = `[${base}${offset2 < 0 ? "-" : "+"}${Math.abs(offset2)}]`;
  if (random.oneIn(2)) return `ldx${size} ${register2(random)}, ${place}`;
  if (random.oneIn(2)) return `st${size} ${place}, ${immediate(random)}`;
  return `stx${size} ${place}, r${random.below(11)}`;
}

// test/differential/src/svm/fuzz-svm.ts
var RUNS_PER_PROGRAM = 10;
var VARIANTS = [
  ["optimistic, interpreted", { tier: "interpret", moduleUnderTest: "optimistic-interpreted" }],
  ["optimistic, compiled", { tier: "compile" }]
];
var EXACT_COMPILED_EVERY = 16;
var EXACT_COMPILED = [
  "exact, compiled",
  { tier: "compile", moduleUnderTest: "exact-compiled" }
];
function fuzzSvm({ count, seed, onProgress }) {
  const mismatches = [];
  const memory = new LinearMemory();
  let cases = 0;
  for (let at = seed; cases < count; at++) {
    const random = new Random(at);
    const version = random.oneIn(2) ? 0 : 3;
    const program = loadSbpf(link(assemble(randomProgram(random, version), version)));
    const variants = at % EXACT_COMPILED_EVERY === 0 ? [...VARIANTS, EXACT_COMPILED] : VARIANTS;
    for (let run = 0; run < RUNS_PER_PROGRAM && cases < count; run++) {
      const input = randomInput(random);
      const reference = outcomeOf(program, input, memory, { tier: "interpret" });
      cases++;
      for (const [name, options] of variants) {
        const other = outcomeOf(program, input, memory, options);
        if (options.moduleUnderTest === "optimistic-interpreted" && other.trapped) continue;
        if (other.text === reference.text) continue;
        mismatches.push({
          seed: at,
          why: `${name}, run ${run}: ${other.text} not ${reference.text}`
        });
      }
    }
    onProgress?.(cases);
  }
  return { cases, mismatches };
}
function randomInput(random) {
  const bytes = (length) => Uint8Array.from({ length }, () => random.pick([0, 1, 255, random.below(256)]));
  return {
    data: bytes(random.below(24)),
    account: bytes(random.pick([0, 8, 65])),
    gas: BigInt(random.pick([random.below(200), random.below(3e3), 2e4]))
  };
}
var PROGRAM = new Uint8Array(32).fill(7);
var ACCOUNTS = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
function outcomeOf(program, { data, account, gas: gas2 }, memory, options) {
  const state = new MemoryState();
  for (const [index, key] of ACCOUNTS.entries()) {
    const owner = index === 0 ? PROGRAM : new Uint8Array(32);
    const cells2 = accountCells({
      lamports: 1000n,
      owner,
      executable: false,
      rentEpoch: 0n,
      data: account
    });
    for (const [cell, value] of cells2) state.write(ACCOUNT_DOMAIN, key, cell, value);
  }
  const engine = new Engine({ state, memory, ...options });
  const transaction = {
    findProgram: () => ({ program, isUnaligned: false, isNative: false }),
    sysvar: () => void 0,
    heapBytes: 32 * 1024,
    heightMax: 5
  };
  const metas = ACCOUNTS.map((key) => ({ key, isSigner: true, isWritable: true }));
  const instruction2 = { programId: PROGRAM, accounts: metas, data };
  const result = executeInstruction(engine, transaction, instruction2, gas2);
  const { journal } = engine;
  const hex = (bytes) => bytes === void 0 ? "-" : Buffer.from(bytes).toString("hex");
  const text = JSON.stringify({
    failure: result.failure,
    gas: String(result.gasUsed),
    output: hex(result.returnData),
    logs: journal.logs.map(({ data: line }) => Buffer.from(line).toString()),
    changes: journal.changes().map(({ account: key, key: cell, after }) => [hex(key), hex(cell), hex(after)])
  });
  return { text, trapped: isTrap(result.frame?.outcome ?? 0) };
}

// .tmp_run_30053.mts
var t = Date.now();
var last = 0;
var r = fuzzSvm({ count: Number(process.argv[2]), seed: Number(process.argv[3] ?? 1), onProgress: (c) => {
  if (c - last >= 5e3) {
    last = c;
    process.stderr.write(`${c} ${Date.now() - t}ms
`);
  }
} });
console.log(r.cases, r.mismatches.length, Date.now() - t);
for (const m of r.mismatches.slice(0, 6)) console.log(m.seed, m.why.slice(0, 1600));
/*! Bundled license information:

@noble/curves/utils.js:
@noble/curves/abstract/modular.js:
@noble/curves/abstract/curve.js:
@noble/curves/abstract/edwards.js:
@noble/curves/ed25519.js:
  (*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) *)
*/
