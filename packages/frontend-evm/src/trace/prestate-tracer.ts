import { encodeHex } from "@dragoman/bytes";
import type { World } from "../account/world.ts";
import { createAddress } from "../host/create-address.ts";
import { isDelegation } from "../host/delegation.ts";
import type { Rules } from "../schedule/patches.ts";
import {
  type AccountFields,
  accountView,
  hashOfCode,
  originalSlot,
  type SeenAccount,
  seeAccount,
  seeOriginalAccount,
} from "./prestate-account.ts";
import type { FrameEntry, TracedTransaction, Tracer } from "./tracer.ts";
import { wordBytes } from "./words.ts";

export interface PrestateTracerConfig {
  /** Before and after, of what has changed. */
  readonly diffMode?: boolean;
  readonly disableCode?: boolean;
  readonly disableStorage?: boolean;
  /** Accounts too that did not exist. */
  readonly includeEmpty?: boolean;
}

const CREATIONS: ReadonlySet<string> = new Set(["CREATE", "CREATE2"]);

/**
 * Accounts and slots that a transaction needs, as it found them (eth/tracers/native/prestate.go). geth watches every instruction for it; here frames
 * and what hosts are asked for tell the same, so the transaction runs compiled. The journal under it must hold nothing but the transaction.
 */
export class PrestateTracer implements Tracer {
  readonly #config: PrestateTracerConfig;
  /** By address in hex. */
  readonly #pre = new Map<string, SeenAccount>();
  readonly #post = new Map<string, AccountFields>();
  readonly #created = new Set<string>();
  readonly #deleted = new Set<string>();
  #world!: World;
  #rules!: Readonly<Rules>;
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
  }

  enter({ depth, type, from, to }: FrameEntry): void {
    if (depth === 0) return;
    this.#see(to);
    if (type === "SELFDESTRUCT") this.#delete(encodeHex(from));
    else if (CREATIONS.has(type)) this.#created.add(encodeHex(to));
    else this.#seeDelegate(to);
  }

  touch(address: Uint8Array, slot: bigint | undefined): void {
    const { slots } = this.#see(address);
    const isWanted = slot !== undefined && this.#config.disableStorage !== true;
    if (isWanted && !slots.has(slot)) slots.set(slot, originalSlot(this.#world, address, slot));
  }

  #delete(key: string): void {
    if (!this.#rules.selfdestructOnlyNew || this.#created.has(key)) this.#deleted.add(key);
  }

  #see(address: Uint8Array): SeenAccount {
    const key = encodeHex(address);
    const known = this.#pre.get(key);
    if (known !== undefined) return known;
    const account = seeOriginalAccount(this.#world, address);
    this.#pre.set(key, account);
    return account;
  }

  #seeDelegate(address: Uint8Array): void {
    if (!this.#rules.delegation) return;
    const code = this.#world.code(this.#world.account(address));
    if (isDelegation(code)) this.#see(code.slice(3));
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
