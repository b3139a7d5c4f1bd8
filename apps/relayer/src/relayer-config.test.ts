import { expect, test } from "vitest";
import { parseConfig, readConfig } from "./relayer-config.ts";

const secret = (byte: string): string => `0x${byte.repeat(32)}`;
const chain = (domain: number) => ({
  family: "evm",
  rpcUrl: "http://127.0.0.1:8545",
  domain,
  deployment: { market: "0x01", token: "0x02" },
  secret: secret("11"),
  finalityDepth: 2,
});
const good = {
  database: { dataFolder: "/var/lib/relayer" },
  chains: [chain(1), chain(4)],
  attesterSecrets: [secret("21"), secret("22")],
  threshold: 2,
};
const messageOf = (change: object): string => {
  try {
    parseConfig(JSON.stringify({ ...good, ...change }));
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
};

test("what is not said has its default, and secrets become keys", () => {
  const config = parseConfig(JSON.stringify({ ...good, tuning: { pollMs: 50 } }));
  expect(config.tuning).toMatchObject({ pollMs: 50, inFlightMax: 16 });
  expect(config.chains.map(({ domain }) => domain)).toEqual([1, 4]);
  expect(config.attesters[0]?.address).toMatch(/^0x[0-9a-f]{40}$/);
});

test("a mistake is named with its place", () => {
  expect(messageOf({})).toBe("");
  expect(messageOf({ database: {} })).toContain("database needs either dataFolder or url");
  expect(messageOf({ chains: [chain(1)] })).toContain("chains has 1");
  expect(messageOf({ chains: [chain(1), chain(1)] })).toContain("two with domain 1");
  expect(messageOf({ chains: [chain(1), { ...chain(2), family: "btc" }] })).toContain(
    "chains[1].family is none of evm, svm, move, substrate",
  );
  expect(messageOf({ chains: [chain(1), { ...chain(2), rpcUrl: "here" }] })).toContain(
    'chains[1].rpcUrl "here" is no URL',
  );
  expect(messageOf({ chains: [chain(1), { ...chain(2), domain: -1 }] })).toContain(
    "chains[1].domain is no integer",
  );
  expect(messageOf({ threshold: 3 })).toContain("threshold is 3, and there are 2");
  expect(messageOf({ tuning: { pollms: 1 } })).toContain('tuning has no field "pollms"');
  expect(messageOf({ treshold: 1 })).toContain('has no field "treshold"');
});

test("a secret that is wrong is not told", () => {
  const message = messageOf({ attesterSecrets: [secret("00"), "0xabcd"] });
  expect(message).toContain("attesterSecrets[0] is no secret key");
  const chains = [chain(1), { ...chain(2), secret: "0xdeadbeef" }];
  expect(messageOf({ chains })).toContain("chains[1].secret has 4 bytes");
  expect(messageOf({ chains })).not.toContain("deadbeef");
});

test("a file that is missing or no JSON is named", () => {
  expect(() => readConfig("/nowhere/relayer.json")).toThrow(/\/nowhere\/relayer\.json cannot be/);
  expect(() => parseConfig("{")).toThrow(/no JSON/);
});
