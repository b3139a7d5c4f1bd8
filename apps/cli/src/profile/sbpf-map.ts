import { functionNames, type SbpfProgram } from "@dragoman/frontend-sbpf";
import { disassembleAt } from "@dragoman/frontend-sbpf/asm";
import type { CodeFunction, CodeMap } from "./code-map.ts";

const OP = { CALL: 0x85, CALLX: 0x8d, EXIT: 0x95 } as const;

/** sBPF code: functions are what calls lead to, named by the ELF's symbols if it has them. Positions are slots. */
export class SbpfMap implements CodeMap {
  readonly program: CodeFunction;
  readonly #program: SbpfProgram;
  readonly #names: ReadonlyMap<number, string>;
  readonly #functions = new Map<number, CodeFunction>();

  constructor(name: string, program: SbpfProgram, elf: Uint8Array) {
    this.program = { name };
    this.#program = program;
    this.#names = functionNames(elf);
  }

  enters(position: number, to: number): boolean {
    const { text, calls } = this.#program.graph;
    return (
      text.op[position] === OP.CALLX || (text.op[position] === OP.CALL && calls[position] === to)
    );
  }

  leaves(position: number, to: number, returnTo: number): boolean {
    return this.#program.graph.text.op[position] === OP.EXIT && to === returnTo;
  }

  functionAt(position: number): CodeFunction {
    let known = this.#functions.get(position);
    if (known === undefined) {
      known = { name: this.#names.get(position) ?? `function_${position}` };
      this.#functions.set(position, known);
    }
    return known;
  }

  lineAt(): undefined {
    return undefined;
  }

  textAt(position: number): string {
    const { graph, executable, syscalls } = this.#program;
    const target = graph.calls[position] ?? -1;
    // Entries below -1 are syscalls, see `CallTargets`.
    const syscall = target < -1 ? syscalls[-2 - target]?.name : undefined;
    if (syscall !== undefined) return `syscall ${syscall}`;
    if (target >= 0) return `call ${this.functionAt(target).name}`;
    return disassembleAt(graph.text, position, { functions: executable.functions });
  }
}
