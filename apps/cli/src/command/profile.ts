import { writeFileSync } from "node:fs";
import type { Frame } from "@dragoman/core";
import { refuse } from "@dragoman/fault";
import type { EvmProgram } from "@dragoman/frontend-evm";
import type { SbpfProgram } from "@dragoman/frontend-sbpf";
import type { Command, Console } from "../command.ts";
import type { ProgramFile } from "../input/program-bytes.ts";
import {
  SUBJECT_FORK_USAGE,
  SUBJECT_OPTIONS,
  type Subject,
  withSubject,
} from "../input/subject.ts";
import { machineOn } from "../machine.ts";
import { Options } from "../options.ts";
import { BareMap, OpaqueMap } from "../profile/bare-map.ts";
import type { CodeMap } from "../profile/code-map.ts";
import { type HotLine, hotLines } from "../profile/hot-lines.ts";
import { Profiler, type Site } from "../profile/profiler.ts";
import { SbpfMap } from "../profile/sbpf-map.ts";
import { SolidityMap } from "../profile/solidity-map.ts";
import { speedscopeFile } from "../profile/speedscope.ts";

/** Runs a program in the interpreter and counts executions, gas and time of every instruction, line and function. */
export const profile: Command = {
  name: "profile",
  usage: `<file|hex> --vm evm|sbpf|move [options of run] [--top n] [--speedscope file] [--json] ${SUBJECT_FORK_USAGE}`,
  summary:
    "Shows where a run spends its gas and time, by instruction, line of Solidity and function; of sBPF programs compute units, functions named by the ELF's symbols.",
  async run(args, console) {
    const forms = { top: "text", speedscope: "text", json: "flag" } as const;
    const options = new Options(this, { ...SUBJECT_OPTIONS, ...forms }, args);
    return withSubject(options, console, (subject) => profileSubject(subject, options, console));
  },
};

function profileSubject(
  { source, program, message, state }: Subject,
  options: Options,
  console: Console,
): number {
  const top = options.count("top", 1) ?? 25;
  const profiler = new Profiler(mapsFor(program), () => performance.now());
  const machine = machineOn(state, "interpret", (frame, position, gas) => {
    profiler.see(frame, position, gas);
  });
  const receipt = machine.execute(message);
  profiler.end(receipt.gasUsed);
  const file = options.text("speedscope");
  if (file !== undefined) writeText(file, speedscopeFile(source, profiler.stretches));
  const { sites } = profiler;
  const lines = hotLines(sites);
  const instructions = sites.reduce((sum, site) => sum + site.count, 0);
  if (options.flag("json")) {
    const { outcomeName: outcome, gasUsed } = receipt;
    const shown = sites.slice(0, top).map(siteView);
    console.json({ outcome, gasUsed, instructions, sites: shown, lines: lines.slice(0, top) });
  } else if (lines.length > 0) lineTable(console, lines.slice(0, top), receipt.gasUsed);
  else siteTable(console, sites.slice(0, top), receipt.gasUsed);
  return receipt.ok ? 0 : 1;
}

/** The map of each frame's program: the compiler's for the program that was given, else what the code tells. */
function mapsFor({ bytes, contract }: ProgramFile): (frame: Frame) => CodeMap {
  const maps = new Map<string, CodeMap>();
  return ({ program }) => {
    let map = maps.get(program.id);
    if (map === undefined) {
      map = mapOf();
      maps.set(program.id, map);
    }
    return map;

    function mapOf(): CodeMap {
      if (program.vm === "sbpf") return new SbpfMap("program", program as SbpfProgram, bytes);
      if (program.vm !== "evm") return new OpaqueMap(program.id.slice(0, 16));
      const { code } = program as EvmProgram;
      const isOurs = Buffer.compare(code, bytes) === 0;
      const sourceMap = contract?.sourceMap;
      if (isOurs && contract !== undefined && sourceMap !== undefined && sourceMap !== "") {
        return new SolidityMap(contract, sourceMap);
      }
      return new BareMap(isOurs ? contract?.name || "program" : program.id, code);
    }
  };
}

function writeText(path: string, value: unknown): void {
  try {
    writeFileSync(path, JSON.stringify(value));
  } catch (error) {
    refuse("INVALID_COMMAND", undefined, `--speedscope ${path}: ${(error as Error).message}`);
  }
}

const siteView = ({ program, position, count, gas, ms, map }: Site) => {
  const line = map.lineAt(position);
  const at = line === undefined ? {} : { line: `${line.file}:${line.line}` };
  const text = map.textAt(position);
  const shown = text === "" ? {} : { text };
  return { program, position, count, gas, ms: Number(ms.toFixed(6)), ...at, ...shown };
};

const percent = (gas: number, gasUsed: bigint): string =>
  `${(gasUsed === 0n ? 0 : (100 * gas) / Number(gasUsed)).toFixed(1)} %`.padStart(7);

function siteTable(console: Console, sites: readonly Site[], gasUsed: bigint): void {
  console.text("program       position      count          gas  share         ms  instruction");
  for (const { program, position, count, gas, ms, map } of sites) {
    const cells = [
      program.slice(0, 12).padEnd(12),
      String(position).padStart(9),
      String(count).padStart(10),
      String(gas).padStart(12),
      percent(gas, gasUsed),
      ms.toFixed(3).padStart(10),
      ` ${map.textAt(position)}`,
    ];
    console.text(cells.join(" ").trimEnd());
  }
}

function lineTable(console: Console, lines: readonly HotLine[], gasUsed: bigint): void {
  console.text("     count          gas  share         ms  line");
  for (const { file, line, text, count, gas, ms } of lines) {
    const cells = [
      String(count).padStart(10),
      String(gas).padStart(12),
      percent(gas, gasUsed),
      ms.toFixed(3).padStart(10),
      ` ${file}:${line}  ${text.slice(0, 80)}`,
    ];
    console.text(cells.join(" "));
  }
}
