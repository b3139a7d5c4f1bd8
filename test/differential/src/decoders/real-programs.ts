import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { stdlibFiles } from "@dragoman/frontend-move";
import type { Vm } from "@dragoman/vm";

/** A program that nobody here wrote, or our own standard library: what mutations start from. */
export interface RealProgram {
  readonly vm: Vm;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Solana programs that litesvm carries, by the loader that owns them. */
const PROGRAMS = {
  token: "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
  associatedToken: "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL",
  memo: "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr",
} as const;

const LYRA = "@lyrafinance/protocol/dist/artifacts/contracts";
const CONTRACTS = [
  "libraries/BlackScholes.sol/BlackScholes.json",
  "synthetix/DecimalMath.sol/DecimalMath.json",
];

/** ELFs of the litesvm package, contracts of @lyrafinance/protocol and the modules of our `0x1`. */
export async function realPrograms(): Promise<RealProgram[]> {
  return [...(await elfs()), ...contracts(), ...modules()];
}

async function elfs(): Promise<RealProgram[]> {
  const { LiteSVM } = await import("litesvm");
  const svm = new LiteSVM();
  return Object.entries(PROGRAMS).flatMap(([name, address]) => {
    const bytes = elfOf(svm, address);
    return bytes === undefined ? [] : [{ vm: "svm" as const, name, bytes }];
  });
}

type LiteSvm = InstanceType<typeof import("litesvm")["LiteSVM"]>;
type Address = Parameters<LiteSvm["getAccount"]>[0];

/** The ELF of an installed program; loader v3 keeps it in a second account, behind 45 bytes. */
function elfOf(svm: LiteSvm, address: string): Uint8Array | undefined {
  const account = svm.getAccount(address as Address);
  if (!account.exists) return undefined;
  if (account.data[0] === 0x7f) return new Uint8Array(account.data);
  const data = programData(svm, account.data.subarray(4, 36));
  return data?.subarray(45);
}

function programData(svm: LiteSvm, key: Uint8Array): Uint8Array | undefined {
  const { inner } = svm as unknown as { inner: { getAccount(key: Uint8Array): Stored | null } };
  return inner.getAccount(new Uint8Array(key))?.data();
}

interface Stored {
  data(): Uint8Array;
}

function contracts(): RealProgram[] {
  const require = createRequire(import.meta.url);
  return CONTRACTS.map((path) => {
    const text = readFileSync(require.resolve(`${LYRA}/${path}`), "utf8");
    const { deployedBytecode } = JSON.parse(text) as { deployedBytecode: string };
    const bytes = new Uint8Array(Buffer.from(deployedBytecode.slice(2), "hex"));
    return { vm: "evm", name: path, bytes };
  });
}

function modules(): RealProgram[] {
  return [...stdlibFiles()].map(([name, bytes]) => ({ vm: "move", name: `0x1::${name}`, bytes }));
}
