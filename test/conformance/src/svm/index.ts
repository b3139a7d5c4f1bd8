import { LinearMemory } from "@dragoman/core";
import { type PackFile, records } from "../pack/pack-file.ts";
import { type ConformOptions, type ConformReport, Tally } from "../report.ts";
import { checkCpi } from "./cpi.ts";
import { checkElfLoader } from "./elf-loader.ts";
import { checkInstruction } from "./instruction.ts";
import { Message } from "./protobuf.ts";
import { checkSyscall } from "./syscall.ts";
import { checkTransaction } from "./transaction.ts";
import { checkVmInterp } from "./vm-interp.ts";

let memory: LinearMemory | undefined;

/**
 * Runs the fixtures of one file: a `.fix`, or a `.rec` of many. What a fixture tests is named in its metadata.
 *
 * Faults: `MALFORMED_CASE`.
 */
export function conformSvm(file: PackFile, options: ConformOptions): ConformReport {
  memory ??= new LinearMemory();
  const tally = new Tally(options);
  const cases = file.name.endsWith(".rec") ? records(file) : [file];
  let index = 0;
  for (const { name, bytes } of cases) {
    if (options.select?.(index++) === false) continue;
    const fixture = new Message(bytes);
    const entrypoint = Buffer.from(fixture.message(1).bytes(1)).toString("latin1");
    if (entrypoint === "sol_compat_vm_interp_v1") {
      tally.count(name, checkVmInterp(fixture, options.tier, memory, []));
    } else if (entrypoint === "sol_compat_elf_loader_v1") {
      tally.count(name, checkElfLoader(fixture));
    } else if (entrypoint === "sol_compat_vm_syscall_execute_v1") {
      countOrSkip(tally, name, checkSyscall(fixture, memory));
    } else if (entrypoint === "sol_compat_vm_cpi_syscall_v1") {
      countOrSkip(tally, name, checkCpi(fixture, memory));
    } else if (entrypoint === "sol_compat_txn_execute_v1") {
      countOrSkip(tally, name, checkTransaction(fixture, memory));
    } else if (entrypoint === "sol_compat_instr_execute_v1") {
      countOrSkip(tally, name, checkInstruction(fixture, memory));
    } else tally.skip(name, `${entrypoint} is not run`);
  }
  return tally.report();
}

const SKIPPED = "skipped: ";

/** `why` as the checks give it: undefined = passed, "skipped: …" = not run. */
function countOrSkip(tally: Tally, name: string, why: string | undefined): void {
  if (why?.startsWith(SKIPPED) === true) tally.skip(name, why.slice(SKIPPED.length));
  else tally.count(name, why);
}
