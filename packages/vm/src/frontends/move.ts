import { ByteReader, encodeHex } from "@dragoman/bytes";
import type { CallRequest, Frame, FrameResult, HostFunction, Journal } from "@dragoman/core";
import { sha3_256 } from "@dragoman/crypto";
import { refuse } from "@dragoman/fault";
import {
  abortNative,
  type CompiledModule,
  decodeModule,
  failureSentence,
  formatAddress,
  type JsonValue,
  type MoveFailure,
  MoveFault,
  type MovePrograms,
  type MoveRequest,
  moduleCell,
  moveMessage,
  movePrograms,
  moveResults,
  readByteVector,
  statusOfOutcome,
  writeByteVector,
} from "@dragoman/frontend-move";
import { printUnit } from "@dragoman/frontend-move/asm";
import type { Frontend, LoadedProgram } from "../frontend.ts";
import { GAS_DEFAULT, type Message } from "../message.ts";
import { outcomeName } from "../outcome.ts";
import type { PortalCall } from "../portal/payload.ts";
import type { Portal } from "../portal/portal.ts";
import { MOVE_PORTAL_MODULE, portalModule } from "../portal/portal-module.ts";
import { printIr } from "../print-ir.ts";
import { formatProgramId, parseProgramId } from "../program-id.ts";

/** Modules that came with a message, not installed, that stay linked. */
const OVERLAYS_MAX = 64;

/** Move behind the facade. */
export class MoveFrontend implements Frontend {
  readonly vm = "move";
  readonly #natives: ReadonlyMap<string, HostFunction>;
  readonly #programs: MovePrograms;
  readonly #overlays = new Map<string, MovePrograms>();

  constructor(portal: Portal) {
    const call: HostFunction = (frame) => enterPortal(portal, frame);
    this.#natives = new Map([[`${MOVE_PORTAL_MODULE}::call`, call]]);
    this.#programs = this.#linked();
  }

  #linked(overriding: ReadonlyMap<string, Uint8Array> = new Map()): MovePrograms {
    const builtin = new Map([[MOVE_PORTAL_MODULE, portalModule()]]);
    return movePrograms(this.#natives, builtin, overriding);
  }

  /** Programs that see `code` as if it were installed, in the place of what is. */
  #with(code: Uint8Array | undefined): MovePrograms {
    if (code === undefined) return this.#programs;
    const key = encodeHex(sha3_256(code));
    let programs = this.#overlays.get(key);
    if (programs === undefined) {
      programs = this.#linked(new Map([[qualifiedName(decodeModule(code)), code]]));
      if (this.#overlays.size >= OVERLAYS_MAX) this.#overlays.clear();
      this.#overlays.set(key, programs);
    }
    return programs;
  }

  load(bytes: Uint8Array, journal: Journal): LoadedProgram {
    const module = decodeModule(bytes);
    const name = qualifiedName(module);
    const programs = this.#with(bytes);
    programs.loader.link(journal, [name]);
    return {
      vm: "move",
      codeHash: encodeHex(sha3_256(bytes)),
      size: bytes.length,
      listing: () => printUnit(module),
      ir: (fn = firstFunction(module)) => printIr(programs.program(journal, name, fn, []).exact),
    };
  }

  install(bytes: Uint8Array, journal: Journal): string {
    this.load(bytes, journal);
    const module = decodeModule(bytes);
    const { address, name } = selfName(module);
    journal.writeBytes(moduleCell(journal, qualifiedName(module)), bytes);
    return formatProgramId({ vm: "move", address, name });
  }

  installed(id: string, journal: Journal): Uint8Array | undefined {
    const { address, name } = parseProgramId(id);
    return journal.readBytes(moduleCell(journal, `${formatAddress(address)}::${name}`));
  }

