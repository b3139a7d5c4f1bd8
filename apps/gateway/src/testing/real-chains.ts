import {
  createEvmAdapter,
  deployMarket as deployEvm,
  fundAccount as fundEvm,
} from "@dragoman/adapter-evm";
import {
  createMoveAdapter,
  deployMarket as deployMove,
  fundAccount as fundMove,
} from "@dragoman/adapter-move";
import { decodeHex } from "@dragoman/bytes";
import { type ChainAdapter, type ChainSigner, performAction } from "@dragoman/chain";
import { BlockProducer, LedgerClock } from "@dragoman/ledger";
import { EvmLedger } from "@dragoman/ledger-evm";
import { MoveLedger } from "@dragoman/ledger-move";
import { faucetAddress, startAptosRpc } from "@dragoman/rpc-aptos";
import { startEthRpc } from "@dragoman/rpc-eth";
import { signerFromSecret as evmSigner } from "@dragoman/sdk-evm";
import { signerFromSecret as moveSigner } from "@dragoman/sdk-move";

const USD = 1_000_000n;
const TREASURY = new Uint8Array(32).fill(1);
const ALICE = new Uint8Array(32).fill(5);
const TERMS = {
  attesters: [new Uint8Array(20).fill(1)],
  threshold: 1,
  volatility: 1n << 31n,
  supply: 10_000_000n * USD,
  secret: TREASURY,
};

/** A ledger with its native RPC, the market's program on it, and the adapter over the chain's own client. */
export interface RealChain {
  readonly adapter: ChainAdapter;
  /** Has fees and 5,000 USD of collateral. */
  readonly alice: ChainSigner;
  reorganise(depth: number, drop: boolean): void;
  close(): Promise<void>;
}

export async function startEthereum(dollars: bigint): Promise<RealChain> {
  const clock = new LedgerClock(Date.now);
  const [treasury, alice] = [evmSigner(TREASURY), evmSigner(ALICE)];
  const accounts = [[decodeHex(treasury.address), { balance: 10n ** 22n }]] as const;
  const genesis = { chainId: 1337n, timestamp: clock.seconds(), accounts };
  const ledger = new EvmLedger({ clock, genesis, finalityDepth: 4 });
  const producer = new BlockProducer(ledger, { kind: "instant" });
  const rpc = await startEthRpc({ ledger, producer, clock });
  const rpcUrl = rpc.url;
  const publisher = treasury.address;
  const deployment = await deployEvm({ ...TERMS, rpcUrl, domain: 1, publisher });
  const funds = { native: 10n ** 18n, collateral: 5000n * USD };
  await fundEvm({ rpcUrl, secret: TREASURY, deployment, to: alice.address, ...funds });
  const adapter = await createEvmAdapter({ rpcUrl, domain: 1, deployment, finalityDepth: 4 });
  await openMarket(adapter, treasury, dollars);
  return { adapter, alice, ...partsOf(adapter, ledger, rpc) };
}

export async function startAptos(dollars: bigint): Promise<RealChain> {
  const clock = new LedgerClock(Date.now);
  const [treasury, alice] = [moveSigner(TREASURY), moveSigner(ALICE)];
  const accounts = [{ address: faucetAddress(TREASURY), octas: 10n ** 17n }];
  const genesis = { chainId: 4, timestamp: clock.seconds(), accounts };
  const ledger = new MoveLedger({ clock, genesis, finalityDepth: 3 });
  const producer = new BlockProducer(ledger, { kind: "instant" });
  const rpc = await startAptosRpc({ ledger, producer, clock, port: 0 });
  const rpcUrl = rpc.url;
  const publisher = treasury.address;
  const deployment = await deployMove({ ...TERMS, rpcUrl, domain: 3, publisher });
  const funds = { native: 10n ** 10n, collateral: 5000n * USD };
  await fundMove({ rpcUrl, secret: TREASURY, deployment, to: alice.address, ...funds });
  const adapter = await createMoveAdapter({ rpcUrl, domain: 3, deployment });
  await openMarket(adapter, treasury, dollars);
  return { adapter, alice, ...partsOf(adapter, ledger, rpc) };
}

async function openMarket(
  adapter: ChainAdapter,
  treasury: ChainSigner,
  dollars: bigint,
): Promise<void> {
  const options = { pollMs: 5 };
  const time = BigInt((await adapter.head()).timestamp);
  const price = { price: dollars * USD, confidence: USD, time };
  await performAction(adapter, treasury, { type: "fundPool", amount: 100_000n * USD }, options);
  await performAction(adapter, treasury, { type: "publishPrice", ...price }, options);
}

const partsOf = (
  adapter: ChainAdapter,
  ledger: EvmLedger | MoveLedger,
  rpc: { close(): Promise<void> },
): Pick<RealChain, "reorganise" | "close"> => ({
  reorganise(depth, drop) {
    ledger.reorganise(depth, drop);
    for (let i = 0; i <= depth; i++) ledger.produce();
  },
  async close() {
    await adapter.close();
    await rpc.close();
  },
});
