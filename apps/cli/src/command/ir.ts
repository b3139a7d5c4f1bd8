import { printModule } from "@dragoman/core";
import type { Command } from "../command.ts";
import { machineName } from "../input/machine-name.ts";
import { programBytes } from "../input/program-bytes.ts";
import { emptyMachine } from "../machine.ts";
import { Options } from "../options.ts";

/** Prints what a program was lifted to. */
export const ir: Command = {
  name: "ir",
  usage: "<file|hex> --vm evm|sbpf|move [--optimistic]",
  summary: "Prints the lifted IR: the exact module, or the one that is compiled.",
  async run(args, console) {
    const options = new Options(this, { vm: "text", optimistic: "flag" }, args);
    options.noMoreThan(1);
    const vm = machineName(options.text("vm"));
    const bytes = programBytes(options.positional(0, "the program"));
    const { program } = emptyMachine("interpret").load(vm, bytes);
    const module = options.flag("optimistic") ? program.optimistic() : program.exact;
    if (module === undefined) {
      console.note("this program has no optimistic module: it stays in the interpreter");
      return 1;
    }
    console.text(printModule(module));
    return 0;
  },
};
