import { decodeHex } from "@dragoman/bytes";
import type { AccountState, MarketAction, MarketState, TradeAction } from "@dragoman/chain";
import type { Tier } from "@dragoman/core";
import type { JsonValue } from "@dragoman/frontend-move";
import {
  decodeMoveAccount,
  decodeMoveMarket,
  decodeMoveQuote,
  type MoveCall,
  type MoveModuleFile,
  moveViews,
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
import { MOVE_ADMIN, MoveChain, resultsOf } from "./move-chain.ts";

/** The market in Move on the machine, with our `0x1::coin`. */
export class MoveMarket implements MarketUnderTest {
  readonly #chain: MoveChain;

  constructor(tier: Tier, domain: number, modules?: readonly MoveModuleFile[]) {
    this.#chain = new MoveChain(tier, modules);
    const terms = {
      domain,
      publisher: PUBLISHER,
      attesters: ATTESTERS.map(({ address }) => decodeHex(address)),
      threshold: THRESHOLD,
      volatility: VOLATILITY,
      supply: WALLET * BigInt(OWNERS.length),
    };
    const error = this.#chain.initialise(terms, MOVE_ADMIN);
    if (error !== 0) throw new Error(`the initialisation ended with ${error}`);
    for (const owner of OWNERS) {
      resultsOf(this.#chain.call("collateral", { function: "register", args: [] }, owner));
      const amount = new Uint8Array(new BigUint64Array([WALLET]).buffer);
      const transfer = { function: "transfer", args: [decodeHex(owner), amount] };
      resultsOf(this.#chain.callCoin(transfer, MOVE_ADMIN));
    }
  }

  act(action: MarketAction, sender: string, now: bigint): ActionEnd {
    return this.#chain.act(action, sender, now);
  }

  quote(trade: TradeAction, now: bigint): QuoteEnd {
    this.#chain.setClock(now);
    const end = this.#chain.call("market", moveViews.quote(trade), MOVE_ADMIN);
    return "json" in end ? { error: 0, ...decodeMoveQuote(end.json) } : end;
  }

  #view(call: MoveCall): readonly JsonValue[] {
    return resultsOf(this.#chain.call("market", call, MOVE_ADMIN));
  }

  state(): MarketState {
    return decodeMoveMarket(this.#view(moveViews.numbers()));
  }

  account(owner: string): AccountState {
    return decodeMoveAccount(this.#view(moveViews.account(owner)));
  }

  received(source: number, sequence: bigint): boolean {
    return this.#view(moveViews.received(source, sequence))[0] === true;
  }

  tokens(): { readonly vault: bigint; readonly supply: bigint } {
    const supply = this.#chain.callCoin({ function: "supply", args: [] }, MOVE_ADMIN);
    const [vault] = this.#view(moveViews.vault());
    const [{ vec }] = resultsOf(supply) as [{ vec: [string] }];
    return { vault: BigInt(vault as string), supply: BigInt(vec[0]) };
  }

  /** Collateral tokens that the owner holds outside the market. */
  wallet(owner: string): bigint {
    const balance = { function: "balance", args: [decodeHex(owner)] };
    return BigInt(resultsOf(this.#chain.callCoin(balance, MOVE_ADMIN))[0] as string);
  }
}
