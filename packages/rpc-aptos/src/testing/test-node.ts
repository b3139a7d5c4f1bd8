import { Account, Aptos, AptosConfig, Ed25519PrivateKey, Network } from "@aptos-labs/ts-sdk";
import { type BlockMode, BlockProducer, LedgerClock } from "@dragoman/ledger";
import { MoveLedger } from "@dragoman/ledger-move";
import { faucetAddress } from "../faucet.ts";
import { startAptosRpc } from "../start-aptos-rpc.ts";

const FAUCET_SECRET = new Uint8Array(32).fill(7);

/** A node with a faucet, and the unmodified ts-sdk configured for it. */
export async function startTestNode(mode: BlockMode = { kind: "instant" }) {
  const clock = new LedgerClock(Date.now);
  const genesis = {
    chainId: 4,
    timestamp: clock.seconds(),
    accounts: [{ address: faucetAddress(FAUCET_SECRET), octas: 10n ** 18n }],
  };
  const ledger = new MoveLedger({ clock, genesis, finalityDepth: 4 });
  const producer = new BlockProducer(ledger, mode);
  const log: string[] = [];
  const rpc = await startAptosRpc({
    ledger,
    producer,
    clock,
    port: 0,
    faucetSecret: FAUCET_SECRET,
    log: (line) => void log.push(line),
  });
  // ts-sdk keeps the interface of modules and the chain's number by the name of the network.
  const config = new AptosConfig({
    network: Network.CUSTOM,
    fullnode: `${rpc.url}/v1`,
    faucet: rpc.url,
    indexer: `${rpc.url}/v1/graphql`,
  });
  return {
    ledger,
    producer,
    clock,
    rpc,
    aptos: new Aptos(config),
    log,
    faucet: Account.fromPrivateKey({ privateKey: new Ed25519PrivateKey(FAUCET_SECRET) }),
    /** Calls a developer method. */
    develop: async (method: string, params: unknown[] = []): Promise<unknown> => {
      const response = await fetch(`${rpc.url}/v1/dragoman/${method}`, {
        method: "POST",
        body: JSON.stringify(params),
      });
      return response.json();
    },
  };
}
