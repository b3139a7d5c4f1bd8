import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** Takes the payload of a notification; undefined after a lost connection, when any number of them may have been missed. */
export type NotificationSink = (payload: string | undefined) => void;

const RECONNECT_MS = 250;

/** One connection that listens to channels for all who ask, and comes back after it was lost. */
export class Listener {
  readonly #connection: pg.ClientConfig;
  readonly #sinks = new Map<string, Set<NotificationSink>>();
  #client: Promise<pg.Client> | undefined;
  #isClosed = false;

  constructor(connection: pg.ClientConfig) {
    this.#connection = connection;
  }

  /** Listens until the returned function is called. Resolves once nothing sent from now on is missed. */
  async listen(channel: string, sink: NotificationSink): Promise<() => Promise<void>> {
    const sinks = this.#sinks.get(channel) ?? new Set();
    this.#sinks.set(channel, sinks.add(sink));
    const connecting = this.#client ?? this.#connect();
    this.#client = connecting;
    try {
      const client = await connecting;
      await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      sinks.delete(sink);
      if (this.#client === connecting) this.#client = undefined;
      throw error;
    }
    return async () => {
      sinks.delete(sink);
      if (sinks.size > 0 || this.#sinks.get(channel) !== sinks) return;
      this.#sinks.delete(channel);
      const open = await this.#client;
      await open?.query(`UNLISTEN ${open.escapeIdentifier(channel)}`).catch(() => undefined);
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#sinks.clear();
    const client = await this.#client?.catch(() => undefined);
    await client?.end().catch(() => undefined);
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client(this.#connection);
    client.on("error", () => undefined);
    client.on("notification", ({ channel, payload }) => {
      for (const sink of this.#sinks.get(channel) ?? []) sink(payload ?? "");
    });
    await client.connect();
    for (const channel of this.#sinks.keys()) {
      await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    }
    client.on("end", () => {
      if (!this.#isClosed) this.#client = this.#reconnect();
    });
    return client;
  }

  async #reconnect(): Promise<pg.Client> {
    for (;;) {
      await sleep(RECONNECT_MS, undefined, { ref: false });
      try {
        const client = await this.#connect();
        for (const sinks of this.#sinks.values()) for (const sink of sinks) sink(undefined);
        return client;
      } catch (error) {
        if (this.#isClosed) throw error;
      }
    }
  }
}
