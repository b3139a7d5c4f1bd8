import { readFileSync } from "node:fs";
import { type AttesterKey, attesterKey, DEFAULT_TUNING, type Tuning } from "@dragoman/bridge";
import { decodeHex } from "@dragoman/bytes";
import { CHAIN_FAMILIES, type ChainFamily } from "@dragoman/chain";
import { FaultError, refuse } from "@dragoman/fault";
import type { OpenDatabaseOptions } from "@dragoman/store";

/** One chain, and the account that pays there. */
export interface ChainConfig {
  readonly family: ChainFamily;
  readonly rpcUrl: string;
  readonly domain: number;
  /** What the adapter's `deployMarket` gave. */
  readonly deployment: Readonly<Record<string, unknown>>;
  /** 32 bytes, or 64 on Solana. */
  readonly secret: Uint8Array;
  readonly finalityDepth?: number;
}

/** What a relayer is told. */
export interface RelayerConfig {
  readonly database: OpenDatabaseOptions;
  readonly chains: readonly ChainConfig[];
  readonly attesters: readonly AttesterKey[];
  readonly threshold: number;
  readonly tuning: Tuning;
}

const U32_MAX = 0xffffffff;

/** Reads a configuration file. Fault: INVALID_RELAYER_SETTINGS, with the file, the place in it and what is wrong there. */
export function readConfig(path: string): RelayerConfig {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return wrong(path, `cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  try {
    return parseConfig(text);
  } catch (error) {
    if (error instanceof FaultError) wrong(path, error.fault.message);
    throw error;
  }
}

/** The configuration that a JSON text says. Fault: INVALID_RELAYER_SETTINGS. */
export function parseConfig(text: string): RelayerConfig {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return wrong("the text", `is no JSON: ${error instanceof Error ? error.message : error}`);
  }
  const fields = ["database", "chains", "attesterSecrets", "threshold", "tuning"];
  const root = readObject(json, "the configuration", fields);
  const chains = readList(root.chains, "chains").map((one, i) => readChain(one, `chains[${i}]`));
  if (chains.length < 2) wrong("chains", `has ${chains.length}, and packets travel between two`);
  checkUnique(chains.map(({ domain }) => domain));
  const attesters = readList(root.attesterSecrets, "attesterSecrets").map((one, i) =>
    readAttester(one, `attesterSecrets[${i}]`),
  );
  const threshold = readInteger(root.threshold, "threshold", 1, U32_MAX);
  if (threshold > attesters.length) {
    wrong("threshold", `is ${threshold}, and there are ${attesters.length} attesterSecrets`);
  }
  const tuning = root.tuning === undefined ? DEFAULT_TUNING : readTuning(root.tuning);
  return { database: readDatabase(root.database), chains, attesters, threshold, tuning };
}

function readDatabase(value: unknown): OpenDatabaseOptions {
  const { dataFolder, url } = readObject(value, "database", ["dataFolder", "url"]);
  if ((dataFolder === undefined) === (url === undefined)) {
    wrong("database", "needs either dataFolder or url");
  }
  return url === undefined
    ? { dataFolder: readText(dataFolder, "database.dataFolder") }
    : { url: readText(url, "database.url") };
}

function readChain(value: unknown, at: string): ChainConfig {
  const fields = ["family", "rpcUrl", "domain", "deployment", "secret", "finalityDepth"];
  const chain = readObject(value, at, fields);
  const family = CHAIN_FAMILIES.find((name) => name === chain.family);
  if (family === undefined) {
    return wrong(`${at}.family`, `is none of ${CHAIN_FAMILIES.join(", ")}`);
  }
  const rpcUrl = readText(chain.rpcUrl, `${at}.rpcUrl`);
  if (!URL.canParse(rpcUrl)) wrong(`${at}.rpcUrl`, `${JSON.stringify(rpcUrl)} is no URL`);
  const depth = chain.finalityDepth;
  return {
    family,
    rpcUrl,
    domain: readInteger(chain.domain, `${at}.domain`, 1, U32_MAX),
    deployment: readObject(chain.deployment, `${at}.deployment`, undefined),
    secret: readBytes(chain.secret, `${at}.secret`),
    ...(depth === undefined
      ? {}
      : { finalityDepth: readInteger(depth, `${at}.finalityDepth`, 0, 10_000) }),
  };
}

function readAttester(value: unknown, at: string): AttesterKey {
  const secret = readBytes(value, at);
  try {
    return attesterKey(secret);
  } catch (error) {
    if (error instanceof FaultError) return wrong(at, "is no secret key of secp256k1");
    throw error;
  }
}

function readTuning(value: unknown): Tuning {
  const names = Object.keys(DEFAULT_TUNING) as (keyof Tuning)[];
  const given = readObject(value, "tuning", names);
  const tuning = { ...DEFAULT_TUNING };
  for (const name of names) {
    if (given[name] === undefined) continue;
    const least = name === "startHeight" ? 0 : 1;
    Object.assign(tuning, {
      [name]: readInteger(given[name], `tuning.${name}`, least, Number.MAX_SAFE_INTEGER),
    });
  }
  return tuning;
}

function readObject(
  value: unknown,
  at: string,
  fields: readonly string[] | undefined,
): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return wrong(at, value === undefined ? "is missing" : "is no object");
  }
  const unknown = fields && Object.keys(value).find((name) => !fields.includes(name));
  if (unknown !== undefined) wrong(at, `has no field ${JSON.stringify(unknown)}`);
  return value as Readonly<Record<string, unknown>>;
}

function readList(value: unknown, at: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return wrong(at, value === undefined ? "is missing" : "is no list");
}

function readText(value: unknown, at: string): string {
  if (typeof value === "string" && value !== "") return value;
  return wrong(at, value === undefined ? "is missing" : "is no text");
}

function readInteger(value: unknown, at: string, least: number, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) {
    return value;
  }
  return wrong(at, value === undefined ? "is missing" : `is no integer from ${least} to ${most}`);
}

/** Secrets are never told in messages. */
function readBytes(value: unknown, at: string): Uint8Array {
  const text = readText(value, at);
  try {
    const bytes = decodeHex(text);
    if (bytes.length === 32 || bytes.length === 64) return bytes;
    return wrong(at, `has ${bytes.length} bytes; a secret has 32, or 64 on Solana`);
  } catch (error) {
    if (error instanceof FaultError && error.fault.name !== "INVALID_RELAYER_SETTINGS") {
      return wrong(at, "is no hex");
    }
    throw error;
  }
}

function checkUnique(domains: readonly number[]): void {
  const twice = domains.find((domain, i) => domains.indexOf(domain) !== i);
  if (twice !== undefined) wrong("chains", `has two with domain ${twice}`);
}

const wrong = (at: string, why: string): never =>
  refuse("INVALID_RELAYER_SETTINGS", undefined, `${at} ${why}`);
