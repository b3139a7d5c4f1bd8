import { concatBytes, equalBytes } from "@dragoman/bytes";
import type { Journal } from "@dragoman/core";
import { FaultError } from "@dragoman/fault";
import {
  type CompiledModule,
  decodeModule,
  MoveFault,
  type MovePrograms,
  moduleCell,
  moduleId,
  moduleName,
  verifyCompatibility,
  verifyModule,
} from "@dragoman/frontend-move";
import { resourceKey } from "../resource.ts";
import { FRAMEWORK_ADDRESS } from "./move-machine.ts";
import { decodePackageMetadata, type PackageMetadata } from "./package-metadata.ts";
import { type AllowedModules, PublishAbort, registerPackage } from "./package-registry.ts";
import type { PublishRequest } from "./publish-request.ts";

/** Addresses whose modules may declare native functions: the framework's. */
const isReserved = (address: Uint8Array): boolean =>
  address.every((byte, index) => (index < 31 ? byte === 0 : byte < 16));

/**
 * Checks and installs a package in the journal. Returns the names of the modules that were not there before, in the order of the bundle.
 *
 * Throws a MoveFault with the status of what is wrong with the code, or a {@link PublishAbort} where the package breaks a rule of upgrades.
 */
export function publishPackage(
  { owner, metadata, modules }: PublishRequest,
  journal: Journal,
  programs: MovePrograms,
): string[] {
  const described = describePackage(metadata);
  const { allowed, isUpgrade } = registerPackage(described, owner, journal);
  tellOfPackage(journal, owner, isUpgrade);
  const compiled = modules.map(decodeFile);
  const names = compiled.map((module) => moduleId(module, module.self).name);
  compiled.forEach((module) => {
    checkNatives(module, owner);
  });
  checkNames(described, names);
  for (const module of compiled) checkImports(module, allowed);
  for (const module of compiled) admit(module, owner);
  const fresh: string[] = [];
  compiled.forEach((module, index) => {
    const qualified = moduleName(owner, names[index] as string);
    const cell = moduleCell(journal, qualified);
    const before = journal.readBytes(cell);
    if (before === undefined) fresh.push(qualified);
    else verifyCompatibility(decodeModule(before), module);
    journal.writeBytes(cell, modules[index] as Uint8Array);
  });
  // Linking verifies what the modules import, from each other and from what is installed.
  programs.loader.link(
    journal,
    names.map((name) => moduleName(owner, name)),
  );
  return fresh;
}

const PUBLISH_EVENT = resourceKey("0x1::code::PublishPackage");

/** The event `0x1::code::PublishPackage { code_address, is_upgrade }`. */
function tellOfPackage(journal: Journal, owner: Uint8Array, isUpgrade: boolean): void {
  const data = concatBytes(owner, Uint8Array.of(isUpgrade ? 1 : 0));
  const topics = [PUBLISH_EVENT];
  journal.log({ vm: "move", account: FRAMEWORK_ADDRESS, topics, data, durable: false });
}

function describePackage(bytes: Uint8Array): PackageMetadata {
  try {
    return decodePackageMetadata(bytes);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    // What from_bcs::from_bytes aborts with.
    throw new PublishAbort(0x10001n, "EINVALID_METADATA", "the package's metadata does not decode");
  }
}

/** Publishing has one status for whatever is wrong with a file's form. */
function decodeFile(bytes: Uint8Array): CompiledModule {
  try {
    return decodeModule(bytes);
  } catch (error) {
    if (!(error instanceof MoveFault)) throw error;
    throw new MoveFault("CODE_DESERIALIZATION_ERROR", error.place, error.sentence);
  }
}

function checkNatives(module: CompiledModule, owner: Uint8Array): void {
  const hasNatives =
    module.functionDefinitions.some(({ code }) => code === undefined) ||
    module.structDefinitions.some(({ layout }) => layout.tag === "native");
  if (!hasNatives || isReserved(owner)) return;
  const { name } = moduleId(module, module.self);
  throw new MoveFault("USER_DEFINED_NATIVE_NOT_ALLOWED", {}, `${name} declares a native`);
}

function admit(module: CompiledModule, owner: Uint8Array): void {
  const { address, name } = moduleId(module, module.self);
  if (!equalBytes(address, owner)) {
    const sentence = `the module ${name} is not for the address of its publisher`;
    throw new MoveFault("MODULE_ADDRESS_DOES_NOT_MATCH_SENDER", {}, sentence);
  }
  verifyModule(module);
}

/** A module imports nothing but modules of its package and of those that the metadata names. */
function checkImports(module: CompiledModule, allowed: readonly AllowedModules[]): void {
  module.moduleHandles.forEach((_, handle) => {
    if (handle === module.self) return;
    const { address, name } = moduleId(module, handle);
    const isAllowed = allowed.some(
      ({ account, names }) =>
        equalBytes(account, address) && (names === "all" || names.includes(name)),
    );
    if (isAllowed) return;
    const sentence = `unregistered dependency: '${moduleName(address, name)}'`;
    throw new MoveFault("CONSTRAINT_NOT_SATISFIED", {}, sentence);
  });
}

/** The bundle holds the modules that the metadata names, each once. */
function checkNames({ modules }: PackageMetadata, names: readonly string[]): void {
  if (new Set(names).size !== names.length) {
    throw new MoveFault("DUPLICATE_MODULE_NAME", {}, "two modules of the package have one name");
  }
  const same = modules.length === names.length && modules.every((name) => names.includes(name));
  if (!same) {
    const sentence = `the metadata names ${modules.join(", ")}; the bundle holds ${names.join(", ")}`;
    throw new MoveFault("CONSTRAINT_NOT_SATISFIED", {}, sentence);
  }
}
