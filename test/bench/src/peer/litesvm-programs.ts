import { installedVersion } from "./installed.ts";

/** Addresses of programs that litesvm carries. */
export const TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
export const TOKEN_2022 = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb";

type LiteSvm = InstanceType<typeof import("litesvm")["LiteSVM"]>;
type Address = Parameters<LiteSvm["getAccount"]>[0];

interface Stored {
  data(): Uint8Array;
}

/** The ELF of a program of the upgradeable loader, behind 45 bytes of the account that the program account names. */
export async function installedElf(address: string): Promise<Uint8Array | undefined> {
  if (installedVersion("litesvm") === undefined) return undefined;
  const { LiteSVM } = await import("litesvm");
  const svm = new LiteSVM();
  const account = svm.getAccount(address as Address);
  if (!account.exists) return undefined;
  const { inner } = svm as unknown as { inner: { getAccount(key: Uint8Array): Stored | null } };
  return inner
    .getAccount(new Uint8Array(account.data.subarray(4, 36)))
    ?.data()
    .subarray(45);
}

/** Milliseconds that litesvm takes to load, verify and compile a program; the best of five. */
export async function addProgramMs(address: string, elf: Uint8Array): Promise<number> {
  const { LiteSVM } = await import("litesvm");
  let best = Infinity;
  for (let turn = 0; turn < 5; turn++) {
    const svm = new LiteSVM();
    const begin = performance.now();
    svm.addProgram(address as Address, elf);
    best = Math.min(best, performance.now() - begin);
  }
  return best;
}
