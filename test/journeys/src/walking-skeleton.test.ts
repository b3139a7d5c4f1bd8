import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Account, Ed25519PrivateKey } from "@aptos-labs/ts-sdk";
import { devnetSecret, STARTERS, type Stack, startStack, welcomeQuery } from "@dragoman/devnet";
import {
  GatewayClient,
  LiquidationsDocument,
  type MarketAccount,
  PortfolioDocument,
  QuoteDocument,
  TransferDocument,
  type TransferPartsFragment,
} from "@dragoman/sdk";
import { createMarketAccount as onEthereum } from "@dragoman/sdk-evm";
import { createMarketAccount as onAptos } from "@dragoman/sdk-move";
import { createMarketAccount as onPolkadot } from "@dragoman/sdk-polkadot";
import { createMarketAccount as onSolana } from "@dragoman/sdk-solana";
import { Keyring } from "@polkadot/keyring";
import { Keypair } from "@solana/web3.js";
import { toHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settledCollateral } from "./kill-relayer.ts";

const BLOCKS = { kind: "interval", ms: 200 } as const;
const WAIT_MS = 60_000;
const DAY = 86_400;

let folder: string;
let stack: Stack;
let gateway: GatewayClient;
const lines: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "dragoman-journey-"));
  const log = (line: string): void => void lines.push(line);
  stack = await startStack(STARTERS, {
    folder,
    gatewayPort: 0,
    blocks: BLOCKS,
    priceMs: 1000,
    log,
  });
  gateway = new GatewayClient({ url: stack.gatewayUrl });
}, 120_000);

afterAll(async () => {
  await stack?.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** Asks the devnet's control. */
async function control(method: string, ...params: unknown[]): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const answer = await (await fetch(stack.controlUrl, { method: "POST", body })).json();
  if (answer.error !== undefined) throw new Error(answer.error.message);
  return answer.result;
}

async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end)
      throw new Error(`${what} did not come; log:\n${lines.slice(-20).join("\n")}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const chainOf = (family: string): string =>
  stack.devnet.chains.find(({ node }) => node.family === family)!.adapter.id;

/** An owner's accounts, each with the ecosystem's own key. */
function accountsOf(role: "alice" | "bob") {
  const secret = devnetSecret(role);
  const pair = new Keyring({ type: "sr25519" }).addFromSeed(secret);
  const account = Account.fromPrivateKey({ privateKey: new Ed25519PrivateKey(secret) });
  return {
    ethereum: onEthereum({
      gateway,
      chain: chainOf("evm"),
      account: privateKeyToAccount(toHex(secret)),
    }),
    solana: onSolana({ gateway, chain: chainOf("svm"), keypair: Keypair.fromSeed(secret) }),
    aptos: onAptos({ gateway, chain: chainOf("move"), account }),
    polkadot: onPolkadot({ gateway, chain: chainOf("substrate"), pair }),
  };
}

/** Sends the only option of `from` to `to` and waits until it has arrived. */
async function carry(from: MarketAccount, to: MarketAccount): Promise<TransferPartsFragment> {
  const { positions } = await from.state();
  const option = positions.find(({ instrument }) => instrument.kind === "OPTION")!;
  const transfer = await from.bridge({
    destination: to.chain,
    recipient: to.id,
    position: option.id,
    collateral: "100",
  });
  expect(transfer).toMatchObject({
    kind: "OPTION",
    source: { id: from.chain },
    destination: { id: to.chain },
  });
  return await until(`transfer ${transfer.id}`, async () => {
    const found = await gateway.request(TransferDocument, { id: transfer.id });
    return found.transfer?.status === "EXECUTED" && found.transfer;
  });
}

test("a position crosses four chains, and one query sees it all", async () => {
  const alice = accountsOf("alice");
  const bob = accountsOf("bob");
  await control("devnet_setPrice", 3000);
  const before = 4n * 10n ** 15n;
  expect(await settledCollateral(stack, gateway, before)).toBe(before);

  // What GraphiQL opens with.
  const welcome = await fetch(stack.gatewayUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: welcomeQuery(stack.devnet) }),
  });
  const { data, errors } = await welcome.json();
  expect(errors).toBeUndefined();
  expect(data.markets).toHaveLength(4);
  expect(data.portfolio.accounts).toHaveLength(4);

  // Deposit and a call on Solana.
  await alice.solana.deposit("10000");
  const expiry = new Date((Math.floor(Date.now() / 1000 / DAY) + 30) * DAY * 1000);
  const call = {
    side: "LONG",
    optionType: "CALL",
    expiry: expiry.toISOString().replace(".000Z", "Z"),
    strike: "3100",
    size: "1",
  } as const;
  const { quote } = await gateway.request(QuoteDocument, { trade: { option: call }, chains: null });
  expect(quote.unavailable).toEqual([]);
  expect(quote.venues).toHaveLength(4);
  await alice.solana.tradeOption(call);
  const owners = Object.values(alice).map(({ id }) => id);
  const { portfolio } = await gateway.request(PortfolioDocument, { owners });
  expect(portfolio.accounts).toHaveLength(4);
  expect(portfolio.accounts.flatMap(({ positions }) => positions)).toMatchObject([
    { side: "LONG", size: { value: "1" }, instrument: { strike: "3100", optionType: "CALL" } },
  ]);

  // The call goes on to Ethereum, Aptos and Polkadot.
  const first = await carry(alice.solana, alice.ethereum);
  expect(first.timeline.map(({ status }) => status)).toEqual([
    "INITIATED",
    "SOURCE_FINAL",
    "EXECUTED",
  ]);
  expect(first.timeline.map(({ block }) => block.chain.id)).toEqual([
    alice.solana.chain,
    alice.solana.chain,
    alice.ethereum.chain,
  ]);
  await carry(alice.ethereum, alice.aptos);
  await carry(alice.aptos, alice.polkadot);
  expect((await alice.polkadot.state()).positions).toMatchObject([
    { side: "LONG", instrument: { optionType: "CALL", strike: "3100" } },
  ]);

  // A second, leveraged position is liquidated when the price falls.
  await bob.ethereum.deposit("1000");
  await bob.ethereum.tradePerpetual("LONG", "3");
  await control("devnet_setPrice", 2700);
  const liquidation = await until("the liquidation", async () => {
    const variables = { owner: bob.ethereum.id, chains: null, first: 1, after: null };
    const { liquidations } = await gateway.request(LiquidationsDocument, variables);
    return liquidations.edges[0]?.node;
  });
  expect(liquidation.owner).toBe(bob.ethereum.id);
  expect((await bob.ethereum.state()).positions).toEqual([]);

  // Settlement at expiry, in the money.
  await control("devnet_setPrice", 3500);
  const rich = BigInt((await alice.polkadot.state()).collateral.raw);
  await control("devnet_increaseTime", Math.ceil((expiry.getTime() - Date.now()) / 1000) + 60);
  await control("devnet_setPrice", 3500);
  const settled = await until("the settlement", async () => {
    const state = await alice.polkadot.state();
    return state.positions.length === 0 && state;
  });
  expect(BigInt(settled.collateral.raw) - rich).toBe(400_000_000n);
  await alice.polkadot.withdraw(settled.collateral.value);
  expect((await alice.polkadot.state()).collateral.raw).toBe("0");

  // Nothing was lost or made.
  expect(await settledCollateral(stack, gateway, before)).toBe(before);
}, 240_000);
