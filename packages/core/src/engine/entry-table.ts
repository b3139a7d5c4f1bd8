import type { CompiledInstance } from "../codegen/index.ts";
import type { Program } from "../host/program.ts";

/** Programs that can be entered by number, over one memory; those that come later are called through the engine. */
const ENTRIES_MAX = 8192;
/** Traps in frames that compiled code opened, after which the program is called through the engine. */
const STRIKES_MAX = 8;

/** Compiled programs by number, for compiled code to enter without the engine. A number is never given again. */
export class EntryTable {
  readonly table = new WebAssembly.Table({ element: "anyfunc", initial: 64, maximum: ENTRIES_MAX });
  readonly #programs: (Program | undefined)[] = [undefined];
  readonly #entries = new WeakMap<CompiledInstance, number>();
  readonly #strikes = new WeakMap<Program, number>();

  /** Number of the program's instance; 0 = it has none. */
  entryOf(program: Program, instance: CompiledInstance): number {
    if ((this.#strikes.get(program) ?? 0) >= STRIKES_MAX) return 0;
    const known = this.#entries.get(instance);
    if (known !== undefined) return known;
    const entry = this.#programs.length;
    if (entry === ENTRIES_MAX || program.adopt === undefined || !program.depletes) return 0;
    if (entry === this.table.length) this.table.grow(entry);
    this.table.set(entry, instance);
    this.#programs.push(program);
    this.#entries.set(instance, entry);
    return entry;
  }

  program(entry: number): Program {
    return this.#programs[entry]!;
  }

  /** Notes that a frame of the program, which compiled code had opened, trapped: that costs its callers a run. */
  strike(entry: number): void {
    const program = this.program(entry);
    this.#strikes.set(program, (this.#strikes.get(program) ?? 0) + 1);
  }
}
