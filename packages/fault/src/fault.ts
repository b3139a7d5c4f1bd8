import { FAULT_TABLE, type FaultCode, type FaultName } from "./codes/index.ts";

/** Facts about a refusal that a program may want to read: limits, found values, names. */
export type FaultContext = Readonly<Record<string, string | number | bigint | boolean>>;

const CODES = new Map<FaultName, FaultCode>(FAULT_TABLE.map(([code, name]) => [name, code]));

/**
 * Input that was refused, as a value. It is not an `Error`, so it costs no stack trace and can be
 * returned, stored and sent; {@link FaultError} carries it where a call has to end at once.
 */
export class Fault {
  /** Number of the fault; stable for ever. */
  readonly code: FaultCode;
  /** Name of the fault; stable for ever. */
  readonly name: FaultName;
  /** Byte offset or program counter of the refused input; undefined if it has no one place. */
  readonly at: number | undefined;
  /** One sentence for a person. Its wording may change. */
  readonly message: string;
  readonly context: FaultContext | undefined;

  constructor(name: FaultName, at: number | undefined, message: string, context?: FaultContext) {
    this.code = CODES.get(name) as FaultCode;
    this.name = name;
    this.at = at;
    this.message = message;
    this.context = context;
  }

  /** For example `MALFORMED_HEX at 3: "g" is no hex digit`. */
  toString(): string {
    const place = this.at === undefined ? "" : ` at ${this.at}`;
    return `${this.name}${place}: ${this.message}`;
  }

  /** Plain JSON; large integers become decimal strings, undefined members are left out. */
  toJSON(): Record<string, unknown> {
    const { code, name, at, message, context } = this;
    const facts = context && Object.entries(context).map(([key, value]) => [key, plain(value)]);
    return {
      code,
      name,
      ...(at === undefined ? {} : { at }),
      message,
      ...(facts === undefined ? {} : { context: Object.fromEntries(facts) }),
    };
  }
}

const plain = (value: FaultContext[string]): string | number | boolean =>
  typeof value === "bigint" ? value.toString() : value;

/** A {@link Fault} on its way to the edge. Thrown by `decode`, `load`, `verify` and `parse` functions. */
export class FaultError extends Error {
  override readonly name = "FaultError";
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.toString());
    this.fault = fault;
  }
}

/** Makes a fault. `at` is a byte offset or program counter, `message` one sentence. */
export const fault = (
  name: FaultName,
  at: number | undefined,
  message: string,
  context?: FaultContext,
): Fault => new Fault(name, at, message, context);

/** Refuses input: throws a {@link FaultError}. Arguments as those of {@link fault}. */
export function refuse(
  name: FaultName,
  at: number | undefined,
  message: string,
  context?: FaultContext,
): never {
  throw new FaultError(new Fault(name, at, message, context));
}
