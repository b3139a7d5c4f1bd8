/** A function of a program. */
export interface CodeFunction {
  readonly name: string;
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
}

/** A line of a source. */
export interface CodeLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Without blanks around it; empty if the source is not at hand. */
  readonly text: string;
}

/** What is known of a program's positions: by a compiler's map, or from the code alone. */
export interface CodeMap {
  /** The program itself: what runs before any of its functions does. */
  readonly program: CodeFunction;
  /** True if an instruction jumps into a function. `to` is where it led. */
  enters(position: number, to: number): boolean;
  /** True if an instruction jumps out of a function; `to` is where it led, `returnTo` the position behind the jump that entered. */
  leaves(position: number, to: number, returnTo: number): boolean;
  /** The function that begins at a position. */
  functionAt(position: number): CodeFunction;
  lineAt(position: number): CodeLine | undefined;
  /** The instruction at a position as text; empty where that is not known. */
  textAt(position: number): string;
}
