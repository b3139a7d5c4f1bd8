import { encodeHex } from "@dragoman/bytes";
import type { CallRequest, Frame, FrameResult, Journal } from "@dragoman/core";
import { keccak256 } from "@dragoman/crypto";
import { refuse } from "@dragoman/fault";
import {
  EVM_OUTCOME_NAMES,
  evmRequest,
  loadEvm,
  type PrecompileCall,
  type PrecompileTable,
  readCode,
  writeAccount,
} from "@dragoman/frontend-evm";
import { disassemble, formatListing } from "@dragoman/frontend-evm/asm";
import { encodeCall, explainRevert } from "../evm-abi.ts";
import type { Frontend, LoadedProgram } from "../frontend.ts";
import { GAS_DEFAULT, type Message } from "../message.ts";
import { outcomeName } from "../outcome.ts";
import type { PortalCall } from "../portal/payload.ts";
import type { Portal } from "../portal/portal.ts";
import { printIr } from "../print-ir.ts";
import { formatProgramId, parseProgramId } from "../program-id.ts";

/** Address of the portal's precompile: ASCII "portal" in the last six bytes. */
export const EVM_PORTAL_ADDRESS = "0000000000000000000000000000706f7274616c";

/** The EVM behind the facade. */
export class EvmFrontend implements Frontend {
  readonly vm = "evm";
  readonly #precompiles: PrecompileTable;

  constructor(portal: Portal) {
    const run = (call: PrecompileCall): number => enterPortal(portal, call);
    this.#precompiles = new Map([[EVM_PORTAL_ADDRESS, { kind: "program", run }]]);
  }

  load(bytes: Uint8Array): LoadedProgram {
    const program = loadEvm(bytes, { precompiles: this.#precompiles });
    return {
      vm: "evm",
      codeHash: encodeHex(keccak256(bytes)),
      size: bytes.length,
      listing: () => formatListing(disassemble(bytes)),
      ir: () => printIr(program.exact),
    };
  }

  install(bytes: Uint8Array, journal: Journal, at: Uint8Array = addressOfCode(bytes)): string {
    this.load(bytes);
    if (at.length !== 20)
      refuse("INVALID_MESSAGE", undefined, `an EVM address has 20 bytes, not ${at.length}`);
    writeAccount(journal, at, { code: bytes, nonce: 1n });
    return formatProgramId({ vm: "evm", address: at, name: "" });
  }

  installed(id: string, journal: Journal): Uint8Array | undefined {
    const code = readCode(journal, parseProgramId(id).address);
    return code.length === 0 ? undefined : code;
  }

  request(message: Message, journal: Journal): CallRequest {
    for (const { key, balance } of message.accounts ?? []) {
      if (key.length !== 20)
        refuse("INVALID_MESSAGE", undefined, "the key of an EVM account has 20 bytes");
      if (balance !== undefined) writeAccount(journal, key, { balance });
    }
    const { code } = message;
    const to = evmTarget(message);
    if (code !== undefined) this.load(code);
    return evmRequest(journal, {
      to,
      gas: message.gasLimit ?? GAS_DEFAULT.evm,
      input: evmInput(message),
      precompiles: this.#precompiles,
      ...(code === undefined ? {} : { code }),
      ...(message.sender === undefined ? {} : { from: message.sender }),
      ...(message.value === undefined ? {} : { value: message.value }),
      ...(message.environment === undefined ? {} : { environment: message.environment }),
      ...(message.trace === undefined ? {} : { trace: message.trace }),
    });
  }

  portalRequest(
    call: PortalCall,
    sender: Uint8Array,
    gas: bigint,
    frame: Frame,
    finish: CallRequest["finish"],
  ): CallRequest {
    if (call.target.length !== 20)
      refuse("INVALID_PROGRAM_ID", undefined, "an EVM target has 20 bytes");
    return evmRequest(frame.journal, {
      to: call.target,
      from: sender.subarray(12),
      input: call.input,
      gas,
      precompiles: this.#precompiles,
      finish,
    });
  }

  outcomeName(outcome: number): string {
    return EVM_OUTCOME_NAMES.get(outcome) ?? outcomeName(outcome) ?? `OUTCOME_${outcome}`;
  }

  explain(result: FrameResult): string {
    return (
      explainRevert(result.output) ??
      SENTENCES[this.outcomeName(result.outcome)] ??
      "the call failed"
    );
  }
}

const SENTENCES: Partial<Record<string, string>> = {
  REVERT: "the contract reverted without data",
  OUT_OF_GAS: "the gas limit was reached",
  STACK_UNDERFLOW: "an instruction found too few words on the stack",
  STACK_OVERFLOW: "the stack would have held more than 1,024 words",
  INVALID_OPCODE: "the byte at this position is no instruction of the fork",
  INVALID_JUMP: "the jump's destination is no JUMPDEST",
  STATIC_VIOLATION: "a static call tried to write",
  RETURN_DATA_OUT_OF_BOUNDS: "RETURNDATACOPY read behind the returned data",
};

/** Where code runs that is installed nowhere: the last 20 bytes of its hash. */
function addressOfCode(code: Uint8Array): Uint8Array {
  return keccak256(code).slice(12);
}

/** The account that a message calls. */
export function evmTarget({ code, program }: Message): Uint8Array {
  return program === undefined ? addressOfCode(code!) : parseProgramId(program).address;
}

/** The calldata of a message. Faults: INVALID_CALL_ARGUMENT. */
export function evmInput(message: Message): Uint8Array {
  if (message.fn !== undefined) return encodeCall(message.fn, message.args ?? []);
  return message.input ?? new Uint8Array(0);
}

/** The portal as a precompile: input = payload; output = the callee's, or on failure its outcome as a 32-byte number, reverting. */
function enterPortal(portal: Portal, call: PrecompileCall): number {
  const request = {
    frame: call.frame,
    from: "evm",
    caller: call.caller,
    payload: call.input,
    available: BigInt(call.gas),
    isStatic: call.isStatic,
  } as const;
  return portal.open(request, (outcome, output, cost) => {
    if (outcome < 0x100) return call.succeed(Number(cost), output);
    const word = new Uint8Array(32);
    new DataView(word.buffer).setUint32(28, outcome);
    return call.revert(Number(cost), word);
  });
}
