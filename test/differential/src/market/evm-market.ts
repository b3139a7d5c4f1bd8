import { decodeHex, encodeHex } from "@dragoman/bytes";
import { Engine, type FrameResult, LinearMemory, MemoryState, type Tier } from "@dragoman/core";
import { creationRequest, evmRequest, writeAccount } from "@dragoman/frontend-evm";
import { COLLATERAL_TOKEN_BYTECODE, MARKET_BYTECODE } from "@dragoman/protocol";
import { encodeCall } from "@dragoman/vm";
import {
  type AccountView,
  type MarketStep,
  type MarketUnderTest,
  type MarketView,
  OWNERS,
  VOLATILITY,
} from "./market-under-test.ts";

const address = (last: number): Uint8Array => new Uint8Array(20).fill(last, 19);
const TOKEN = address(0x70);
const MARKET = address(0x71);
const PUBLISHER = address(0x72);
const GAS = 30_000_000n;
const SIGNATURES: Record<MarketStep["kind"], string> = {
  deposit: "deposit(uint64)",
  withdraw: "withdraw(uint64)",
  fundPool: "fundPool(uint64)",
  publishPrice: "publishPrice(uint64,uint64,uint64)",
  tradePerp: "tradePerp(bool,uint64,uint64)",
  tradeOption: "tradeOption(uint64,uint64,bool,bool,uint64,uint64)",
  settleOption: "settleOption(bytes32,uint256)",
  liquidate: "liquidate(bytes32)",
};

let memory: LinearMemory | undefined;

/** The Solidity market on the machine. */
export class EvmMarket implements MarketUnderTest {
  readonly #engine: Engine;
  #now = 1n;

  constructor(tier: Tier) {
    memory ??= new LinearMemory();
    this.#engine = new Engine({ state: new MemoryState(), tier, memory });
    this.#deploy(TOKEN, COLLATERAL_TOKEN_BYTECODE, "f(address)", [encodeHex(PUBLISHER)]);
    const market = [encodeHex(TOKEN), 1, encodeHex(PUBLISHER), VOLATILITY, [], 0];
    this.#deploy(
      MARKET,
      MARKET_BYTECODE,
      "f(address,uint32,address,uint256,address[],uint256)",
      market,
    );
    for (let i = 0; i < OWNERS; i++) {
      const supply = (1n << 100n).toString();
      this.#call(TOKEN, PUBLISHER, "mint(address,uint256)", [encodeHex(address(i + 1)), supply]);
      this.#call(TOKEN, address(i + 1), "approve(address,uint256)", [encodeHex(MARKET), supply]);
    }
  }

  #deploy(to: Uint8Array, bytecode: string, signature: string, args: unknown[]): void {
    const { journal } = this.#engine;
    const code = decodeHex(
      `${bytecode}${encodeHex(encodeCall(signature, args).subarray(4)).slice(2)}`,
    );
    const result = this.#engine.execute(creationRequest(journal, { to, code, gas: GAS }));
    if (result.outcome !== 0) throw new Error(`deployment failed with outcome ${result.outcome}`);
    writeAccount(journal, to, { code: result.output, nonce: 1n });
    journal.beginTransaction();
  }

  #call(
    to: Uint8Array,
    from: Uint8Array,
    signature: string,
    args: readonly unknown[],
  ): FrameResult {
    const { journal } = this.#engine;
    journal.beginTransaction();
    const environment = { timestamp: this.#now };
    const input = encodeCall(signature, args);
    return this.#engine.execute(evmRequest(journal, { to, from, input, gas: GAS, environment }));
  }

  apply(step: MarketStep): MarketView {
    this.#now = step.now;
    const from = step.kind === "publishPrice" ? PUBLISHER : address(step.owner + 1);
    const caller = step.kind === "liquidate" ? address(step.other + 1) : from;
    const result = this.#call(MARKET, caller, SIGNATURES[step.kind], argumentsOf(step));
    return {
      error: errorOf(result),
      pool: this.#number("pool()"),
      openLong: this.#number("openLong()"),
      openShort: this.#number("openShort()"),
      accounts: Array.from({ length: OWNERS }, (_, i) => this.#account(i)),
    };
  }

  #number(signature: string): bigint {
    return BigInt(encodeHex(this.#call(MARKET, PUBLISHER, signature, []).output));
  }

  #account(owner: number): AccountView {
    const { output } = this.#call(MARKET, PUBLISHER, "account(bytes32)", [ownerId(owner)]);
    const word = (index: number): bigint =>
      BigInt(encodeHex(output.subarray(32 * index, 32 * index + 32)));
    // collateral, then the perpetual's three words, then five for each slot: expiry, strike, size, isCall, isLong
    return {
      collateral: word(0),
      perp: [word(1) !== 0n, word(2), word(3)],
      options: [4, 9, 14, 19].map((at) => [
        word(at),
        word(at + 1),
        word(at + 3) !== 0n,
        word(at + 4) !== 0n,
        word(at + 2),
      ]),
    };
  }
}

const ownerId = (owner: number): string =>
  `0x${"00".repeat(12)}${encodeHex(address(owner + 1)).slice(2)}`;

function argumentsOf(step: MarketStep): unknown[] {
  const { amount, price, now, flag, limit } = step;
  switch (step.kind) {
    case "publishPrice":
      return [price, amount, now];
    case "tradePerp":
      return [flag, amount, limit];
    case "tradeOption":
      return [step.expiry, price, step.isCall, flag, amount, limit];
    case "settleOption":
      return [ownerId(step.owner), step.slot];
    case "liquidate":
      return [ownerId(step.owner)];
    default:
      return [amount];
  }
}

/** Selector of MarketError(uint16). */
const MARKET_ERROR = encodeHex(encodeCall("MarketError(uint16)", [0]).subarray(0, 4));

/** 0, the market's error, or the negated outcome of anything else. */
function errorOf({ outcome, output }: FrameResult): number {
  if (outcome === 0) return 0;
  if (encodeHex(output.subarray(0, 4)) !== MARKET_ERROR) return -outcome;
  return Number(BigInt(encodeHex(output.subarray(4))));
}
