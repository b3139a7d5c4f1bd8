import { encodeHex } from "@dragoman/bytes";
import type { FrameEntry, TracedTransaction, Tracer } from "./tracer.ts";

const CALLS: ReadonlySet<string> = new Set(["CALL", "CALLCODE", "DELEGATECALL", "STATICCALL"]);

/** How often each selector was called with how many bytes behind it: `{"0x27dc297e-128": 1}` (eth/tracers/native/4byte.go). */
export class FourByteTracer implements Tracer {
  readonly #counts = new Map<string, number>();
  readonly #precompiles = new Set<string>();

  start({ precompiles }: TracedTransaction): void {
    for (const address of precompiles) this.#precompiles.add(encodeHex(address));
  }

  enter({ type, to, input }: FrameEntry): void {
    if (input.length < 4 || !CALLS.has(type) || this.#precompiles.has(encodeHex(to))) return;
    const key = `${encodeHex(input.subarray(0, 4))}-${input.length - 4}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  result(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
