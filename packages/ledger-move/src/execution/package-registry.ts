import { equalBytes } from "@dragoman/bytes";
import { BYTE_CELLS, type Journal } from "@dragoman/core";
import { RESOURCE_DOMAIN } from "@dragoman/frontend-move";
import { resourceKey } from "../resource.ts";
import {
  decodePackageRegistry,
  encodePackageRegistry,
  type PackageMetadata,
  withUpgradeNumber,
} from "./package-metadata.ts";

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
const ARBITRARY = 0;
const IMMUTABLE = 2;

/** Modules that a package may import: of an account those named, or all. */
export interface AllowedModules {
  readonly account: Uint8Array;
  readonly names: readonly string[] | "all";
}

/** What publishing learns from the registries. */
export interface Registration {
  readonly allowed: readonly AllowedModules[];
  readonly isUpgrade: boolean;
}

function registryCell(journal: Journal, account: Uint8Array): number {
  const domain = journal.domain(RESOURCE_DOMAIN, BYTE_CELLS);
  return journal.cell(domain, journal.account(account), REGISTRY_KEY);
}

/** The packages of an account; undefined where it never published. */
function packagesOf(journal: Journal, account: Uint8Array): PackageMetadata[] | undefined {
  const bytes = journal.readBytes(registryCell(journal, account));
  return bytes === undefined ? undefined : decodePackageRegistry(bytes);
}

/** Writes an account's registry. */
export function writePackages(
  journal: Journal,
  account: Uint8Array,
  packages: readonly Pick<PackageMetadata, "bytes">[],
): void {
  journal.writeBytes(registryCell(journal, account), encodePackageRegistry(packages));
}

/**
 * Puts the package into the owner's registry, in the place of the one that it upgrades. Throws a {@link PublishAbort} where it breaks a rule of
 * policies, dependencies or upgrades.
 */
export function registerPackage(
  next: PackageMetadata,
  owner: Uint8Array,
  journal: Journal,
): Registration {
  if (next.policy === ARBITRARY) {
    const description = "Creating a package with incompatible upgrade policy is disabled.";
    throw new PublishAbort(0x10008n, "EINCOMPATIBLE_POLICY_DISABLED", description);
  }
  const packages = packagesOf(journal, owner) ?? [];
  const registryOf = (account: Uint8Array): readonly PackageMetadata[] | undefined =>
    equalBytes(account, owner) ? packages : packagesOf(journal, account);
  const allowed = checkDependencies(next, owner, registryOf);
  for (const old of packages) {
    if (old.name === next.name) checkUpgrade(old, next);
    else checkCoexistence(old, next);
  }
  const at = packages.findIndex(({ name }) => name === next.name);
  const number = at < 0 ? 0n : (packages[at] as PackageMetadata).upgradeNumber + 1n;
  const entry = withUpgradeNumber(next, number);
  if (at < 0) packages.push(entry);
  else packages[at] = entry;
  writePackages(journal, owner, packages);
  return {
    allowed: [...allowed, { account: owner, names: next.modules }],
    isUpgrade: number > 0n,
  };
}

/** Packages at these addresses are upgraded by governance: even an immutable package may need them. */
const isExempt = (account: Uint8Array): boolean =>
  account.every((byte, index) => (index < 31 ? byte === 0 : byte >= 1 && byte <= 10));

function checkDependencies(
  { policy, dependencies }: PackageMetadata,
  owner: Uint8Array,
  registryOf: (account: Uint8Array) => readonly PackageMetadata[] | undefined,
): AllowedModules[] {
  return dependencies.map(({ account, name }) => {
    const registry = registryOf(account);
    if (registry === undefined) return missing();
    if (isExempt(account)) return { account, names: "all" };
    const found = registry.find((one) => one.name === name);
    if (found === undefined) return missing();
    if (found.policy < policy) {
      const description = "A dependency cannot have a weaker upgrade policy.";
      throw new PublishAbort(0x10006n, "EDEP_WEAKER_POLICY", description);
    }
    if (found.policy === ARBITRARY && !equalBytes(account, owner)) {
      const description = "A dependency to an `arbitrary` package must be on the same address.";
      throw new PublishAbort(0x10007n, "EDEP_ARBITRARY_NOT_SAME_ADDRESS", description);
    }
    return { account, names: found.modules };
  });
}

function missing(): never {
  const description = "Dependency could not be resolved to any published package.";
  throw new PublishAbort(0x60005n, "EPACKAGE_DEP_MISSING", description);
}

function checkUpgrade(old: PackageMetadata, next: PackageMetadata): void {
  if (old.policy >= IMMUTABLE) {
    throw new PublishAbort(0x10002n, "EUPGRADE_IMMUTABLE", "Cannot upgrade an immutable package");
  }
  if (next.policy < old.policy) {
    const description = "Cannot downgrade a package's upgradability policy";
    throw new PublishAbort(0x10003n, "EUPGRADE_WEAKER_POLICY", description);
  }
  if (!old.modules.every((name) => next.modules.includes(name))) {
    const description = "Cannot delete a module that was published in the same package";
    // Aptos has no category in this one code.
    throw new PublishAbort(0x4n, "EMODULE_MISSING", description);
  }
}

function checkCoexistence(old: PackageMetadata, next: PackageMetadata): void {
  if (!old.modules.some((name) => next.modules.includes(name))) return;
  const description =
    "Package contains duplicate module names with existing modules publised in other packages on this address";
  throw new PublishAbort(0x80001n, "EMODULE_NAME_CLASH", description);
}
