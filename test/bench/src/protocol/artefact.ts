import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "@dragoman/fault";
import { type Abi, type Hex, keccak256, stringToHex } from "viem";
import { packagePath } from "./packages.ts";

/** A contract as a compiler gave it. */
export interface Artefact {
  readonly name: string;
  readonly abi: Abi;
  /** Initcode in hex; may have places for libraries. */
  readonly bytecode: string;
  /** Places of libraries by their name: characters of `bytecode` behind its prefix. */
  readonly places: ReadonlyMap<string, readonly number[]>;
}

type LinkReferences = Readonly<
  Record<string, Readonly<Record<string, readonly { readonly start: number }[]>>>
>;

interface Json {
  readonly abi: Abi;
  readonly bytecode: string | { readonly object: string; readonly linkReferences?: LinkReferences };
  readonly linkReferences?: LinkReferences;
}

/** A contract of a package: the JSON of Hardhat, Waffle and Foundry. */
export function packageArtefact(spec: string, path: string): Artefact {
  const json = JSON.parse(readFileSync(join(packagePath(spec), path), "utf8")) as Json;
  return artefactOf(path.replace(/^.*\/|\.json$/g, ""), json);
}

/** Contracts of this package's `solidity/Mocks.sol`. */
export function mockArtefact(name: "Token" | "PriceFeed"): Artefact {
  const path = new URL("../../workloads/mocks.json", import.meta.url);
  const mocks = JSON.parse(readFileSync(path, "utf8")) as Record<string, Json>;
  const json = mocks[name];
  assert(json !== undefined, `a mock ${name}`);
  return artefactOf(name, json);
}

export function artefactOf(name: string, { abi, bytecode, linkReferences }: Json): Artefact {
  const isObject = typeof bytecode === "object";
  const code = (isObject ? bytecode.object : bytecode).replace(/^0x/, "");
  const references = (isObject ? bytecode.linkReferences : linkReferences) ?? {};
  const places = Object.values(references).flatMap((libraries) =>
    Object.entries(libraries).map(([library, at]) => {
      return [library, at.map(({ start }) => start * 2)] as const;
    }),
  );
  return { name, abi, bytecode: `0x${code}`, places: new Map(places) };
}

/** Initcode with libraries at their addresses. Where places are not listed, they are found by their marks. */
export function link(artefact: Artefact, libraries: Readonly<Record<string, Hex>>): Hex {
  let code = artefact.bytecode.slice(2);
  for (const [library, address] of Object.entries(libraries)) {
    const digits = address.slice(2).toLowerCase();
    for (const at of artefact.places.get(library) ?? []) {
      code = code.slice(0, at) + digits + code.slice(at + 40);
    }
    code = code.replaceAll(hashedPlace(artefact.name, library), digits);
  }
  assert(/^[0-9a-fA-F]*$/.test(code), `${artefact.name} has all its libraries`);
  return `0x${code}`;
}

/** How solc marks a library's place: 34 digits of the hash of its qualified name. */
const hashedPlace = (contract: string, library: string): string =>
  `__$${keccak256(stringToHex(`${contract}.sol:${library}`)).slice(2, 36)}$__`;
