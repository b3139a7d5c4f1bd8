import type { Frame } from "@dragoman/core";
import type { Command, Console } from "../command.ts";
import { machineName } from "../input/machine-name.ts";
import { MESSAGE_OPTIONS, messageOf } from "../input/message.ts";
import { programBytes } from "../input/program-bytes.ts";
import { emptyMachine } from "../machine.ts";
import { Options } from "../options.ts";

/** What one instruction of one program cost in all. */
interface Site {
  readonly program: string;
  readonly position: number;
  count: number;
  gas: number;
}

/** Runs a program in the interpreter and counts executions and gas of every instruction. */
export const profile: Command = {
  name: "profile",
  usage: "<file|hex> --vm evm|sbpf|move [options of run] [--top n] [--json]",
  summary: "Shows where a run spends its gas, instruction by instruction.",
  async run(args, console) {
    const forms = { vm: "text", top: "text", json: "flag" } as const;
    const options = new Options(this, { ...MESSAGE_OPTIONS, ...forms }, args);
    options.noMoreThan(1);
    const vm = machineName(options.text("vm"));
    const message = messageOf(vm, programBytes(options.positional(0, "the program")), options);
    const top = options.count("top", 1) ?? 25;
    const counter = new SiteCounter();
    const machine = emptyMachine("interpret", (frame, position, gas) => {
      counter.see(frame, position, gas);
    });
    const receipt = machine.execute(message);
    const sites = counter.sites(receipt.gasUsed);
    const total = sites.reduce((sum, site) => sum + site.count, 0);
    if (options.flag("json")) {
      const { outcomeName: outcome, gasUsed } = receipt;
      console.json({ outcome, gasUsed, instructions: total, sites: sites.slice(0, top) });
    } else table(console, sites.slice(0, top), receipt.gasUsed);
    return receipt.ok ? 0 : 1;
  },
};

/** Gas between two observations belongs to the earlier instruction, calls that it made included. */
class SiteCounter {
  readonly #sites = new Map<string, Site>();
  readonly #open: { frame: Frame; site: Site; gas: number }[] = [];

  see(frame: Frame, position: number, gas: number): void {
    while (this.#open.length > 0 && this.#open.at(-1)?.frame.depth !== frame.depth) {
      const last = this.#open.at(-1);
      if (last !== undefined && last.frame.depth < frame.depth) break;
      this.#open.pop();
    }
    const last = this.#open.at(-1);
    if (last?.frame === frame) {
      last.site.gas += last.gas - gas;
      this.#open.pop();
    }
    const site = this.#site(frame, position);
    site.count += 1;
    this.#open.push({ frame, site, gas });
  }

  #site(frame: Frame, position: number): Site {
    const program = frame.program.id;
    const key = `${program} ${position}`;
    const known = this.#sites.get(key);
    if (known !== undefined) return known;
    const site = { program, position, count: 0, gas: 0 };
    this.#sites.set(key, site);
    return site;
  }

  /** Dearest first; the last instruction of the run gets what is missing to the receipt's gas. */
  sites(gasUsed: bigint): Site[] {
    const seen = [...this.#sites.values()];
    const last = this.#open[0];
    if (last !== undefined) {
      last.site.gas += Number(gasUsed) - seen.reduce((sum, site) => sum + site.gas, 0);
    }
    return seen.sort((a, b) => b.gas - a.gas || b.count - a.count || a.position - b.position);
  }
}

function table(console: Console, sites: readonly Site[], gasUsed: bigint): void {
  console.text("program       position      count          gas  share");
  for (const { program, position, count, gas } of sites) {
    const share = gasUsed === 0n ? 0 : (100 * gas) / Number(gasUsed);
    const cells = [
      program.slice(0, 12).padEnd(12),
      String(position).padStart(9),
      String(count).padStart(10),
      String(gas).padStart(12),
      `${share.toFixed(1)} %`.padStart(7),
    ];
    console.text(cells.join(" "));
  }
}
