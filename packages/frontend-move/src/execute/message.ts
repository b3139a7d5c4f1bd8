import { type CallRequest, type Frame, HOST, type Journal } from "@dragoman/core";
import { assert } from "@dragoman/fault";
import { MoveFault } from "../format/index.ts";
import { checkBcs, decodeValue } from "../layout/bcs-decode.ts";
import { bcsFromJson, type JsonValue, jsonFromBcs } from "../layout/json-value.ts";
import type { MoveType } from "../layout/move-type.ts";
import { parseTypeTag, type TypeTag } from "../layout/type-tag.ts";
import { takeHeap } from "../lift/heap.ts";
import { ACTIVE_SIZE, HEAP_INITIAL, MOVE_FRAME } from "../lift/move-frame.ts";
import type { FunctionInstance } from "../lift/program-lift.ts";
import { canonicalModuleName } from "../load/module-name.ts";
import type { TransactionFacts } from "../natives/transaction-context.ts";
import { checkArgumentType } from "./argument-type.ts";
import type { EntryLayout } from "./entry.ts";
import { MoveContext } from "./move-context.ts";
import type { MoveProgram } from "./program.ts";
import type { MovePrograms } from "./programs.ts";

/** A call of one Move function. */
export interface MoveMessage {
  /** `0xA::m`, the address in any spelling. Unused where there is a `script`. */
  readonly module: string;
  readonly function: string;
  /** File of a script to run instead of a function of a module. */
  readonly script?: Uint8Array;
  /** `u64`, `0x1::option::Option<bool>` or parsed. */
  readonly typeArguments?: readonly (string | TypeTag)[];
  /** One per parameter that is no signer: BCS, or JSON as `json-value.ts` describes it. */
  readonly args?: readonly (Uint8Array | JsonValue)[];
  /** Address of 32 bytes: the value of every `signer` and `&signer` parameter. */
  readonly sender?: Uint8Array;
  /** Addresses of the signers, one per `signer` and `&signer` parameter, where they differ; any number where the function takes none. */
  readonly signers?: readonly Uint8Array[];
  /** Internal gas units, below 2^53. */
  readonly gas: bigint;
  /** True: only an entry function may be called. Default: any public or entry function. */
  readonly entryOnly?: boolean;
  /** True: private functions too, and arguments of every type: for tests and tools, never for what strangers send. */
  readonly anyVisibility?: boolean;
  /** What `0x1::transaction_context` tells; without it those functions abort. */
  readonly transaction?: TransactionFacts;
  /** Takes what `debug::print` writes. It hears what a frame that runs again says once more. */
  readonly print?: (text: string) => void;
}

export interface MoveRequest extends CallRequest {
  readonly program: MoveProgram;
}

const ZERO_ADDRESS = new Uint8Array(32);
/** Bytes of BCS that a message's arguments may have together. */
const ARGUMENT_BYTES_MAX = 1 << 22;

/**
 * The request that runs a message: links and verifies what it needs, checks its arguments.
 *
 * Faults: MoveFault LINKER_ERROR, FUNCTION_RESOLUTION_FAILURE, TYPE_RESOLUTION_FAILURE,
 * NUMBER_OF_TYPE_ARGUMENTS_MISMATCH, NUMBER_OF_ARGUMENTS_MISMATCH, FAILED_TO_DESERIALIZE_ARGUMENT,
 * EXECUTE_ENTRY_FUNCTION_CALLED_ON_NON_ENTRY_FUNCTION, and those of modules that do not verify.
 */
export function moveMessage(
  programs: MovePrograms,
  journal: Journal,
  message: MoveMessage,
): MoveRequest {
  const tags = (message.typeArguments ?? []).map((tag) =>
    typeof tag === "string" ? parseTypeTag(tag) : tag,
  );
  const program =
    message.script === undefined
      ? programs.program(journal, canonicalModuleName(message.module), message.function, tags)
      : programs.script(journal, message.script, tags);
  checkVisibility(program, message);
  const args = encodeArguments(program, message);
  const context = new MoveContext(message);
  return {
    program,
    gas: message.gas,
    context,
    prepare: (frame) => prepareFrame(frame, program, args, context),
    finish: () => HOST.CONTINUE,
  };
}

