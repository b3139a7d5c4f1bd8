import { type Frame, HOST } from "@dragoman/core";
import { worldOf, writeAddressWord } from "../account/world.ts";
import { ENVIRONMENT, HEADER } from "../frame-header.ts";
import type { EvmProgram } from "../program.ts";
import type { FrameTrace } from "../trace/frame-trace.ts";
import { Activation } from "./activation.ts";
import { openAccount } from "./create.ts";
import { type Environment, writeEnvironment } from "./environment.ts";

export interface RootCallOptions {
  readonly program: EvmProgram;
  readonly gas: bigint;
  readonly environment: Environment;
  /** Number of the account that the code acts for. */
  readonly self: number;
  /** 20 bytes. */
  readonly from: Uint8Array;
  /** Number of the account that pays the value. */
  readonly payer: number;
  readonly value: bigint;
  readonly input: Uint8Array;
  readonly isStatic: boolean;
  /** True: the program is initcode of a new account. */
  readonly creates: boolean;
  readonly trace?: FrameTrace | undefined;
  readonly finish: (caller: Frame, callee: Frame) => number;
}

const value = new Uint32Array(8);

/** A call that comes from outside the EVM: from a transaction, or from a program of another machine. */
export class RootCall extends Activation {
  readonly options: RootCallOptions;
  /** The environment block and the input stand in front of the frame. */
  readonly reserve: number;

  constructor(options: RootCallOptions) {
    super(options.program, options.gas, options.environment, options.self, options.isStatic, 0);
    this.options = options;
    this.trace = options.trace;
    this.reserve = ENVIRONMENT.SIZE + Math.ceil((options.input.length + 32) / 64) * 64;
  }

  prepare(frame: Frame): void {
    const { environment, input, from, creates } = this.options;
    this.world = worldOf(frame.journal);
    this.environmentAddress = frame.address - this.reserve;
    writeEnvironment(frame.memory, this.environmentAddress, environment);
    const inputAddress = this.environmentAddress + ENVIRONMENT.SIZE;
    frame.memory.u8.set(input, inputAddress);
    this.layOut(frame, inputAddress, input.length);
    writeAddressWord(from, frame.memory.u32, (frame.address + HEADER.CALLER) >>> 2);
    frame.memory.setWord(frame.address + HEADER.CALLVALUE, this.options.value);
    this.#warm(environment.coinbase);
    if (creates) openAccount(this.world, this.self, this.machine.schedule.rules);
    const at = (frame.address + HEADER.CALLVALUE) >>> 2;
    value.set(frame.memory.u32.subarray(at, at + 8));
    if (!creates || this.options.value > 0n)
      this.world.transfer(this.options.payer, this.self, value, 0);
  }

  /** Sender, target, precompiles and, since EIP-3651, the coinbase are warm from the start (EIP-2929). */
  #warm(coinbase: Uint8Array): void {
    const { world, machine } = this;
    const { rules } = machine.schedule;
    if (rules.coldAccountExtra === 0) return;
    world.warm(this.self);
    world.warm(this.options.payer);
    if (rules.warmCoinbase) world.warm(world.account(coinbase));
    for (const account of world.precompiles(machine)) world.warm(account);
  }

  finish(caller: Frame, callee: Frame): number {
    return this.options.finish(caller, callee);
  }
}

/** `finish` of a call that nobody waits for. */
export const NO_CALLER = (): number => HOST.CONTINUE;
