import { decodeHex } from "@dragoman/bytes";
import { refuse } from "@dragoman/fault";
import type { Command } from "../command.ts";
import { FORK_OPTIONS, FORK_USAGE, forkOf } from "../input/fork.ts";
import { Options } from "../options.ts";
import { toldToEnd } from "../told-to-end.ts";

const HOST = "127.0.0.1";
const PORT = 8545;
const CHAIN_ID = 31_337n;
const FINALITY_DEPTH = 64;
const BALANCE = 10_000n * 10n ** 18n;

/** The first accounts of the mnemonic "test test test test test test test test test test test junk", which development nodes share. */
const ACCOUNTS = [
  "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
  "0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
  "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc",
  "0x90f79bf6eb2c4f870365e785982e1f101e93b906",
  "0x15d34aaf54267db7d7c367839aaf71a00a2c6a65",
] as const;

/** An Ethereum node alone, which may go on from a block of another chain. */
export const node: Command = {
  name: "node",
  usage: `${FORK_USAGE} [--port n]`,
  summary:
    "Starts one Ethereum node on 127.0.0.1, on a chain of its own or on another chain's block; a block for every transaction.",
  async run(args, console) {
    const options = new Options(this, { port: "text", ...FORK_OPTIONS }, args);
    options.noMoreThan(0);
    const fork = await forkOf(options, (line) => console.note(line));
    const { BlockProducer, LedgerClock } = await import("@dragoman/ledger");
    const { EvmLedger } = await import("@dragoman/ledger-evm");
    const { startEthRpc } = await import("@dragoman/rpc-eth");
    const begin = Date.now();
    const start = fork === undefined ? begin : fork.base.header.timestamp * 1000;
    const clock = new LedgerClock(() => start + Date.now() - begin);
    const unlocked = ACCOUNTS.map((address) => decodeHex(address));
    const accounts = unlocked.map((address) => [address, { balance: BALANCE }] as const);
    const genesis =
      fork === undefined
        ? { chainId: CHAIN_ID, timestamp: clock.seconds(), accounts }
        : { chainId: fork.chainId, base: fork.base, accounts };
    const ledger = new EvmLedger({ clock, genesis, finalityDepth: FINALITY_DEPTH });
    const producer = new BlockProducer(ledger, { kind: "instant" }, (line) => console.note(line));
    const port = options.port("port") ?? PORT;
    const server = await startEthRpc({
      ...{ ledger, producer, clock, unlocked, port, host: HOST, upstream: fork?.client },
      log: (line) => console.note(line),
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
      const why = `cannot listen on ${HOST}:${port} (${error.code}); give another --port`;
      return refuse("INVALID_COMMAND", undefined, why);
    });
    for (const address of ACCOUNTS) console.text(`account ${address} 10000 ETH`);
    if (fork !== undefined) {
      const { number, timestamp } = fork.base.header;
      const hash = Buffer.from(fork.base.hash).toString("hex");
      const { shown } = fork.client.address;
      console.text(`fork ${shown} chain ${fork.chainId} block ${number} 0x${hash} at ${timestamp}`);
    }
    console.text(`ethereum ${server.url}`);
    console.text("ready");
    await toldToEnd();
    await server.close();
    fork?.close();
    return 0;
  },
};
