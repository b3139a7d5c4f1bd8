import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), "../../../..");

/** Folder of the protocols' packages: DRAGOMAN_PEERS or `.peers` of the repository. */
export const peersFolder = (): string => process.env.DRAGOMAN_PEERS ?? join(REPOSITORY, ".peers");

/** How the packages get there: their licences (GPL, BUSL) keep them out of the dependencies. */
export const HOW_TO_GET = "npm run peers:protocols";

/** Folder of a package by `name@version`, extracted as its published archive. */
export const packagePath = (spec: string): string => join(peersFolder(), spec.replaceAll("/", "+"));

/** Packages of `specs` that are not there. */
export const missingPackages = (specs: readonly string[]): string[] =>
  specs.filter((spec) => !existsSync(join(packagePath(spec), "package.json")));
