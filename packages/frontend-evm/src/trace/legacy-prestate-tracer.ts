import { encodeHex } from "@dragoman/bytes";
import { keccak256 } from "@dragoman/crypto";
import { assert } from "@dragoman/fault";
import type { World } from "../account/world.ts";
import { create2Address, createAddress } from "../host/create-address.ts";
import { OPCODE } from "../opcodes.ts";
import { hexBytes, hexQuantity, hexWord } from "./json.ts";
import { type SeenAccount, seeAccount } from "./prestate-account.ts";
import type { Step } from "./step.ts";
import type { FrameEntry, TracedTransaction, Tracer } from "./tracer.ts";
import { addressBytes, wordBytes } from "./words.ts";

const READERS: ReadonlySet<number> = new Set([
  OPCODE.extcodecopy,
  OPCODE.extcodesize,
  OPCODE.extcodehash,
  OPCODE.balance,
]);
const CALLS: ReadonlySet<number> = new Set([
  OPCODE.call,
  OPCODE.callcode,
  OPCODE.delegatecall,
  OPCODE.staticcall,
]);

/**
 * The state before a transaction as geth's first prestate tracer told it, from instructions alone
 * (eth/tracers/js/internal/tracers/prestate_tracer_legacy.js): code of all accounts, no code hashes, the coinbase only if code asks for it.
 */
export class LegacyPrestateTracer implements Tracer {
  readonly #accounts = new Map<string, SeenAccount & { balance: bigint; nonce: bigint }>();
  #world!: World;
  #entry: FrameEntry | undefined;
  /** Wei a unit of gas. */
  #gasPrice = 0n;

  start({ world, gasPrice }: TracedTransaction): void {
    this.#world = world;
    this.#gasPrice = gasPrice;
  }

  enter(entry: FrameEntry): void {
    if (entry.depth === 0) this.#entry = entry;
  }

  step(step: Step): void {
    const { op, activation } = step;
    const { world, self } = activation;
    const own = world.addressOf(self);
    if (this.#accounts.size === 0) this.#see(own);
    const top = step.peek(0);
    if (top !== undefined && READERS.has(op)) this.#see(addressBytes(top));
    else if (CALLS.has(op)) this.#see(addressBytes(step.peek(1) ?? 0n));
    else if (op === OPCODE.create) {
      this.#see(createAddress(own, world.journal.readWord(world.nonceCell(self))));
    } else if (op === OPCODE.create2) {
      const initcode = step.memoryRange(step.peek(1) ?? 0n, step.peek(2) ?? 0n);
      this.#see(create2Address(own, wordBytes(step.peek(3) ?? 0n), keccak256(initcode)));
    } else if (top !== undefined && (op === OPCODE.sload || op === OPCODE.sstore)) {
      this.#seeSlot(own, self, top);
    }
  }

  #see(address: Uint8Array): SeenAccount & { balance: bigint; nonce: bigint } {
    const key = encodeHex(address);
    let account = this.#accounts.get(key);
    if (account === undefined) {
      account = seeAccount(this.#world, address);
      this.#accounts.set(key, account);
    }
    return account;
  }

  #seeSlot(address: Uint8Array, account: number, slot: bigint): void {
    const { slots } = this.#see(address);
    if (slots.has(slot)) return;
    const { journal, domains } = this.#world;
    slots.set(slot, journal.readWord(journal.cell(domains.storage, account, wordBytes(slot))));
  }

  /** Sender and recipient were seen with the fees bought and the value moved: that is taken back. */
  end(gasUsed: bigint): void {
    const entry = this.#entry;
    assert(entry !== undefined, "a transaction has a frame");
    const { value = 0n, to, from, type } = entry;
    const target = this.#see(to);
    const sender = this.#see(from);
    target.balance -= value;
    sender.balance += value + gasUsed * this.#gasPrice;
    sender.nonce--;
    if (type === "CREATE") this.#accounts.delete(encodeHex(to));
  }

  result(): object {
    const views = [...this.#accounts].map(([key, { balance, nonce, code, slots }]) => {
      const storage = [...slots].map(([slot, value]) => [hexWord(slot), hexWord(value)]);
      const view = {
        balance: hexQuantity(balance),
        nonce: Number(nonce),
        code: hexBytes(code),
        storage: Object.fromEntries(storage),
      };
      return [key, view];
    });
    return Object.fromEntries(views);
  }
}
