import { decodeHex, encodeHex } from "@dragoman/bytes";
import type { MarketAction } from "@dragoman/chain";
import { Engine, MemoryState } from "@dragoman/core";
import { creationRequest, evmRequest, writeAccount } from "@dragoman/frontend-evm";
import { expect, test } from "vitest";
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
} from "./evm-codec.ts";
import { decodePacket } from "./index.ts";

const address = (last: number): Uint8Array => new Uint8Array(20).fill(last, 19);
const [TOKEN, MARKET, ADMIN] = [address(0x70), address(0x71), address(0x72)];
const OWNER = `0x${"00".repeat(12)}${encodeHex(ADMIN).slice(2)}`;
const NOW = 1_000_000n;
const VOLATILITY = 1n << 31n;
const GAS = 30_000_000n;

/** Token and market on the machine, the admin with tokens and an allowance. */
function market() {
  const engine = new Engine({ state: new MemoryState() });
  const { journal } = engine;
  const deploy = (to: Uint8Array, code: Uint8Array): void => {
    const { output } = engine.execute(creationRequest(journal, { to, code, gas: GAS }));
    writeAccount(journal, to, { code: output, nonce: 1n });
    journal.beginTransaction();
  };
  deploy(TOKEN, tokenInitcode(encodeHex(ADMIN)));
  deploy(
    MARKET,
    marketInitcode({
      token: encodeHex(TOKEN),
      publisher: encodeHex(ADMIN),
      domain: 1,
      volatility: VOLATILITY,
      attesters: [encodeHex(ADMIN)],
      threshold: 1,
    }),
  );
  const call = (to: Uint8Array, input: Uint8Array) => {
    journal.beginTransaction();
    const environment = { timestamp: NOW };
    return engine.execute(evmRequest(journal, { to, from: ADMIN, input, gas: GAS, environment }));
  };
  const supply = 10n ** 15n;
  call(TOKEN, encodeTokenCall("mint", [encodeHex(ADMIN), supply]));
  call(TOKEN, encodeTokenCall("setMinter", [encodeHex(MARKET), true]));
  call(TOKEN, encodeTokenCall("approve", [encodeHex(MARKET), supply]));
  const act = (action: MarketAction) => {
    const { outcome, output } = call(MARKET, encodeEvmAction(action));
    const events = journal.logs.flatMap(({ topics, data }) => {
      const hex = [...topics].map((topic) => encodeHex(topic));
      return decodeEvmLog({ topics: hex, data: encodeHex(data) }) ?? [];
    });
    return { outcome, error: evmMarketError(output), events };
  };
  return { act, read: (input: Uint8Array) => call(MARKET, input).output };
}

test("actions, events and states go through the contract and come back", () => {
  const { act, read } = market();
  expect(act({ type: "fundPool", amount: 10n ** 12n }).events).toEqual([
    { type: "PoolFunded", owner: OWNER, amount: 10n ** 12n },
  ]);
  act({ type: "publishPrice", price: 3_000_000_000n, confidence: 5n, time: NOW });
  act({ type: "deposit", amount: 10n ** 10n });
  const option = {
    type: "tradeOption",
    expiry: NOW + 86_400n,
    strike: 3_100_000_000n,
    isCall: true,
    isBuy: true,
    size: 2_000_000n,
    limit: 1n << 50n,
  } as const;
  const quote = decodeEvmQuote(option, read(encodeEvmQuote(option)));
  const [traded] = act(option).events;
  expect(traded).toMatchObject({
    type: "OptionTraded",
    owner: OWNER,
    strike: 3_100_000_000n,
    isCall: true,
    premium: quote.premium,
    fee: quote.fee,
  });
  const perp = { type: "tradePerp", isLong: false, size: 1_000_000n, limit: 1n } as const;
  expect(decodeEvmQuote(perp, read(encodeEvmQuote(perp)))).toEqual({
    price: 3_000_000_000n,
    premium: 0n,
    fee: 1_500_000n,
  });
  act(perp);
  const account = decodeEvmAccount(read(encodeEvmAccountRead(OWNER)));
  expect(account.perp).toEqual({ isLong: false, size: 1_000_000n, entry: 3_000_000_000n });
  const { expiry, strike, isCall, size } = option;
  expect(account.options).toEqual([{ slot: 0, expiry, strike, isCall, isLong: true, size }]);
  const state = decodeEvmMarket(EVM_MARKET_READS.map((name) => read(encodeEvmRead(name))));
  expect(state).toMatchObject({ price: 3_000_000_000n, openShort: 1_000_000n, nextSequence: 1n });
  expect(state.volatility).toBe(VOLATILITY);
});

test("a packet is the event's bytes, and refusals carry the market's number", () => {
  const { act, read } = market();
  act({ type: "deposit", amount: 500n });
  const order = {
    type: "exportPosition",
    destination: 2,
    recipient: `0x${"ab".repeat(32)}`,
    what: 0,
    collateral: 200n,
    timeout: NOW + 60n,
  } as const;
  const [sent] = act(order).events;
  expect(sent?.type).toBe("PacketSent");
  const packet = sent?.type === "PacketSent" ? sent.packet : "";
  expect(decodePacket(decodeHex(packet))).toMatchObject({ destination: 2, collateral: 200n });
  expect(BigInt(encodeHex(read(encodeEvmReceived(2, 1n))))).toBe(0n);
  expect(act({ ...order, timeout: NOW }).error).toBe(12);
  expect(act({ type: "refundPacket", packet, signatures: [] }).error).toBe(15);
  expect(act({ type: "withdraw", amount: 301n }).error).toBe(4);
  expect(act({ type: "settleOption", owner: OWNER, slot: 0 }).error).toBe(9);
  expect(act({ type: "liquidate", owner: OWNER }).error).toBe(2);
});

const ATTESTERS = [address(9), address(7), address(8)].map((bytes) => encodeHex(bytes));

test.each([
  ["three attesters in any order", {}, undefined],
  ["a quorum of nobody", { threshold: 0 }, 1],
  ["a quorum of more than there are", { threshold: 4 }, 1],
  ["an attester twice", { attesters: [ATTESTERS[0]!, ATTESTERS[0]!] }, 1],
  ["the zero address as attester", { attesters: [`0x${"00".repeat(20)}`] }, 1],
  ["no volatility", { volatility: 0n }, 1],
  ["a volatility above 4", { volatility: 4n * (1n << 32n) + 1n }, 1],
])("a market that begins with %s", (_, terms, error) => {
  const engine = new Engine({ state: new MemoryState() });
  const code = marketInitcode({
    token: encodeHex(TOKEN),
    publisher: encodeHex(ADMIN),
    domain: 1,
    volatility: VOLATILITY,
    attesters: ATTESTERS,
    threshold: 1,
    ...terms,
  });
  const request = creationRequest(engine.journal, { to: MARKET, code, gas: GAS });
  const { outcome, output } = engine.execute(request);
  expect(outcome === 0).toBe(error === undefined);
  expect(evmMarketError(output)).toBe(error);
});
