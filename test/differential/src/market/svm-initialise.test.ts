import { decodeBase58, decodeHex, encodeBase58 } from "@dragoman/bytes";
import { ADDRESS } from "@dragoman/frontend-sbpf";
import {
  decodeSvmMarket,
  SVM_TOKEN_PROGRAM,
  type SvmInitialisation,
  svmInitialise,
  svmMarketAddress,
  svmVaultAddress,
} from "@dragoman/protocol";
import { describe, expect, test } from "vitest";
import { ATTESTERS } from "./attestation.ts";
import { VOLATILITY } from "./market-under-test.ts";
import { SVM_DEPLOYMENT, writeMint, writeWallet } from "./svm-accounts.ts";
import { MachineChain } from "./svm-chain.ts";

const { programId, mint } = SVM_DEPLOYMENT;
const ADMIN = encodeBase58(new Uint8Array(32).fill(0x21));
const TERMS: SvmInitialisation = {
  domain: 2,
  publisher: encodeBase58(new Uint8Array(32).fill(0x22)),
  volatility: VOLATILITY,
  attesters: ATTESTERS.map(({ address }) => decodeHex(address)),
  threshold: 3,
};

/** A chain with the mint, changed by `change`, and an admin with lamports. */
function chainWith(change: (mintData: Uint8Array) => void = () => {}): MachineChain {
  const chain = new MachineChain("interpret");
  writeMint(chain, 1000n);
  writeWallet(chain, ADMIN, 1000n);
  const account = chain.read(mint)!;
  const data = account.data.slice();
  change(data);
  chain.write(mint, { ...account, data });
  return chain;
}

const end = (chain: MachineChain, terms: SvmInitialisation = TERMS) => {
  const { failure } = chain.run(svmInitialise(SVM_DEPLOYMENT, terms, ADMIN), 1n);
  return failure === undefined ? "done" : (failure.custom ?? failure.text);
};

test("the market is what it was initialised with, and owns an empty vault of its token", () => {
  const chain = chainWith();
  expect(end(chain)).toBe("done");
  expect(decodeSvmMarket(chain.read(svmMarketAddress(programId))!.data)).toEqual({
    domain: 2,
    admin: ADMIN,
    publisher: TERMS.publisher,
    mint,
    vault: svmVaultAddress(programId),
    threshold: 3,
    attesters: ATTESTERS.map(({ address }) => address),
    price: 0n,
    confidence: 0n,
    priceTime: 0n,
    volatility: VOLATILITY,
    pool: 0n,
    openLong: 0n,
    openShort: 0n,
    nextSequence: 1n,
  });
  const vault = chain.read(svmVaultAddress(programId))!;
  expect(encodeBase58(vault.owner)).toBe(SVM_TOKEN_PROGRAM);
  expect(encodeBase58(vault.data.slice(0, 32))).toBe(mint);
  expect(encodeBase58(vault.data.slice(32, 64))).toBe(svmMarketAddress(programId));
  expect(end(chain)).toBe(17);
});

describe("a mint is refused that", () => {
  test.each<[string, number | string, (data: Uint8Array) => void]>([
    ["somebody else can add to", 11, (data) => data.set(decodeBase58(ADMIN), 4)],
    ["nobody can add to", 11, (data) => data.fill(0, 0, 4)],
    ["somebody can freeze", 11, (data) => data.fill(1, 46, 47)],
    ["has other decimals", "invalid account data for instruction", (data) => data.fill(9, 44, 45)],
    ["is not initialised", "invalid account data for instruction", (data) => data.fill(0, 45, 46)],
  ])("%s", (_, wanted, change) => {
    expect(end(chainWith(change))).toBe(wanted);
  });

  test("is no mint of SPL Token", () => {
    const chain = chainWith();
    chain.write(mint, { ...chain.read(mint)!, owner: ADDRESS.SYSTEM.bytes });
    expect(end(chain)).toBe("invalid account data for instruction");
  });
});

describe("error 1:", () => {
  const attesters = TERMS.attesters;
  test.each<[string, Partial<SvmInitialisation>]>([
    ["no volatility", { volatility: 0n }],
    ["a volatility over 4", { volatility: (4n << 32n) + 1n }],
    ["a quorum of nobody", { threshold: 0 }],
    ["a quorum of more than there are", { threshold: 5 }],
    ["an attester twice", { attesters: [...attesters, attesters[0]!] }],
  ])("%s", (_, terms) => {
    expect(end(chainWith(), { ...TERMS, ...terms })).toBe(1);
  });
});

test("lamports that somebody sends to the market's and the vault's address before do not hinder it", () => {
  const chain = chainWith();
  const owner = ADDRESS.SYSTEM.bytes;
  const poor = { lamports: 5n, owner, executable: false, rentEpoch: 0n, data: new Uint8Array(0) };
  chain.write(svmMarketAddress(programId), poor);
  chain.write(svmVaultAddress(programId), poor);
  expect(end(chain)).toBe("done");
});
