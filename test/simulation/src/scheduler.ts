import type { SeededRandom } from "./seeded-random.ts";

/** A process of the simulated world. What it waits for never comes once it is dead. */
export interface Actor {
  readonly name: string;
  isAlive: boolean;
}

/** What happens to an effect when its turn comes. */
export type Fate =
  /** It happens and its answer arrives. */
  | "done"
  /** The process dies before it happens, or after, without learning of it. */
  | "crash-before"
  | "crash-after";

interface Effect {
  readonly actor: Actor;
  readonly name: string;
  readonly run: () => void;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly actor: Actor | undefined;
  readonly fire: () => void;
}

/**
 * Time and order of a simulated world. Every effect of a process waits here for its turn; the seed decides whose turn it is, and whether the
 * process lives to see the answer. Time moves only when nobody waits for a turn.
 */
export class Scheduler {
  /** Milliseconds since 1970-01-01. */
  now: number;
  readonly #random: SeededRandom;
  #effects: Effect[] = [];
  #timers: Timer[] = [];
  #order = 0;
  /** Effects that had their turn. */
  turns = 0;

  constructor(random: SeededRandom, now: number) {
    this.#random = random;
    this.now = now;
  }

  /** An effect of `actor`; resolves when its turn has come and it has happened. */
  perform<T>(actor: Actor, name: string, effect: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (!actor.isAlive) return;
      const settle =
        <V>(end: (value: V) => void) =>
        (value: V): void => {
          if (actor.isAlive) end(value);
        };
      const run = (): void => {
        try {
          const result = effect();
          if (result instanceof Promise) result.then(settle(resolve), settle(reject));
          else settle(resolve)(result);
        } catch (error) {
          settle(reject)(error);
        }
      };
      this.#effects.push({ actor, name, run });
    });
  }

  sleep(actor: Actor, ms: number): Promise<void> {
    return new Promise((resolve) => this.#at(this.now + ms, actor, resolve));
  }

  /** Calls `fire` at a time of the world. */
  at(time: number, fire: () => void): void {
    this.#at(time, undefined, fire);
  }

  #at(at: number, actor: Actor | undefined, fire: () => void): void {
    this.#order += 1;
    this.#timers.push({ at, order: this.#order, actor, fire });
  }

  kill(actor: Actor): void {
    actor.isAlive = false;
    this.#effects = this.#effects.filter((effect) => effect.actor !== actor);
    this.#timers = this.#timers.filter((timer) => timer.actor !== actor);
  }

  /** One turn, or the next timer. `fateOf` is asked for every effect. False if nothing is left. */
  async step(fateOf: (actor: Actor, name: string) => Fate): Promise<boolean> {
    // Three microtasks bring most continuations to their next effect, a macrotask all of them.
    for (let i = 0; i < 3; i++) await undefined;
    if (this.#effects.length === 0) await new Promise((resolve) => setImmediate(resolve));
    if (this.#effects.length === 0) return this.#advance();
    const index = this.#random.below(this.#effects.length);
    const effect = this.#effects[index]!;
    this.#effects[index] = this.#effects[this.#effects.length - 1]!;
    this.#effects.pop();
    this.turns += 1;
    const fate = fateOf(effect.actor, effect.name);
    if (fate === "crash-before") {
      this.kill(effect.actor);
      return true;
    }
    effect.run();
    if (fate === "crash-after") this.kill(effect.actor);
    return true;
  }

  #advance(): boolean {
    let next = 0;
    for (let i = 1; i < this.#timers.length; i++) {
      const [timer, best] = [this.#timers[i]!, this.#timers[next]!];
      if (timer.at < best.at || (timer.at === best.at && timer.order < best.order)) next = i;
    }
    const timer = this.#timers[next];
    if (timer === undefined) return false;
    this.#timers.splice(next, 1);
    if (timer.at > this.now) this.now = timer.at;
    timer.fire();
    return true;
  }
}
