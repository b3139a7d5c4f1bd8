import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { encodeHex } from "@dragoman/bytes";
import { FaultError, refuse } from "@dragoman/fault";
import type { ForkBase } from "@dragoman/ledger-evm";
import { BlockingClient } from "./blocking-client.ts";
import { JsonRpcClient, PATIENCE, type Patience } from "./json-rpc-client.ts";
import { type RemoteBlock, readBlock, readQuantity } from "./read-answer.ts";
import { ReadCells } from "./read-cells.ts";
import { RecordFile } from "./record-file.ts";
import { RemoteState } from "./remote-state.ts";

export interface ForkOptions {
  readonly url: string;
  /** The block: by number or by hash, 32 bytes; default: the newest one. */
  readonly block?: number | Uint8Array | undefined;
  /** Folder where what is read is kept, for runs without a node. */
  readonly folder?: string | undefined;
  readonly patience?: Patience;
  /** Hears of a damaged file and of a node that does not answer. */
  readonly note?: (line: string) => void;
}

/** A block of another chain to go on from. */
export interface OpenedFork {
  readonly chainId: bigint;
  readonly base: ForkBase;
  /** The node, for what is not of the forked block's state. */
  readonly client: JsonRpcClient;
  close(): void;
}

/**
 * Opens a fork. A block that is named and lies in the folder needs no node that answers. Faults: INVALID_FORK_URL, INVALID_FORK_CONNECTION,
 * INVALID_FORK_ANSWER, INVALID_FORK_BLOCK, INVALID_FORK_CACHE.
 */
export async function openFork(options: ForkOptions): Promise<OpenedFork> {
  const { url, folder, patience = PATIENCE, note = () => {} } = options;
  const client = new JsonRpcClient(url, patience);
  if (folder !== undefined) makeFolder(folder);
  const { chainId, block, json } = await findBlock(client, options, note);
  const file =
    folder === undefined ? undefined : new RecordFile(join(folder, fileName(chainId, block)));
  if (file !== undefined) tellCut(file, note);
  const cells = new ReadCells(file);
  if (file?.records.length === 0) cells.add(["block", json]);
  cells.save();
  const blocking = new BlockingClient(url, patience);
  const state = new RemoteState(blocking, cells, block);
  return {
    chainId,
    client,
    base: { ...block, state, blockHash: (number) => state.blockHash(number) },
    close() {
      blocking.close();
      file?.close();
    },
  };
}

interface FoundBlock {
  readonly chainId: bigint;
  readonly block: RemoteBlock;
  readonly json: unknown;
}

async function findBlock(
  client: JsonRpcClient,
  { block, folder }: ForkOptions,
  note: (line: string) => void,
): Promise<FoundBlock> {
  const tag = typeof block === "number" ? `0x${block.toString(16)}` : "latest";
  const question =
    block instanceof Uint8Array
      ? { method: "eth_getBlockByHash", params: [encodeHex(block), false] }
      : { method: "eth_getBlockByNumber", params: [tag, false] };
  let answers: readonly unknown[];
  try {
    const chain = await client.ask([{ method: "eth_chainId", params: [] }]);
    answers = [...chain, await client.passOn(question.method, question.params)];
  } catch (error) {
    const isSilent = error instanceof FaultError && error.fault.name === "INVALID_FORK_CONNECTION";
    if (!isSilent || folder === undefined || block === undefined) throw error;
    const kept = keptBlock(folder, block, note);
    if (kept === undefined) throw error;
    note(`${client.address.shown} does not answer; what ${folder} has is used`);
    return kept;
  }
  const [chainId, json] = answers;
  if (json === null) {
    const name = block instanceof Uint8Array ? encodeHex(block) : (block ?? "latest");
    const why = `${client.address.shown} has no block ${name}`;
    refuse("INVALID_FORK_BLOCK", undefined, why);
  }
  return { chainId: readQuantity(chainId, "a chain id"), block: readBlock(json), json };
}

/** Name of the file of a forked block. */
const fileName = (chainId: bigint, { header, hash }: RemoteBlock): string =>
  `${chainId}-${header.number}-${encodeHex(hash).slice(2)}.fork`;

/** The block of a file in the folder. Fault: INVALID_FORK_CACHE if several chains have such a block there. */
function keptBlock(
  folder: string,
  wanted: number | Uint8Array,
  note: (line: string) => void,
): FoundBlock | undefined {
  const isNumber = typeof wanted === "number";
  const pattern = isNumber ? `${wanted}-[0-9a-f]{64}` : `\\d+-${encodeHex(wanted).slice(2)}`;
  const names = readdirSync(folder).filter((name) =>
    new RegExp(`^\\d+-${pattern}\\.fork$`).test(name),
  );
  const [name, other] = names;
  if (name === undefined) return undefined;
  if (other !== undefined) {
    const why = `${name} and ${other} are both of this block; name it by its hash`;
    refuse("INVALID_FORK_CACHE", undefined, `${folder}: ${why}`);
  }
  const file = new RecordFile(join(folder, name));
  tellCut(file, note);
  file.close();
  const [first] = file.records as readonly (readonly unknown[])[];
  if (first?.[0] !== "block") return undefined;
  const json = first[1];
  return { chainId: BigInt(name.split("-")[0]!), block: readBlock(json), json };
}

function tellCut({ path, cutBytes }: RecordFile, note: (line: string) => void): void {
  if (cutBytes === 0) return;
  note(`${path}: a damaged end of ${cutBytes} bytes was cut off; it is read again`);
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    refuse("INVALID_FORK_CACHE", undefined, `${folder}: ${(error as Error).message}`);
  }
}
