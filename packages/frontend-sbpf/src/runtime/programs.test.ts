import { BYTE_CELLS, Journal, MemoryState } from "@dragoman/core";
import { expect, test } from "vitest";
import { assemble } from "../asm/assemble.ts";
import { link } from "../asm/link.ts";
import { ACCOUNT_DOMAIN, writeAccount } from "./accounts.ts";
import { ADDRESS } from "./addresses.ts";
import { MAINNET_FEATURES } from "./features.ts";
import { SvmPrograms } from "./programs.ts";

const ID = new Uint8Array(32).fill(7);

/** A journal in which a program of the second loader lies at {@link ID}. */
function journalWith(elf: Uint8Array): Journal {
  const journal = new Journal(new MemoryState());
  journal.domain(ACCOUNT_DOMAIN, BYTE_CELLS);
  const owner = ADDRESS.LOADER_V2.bytes;
  writeAccount(journal, ID, { lamports: 1n, owner, executable: true, rentEpoch: 0n, data: elf });
  return journal;
}

const find = (elf: Uint8Array, features = MAINNET_FEATURES) =>
  new SvmPrograms(new Map(), { features }).find(journalWith(elf), ID)!.program;

test("chains of one process share the identity and host table of equal code, and so what was compiled", () => {
  const elf = link(assemble("mov64 r0, 0\nexit"));
  const [one, two] = [find(elf), find(elf.slice())];
  expect(one).not.toBe(two);
  expect(one.id).toBe(two.id);
  expect(one.hosts).toBe(two.hosts);
  expect(find(link(assemble("mov64 r0, 1\nexit"))).id).not.toBe(one.id);
});

test("code under other features has other syscalls, and shares nothing", () => {
  const elf = link(assemble("mov64 r0, 0\nexit"));
  const other = find(elf, new Set([...MAINNET_FEATURES, "blake3Syscall"] as const));
  expect(other.hosts).not.toBe(find(elf).hosts);
});
