import { decodeHex, encodeHex } from "@dragoman/bytes";
import type { AccountState, MarketAction, MarketState, TradeAction } from "@dragoman/chain";
import { Engine, type FrameResult, LinearMemory, MemoryState, type Tier } from "@dragoman/core";
import { creationRequest, evmRequest, writeAccount } from "@dragoman/frontend-evm";
import {
  decodeEvmAccount,
  decodeEvmLog,
  decodeEvmMarket,
  decodeEvmQuote,
  EVM_MARKET_READS,
  encodeEvmAccountRead,
  encodeEvmAction,
  encodeEvmQuote,
  encodeEvmRead,
  encodeEvmReceived,
  encodeTokenCall,
  evmMarketError,
  marketInitcode,
  tokenInitcode,
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

const contract = (last: number): Uint8Array => new Uint8Array(20).fill(last, 19);
const TOKEN = contract(0x70);
const MARKET = contract(0x71);
const ADMIN = contract(0x72);
const GAS = 30_000_000n;

/** An owner's address: the last 20 bytes. */
const addressOf = (owner: string): Uint8Array => decodeHex(owner).subarray(12);

let memory: LinearMemory | undefined;

/** The Solidity market on the machine. */
export class EvmMarket implements MarketUnderTest {
  readonly #engine: Engine;
  #now = 1n;

  constructor(tier: Tier, domain: number) {
    memory ??= new LinearMemory();
    this.#engine = new Engine({ state: new MemoryState(), tier, memory });
    this.#deploy(TOKEN, tokenInitcode(encodeHex(ADMIN)));
    const terms = {
      token: encodeHex(TOKEN),
      publisher: encodeHex(addressOf(PUBLISHER)),
      domain,
      volatility: VOLATILITY,
      attesters: ATTESTERS.map(({ address }) => address),
      threshold: THRESHOLD,
    };
    this.#deploy(MARKET, marketInitcode(terms));
    this.#call(TOKEN, ADMIN, encodeTokenCall("setMinter", [encodeHex(MARKET), true]));
    for (const owner of OWNERS) {
      const address = addressOf(owner);
      this.#call(TOKEN, ADMIN, encodeTokenCall("mint", [encodeHex(address), WALLET]));
      const approve = encodeTokenCall("approve", [encodeHex(MARKET), (1n << 256n) - 1n]);
      this.#call(TOKEN, address, approve);
    }
  }

  #deploy(to: Uint8Array, code: Uint8Array): void {
    const { journal } = this.#engine;
    const result = this.#engine.execute(creationRequest(journal, { to, code, gas: GAS }));
    if (result.outcome !== 0) throw new Error(`deployment failed with outcome ${result.outcome}`);
    writeAccount(journal, to, { code: result.output, nonce: 1n });
    journal.beginTransaction();
  }

  #call(to: Uint8Array, from: Uint8Array, input: Uint8Array): FrameResult {
    const { journal } = this.#engine;
    journal.beginTransaction();
    const environment = { timestamp: this.#now };
    return this.#engine.execute(evmRequest(journal, { to, from, input, gas: GAS, environment }));
  }

  #read(to: Uint8Array, input: Uint8Array): Uint8Array {
    const { outcome, output } = this.#call(to, ADMIN, input);
    if (outcome !== 0) throw new Error(`reading failed with outcome ${outcome}`);
    return output;
  }

  act(action: MarketAction, sender: string, now: bigint): ActionEnd {
    this.#now = now;
    const result = this.#call(MARKET, addressOf(sender), encodeEvmAction(action));
    if (result.outcome !== 0) return { error: errorOf(result) };
    const events = this.#engine.journal.logs
      .filter(({ account }) => encodeHex(account) === encodeHex(MARKET))
      .map(({ topics, data }) =>
        decodeEvmLog({ topics: topics.map(encodeHex), data: encodeHex(data) }),
      )
      .filter((event) => event !== undefined);
    return { error: 0, events };
  }

  quote(trade: TradeAction, now: bigint): QuoteEnd {
    this.#now = now;
    const result = this.#call(MARKET, ADMIN, encodeEvmQuote(trade));
    if (result.outcome !== 0) return { error: errorOf(result) };
    return { error: 0, ...decodeEvmQuote(trade, result.output) };
  }

  state(): MarketState {
    const words = EVM_MARKET_READS.map((name) => this.#read(MARKET, encodeEvmRead(name)));
    return decodeEvmMarket(words);
  }

  account(owner: string): AccountState {
    return decodeEvmAccount(this.#read(MARKET, encodeEvmAccountRead(owner)));
  }

  received(source: number, sequence: bigint): boolean {
    return BigInt(encodeHex(this.#read(MARKET, encodeEvmReceived(source, sequence)))) === 1n;
  }

  tokens(): { readonly vault: bigint; readonly supply: bigint } {
    const vault = this.#read(TOKEN, encodeTokenCall("balanceOf", [encodeHex(MARKET)]));
    const supply = this.#read(TOKEN, encodeTokenCall("totalSupply", []));
    return { vault: BigInt(encodeHex(vault)), supply: BigInt(encodeHex(supply)) };
  }
}

function errorOf({ outcome, output }: FrameResult): number | string {
  return evmMarketError(output) ?? `outcome ${outcome}: ${encodeHex(output)}`;
}
