import type { RpcConnection } from "./json-rpc.ts";

/** The subscriptions of one server: numbers them, and ends those of connections that close. */
export class Subscriptions {
  #last = 0;
  readonly #ends = new Map<number, { connection: RpcConnection; end: () => void }>();

  /** Opens one: `start` begins to send to it and returns what ends it. Returns its number, from 1. */
  open(connection: RpcConnection, start: (id: number) => () => void): number {
    this.#last += 1;
    const id = this.#last;
    this.#ends.set(id, { connection, end: start(id) });
    connection.onClose(() => this.close(connection, id));
    return id;
  }

  /** Ends one of the connection's own; false if it has none of this number. */
  close(connection: RpcConnection, id: number): boolean {
    const found = this.#ends.get(id);
    if (found === undefined || found.connection !== connection) return false;
    this.#ends.delete(id);
    found.end();
    return true;
  }
}