function checkVisibility(program: MoveProgram, message: MoveMessage): void {
  const { definition, name } = program.instance.fn;
  if (message.anyVisibility === true) return;
  const allowed = definition.entry || (!message.entryOnly && definition.visibility === "public");
  if (!allowed) {
    throw new MoveFault(
      "EXECUTE_ENTRY_FUNCTION_CALLED_ON_NON_ENTRY_FUNCTION",
      { function: program.instance.fn.index },
      `${name} is not ${message.entryOnly ? "an entry function" : "public"}`,
    );
  }
}

/** BCS of every parameter, signers included. */
function encodeArguments(program: MoveProgram, message: MoveMessage): Uint8Array[] {
  const { parameters } = program.layout;
  const wanted = parameters.filter(({ type }) => type.kind !== "signer").length;
  const { args = [], sender = ZERO_ADDRESS } = message;
  const { signers = Array<Uint8Array>(parameters.length - wanted).fill(sender) } = message;
  for (const signer of signers) assert(signer.length === 32, "a Move address has 32 bytes");
  // A function without signers may be called by whoever signs.
  if (parameters.length !== wanted && signers.length !== parameters.length - wanted) {
    const sentence = `${parameters.length - wanted} signers are needed, ${signers.length} are given`;
    throw new MoveFault("NUMBER_OF_SIGNER_ARGUMENTS_MISMATCH", {}, sentence);
  }
  if (args.length !== wanted) {
    const sentence = `${wanted} arguments are needed, ${args.length} are given`;
    throw new MoveFault("NUMBER_OF_ARGUMENTS_MISMATCH", {}, sentence);
  }
  if (message.anyVisibility !== true) {
    for (const { type } of parameters) if (type.kind !== "signer") checkArgumentType(type);
  }
  let next = 0;
  let signer = 0;
  const encoded = parameters.map(({ type }) =>
    type.kind === "signer" ? signers[signer++] : encodeArgument(type, args[next++]),
  );
  if (encoded.reduce((sum, bytes) => sum + bytes.length, 0) > ARGUMENT_BYTES_MAX) {
    throw new MoveFault("FAILED_TO_DESERIALIZE_ARGUMENT", {}, "the arguments are too large");
  }
  return encoded;
}

function encodeArgument(type: MoveType, arg: Uint8Array | JsonValue): Uint8Array {
  const bytes = arg instanceof Uint8Array ? arg : bcsFromJson(type, arg);
  checkBcs(type, bytes);
  return bytes;
}

/** What a message runs. */
interface Entry {
  readonly instance: FunctionInstance;
  readonly layout: EntryLayout;
}

/** Lays the heap and the arguments, which are BCS, out. */
export function prepareFrame(
  frame: Frame,
  { instance, layout }: Entry,
  args: readonly Uint8Array[],
  context: MoveContext,
): void {
  context.clear();
  const heap = frame.address + MOVE_FRAME.HEAP;
  frame.end = heap + HEAP_INITIAL;
  assert(frame.memory.ensure(frame.end), "memory for a frame");
  frame.memory.view.setUint32(frame.address + MOVE_FRAME.HEAP_TOP, heap, true);
  const stack = frame.address + MOVE_FRAME.STACK + layout.size;
  frame.memory.view.setUint32(frame.address + MOVE_FRAME.STACK_END, stack, true);
  frame.memory.view.setUint32(frame.address + MOVE_FRAME.HEAP_LIMIT, frame.end, true);
  frame.memory.view.setUint32(frame.address + MOVE_FRAME.ABORT_MESSAGE_LENGTH, 0, true);
  if (instance.fn.module.linkage.callsClosures) {
    const active = frame.address + MOVE_FRAME.ACTIVE;
    frame.memory.u8.fill(0, active, active + ACTIVE_SIZE);
  }
  const target = { memory: frame.memory, allocate: (size: number) => takeHeap(frame, size) };
  layout.parameters.forEach(({ type, offset }, index) => {
    const address = frame.address + MOVE_FRAME.STACK + offset;
    decodeValue({ bytes: args[index], at: 0 }, type, address, target);
  });
}

/** What a Move frame gave back. */
export interface MoveResults {
  /** BCS of each result. */
  readonly bcs: readonly Uint8Array[];
  readonly json: readonly JsonValue[];
}

/** Takes the output of a successful frame apart by the types of the function's results. */
export function moveResults(program: MoveProgram, output: Uint8Array): MoveResults {
  const bcs: Uint8Array[] = [];
  const json: JsonValue[] = [];
  let at = 0;
  for (const type of program.resultTypes) {
    const { value, end } = jsonFromBcs(type, output, at);
    bcs.push(output.slice(at, end));
    json.push(value);
    at = end;
  }
  return { bcs, json };
}
