import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { devnetSecret, STARTERS, startStack } from "@dragoman/devnet";
import { GatewayClient, type MarketAccount, TransferDocument } from "@dragoman/sdk";
import { createMarketAccount as onEthereum } from "@dragoman/sdk-evm";
import { createMarketAccount as onSolana } from "@dragoman/sdk-solana";
import { Keypair } from "@solana/web3.js";
import { chromium } from "playwright-core";
import { toHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";

const DAY = 86_400;
const [target] = process.argv.slice(2);
if (target === undefined)
  throw new Error("usage: node test/journeys/dist/take-picture.js FILE.png");

const queryOf = (owners: readonly string[]): string => `# One query: a portfolio over all chains.
{
  portfolio(owners: [
    ${owners.map((owner) => `"${owner}"`).join("\n    ")}
  ]) {
    equity { value }
    initialMargin { value }
    greeks { delta vega theta }
    accounts {
      chain { name }
      collateral { value }
      positions {
        side
        size { value }
        value { value }
        instrument { symbol mark }
      }
    }
    inFlight { kind status destination { name } }
  }
}
`;

/** Takes the README's picture: the portfolio query in GraphiQL, on a running system with positions on two chains and a transfer. */
async function takePicture(file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "dragoman-picture-"));
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const stack = await startStack(STARTERS, { folder, gatewayPort: 0, priceMs: 60_000, log });
  try {
    const gateway = new GatewayClient({ url: stack.gatewayUrl });
    const chain = (family: string): string =>
      stack.devnet.chains.find(({ node }) => node.family === family)!.adapter.id;
    const secret = devnetSecret("alice");
    const solana = onSolana({ gateway, chain: chain("svm"), keypair: Keypair.fromSeed(secret) });
    const account = privateKeyToAccount(toHex(secret));
    const ethereum = onEthereum({ gateway, chain: chain("evm"), account });
    await open(gateway, solana, ethereum);
    await photograph(stack.gatewayUrl, queryOf([ethereum.id, solana.id]), file);
  } finally {
    await stack.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function open(
  gateway: GatewayClient,
  solana: MarketAccount,
  ethereum: MarketAccount,
): Promise<void> {
  const seconds = (Math.floor(Date.now() / 1000 / DAY) + 27) * DAY + 8 * 3600;
  const expiry = new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
  const option = { optionType: "CALL", expiry, strike: "3100", size: "2" } as const;
  await Promise.all([solana.deposit("5000"), ethereum.deposit("2500")]);
  await solana.tradeOption({ side: "LONG", ...option });
  await ethereum.tradePerpetual("SHORT", "1.5");
  const [position] = (await solana.state()).positions;
  const sent = { destination: ethereum.chain, recipient: ethereum.id, collateral: "500" };
  const { id } = await solana.bridge({ ...sent, position: position!.id });
  for (;;) {
    const { transfer } = await gateway.request(TransferDocument, { id });
    if (transfer?.status === "EXECUTED") break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await solana.tradeOption({ side: "SHORT", ...option, strike: "3300", size: "1" });
  await solana.bridge({ ...sent, position: null, collateral: "250" });
}

async function photograph(url: string, query: string, file: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
    await page.goto(`${url}?query=${encodeURIComponent(query)}`);
    await page.locator(".graphiql-query-editor").getByText("One query").first().waitFor();
    await page.locator("button.graphiql-execute-button").click();
    await page.locator(".graphiql-response").getByText('"portfolio"').first().waitFor();
    await page.waitForTimeout(1500);
    await page.screenshot({ path: file });
  } finally {
    await browser.close();
  }
}

await takePicture(target);
