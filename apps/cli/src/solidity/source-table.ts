import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A source file of a compilation. */
export interface Source {
  readonly path: string;
  /** Undefined if nobody has kept it. */
  readonly text: Buffer | undefined;
}

/** Sources of a compilation by the number that source maps give them. */
export class SourceTable {
  readonly #paths: ReadonlyMap<number, string>;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #folders: readonly string[];
  readonly #known = new Map<number, Source | undefined>();

  /** `texts`: sources that came with the output, by path. Others are looked for in `folders`. */
  constructor(
    paths: ReadonlyMap<number, string>,
    texts: ReadonlyMap<string, string>,
    folders: readonly string[],
  ) {
    this.#paths = paths;
    this.#texts = texts;
    this.#folders = folders;
  }

  find(id: number): Source | undefined {
    if (!this.#known.has(id)) this.#known.set(id, this.#load(id));
    return this.#known.get(id);
  }

  #load(id: number): Source | undefined {
    const path = this.#paths.get(id);
    if (path === undefined) return undefined;
    const kept = this.#texts.get(path);
    if (kept !== undefined) return { path, text: Buffer.from(kept) };
    const file = this.#folders.map((folder) => join(folder, path)).find(existsSync);
    return { path, text: file === undefined ? undefined : readFileSync(file) };
  }
}

export const NO_SOURCES: SourceTable = new SourceTable(new Map(), new Map(), []);
