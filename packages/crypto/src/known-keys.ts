import { Edwards, KEY_TABLES_MAX } from "./wasm/edwards.ts";

/** Signatures of a key that are checked before a table is made of it, which takes as long as some ten of them. */
const SIGHTS_MIN = 12;
/** Keys that are counted; more, and counting starts anew. */
const COUNTED_MAX = 4096;

let edwards: Edwards | undefined;
/** Sights of keys without a table, and slots of those with one, by the key's bytes as text. */
const sights = new Map<string, number>();
const slots = new Map<string, number>();

/** The module, made at first use. */
export function edwardsCode(): Edwards {
  edwards ??= new Edwards();
  return edwards;
}

/** Slot of the table of a key that is often seen; -1 for others. Whether there is one changes how long a verification takes, and nothing else. */
export function slotOf(publicKey: Uint8Array): number {
  const name = String.fromCharCode.apply(null, publicKey as unknown as number[]);
  const known = slots.get(name);
  if (known !== undefined) return known;
  const count = (sights.get(name) ?? 0) + 1;
  if (count < SIGHTS_MIN) {
    if (count === 1 && sights.size >= COUNTED_MAX) sights.clear();
    sights.set(name, count);
    return -1;
  }
  sights.delete(name);
  const slot = freeSlot();
  if (!edwardsCode().prepareKey(slot, publicKey)) {
    free.push(slot);
    return -1;
  }
  slots.set(name, slot);
  return slot;
}

const free: number[] = Array.from(
  { length: KEY_TABLES_MAX },
  (_, slot) => KEY_TABLES_MAX - 1 - slot,
);

/** A slot without a table; that of the oldest key if all have one. */
function freeSlot(): number {
  const slot = free.pop();
  if (slot !== undefined) return slot;
  const [oldest] = slots;
  slots.delete((oldest as [string, number])[0]);
  return (oldest as [string, number])[1];
}
