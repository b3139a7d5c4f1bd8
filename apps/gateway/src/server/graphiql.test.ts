import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type GatewayClient, openGateway } from "../testing/gateway-client.ts";

const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

let gateway: GatewayClient;
let browser: Browser | undefined;

beforeAll(async () => {
  gateway = await openGateway();
  if (!existsSync(CHROMIUM)) {
    console.log(`no browser at ${CHROMIUM}: GraphiQL is not opened`);
    return;
  }
  const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
  browser = await chromium.launch({ executablePath: CHROMIUM, args });
});
afterAll(async () => {
  await browser?.close();
  await gateway.close();
});

/** For a step of the browser on a machine that has much else to do. */
const WAIT_MS = 120_000;

// DRAGOMAN_SCREENSHOT=docs/images/graphiql.png takes the picture of the README.
test("a newcomer opens GraphiQL, presses play and sees what three machines did", async () => {
  if (browser === undefined) return;
  const page = await browser.newPage({ viewport: { width: 1440, height: 1200 } });
  page.setDefaultTimeout(WAIT_MS);
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith("http") && host !== new URL(gateway.url).host) elsewhere.push(host);
  });
  await page.goto(gateway.url);
  const editor = page.locator(".graphiql-query-editor");
  await editor.getByText("Three virtual machines", { exact: false }).first().waitFor();
  const answered = page.waitForResponse(
    async (response) =>
      response.request().method() === "POST" &&
      (response.request().postData() ?? "").includes("Demo"),
  );
  await page.locator("button.graphiql-execute-button").click();
  const answer = (await (await answered).json()) as { data: { simulate: { ok: boolean } } };
  expect(answer.data.simulate.ok).toBe(gateway.log.every((line) => !line.startsWith("example")));
  const result = page.locator(".graphiql-response");
  await result.getByText('"simulate"', { exact: false }).first().waitFor();
  expect(elsewhere).toEqual([]);
  const picture = process.env.DRAGOMAN_SCREENSHOT;
  if (picture !== undefined) {
    await page.waitForTimeout(1500);
    await page.screenshot({ path: picture });
  }
}, 300_000);
