import type { CallRequest, Journal } from "@dragoman/core";
import { worldOf } from "./account/world.ts";
import { DEFAULT_ENVIRONMENT, type Environment } from "./host/environment.ts";
import { NO_CALLER, RootCall } from "./host/root-call.ts";
import { type LoadOptions, machineOf } from "./load.ts";
import type { FrameTrace } from "./trace/frame-trace.ts";

/** A call of an EVM program from outside: no transaction around it, no intrinsic gas, no fees. */
export interface EvmMessage extends LoadOptions {
  /** 20 bytes; default: all zero. */
  readonly from?: Uint8Array;
  /** 20 bytes: the account that the code acts for. */
  readonly to: Uint8Array;
  /** What runs; default: the code of `to`. */
  readonly code?: Uint8Array;
  readonly input?: Uint8Array;
  /** Wei; `from` must have it. */
  readonly value?: bigint;
  readonly gas: bigint;
  readonly isStatic?: boolean;
  readonly environment?: Partial<Environment>;
  /** Hears of the frames of this message; whoever runs it reports the first one. */
  readonly trace?: FrameTrace | undefined;
  /** What happens in the frame that made the call, if a frame did. */
  readonly finish?: CallRequest["finish"];
}

const NOBODY = new Uint8Array(20);
const NOTHING = new Uint8Array(0);

/** The request that runs a message on a journal: `engine.execute(evmRequest(engine.journal, message))`. */
export function evmRequest(journal: Journal, message: EvmMessage): CallRequest {
  const world = worldOf(journal);
  const machine = machineFor(message);
  const from = message.from ?? NOBODY;
  const self = world.account(message.to);
  return new RootCall({
    program: machine.program(message.code ?? world.code(self)),
    gas: message.gas,
    environment: environmentOf(message.environment, from),
    self,
    from,
    payer: world.account(from),
    value: message.value ?? 0n,
    input: message.input ?? NOTHING,
    isStatic: message.isStatic ?? false,
    creates: false,
    trace: message.trace,
    finish: message.finish ?? NO_CALLER,
  });
}

/** The request that runs initcode in the new account `to`. Its output is the code; nothing is deposited. */
export function creationRequest(
  journal: Journal,
  message: EvmMessage & { code: Uint8Array },
): CallRequest {
  const world = worldOf(journal);
  const from = message.from ?? NOBODY;
  return new RootCall({
    program: machineFor(message).initcode(message.code),
    gas: message.gas,
    environment: environmentOf(message.environment, from),
    self: world.account(message.to),
    from,
    payer: world.account(from),
    value: message.value ?? 0n,
    input: NOTHING,
    isStatic: false,
    creates: true,
    trace: message.trace,
    finish: message.finish ?? NO_CALLER,
  });
}

const machineFor = (message: EvmMessage) =>
  machineOf(message.trace === undefined ? message : { ...message, watch: message.trace.watch });

function environmentOf(given: Partial<Environment> | undefined, from: Uint8Array): Environment {
  return { ...DEFAULT_ENVIRONMENT, origin: from, ...given };
}
