import { type CellChange, Journal, MemoryState } from "@dragoman/core";
import { runBothTiers } from "@dragoman/core/testing";
import { assemble } from "../asm/assemble.ts";
import { link } from "../asm/link.ts";
import type { SbpfVersion } from "../isa/version.ts";
import { ACCOUNT_DOMAIN, accountCells, type SvmAccount } from "../runtime/accounts.ts";
import type { SvmFailure } from "../runtime/instruction-error.ts";
import type { AccountMeta, SvmTransaction } from "../runtime/invocation.ts";
import { invocationRequest, openInvocation, settle } from "../runtime/invoke.ts";
import { loadSbpf } from "../runtime/programs.ts";

export const PROGRAM_ID: Uint8Array = new Uint8Array(32).fill(9);

export interface AssemblyRun {
  readonly version?: SbpfVersion;
  readonly data?: Uint8Array;
  readonly rodata?: Uint8Array;
  readonly gas?: bigint;
  readonly accounts?: readonly (Partial<SvmAccount> & Partial<AccountMeta>)[];
  readonly transaction?: Partial<SvmTransaction>;
}

export interface AssemblyEnd {
  readonly failure: SvmFailure | undefined;
  readonly gasUsed: number;
  readonly output: Uint8Array;
  readonly logs: readonly string[];
  readonly changes: readonly CellChange[];
}

/** Key of account number `index` of a run. */
export const accountKey = (index: number): Uint8Array => new Uint8Array(32).fill(index + 1);

/**
 * Runs an assembled program as an instruction, in every tier, which must agree. Accounts are writable signers owned by the
 * program unless they say otherwise.
 */
export function runAssembly(source: string, run: AssemblyRun = {}): AssemblyEnd {
  const { version = 0, gas = 100_000n, accounts = [], data = new Uint8Array(0) } = run;
  const program = loadSbpf(link(assemble(source, version), run.rodata));
  const found = { program, isUnaligned: false, isNative: false };
  const transaction: SvmTransaction = {
    findProgram: () => found,
    sysvar: () => undefined,
    heapBytes: 32 * 1024,
    heightMax: 5,
    ...run.transaction,
  };
  const state = new MemoryState();
  const metas = accounts.map((account, index): AccountMeta => {
    const { key = accountKey(index), isSigner = true, isWritable = true } = account;
    const cells = accountCells({
      lamports: 1000n,
      owner: PROGRAM_ID,
      executable: false,
      rentEpoch: 0n,
      data: new Uint8Array(8),
      ...account,
    });
    for (const [cell, value] of cells) state.write(ACCOUNT_DOMAIN, key, cell, value);
    return { key, isSigner, isWritable };
  });
  const instruction = { programId: PROGRAM_ID, accounts: metas, data };
  const { result, changes, logs } = runBothTiers(state, (journal) =>
    invocationRequest(openInvocation(journal, transaction, instruction, found), gas),
  );
  const journal = new Journal(state);
  const end = settle(
    journal,
    openInvocation(journal, transaction, instruction, found),
    gas,
    result,
  );
  return {
    failure: end.failure,
    gasUsed: Number(gas - end.gasLeft),
    output: result.output,
    logs: [...logs, ...journal.logs].map((entry) => Buffer.from(entry.data).toString()),
    changes,
  };
}

/** r0 of `body`, which ends with `exit`: wrapped so that the number reaches the output. */
export function evaluate(body: string, run: AssemblyRun = {}): bigint {
  const source = `
    entrypoint:
      call body
      stxdw [r10-8], r0
      mov64 r1, r10
      add64 r1, -8
      mov64 r2, 8
      syscall sol_set_return_data
      mov64 r0, 0
      exit
    body:
      ${body}`;
  const { output, failure } = runAssembly(source, run);
  if (failure !== undefined) throw new Error(failure.text);
  return Buffer.from(output).readBigUInt64LE();
}
