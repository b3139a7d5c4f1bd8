import { ByteReader, decodeHex, encodeHex } from "@dragoman/bytes";
import type { MarketAction, MarketEvent } from "@dragoman/chain";
import {
  BYTE_CELLS,
  Engine,
  type FrameResult,
  isOk,
  LinearMemory,
  type LogEntry,
  MemoryState,
  type Tier,
} from "@dragoman/core";
import {
  failureSentence,
  type JsonValue,
  MODULE_DOMAIN,
  type MoveFailure,
  moveMessage,
  movePrograms,
  moveResults,
  parseAddress,
  RESOURCE_DOMAIN,
} from "@dragoman/frontend-move";
import {
  decodeMoveEvent,
  encodeMoveAction,
  encodeMoveInitialisation,
  type MoveCall,
  type MoveInitialisation,
  type MoveModuleFile,
  moveCollateralType,
  moveModules,
} from "@dragoman/protocol";
import { type ActionEnd, ownerAt } from "./market-under-test.ts";

/** Owner of the package. */
export const MOVE_ADMIN: string = ownerAt(0x72);
const GAS = 10n ** 12n;
const COLLATERAL = moveCollateralType(MOVE_ADMIN);

/** BCS of the StructTag `0x1::timestamp::CurrentTimeMicroseconds`. */
const CLOCK_KEY = Uint8Array.from([
  ...parseAddress("0x1"),
  ...lengthAndText("timestamp"),
  ...lengthAndText("CurrentTimeMicroseconds"),
  0,
]);

function lengthAndText(text: string): number[] {
  return [text.length, ...new TextEncoder().encode(text)];
}

let memory: LinearMemory | undefined;
/** Programs are kept for the process: every chain has the same code. */
const programs = movePrograms();

/** How a call ended: results in JSON, or the market's error, or the words of any other failure. */
export type MoveEnd =
  | { readonly error: 0; readonly json: readonly JsonValue[] }
  | { readonly error: number | string };

/** The machine with the market's modules, not initialised. */
export class MoveChain {
  readonly #engine: Engine;

  /** `modules`: other ones than the market's own, made for {@link MOVE_ADMIN}. */
  constructor(tier: Tier, modules: readonly MoveModuleFile[] = moveModules(decodeHex(MOVE_ADMIN))) {
    memory ??= new LinearMemory();
    const state = new MemoryState();
    const address = decodeHex(MOVE_ADMIN);
    for (const { name, file } of modules) {
      state.write(MODULE_DOMAIN, address, new TextEncoder().encode(name), file);
    }
    this.#engine = new Engine({ state, tier, memory });
  }

  /** What the ledger does when a block begins. */
  setClock(now: bigint): void {
    const { journal } = this.#engine;
    const micros = new Uint8Array(new BigUint64Array([now * 1_000_000n]).buffer);
    const domain = journal.domain(RESOURCE_DOMAIN, BYTE_CELLS);
    const cell = journal.cell(domain, journal.account(parseAddress("0x1")), CLOCK_KEY);
    journal.writeBytes(cell, micros);
  }

  /** Calls a function of a module of the package. */
  call(module: string, call: MoveCall, sender: string): MoveEnd {
    return this.#run(`${MOVE_ADMIN}::${module}`, call, sender, []);
  }

  /** Calls a function of `0x1::coin` for the collateral. */
  callCoin(call: MoveCall, sender: string): MoveEnd {
    return this.#run("0x1::coin", call, sender, [COLLATERAL]);
  }

  initialise(terms: MoveInitialisation, sender: string): number | string {
    this.setClock(1n);
    return this.call("market", encodeMoveInitialisation(terms), sender).error;
  }

  act(action: MarketAction, sender: string, now: bigint): ActionEnd {
    this.setClock(now);
    const end = this.call("market", encodeMoveAction(action), sender);
    if (!("json" in end)) return end;
    const events = this.#engine.journal.logs.map(eventOf).filter((event) => event !== undefined);
    return { error: 0, events };
  }

  #run(module: string, call: MoveCall, sender: string, typeArguments: readonly string[]): MoveEnd {
    const { journal } = this.#engine;
    journal.beginTransaction();
    const request = moveMessage(programs, journal, {
      module,
      function: call.function,
      args: call.args,
      typeArguments,
      sender: decodeHex(sender),
      gas: GAS,
    });
    const result = this.#engine.execute(request);
    if (!isOk(result.outcome)) return { error: errorOf(result) };
    return { error: 0, json: moveResults(request.program, result.output).json };
  }
}

/** The results of a call that must succeed. */
export function resultsOf(end: MoveEnd): readonly JsonValue[] {
  if ("json" in end) return end.json;
  throw new Error(`the call ended with ${end.error}`);
}

/** The market's event of a log, whose topic is the BCS of the event's type. */
function eventOf({ account, topics, data }: LogEntry): MarketEvent | undefined {
  const reader = new ByteReader(topics[0]!);
  reader.take(32);
  const module = reader.utf8(reader.uleb128(255));
  const name = reader.utf8(reader.uleb128(255));
  return decodeMoveEvent(`${encodeHex(account)}::${module}::${name}`, data, MOVE_ADMIN);
}

function errorOf({ detail }: FrameResult): number | string {
  const failure = detail as MoveFailure;
  const { abortCode, module } = failure;
  const isOwn = module !== undefined && BigInt(module.split("::")[0]!) === BigInt(MOVE_ADMIN);
  return abortCode !== undefined && isOwn ? Number(abortCode) : failureSentence(failure);
}
