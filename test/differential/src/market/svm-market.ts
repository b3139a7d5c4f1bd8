import { type AttesterKey, attesterKey } from "@dragoman/bridge";
import { decodeHex, encodeBase58, encodeHex } from "@dragoman/bytes";
import type { AccountState, MarketAction, MarketEvent, TradeAction } from "@dragoman/chain";
import {
  decodeSvmAccount,
  decodeSvmLogs,
  decodeSvmMarket,
  decodeSvmQuote,
  type SvmActionContext,
  type SvmMarketState,
  svmAccountAddress,
  svmInitialise,
  svmInstruction,
  svmMarketAddress,
  svmQuote,
  svmVaultAddress,
  svmWalletAddress,
} from "@dragoman/protocol";
import {
  SVM_DEPLOYMENT,
  type SvmChain,
  type SvmEnd,
  writeMint,
  writeWallet,
} from "./svm-accounts.ts";

export const SVM_DOMAIN = 2;
export const SVM_THRESHOLD = 3;
/** Attesters of the tests, ascending by address. */
export const ATTESTERS: readonly AttesterKey[] = [11, 12, 13, 14]
  .map((byte) => attesterKey(new Uint8Array(32).fill(byte)))
  .toSorted((one, other) => (one.address < other.address ? -1 : 1));

/** Owner number `index`: 32 bytes in 0x hex, and as Solana writes it. */
export const svmOwner = (index: number): string =>
  encodeHex(new Uint8Array(32).fill(index + 1, 28));
const addressOf = (owner: string): string => encodeBase58(decodeHex(owner));

const PUBLISHER = encodeHex(new Uint8Array(32).fill(0x72));
/** What each owner begins with: room for the largest deposit, and all together for a token. */
const WALLET = 1n << 61n;

/** The market's error, or the words of any other failure; `ok` with the event. */
export type SvmActionEnd =
  | { readonly error: 0; readonly event: MarketEvent }
  | { readonly error: number | string };

/** The market in C on a chain, initialised, with owners that have collateral. */
export class SvmMarket {
  readonly chain: SvmChain;
  /** Lines of the last action. */
  logs: readonly string[] = [];

  constructor(chain: SvmChain, owners: number, volatility: bigint) {
    this.chain = chain;
    writeMint(chain, WALLET * BigInt(owners));
    for (let i = 0; i < owners; i++) writeWallet(chain, addressOf(svmOwner(i)), WALLET);
    writeWallet(chain, addressOf(PUBLISHER), 0n);
    const terms = {
      domain: SVM_DOMAIN,
      publisher: addressOf(PUBLISHER),
      volatility,
      attesters: ATTESTERS.map(({ address }) => decodeHex(address)),
      threshold: SVM_THRESHOLD,
    };
    const instruction = svmInitialise(SVM_DEPLOYMENT, terms, addressOf(PUBLISHER));
    const { failure } = this.chain.run(instruction, 1n);
    if (failure !== undefined) throw new Error(`initialisation failed: ${failure.text}`);
  }

  /** Does the action as `sender`; prices are published by the publisher, whoever asks. */
  act(action: MarketAction, sender: string, now: bigint): SvmActionEnd {
    const who = addressOf(action.type === "publishPrice" ? PUBLISHER : sender);
    const instruction = svmInstruction(SVM_DEPLOYMENT, action, who, this.#context(action));
    const { failure, logs } = this.chain.run(instruction, now);
    this.logs = logs;
    if (failure !== undefined) return { error: failure.custom ?? failure.text };
    const [event, ...more] = decodeSvmLogs(logs, SVM_DEPLOYMENT.programId);
    if (event === undefined || more.length > 0) return { error: `${more.length} events too many` };
    return { error: 0, event };
  }

  #context(action: MarketAction): SvmActionContext {
    if (action.type === "exportPosition") return { nextSequence: this.state().nextSequence };
    if (action.type !== "settleOption") return {};
    const { options } = this.account(action.owner);
    return { expiry: options.find(({ slot }) => slot === action.slot)?.expiry ?? 0n };
  }

  quote(
    trade: TradeAction,
    now: bigint,
  ): { end: SvmEnd; quote?: ReturnType<typeof decodeSvmQuote> } {
    const end = this.chain.run(svmQuote(SVM_DEPLOYMENT, trade), now);
    return end.failure === undefined
      ? { end, quote: decodeSvmQuote(trade, end.returnData) }
      : { end };
  }

  state(): SvmMarketState {
    const account = this.chain.read(svmMarketAddress(SVM_DEPLOYMENT.programId));
    if (account === undefined) throw new Error("the market was not initialised");
    return decodeSvmMarket(account.data);
  }

  account(owner: string): AccountState {
    const address = svmAccountAddress(SVM_DEPLOYMENT.programId, decodeHex(owner));
    return decodeSvmAccount(this.chain.read(address)?.data);
  }

  /** Tokens of the vault, all tokens there are, and what an owner holds outside. */
  tokens(): { readonly vault: bigint; readonly supply: bigint } {
    const amount = (address: string, at: number): bigint => {
      const { data } = this.chain.read(address)!;
      return new DataView(data.buffer, data.byteOffset).getBigUint64(at, true);
    };
    const { programId, mint } = SVM_DEPLOYMENT;
    return { vault: amount(svmVaultAddress(programId), 64), supply: amount(mint, 36) };
  }

  wallet(owner: string): bigint {
    const { data } = this.chain.read(svmWalletAddress(addressOf(owner), SVM_DEPLOYMENT.mint))!;
    return new DataView(data.buffer, data.byteOffset).getBigUint64(64, true);
  }
}
