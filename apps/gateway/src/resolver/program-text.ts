import type { ProgramModel } from "@dragoman/schema";
import type { LoadedProgram } from "@dragoman/vm";
import type { World } from "../world/world.ts";

/** A loaded program with the texts that were made of it; a large program's IR takes a second and ten megabytes. */
export class ProgramText {
  readonly loaded: LoadedProgram;
  #listing: string | undefined;
  readonly #ir = new Map<string | undefined, string>();

  constructor(loaded: LoadedProgram) {
    this.loaded = loaded;
  }

  get listing(): string {
    this.#listing ??= this.loaded.listing();
    return this.#listing;
  }

  /** `fn`: which function, on Move. Faults: those of `LoadedProgram.ir`. */
  ir(fn: string | undefined): string {
    let text = this.#ir.get(fn);
    if (text === undefined) {
      text = this.loaded.ir(fn);
      this.#ir.set(fn, text);
    }
    return text;
  }
}

/** The program that was asked for last: the fields of one program are resolved one after the other. */
let last: { readonly program: ProgramModel; readonly text: ProgramText } | undefined;

/** Texts of a program; kept until another one is asked for. Faults: those of loading. */
export function programText(program: ProgramModel, world: World): ProgramText {
  if (last?.program !== program) last = { program, text: new ProgramText(world.load(program)) };
  return last.text;
}
