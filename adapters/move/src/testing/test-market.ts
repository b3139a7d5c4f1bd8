import { attesterKey } from "@dragoman/bridge";
import { decodeHex } from "@dragoman/bytes";
import { type BlockMode, BlockProducer, LedgerClock } from "@dragoman/ledger";
import { MoveLedger } from "@dragoman/ledger-move";
import { faucetAddress, startAptosRpc } from "@dragoman/rpc-aptos";
import { signerFromSecret } from "@dragoman/sdk-move";
import { createMoveAdapter } from "../create-move-adapter.ts";
import { deployMarket, fundAccount } from "../deploy-market.ts";

const secret = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);

export const VOLATILITY = ((1n << 32n) * 8n) / 10n;
export const SUPPLY = 1_000_000_000_000n;
export const DOMAIN = 3;

/** A node with a market on it, its adapter, and signers that have fees and collateral. */
export async function startTestMarket(mode: BlockMode = { kind: "instant" }) {
  const treasury = secret(1);
  const clock = new LedgerClock(Date.now);
  const genesis = {
    chainId: 4,
    timestamp: clock.seconds(),
    accounts: [{ address: faucetAddress(treasury), octas: 10n ** 17n }],
  };
  const ledger = new MoveLedger({ clock, genesis, finalityDepth: 3 });
  const producer = new BlockProducer(ledger, { kind: "instant" });
  const rpc = await startAptosRpc({ ledger, producer, clock, port: 0 });
  const publisher = signerFromSecret(secret(2));
  const alice = signerFromSecret(secret(3));
  const bob = signerFromSecret(secret(4));
  const keys = [11, 12, 13]
    .map((byte) => attesterKey(secret(byte)))
    .sort((a, b) => (a.address < b.address ? -1 : 1));
  const deployment = await deployMarket({
    rpcUrl: rpc.url,
    secret: treasury,
    domain: DOMAIN,
    publisher: publisher.address,
    attesters: keys.map(({ address }) => decodeHex(address)),
    threshold: 2,
    volatility: VOLATILITY,
    supply: SUPPLY,
  });
  for (const { address } of [publisher, alice, bob]) {
    const collateral = address === publisher.address ? 0n : 10_000_000_000n;
    const options = { rpcUrl: rpc.url, secret: treasury, deployment, to: address, collateral };
    await fundAccount({ ...options, native: 10_000_000_000n });
  }
  const adapter = await createMoveAdapter({ rpcUrl: rpc.url, domain: DOMAIN, deployment });
  producer.setMode(mode);
  const signers = { treasury: signerFromSecret(treasury), publisher, alice, bob };
  return { adapter, rpc, ledger, producer, clock, deployment, keys, ...signers };
}
