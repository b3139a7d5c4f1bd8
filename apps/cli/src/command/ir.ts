import type { Command } from "../command.ts";
import { machineName } from "../input/machine-name.ts";
import { programFile } from "../input/program-bytes.ts";
import { machineOn } from "../machine.ts";
import { Options } from "../options.ts";

/** Prints what a program was lifted to. */
export const ir: Command = {
  name: "ir",
  usage: "<file|hex> --vm evm|sbpf|move [--fn name] [--contract name]",
  summary: "Prints the lifted IR of the exact module; of a Move module, that of one function.",
  async run(args, console) {
    const options = new Options(this, { vm: "text", fn: "text", contract: "text" }, args);
    options.noMoreThan(1);
    const vm = machineName(options.text("vm"));
    const source = options.positional(0, "the program");
    const { bytes } = programFile(source, options.text("contract"));
    console.text(machineOn().load(vm, bytes).ir(options.text("fn")));
    return 0;
  },
};
