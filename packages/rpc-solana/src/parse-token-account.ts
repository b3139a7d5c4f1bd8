import { encodeBase58 } from "@dragoman/bytes";
import type { SvmAccount } from "@dragoman/frontend-sbpf";
import { decodeHolding, decodeMint, TOKEN_PROGRAM } from "@dragoman/ledger-svm";
import type { ReadAccount } from "./encode-account.ts";

/** An amount of tokens in all the forms in which nodes give it. */
export function tokenAmount(amount: bigint, decimals: number): Readonly<Record<string, unknown>> {
  const digits = amount.toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals === 0 ? "" : digits.slice(-decimals).replace(/0+$/, "");
  const text = fraction === "" ? whole : `${whole}.${fraction}`;
  return { amount: amount.toString(), decimals, uiAmount: Number(text), uiAmountString: text };
}

const optional = (key: Uint8Array | undefined): string | null =>
  key === undefined ? null : encodeBase58(key);

/** A token account or mint in the encoding `jsonParsed`; undefined for any other account. */
export function parseTokenAccount(account: SvmAccount, read: ReadAccount): unknown {
  const program =
    encodeBase58(account.owner) === encodeBase58(TOKEN_PROGRAM) ? "spl-token" : "spl-token-2022";
  const space = account.data.length;
  const mint = decodeMint(account);
  if (mint !== undefined) {
    const info = {
      mintAuthority: optional(mint.authority),
      supply: mint.supply.toString(),
      decimals: mint.decimals,
      isInitialized: true,
      freezeAuthority: optional(mint.freezeAuthority),
    };
    return { program, parsed: { type: "mint", info }, space };
  }
  const holding = decodeHolding(account);
  const ofMint = holding && read(holding.mint);
  const decimals = ofMint && decodeMint(ofMint)?.decimals;
  if (holding === undefined || decimals === undefined) return undefined;
  const info = {
    mint: encodeBase58(holding.mint),
    owner: encodeBase58(holding.owner),
    tokenAmount: tokenAmount(holding.amount, decimals),
    ...(holding.delegate === undefined ? {} : { delegate: encodeBase58(holding.delegate) }),
    state: holding.isFrozen ? "frozen" : "initialized",
    isNative: holding.isNative,
  };
  return { program, parsed: { type: "account", info }, space };
}
