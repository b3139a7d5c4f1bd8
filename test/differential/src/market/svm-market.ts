import { decodeHex, encodeBase58 } from "@dragoman/bytes";
import type { AccountState, MarketAction, MarketState, TradeAction } from "@dragoman/chain";
import {
  decodeSvmAccount,
  decodeSvmLogs,
  decodeSvmMarket,
  decodeSvmQuote,
  isSvmReceipt,
  type SvmActionContext,
  svmAccountAddress,
  svmInitialise,
  svmInstruction,
  svmMarketAddress,
  svmQuote,
  svmReceiptAddress,
  svmVaultAddress,
} from "@dragoman/protocol";
import { ATTESTERS, THRESHOLD } from "./attestation.ts";
import {
  type ActionEnd,
  type MarketUnderTest,
  OWNERS,
  PUBLISHER,
  type QuoteEnd,
  VOLATILITY,
  WALLET,
} from "./market-under-test.ts";
import {
  SVM_DEPLOYMENT,
  type SvmChain,
  type SvmEnd,
  writeMint,
  writeWallet,
} from "./svm-accounts.ts";

const addressOf = (owner: string): string => encodeBase58(decodeHex(owner));
const { programId, mint } = SVM_DEPLOYMENT;
const MARKET = svmMarketAddress(programId);
const VAULT = svmVaultAddress(programId);
/** Where the layouts of SPL Token have amount and supply. */
const TOKEN_AMOUNT = 64;
const MINT_SUPPLY = 36;

/** The market in C on a chain, with SPL Token and the system program. */
export class SvmMarket implements MarketUnderTest {
  readonly #chain: SvmChain;
  /** Lines of the last action. */
  logs: readonly string[] = [];

  constructor(chain: SvmChain, domain: number) {
    this.#chain = chain;
    writeMint(chain, WALLET * BigInt(OWNERS.length));
    for (const owner of OWNERS) writeWallet(chain, addressOf(owner), WALLET);
    writeWallet(chain, addressOf(PUBLISHER), 0n);
    const terms = {
      domain,
      publisher: addressOf(PUBLISHER),
      volatility: VOLATILITY,
      attesters: ATTESTERS.map(({ address }) => decodeHex(address)),
      threshold: THRESHOLD,
    };
    const { failure } = chain.run(svmInitialise(SVM_DEPLOYMENT, terms, addressOf(PUBLISHER)), 1n);
    if (failure !== undefined) throw new Error(`initialisation failed: ${failure.text}`);
  }

  act(action: MarketAction, sender: string, now: bigint): ActionEnd {
    const context = this.#context(action);
    const instruction = svmInstruction(SVM_DEPLOYMENT, action, addressOf(sender), context);
    const end = this.#chain.run(instruction, now);
    this.logs = end.logs;
    if (end.failure !== undefined) return { error: errorOf(end.failure) };
    return { error: 0, events: decodeSvmLogs(end.logs, programId) };
  }

  #context(action: MarketAction): SvmActionContext {
    if (action.type === "exportPosition") return { nextSequence: this.state().nextSequence };
    if (action.type !== "settleOption") return {};
    const { options } = this.account(action.owner);
    return { expiry: options.find(({ slot }) => slot === action.slot)?.expiry ?? 0n };
  }

  quote(trade: TradeAction, now: bigint): QuoteEnd {
    const { failure, returnData } = this.#chain.run(svmQuote(SVM_DEPLOYMENT, trade), now);
    if (failure !== undefined) return { error: errorOf(failure) };
    return { error: 0, ...decodeSvmQuote(trade, returnData) };
  }

  #data(address: string): Uint8Array {
    const account = this.#chain.read(address);
    if (account === undefined) throw new Error(`there is no account ${address}`);
    return account.data;
  }

  #number(address: string, at: number): bigint {
    const data = this.#data(address);
    return new DataView(data.buffer, data.byteOffset).getBigUint64(at, true);
  }

  state(): MarketState {
    const { price, confidence, priceTime, volatility, pool, openLong, openShort, nextSequence } =
      decodeSvmMarket(this.#data(MARKET));
    return { price, confidence, priceTime, volatility, pool, openLong, openShort, nextSequence };
  }

  account(owner: string): AccountState {
    const address = svmAccountAddress(programId, decodeHex(owner));
    return decodeSvmAccount(this.#chain.read(address)?.data);
  }

  received(source: number, sequence: bigint): boolean {
    return isSvmReceipt(this.#chain.read(svmReceiptAddress(programId, source, sequence))?.data);
  }

  tokens(): { readonly vault: bigint; readonly supply: bigint } {
    return { vault: this.#number(VAULT, TOKEN_AMOUNT), supply: this.#number(mint, MINT_SUPPLY) };
  }
}

const errorOf = ({ custom, text }: NonNullable<SvmEnd["failure"]>): number | string =>
  custom ?? text;
