import { ByteReader, decodeHex, encodeHex } from "@dragoman/bytes";
import type {
  AccountState,
  MarketAction,
  MarketEvent,
  MarketState,
  TradeAction,
} from "@dragoman/chain";
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
  decodeMoveAccount,
  decodeMoveEvent,
  decodeMoveMarket,
  decodeMoveQuote,
  encodeMoveAction,
  encodeMoveInitialisation,
  type MoveCall,
  moveCollateralType,
  moveModules,
  moveViews,
} from "@dragoman/protocol";
import { ATTESTERS, THRESHOLD } from "./attestation.ts";
import {
  type ActionEnd,
  type MarketUnderTest,
  OWNERS,
  ownerAt,
  PUBLISHER,
  type QuoteEnd,
  VOLATILITY,
  WALLET,
} from "./market-under-test.ts";

/** Owner of the package; funds the others. */
const ADMIN = ownerAt(0x72);
const GAS = 10n ** 12n;
const COLLATERAL = moveCollateralType(ADMIN);

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
/** Programs are kept for the process: every market has the same code. */
const programs = movePrograms();

interface Ran {
  readonly result: FrameResult;
  readonly json: readonly JsonValue[];
}

/** The market in Move on the machine, with our `0x1::coin`. */
export class MoveMarket implements MarketUnderTest {
  readonly #engine: Engine;
  readonly #state = new MemoryState();

  constructor(tier: Tier, domain: number) {
    memory ??= new LinearMemory();
    for (const { name, file } of moveModules(decodeHex(ADMIN))) {
      this.#state.write(MODULE_DOMAIN, decodeHex(ADMIN), new TextEncoder().encode(name), file);
    }
    this.#engine = new Engine({ state: this.#state, tier, memory });
    this.#setClock(1n);
    const terms = {
      domain,
      publisher: PUBLISHER,
      attesters: ATTESTERS.map(({ address }) => decodeHex(address)),
      threshold: THRESHOLD,
      volatility: VOLATILITY,
      supply: WALLET * BigInt(OWNERS.length),
    };
    this.#must(this.#call("market", encodeMoveInitialisation(terms), ADMIN));
    for (const owner of OWNERS) {
      this.#must(this.#call("collateral", { function: "register", args: [] }, owner));
      const amount = new Uint8Array(new BigUint64Array([WALLET]).buffer);
      const transfer = { function: "transfer", args: [decodeHex(owner), amount] };
      this.#must(this.#run("0x1::coin", transfer, ADMIN, [COLLATERAL]));
    }
  }

  #call(module: string, call: MoveCall, sender: string): Ran {
    return this.#run(`${ADMIN}::${module}`, call, sender);
  }

  #run(module: string, call: MoveCall, sender: string, typeArguments: string[] = []): Ran {
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
    const json = isOk(result.outcome) ? moveResults(request.program, result.output).json : [];
    return { result, json };
  }

  #must({ result, json }: Ran): readonly JsonValue[] {
    if (isOk(result.outcome)) return json;
    throw new Error(failureSentence(result.detail as MoveFailure));
  }

  /** What the ledger does when a block begins. */
  #setClock(now: bigint): void {
    const { journal } = this.#engine;
    const micros = new Uint8Array(new BigUint64Array([now * 1_000_000n]).buffer);
    const domain = journal.domain(RESOURCE_DOMAIN, BYTE_CELLS);
    const cell = journal.cell(domain, journal.account(parseAddress("0x1")), CLOCK_KEY);
    journal.writeBytes(cell, micros);
  }

  act(action: MarketAction, sender: string, now: bigint): ActionEnd {
    this.#setClock(now);
    const { result } = this.#call("market", encodeMoveAction(action), sender);
    if (!isOk(result.outcome)) return { error: errorOf(result) };
    const events = this.#engine.journal.logs.map(eventOf).filter((event) => event !== undefined);
    return { error: 0, events };
  }

  quote(trade: TradeAction, now: bigint): QuoteEnd {
    this.#setClock(now);
    const { result, json } = this.#call("market", moveViews.quote(trade), ADMIN);
    if (!isOk(result.outcome)) return { error: errorOf(result) };
    return { error: 0, ...decodeMoveQuote(json) };
  }

  #view(call: MoveCall): readonly JsonValue[] {
    return this.#must(this.#call("market", call, ADMIN));
  }

  state(): MarketState {
    return decodeMoveMarket(this.#view(moveViews.numbers()));
  }

  account(owner: string): AccountState {
    return decodeMoveAccount(this.#view(moveViews.account(owner)));
  }

  received(source: number, sequence: bigint): boolean {
    return this.#view(moveViews.received(source, sequence))[0] === true;
  }

  tokens(): { readonly vault: bigint; readonly supply: bigint } {
    const supply = this.#run("0x1::coin", { function: "supply", args: [] }, ADMIN, [COLLATERAL]);
    const [vault] = this.#view(moveViews.vault());
    const [{ vec }] = this.#must(supply) as [{ vec: [string] }];
    return { vault: BigInt(vault as string), supply: BigInt(vec[0]) };
  }
}

/** The market's event of a log, whose topic is the BCS of the event's type. */
function eventOf({ account, topics, data }: LogEntry): MarketEvent | undefined {
  const reader = new ByteReader(topics[0]!);
  reader.take(32);
  const module = reader.utf8(reader.uleb128(255));
  const name = reader.utf8(reader.uleb128(255));
  return decodeMoveEvent(`${encodeHex(account)}::${module}::${name}`, data, ADMIN);
}

function errorOf({ detail }: FrameResult): number | string {
  const failure = detail as MoveFailure;
  const { abortCode, module } = failure;
  const isOwn = module !== undefined && BigInt(module.split("::")[0]!) === BigInt(ADMIN);
  return abortCode !== undefined && isOwn ? Number(abortCode) : failureSentence(failure);
}
