import { refuse } from "@dragoman/fault";
import type { Vm } from "@dragoman/vm";

const NAMES: Readonly<Record<string, Vm>> = { evm: "evm", sbpf: "svm", svm: "svm", move: "move" };

/** The machine that a command line names. Faults: `INVALID_COMMAND`. */
export function machineName(text: string | undefined): Vm {
  if (text === undefined)
    refuse("INVALID_COMMAND", undefined, "--vm is missing: evm, sbpf or move");
  const vm = Object.hasOwn(NAMES, text) ? NAMES[text] : undefined;
  if (vm === undefined)
    refuse("INVALID_COMMAND", undefined, `--vm ${text} is none of evm, sbpf, move`);
  return vm;
}
