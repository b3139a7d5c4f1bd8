import { decodeHex, encodeHex } from "@dragoman/bytes";
import { createAddress } from "@dragoman/frontend-evm";
import { assemble } from "@dragoman/frontend-evm/asm";
import { JsonRpcProvider } from "ethers";
import {
  type BaseError,
  createWalletClient,
  defineChain,
  type Hex,
  http,
  publicActions,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestNode, type TestNode } from "./testing/start-test-node.ts";

const alice = privateKeyToAccount(`0x${"a1".repeat(32)}`);
const GWEI = 10n ** 9n;
let node: TestNode;
let provider: JsonRpcProvider;
let deployment: Hex;
let contract: Hex;

/** Writes 5 to slot 1, reads it and logs it; with any input it reverts afterwards. */
const code = assemble(
  "push 5 push 1 sstore push 1 sload push 0 mstore push 7 push 32 push 0 log1 calldatasize push @no jumpi stop no: push 0 push 0 revert",
);
const initcode = assemble(
  `push ${code.length} push @code push 0 codecopy push ${code.length} push 0 return mark code data ${encodeHex(code)}`,
);

beforeAll(async () => {
  node = await startTestNode({ rich: [decodeHex(alice.address)], finalityDepth: 50 });
  provider = new JsonRpcProvider(node.server.url, 1337, { staticNetwork: true });
  deployment = await wallet().sendTransaction({ data: encodeHex(initcode), ...fees });
  contract = encodeHex(createAddress(decodeHex(alice.address), 0n));
});
afterAll(async () => {
  provider.destroy();
  await node.server.close();
  expect(node.lines).toEqual([]);
});

const fees = { gas: 500_000n, maxFeePerGas: 10n * GWEI, maxPriorityFeePerGas: GWEI } as const;

function wallet() {
  const { url } = node.server;
  const rpcUrls = { default: { http: [url] } };
  const nativeCurrency = { name: "Ether", symbol: "ETH", decimals: 18 };
  const chain = defineChain({ id: 1337, name: "dragoman", nativeCurrency, rpcUrls });
  return createWalletClient({ chain, account: alice, transport: http() }).extend(publicActions);
}

/** Calls a method by viem, whose types do not know it. */
const ask = (method: string, ...params: unknown[]): Promise<unknown> =>
  wallet().request({ method, params } as never) as Promise<unknown>;

async function refusal(method: string, ...params: unknown[]): Promise<string> {
  try {
    await ask(method, ...params);
  } catch (error) {
    return (error as BaseError).details;
  }
  return "answered";
}

test("viem and ethers get the tree of a transaction", async () => {
  const hash = await wallet().sendTransaction({ to: contract, ...fees });
  const options = { tracer: "callTracer", tracerConfig: { withLog: true } };
  const receipt = await wallet().getTransactionReceipt({ hash });
  const trace = await ask("debug_traceTransaction", hash, options);
  expect(trace).toEqual({
    type: "CALL",
    from: alice.address.toLowerCase(),
    to: contract,
    value: "0x0",
    gas: "0x7a120",
    gasUsed: `0x${receipt.gasUsed.toString(16)}`,
    input: "0x",
    logs: [
      {
        address: contract,
        topics: [`0x${"7".padStart(64, "0")}`],
        data: `0x${"5".padStart(64, "0")}`,
        index: "0x0",
        position: "0x0",
      },
    ],
  });
  expect(await provider.send("debug_traceTransaction", [hash, options])).toEqual(trace);
});

test("the default is every instruction, with its stack, gas and price", async () => {
  const trace = (await ask("debug_traceTransaction", deployment)) as {
    readonly structLogs: readonly Record<string, unknown>[];
  };
  const size = `0x${code.length.toString(16)}`;
  expect(trace.structLogs.slice(0, 2)).toEqual([
    { pc: 0, op: "PUSH1", gas: expect.any(Number), gasCost: 3, depth: 1, stack: [] },
    { pc: 2, op: "PUSH1", gas: expect.any(Number), gasCost: 3, depth: 1, stack: [size] },
  ]);
  expect(trace.structLogs.at(-1)?.op).toBe("RETURN");
});

