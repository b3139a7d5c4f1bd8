import { encodeHex } from "@dragoman/bytes";
import { keccak256 } from "@dragoman/crypto";
import type { World } from "../account/world.ts";
import { create2Address, createAddress } from "../host/create-address.ts";
import { isDelegation } from "../host/delegation.ts";
import { OPCODE } from "../opcodes.ts";
import type { Rules } from "../schedule/patches.ts";
import {
  type AccountFields,
  accountView,
  hashOfCode,
  type SeenAccount,
  seeAccount,
} from "./prestate-account.ts";
import type { Step } from "./step.ts";
import type { TracedTransaction, Tracer } from "./tracer.ts";
import { addressBytes, wordBytes } from "./words.ts";

export interface PrestateTracerConfig {
  /** Before and after, of what has changed. */
  readonly diffMode?: boolean;
  readonly disableCode?: boolean;
  readonly disableStorage?: boolean;
  /** Accounts too that did not exist. */
  readonly includeEmpty?: boolean;
}

const CALLS: ReadonlySet<number> = new Set([
  OPCODE.call,
  OPCODE.callcode,
  OPCODE.delegatecall,
  OPCODE.staticcall,
]);
const READERS: ReadonlySet<number> = new Set([
  OPCODE.extcodecopy,
  OPCODE.extcodehash,
  OPCODE.extcodesize,
  OPCODE.balance,
  OPCODE.selfdestruct,
]);

/** Accounts and slots that a transaction needs, as it found them (eth/tracers/native/prestate.go). */
export class PrestateTracer implements Tracer {
  readonly #config: PrestateTracerConfig;
  /** By address in hex. */
  readonly #pre = new Map<string, SeenAccount>();
  readonly #post = new Map<string, AccountFields>();
  readonly #created = new Set<string>();
  readonly #deleted = new Set<string>();
  #world!: World;
  #rules!: Readonly<Rules>;
  /** Takes back what the last instruction added: it counts only if it could be paid. */
  #undo: (() => void)[] = [];

  constructor(config: PrestateTracerConfig = {}) {
    this.#config = config;
  }

  start({ sender, to, nonce, coinbase, authorities, rules, world }: TracedTransaction): void {
    this.#world = world;
    this.#rules = rules;
    const target = to ?? createAddress(sender, nonce);
    if (to === undefined) this.#created.add(encodeHex(target));
    else this.#seeDelegate(target);
    for (const address of [sender, target, coinbase, ...authorities]) this.#see(address);
    this.#undo = [];
  }

  step(step: Step): void {
    this.#undo = [];
    const { op, activation } = step;
    const { self, world } = activation;
    const top = step.peek(0);
    if (op === OPCODE.sload || op === OPCODE.sstore) {
      if (top !== undefined) this.#seeSlot(world.addressOf(self), top);
    } else if (READERS.has(op)) {
      if (top === undefined) return;
      this.#see(addressBytes(top));
      if (op === OPCODE.selfdestruct) this.#delete(encodeHex(world.addressOf(self)));
    } else if (CALLS.has(op)) {
      const target = step.peek(1);
      if (target === undefined || step.stack.length < 5) return;
      this.#see(addressBytes(target));
      this.#seeDelegate(addressBytes(target));
    } else if (op === OPCODE.create || op === OPCODE.create2) this.#create(step);
  }

  priced(_depth: number, _cost: number, failure: string | undefined): void {
    if (failure !== undefined) for (const undo of this.#undo) undo();
    this.#undo = [];
  }

  #create(step: Step): void {
    const { self, world } = step.activation;
    const sender = world.addressOf(self);
    let address: Uint8Array;
    if (step.op === OPCODE.create) {
      address = createAddress(sender, world.journal.readWord(world.nonceCell(self)));
    } else {
      const salt = step.peek(3);
      if (salt === undefined) return;
      const initcode = step.memoryRange(step.peek(1) ?? 0n, step.peek(2) ?? 0n);
      address = create2Address(sender, wordBytes(salt), keccak256(initcode));
    }
    this.#see(address);
    this.#mark(this.#created, encodeHex(address));
  }