  request(message: Message, journal: Journal): MoveRequest {
    if (message.fn === undefined) {
      return refuse("INVALID_MESSAGE", undefined, "a Move message names a function in `fn`");
    }
    const args =
      message.input === undefined
        ? ((message.args ?? []) as readonly JsonValue[])
        : readArguments(message.input);
    return moveMessage(this.#with(message.code), journal, {
      module: moduleOf(message),
      function: message.fn,
      typeArguments: message.typeArgs ?? [],
      args,
      sender: message.sender ?? DEFAULT_SENDER,
      gas: message.gasLimit ?? GAS_DEFAULT.move,
    });
  }

  portalRequest(
    call: PortalCall,
    sender: Uint8Array,
    gas: bigint,
    frame: Frame,
    finish: CallRequest["finish"],
  ): CallRequest {
    const target = new ByteReader(call.target).utf8(call.target.length);
    const at = target.lastIndexOf("::");
    if (at < 0)
      refuse("INVALID_PROGRAM_ID", undefined, "a Move target reads 0xA::module::function");
    const request = moveMessage(this.#programs, frame.journal, {
      module: target.slice(0, at),
      function: target.slice(at + 2),
      args: readArguments(call.input),
      sender,
      gas,
    });
    return { ...request, finish };
  }

  outcomeName(outcome: number): string {
    return outcomeName(outcome) ?? statusOfOutcome(outcome).status;
  }

  explain(result: FrameResult): string {
    const failure = result.detail as MoveFailure | undefined;
    return failure === undefined ? this.outcomeName(result.outcome) : failureSentence(failure);
  }

  returns(request: CallRequest, result: FrameResult): readonly unknown[] {
    return moveResults((request as MoveRequest).program, result.output).json;
  }
}

const DEFAULT_SENDER = Uint8Array.from({ length: 32 }, (_, i) => (i === 31 ? 1 : 0));

/** Address and name of a decoded module that need not have been verified. */
function selfName(module: CompiledModule): { address: Uint8Array; name: string } {
  const handle = module.moduleHandles[module.self];
  const address = handle && module.addresses[handle.address];
  const name = handle && module.identifiers[handle.name];
  if (address === undefined || name === undefined) {
    const place = { table: "moduleHandles", index: module.self };
    throw new MoveFault("INDEX_OUT_OF_BOUNDS", place, "the module's own handle is out of bounds");
  }
  return { address, name };
}

/** `0xA::m`. */
function qualifiedName(module: CompiledModule): string {
  const { address, name } = selfName(module);
  return `${formatAddress(address)}::${name}`;
}

function firstFunction(module: CompiledModule): string {
  const definition = module.functionDefinitions.find(({ code }) => code !== undefined);
  if (definition === undefined) {
    return refuse("INVALID_MESSAGE", undefined, "the module has no function with code");
  }
  return module.identifiers[module.functionHandles[definition.handle]!.name]!;
}

function moduleOf(message: Message): string {
  if (message.code !== undefined) return qualifiedName(decodeModule(message.code));
  const { address, name } = parseProgramId(message.program!);
  return `${formatAddress(address)}::${name}`;
}

/** BCS of `vector<vector<u8>>`: one value per argument. */
function readArguments(input: Uint8Array): Uint8Array[] {
  const reader = new ByteReader(input);
  const args: Uint8Array[] = [];
  for (let count = reader.uleb128(255); count > 0; count--) {
    args.push(reader.take(reader.uleb128(input.length)));
  }
  reader.finish();
  return args;
}

/** The portal as a native: slot 0 the signer, slot 1 the payload vector, slot 2 the place of the result vector. */
function enterPortal(portal: Portal, frame: Frame): number {
  const result = frame.argI32(2);
  const available = frame.gas;
  const request = {
    frame,
    from: "move",
    caller: frame.memory.slice(frame.argI32(0), 32),
    payload: readByteVector(frame, frame.argI32(1)).slice(),
    available,
    isStatic: false,
  } as const;
  return portal.open(request, (outcome, output, cost) => {
    frame.gas = available - cost;
    if (outcome >= 0x100) return abortNative(frame, BigInt(outcome));
    return writeByteVector(frame, result, output) ? 0 : abortNative(frame, 0n);
  });
}
