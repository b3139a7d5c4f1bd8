import type { Command } from "../command.ts";
import { machineName } from "../input/machine-name.ts";
import { programFile } from "../input/program-bytes.ts";
import { machineOn } from "../machine.ts";
import { Options } from "../options.ts";

/** Prints a program's instructions. */
export const disasm: Command = {
  name: "disasm",
  usage: "<file|hex> --vm evm|sbpf|move [--contract name]",
  summary: "Prints the listing of a program.",
  async run(args, console) {
    const options = new Options(this, { vm: "text", contract: "text" }, args);
    options.noMoreThan(1);
    const vm = machineName(options.text("vm"));
    const source = options.positional(0, "the program");
    const { bytes } = programFile(source, options.text("contract"));
    console.text(machineOn().load(vm, bytes).listing());
    return 0;
  },
};
