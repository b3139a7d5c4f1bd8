import { Edwards, KEY_TABLES_MAX } from "./wasm/edwards.ts";

/**
 * A table is made of a key that has so many of a window's signatures, which is more than making it costs. No more keys can have them than there are
 * tables, so that none is made only to be given up.
 */
const WINDOW = 4096;
const SIGHTS_MIN: number = WINDOW / KEY_TABLES_MAX;

let edwards: Edwards | undefined;
/** Sights in this window of keys without a table, and slots of those with one, by the key's bytes as text. */
let counted = 0;
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
  if (++counted === WINDOW) {
    counted = 0;
    sights.clear();
  }
  const count = (sights.get(name) ?? 0) + 1;
  sights.set(name, count);
  if (count < SIGHTS_MIN) return -1;
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
