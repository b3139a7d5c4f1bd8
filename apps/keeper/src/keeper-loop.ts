/** Runs a task again and again with a pause, never twice at once. A round that fails is told and the next one tries again. */
export class KeeperLoop {
  readonly #round: () => Promise<void>;
  readonly #pauseMs: number;
  readonly #onError: (error: Error) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #isStopped = false;

  constructor(round: () => Promise<void>, pauseMs: number, onError: (error: Error) => void) {
    this.#round = round;
    this.#pauseMs = pauseMs;
    this.#onError = onError;
  }

  start(): void {
    this.#schedule(0);
  }

  /** Begins the next round now, or as soon as the running one ends; resolves when it has ended. */
  async poke(): Promise<void> {
    await this.#running;
    clearTimeout(this.#timer);
    await this.#run();
  }

  /** Starts no more rounds; resolves when the running one has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(ms: number): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => void this.#run(), ms);
  }

  async #run(): Promise<void> {
    if (this.#running !== undefined) return await this.#running;
    this.#running = this.#round().catch((error: unknown) => {
      this.#onError(error instanceof Error ? error : new Error(String(error)));
    });
    await this.#running;
    this.#running = undefined;
    clearTimeout(this.#timer);
    this.#schedule(this.#pauseMs);
  }
}