test("an option leaves the stack out, another ends the list", async () => {
  const options = { disableStack: true, limit: 200 };
  const trace = (await ask("debug_traceTransaction", deployment, options)) as {
    readonly structLogs: readonly object[];
  };
  expect(trace.structLogs.some((log) => "stack" in log)).toBe(false);
  expect(trace.structLogs.length).toBeLessThan(6);
});

test("a block names its transactions", async () => {
  const receipt = await wallet().getTransactionReceipt({ hash: deployment });
  const tag = `0x${receipt.blockNumber.toString(16)}`;
  const byNumber = await ask("debug_traceBlockByNumber", tag, { tracer: "4byteTracer" });
  expect(byNumber).toEqual([{ txHash: deployment, result: {} }]);
  const byHash = await ask("debug_traceBlockByHash", receipt.blockHash, { tracer: "4byteTracer" });
  expect(byHash).toEqual(byNumber);
});

test("a call is traced on state that it overrides, and leaves none", async () => {
  const other = `0x${"0c".repeat(20)}`;
  const slot = `0x${"1".padStart(64, "0")}`;
  const stateOverrides = { [other]: { code: encodeHex(code), state: { [slot]: slot } } };
  const options = { tracer: "prestateTracer", stateOverrides };
  const trace = await ask("debug_traceCall", { to: other, data: "0x01" }, "latest", options);
  expect(trace).toMatchObject({ [other]: { code: encodeHex(code), storage: { [slot]: slot } } });
  expect(await wallet().getCode({ address: other as Hex })).toBeUndefined();
});

test("several tracers share a run", async () => {
  const tracerConfig = { callTracer: {}, "4byteTracer": {} };
  const options = { tracer: "muxTracer", tracerConfig };
  const call = { from: alice.address, to: contract, data: "0xdeadbeef01" };
  expect(await ask("debug_traceCall", call, "latest", options)).toMatchObject({
    callTracer: { to: contract, error: "execution reverted" },
    "4byteTracer": { "0xdeadbeef-1": 1 },
  });
});

test("Parity's methods know where a frame stands", async () => {
  const receipt = await wallet().getTransactionReceipt({ hash: deployment });
  const place = {
    blockHash: receipt.blockHash,
    blockNumber: Number(receipt.blockNumber),
    transactionHash: deployment,
    transactionPosition: 0,
  };
  const [trace] = (await ask("trace_transaction", deployment)) as object[];
  const result = { address: contract, code: encodeHex(code) };
  expect(trace).toMatchObject({ ...place, type: "create", traceAddress: [], result });
  expect(await ask("trace_block", `0x${receipt.blockNumber.toString(16)}`)).toEqual([trace]);
  expect(await ask("trace_get", deployment, [])).toEqual(trace);
});

test("what cannot be traced is refused in geth's words", async () => {
  const nothing = `0x${"00".repeat(32)}`;
  expect(await refusal("debug_traceTransaction", nothing)).toBe("transaction not found");
  expect(await refusal("debug_traceBlockByNumber", "0x0")).toBe("genesis is not traceable");
  expect(await refusal("debug_traceBlockByNumber", "0xffff")).toBe("block #65535 not found");
  expect(await refusal("debug_traceBlockByHash", nothing)).toBe(`block ${nothing} not found`);
  const pending = "tracing on top of pending is not supported";
  expect(await refusal("debug_traceCall", { to: contract }, "pending")).toBe(pending);
  const unknown = await refusal("debug_traceTransaction", deployment, { tracer: "fooTracer" });
  expect(unknown).toBe("tracer not found: fooTracer");
  const both = { tracer: "prestateTracer", tracerConfig: { diffMode: true, includeEmpty: true } };
  const clash = "cannot use diffMode with includeEmpty";
  expect(await refusal("debug_traceTransaction", deployment, both)).toBe(clash);
  const late = await refusal("debug_traceTransaction", deployment, { timeout: "soon" });
  expect(late).toBe('time: invalid duration "soon"');
});

test("a trace that takes too long ends", async () => {
  const endless = { code: encodeHex(assemble("again: push @again jump")) };
  const other = `0x${"0d".repeat(20)}`;
  const options = { timeout: "20ms", disableStack: true, stateOverrides: { [other]: endless } };
  const call = { to: other, gas: "0x2faf080" };
  expect(await refusal("debug_traceCall", call, "latest", options)).toBe("execution timeout");
});