  #delete(key: string): void {
    if (!this.#rules.selfdestructOnlyNew || this.#created.has(key)) this.#mark(this.#deleted, key);
  }

  #mark(set: Set<string>, key: string): void {
    if (set.has(key)) return;
    set.add(key);
    this.#undo.push(() => set.delete(key));
  }

  #see(address: Uint8Array): SeenAccount {
    const key = encodeHex(address);
    const known = this.#pre.get(key);
    if (known !== undefined) return known;
    const account = seeAccount(this.#world, address);
    this.#pre.set(key, account);
    this.#undo.push(() => this.#pre.delete(key));
    return account;
  }

  #seeDelegate(address: Uint8Array): void {
    if (!this.#rules.delegation) return;
    const code = this.#world.code(this.#world.account(address));
    if (isDelegation(code)) this.#see(code.slice(3));
  }

  #seeSlot(address: Uint8Array, slot: bigint): void {
    if (this.#config.disableStorage === true) return;
    const { slots } = this.#see(address);
    if (slots.has(slot)) return;
    slots.set(slot, this.#readSlot(address, slot));
    this.#undo.push(() => slots.delete(slot));
  }

  #readSlot(address: Uint8Array, slot: bigint): bigint {
    const { journal, domains } = this.#world;
    const account = this.#world.account(address);
    return journal.readWord(journal.cell(domains.storage, account, wordBytes(slot)));
  }

  end(): void {
    if (this.#config.diffMode === true) this.#compare();
    if (this.#config.includeEmpty === true) return;
    for (const [key, { isEmpty }] of this.#pre) if (isEmpty) this.#pre.delete(key);
  }

  /** Leaves in `pre` and `post` what has changed. Of an account that is gone all stays in `pre`. */
  #compare(): void {
    for (const [key, before] of this.#pre) {
      if (this.#deleted.has(key)) continue;
      const changes = this.#changesOf(before);
      if (changes === undefined) this.#pre.delete(key);
      else this.#post.set(key, changes);
    }
  }

  #changesOf(before: SeenAccount): AccountFields | undefined {
    const now = seeAccount(this.#world, before.address);
    const fields: AccountFields = {};
    if (now.balance !== before.balance) fields.balance = now.balance;
    if (now.nonce !== before.nonce) fields.nonce = now.nonce;
    const hash = hashOfCode(now.code);
    if (encodeHex(hash) !== encodeHex(hashOfCode(before.code))) {
      fields.codeHash = hash;
      if (this.#config.disableCode !== true) fields.code = now.code;
    }
    let hasChanged = Object.keys(fields).length > 0;
    const slots = new Map<bigint, bigint>();
    for (const [slot, value] of before.slots) {
      const next = this.#readSlot(before.address, slot);
      if (next === value || value === 0n) before.slots.delete(slot);
      if (next === value) continue;
      hasChanged = true;
      if (next !== 0n) slots.set(slot, next);
    }
    return hasChanged ? { ...fields, slots } : undefined;
  }

  result(): object {
    const pre = [...this.#pre].map(([key, account]) => [key, this.#viewOf(account)]);
    if (this.#config.diffMode !== true) return Object.fromEntries(pre);
    const post = [...this.#post].map(([key, fields]) => [key, accountView(fields)]);
    return { post: Object.fromEntries(post), pre: Object.fromEntries(pre) };
  }

  #viewOf({ balance, nonce, code, slots }: SeenAccount): object {
    const hasCode = code.length > 0;
    return accountView({
      balance,
      nonce,
      slots,
      ...(hasCode ? { codeHash: hashOfCode(code) } : {}),
      ...(hasCode && this.#config.disableCode !== true ? { code } : {}),
    });
  }
}
