import { BYTE_CELLS, type Journal } from "@dragoman/core";
import { FaultError } from "@dragoman/fault";
import {
  type CompiledModule,
  decodeModule,
  MoveFault,
  type MovePrograms,
  moduleCell,
  moduleId,
  moduleName,
  RESOURCE_DOMAIN,
  verifyCompatibility,
  verifyModule,
} from "@dragoman/frontend-move";
import { resourceKey } from "../resource.ts";
import {
  decodePackageMetadata,
  decodePackageRegistry,
  encodePackageRegistry,
  type PackageMetadata,
  withUpgradeNumber,
} from "./package-metadata.ts";
import type { PublishRequest } from "./publish-request.ts";

/** An abort of `0x1::code`, as Aptos gives it (aptos-framework `code.move`). */
export class PublishAbort extends Error {
  override readonly name = "PublishAbort";
  readonly code: bigint;
  readonly reason: string;

  constructor(code: bigint, reason: string, description: string) {
    super(description);
    this.code = code;
    this.reason = reason;
  }
}

const REGISTRY_KEY = resourceKey("0x1::code::PackageRegistry");
const IMMUTABLE = 2;
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
  const compiled = modules.map((bytes) => admit(bytes, owner));
  const names = compiled.map(({ name }) => name);
  checkNames(described, names);
  registerPackage(described, owner, journal);
  const fresh: string[] = [];
  compiled.forEach(({ name, module }, index) => {
    const qualified = moduleName(owner, name);
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

function admit(bytes: Uint8Array, owner: Uint8Array): { name: string; module: CompiledModule } {
  const module = decodeFile(bytes);
  verifyModule(module);
  const { address, name } = moduleId(module, module.self);
  if (!address.every((byte, index) => byte === owner[index])) {
    const sentence = `the module ${name} is not for the address of its publisher`;
    throw new MoveFault("MODULE_ADDRESS_DOES_NOT_MATCH_SENDER", {}, sentence);
  }
  const hasNatives =
    module.functionDefinitions.some(({ code }) => code === undefined) ||
    module.structDefinitions.some(({ layout }) => layout.tag === "native");
  if (hasNatives && !isReserved(owner)) {
    throw new MoveFault("USER_DEFINED_NATIVE_NOT_ALLOWED", {}, `${name} declares a native`);
  }
  return { name, module };
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

/** Puts the package into the owner's registry, in the place of the one that it upgrades. */
function registerPackage(next: PackageMetadata, owner: Uint8Array, journal: Journal): void {
  const domain = journal.domain(RESOURCE_DOMAIN, BYTE_CELLS);
  const cell = journal.cell(domain, journal.account(owner), REGISTRY_KEY);
  const bytes = journal.readBytes(cell);
  const packages = bytes === undefined ? [] : decodePackageRegistry(bytes);
  const at = packages.findIndex(({ name }) => name === next.name);
  const others = packages.filter((_, index) => index !== at);
  checkUpgrade(packages[at], next, others);
  const number = at < 0 ? 0n : (packages[at] as PackageMetadata).upgradeNumber + 1n;
  const entry = withUpgradeNumber(next, number);
  if (at < 0) packages.push(entry);
  else packages[at] = entry;
  journal.writeBytes(cell, encodePackageRegistry(packages));
}

function checkUpgrade(
  old: PackageMetadata | undefined,
  next: PackageMetadata,
  others: readonly PackageMetadata[],
): void {
  if (next.policy === 0 || next.policy > IMMUTABLE) {
    const description = "the upgrade policy must be compatible or immutable";
    throw new PublishAbort(0x10008n, "EINCOMPATIBLE_POLICY_DISABLED", description);
  }
  const clash = others
    .flatMap(({ modules }) => modules)
    .find((name) => next.modules.includes(name));
  if (clash !== undefined) {
    const description = "Package contains duplicate module names with existing modules published";
    throw new PublishAbort(0x80001n, "EMODULE_NAME_CLASH", description);
  }
  if (old === undefined) return;
  if (old.policy === IMMUTABLE) {
    throw new PublishAbort(0x10002n, "EUPGRADE_IMMUTABLE", "Cannot upgrade an immutable package");
  }
  if (next.policy < old.policy) {
    const description = "Cannot downgrade a package's upgradability policy";
    throw new PublishAbort(0x10003n, "EUPGRADE_WEAKER_POLICY", description);
  }
  if (!old.modules.every((name) => next.modules.includes(name))) {
    const description = "Cannot delete a module that was published in the same package";
    throw new PublishAbort(0x10004n, "EMODULE_MISSING", description);
  }
}
