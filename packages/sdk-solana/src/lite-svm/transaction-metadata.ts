import { fieldlessName, type LiteSvmError } from "./transaction-errors.ts";
import type { TransactionRecord } from "./transaction-record.ts";

/** An instruction by positions among the transaction's keys. */
export class CompiledInstruction {
  readonly #programIdIndex: number;
  readonly #accounts: Uint8Array;
  readonly #data: Uint8Array;

  constructor(programIdIndex: number, accounts: Uint8Array, data: Uint8Array) {
    this.#programIdIndex = programIdIndex;
    this.#accounts = accounts;
    this.#data = data;
  }

  programIdIndex(): number {
    return this.#programIdIndex;
  }

  accounts(): Uint8Array {
    return this.#accounts;
  }

  data(): Uint8Array {
    return this.#data;
  }
}

/** A call of a program by another. */
export class InnerInstruction {
  readonly #instruction: CompiledInstruction;
  readonly #stackHeight: number;

  constructor(instruction: CompiledInstruction, stackHeight: number) {
    this.#instruction = instruction;
    this.#stackHeight = stackHeight;
  }

  instruction(): CompiledInstruction {
    return this.#instruction;
  }

  /** 2 = called by an instruction of the transaction. */
  stackHeight(): number {
    return this.#stackHeight;
  }
}

/** What the last program that returned something returned; without one the address is all zeros. */
export class TransactionReturnData {
  readonly #programId: Uint8Array;
  readonly #data: Uint8Array;

  constructor(programId: Uint8Array, data: Uint8Array) {
    this.#programId = programId;
    this.#data = data;
  }

  programId(): Uint8Array {
    return this.#programId;
  }

  data(): Uint8Array {
    return this.#data;
  }
}

/** What a transaction did. */
export class TransactionMetadata {
  readonly #signature: Uint8Array;
  readonly #record: TransactionRecord | undefined;

  /** `record` undefined: it could not even run. */
  constructor(signature: Uint8Array, record: TransactionRecord | undefined) {
    this.#signature = signature;
    this.#record = record;
  }

  signature(): Uint8Array {
    return this.#signature;
  }

  logs(): string[] {
    return [...(this.#record?.logs ?? [])];
  }

  /** Calls between programs, by instruction of the transaction. */
  innerInstructions(): InnerInstruction[][] {
    return (this.#record?.inner ?? []).map((calls) =>
      calls.map(({ program, accounts, data, height }) => {
        const instruction = new CompiledInstruction(program, Uint8Array.from(accounts), data);
        return new InnerInstruction(instruction, height);
      }),
    );
  }

  computeUnitsConsumed(): bigint {
    return BigInt(this.#record?.unitsConsumed ?? 0);
  }

  returnData(): TransactionReturnData {
    const { programId, data } = this.#record?.returnData ?? {};
    return new TransactionReturnData(programId ?? new Uint8Array(32), data ?? new Uint8Array(0));
  }

  /** Lamports that were paid. */
  fee(): bigint {
    return this.#record?.fee ?? 0n;
  }

  prettyLogs(): string {
    return this.logs().join("\n");
  }

  toString(): string {
    return `TransactionMetadata { computeUnitsConsumed: ${this.computeUnitsConsumed()}, logs: ${JSON.stringify(this.logs())} }`;
  }
}

/** A transaction that failed or could not run. */
export class FailedTransactionMetadata {
  readonly #error: LiteSvmError;
  readonly #meta: TransactionMetadata;

  constructor(error: LiteSvmError, meta: TransactionMetadata) {
    this.#error = error;
    this.#meta = meta;
  }

  err(): LiteSvmError {
    return this.#error;
  }

  meta(): TransactionMetadata {
    return this.#meta;
  }

  toString(): string {
    const name = typeof this.#error === "number" ? fieldlessName(this.#error) : this.#error;
    return `FailedTransactionMetadata { err: ${name}, meta: ${this.#meta} }`;
  }
}
