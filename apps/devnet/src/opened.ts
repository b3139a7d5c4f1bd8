/** What was opened so far, and how to close it: so that a start that fails halfway leaves nothing behind. */
export class Opened {
  readonly #closers: (() => unknown)[] = [];

  /** Remembers how to close something, and gives it back. */
  keep<T>(thing: T, close: (thing: T) => unknown): T {
    this.#closers.push(() => close(thing));
    return thing;
  }

  /** Waits for all, keeps those that open, and rejects with the first reason if one does not. */
  async keepAll<T>(
    things: readonly Promise<T>[],
    close: (thing: T) => unknown,
  ): Promise<readonly T[]> {
    const results = await Promise.allSettled(things);
    const opened = results.flatMap((result) =>
      result.status === "fulfilled" ? [this.keep(result.value, close)] : [],
    );
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined) throw failed.reason;
    return opened;
  }

  /** Closes everything, what was opened last first. A failure is thrown when all has been tried. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  /** Runs `start`; if it fails, closes everything and rejects with its error. */
  async orClose<T>(start: () => Promise<T>): Promise<T> {
    try {
      return await start();
    } catch (error) {
      await this.close().catch(() => undefined);
      throw error;
    }
  }
}
