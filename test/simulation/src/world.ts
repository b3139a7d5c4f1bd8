import {
  type AttesterClient,
  DEFAULT_TUNING,
  isAttested,
  type Lease,
  MemoryDisk,
  MemoryOutbox,
  type RelayEnd,
  Relayer,
  retryTransfer,
  type Tuning,
  transferName,
} from "@dragoman/bridge";
import { encodeHex } from "@dragoman/bytes";
import type { MarketAction, SignedTransaction } from "@dragoman/chain";
import { decodePacket } from "@dragoman/protocol";
import { ForgetfulMarket, GENESIS_TIME, genesisMarket, USD, USERS } from "./genesis.ts";
import { Invariants, Violation } from "./invariants.ts";
import { type ChainView, type ModelBlock, ModelChain, type ModelKind } from "./model-chain.ts";
import { ModelNode, modelSigner, NO_FLAWS, type NodeFaults, type NodeFlaws } from "./model-node.ts";
import { signModelTransaction } from "./model-transaction.ts";
import type { Mutation } from "./mutation.ts";
import { type Actor, type Fate, Scheduler } from "./scheduler.ts";
import { SeededRandom } from "./seeded-random.ts";
import {
  ATTESTER_MOODS,
  cheapKey,
  realKey,
  recoverCheap,
  recoverReal,
  SimulatedAttester,
} from "./simulated-attesters.ts";
import { LazyDisk, SimulatedOutbox } from "./simulated-outbox.ts";
import { calm, drawSwarm, type Swarm, stormy } from "./swarm.ts";
import { NOTHING, type WorldCounts } from "./world-counts.ts";

export interface WorldOptions {
  readonly seed: number;
  /** A guard to take away. */
  readonly mutation?: Mutation;
  /** Real signatures instead of cheap ones. */
  readonly isReal?: boolean;
  /** What goes wrong; default: what the seed says. */
  readonly swarm?: Swarm;
  /** How long it does. Milliseconds; default 150,000. */
  readonly chaosMs?: number;
  /** Fates of the relayers' effects by their number, from 0, besides those that chance brings. */
  readonly fates?: ReadonlyMap<number, Fate>;
}

const KINDS: readonly ModelKind[] = ["nonce", "nonce-and-time", "height"];
const THRESHOLD = 2;
const ATTESTERS = 3;
const BLOCK_MS = 3000;
const CHAOS_MS = 150_000;
/** After the last packet, before which no world ends. */
const REST_MS = 30_000;
const CALM_MS_MAX = 900_000;
const RELAYER_ADDRESS = "relayer";

const TUNING: Tuning = {
  ...DEFAULT_TUNING,
  pollMs: 3500,
  leaseMs: 11_000,
  blocksPerPass: 8,
  inFlightMax: 4,
  attemptsMax: 4,
  backoffBaseMs: 2000,
  backoffMaxMs: 20_000,
  patienceMs: 5000,
};

/** One seed's world: chains, users, attesters, a database and relayers, and all that goes wrong between them. */
export class World {
  readonly random: SeededRandom;
  readonly scheduler: Scheduler;
  readonly chains: readonly ModelChain[];
  readonly #options: WorldOptions;
  readonly #views = new Map<number, ChainView[]>();
  readonly #invariants: Invariants;
  readonly #attesters: readonly SimulatedAttester[];
  readonly #granted = new Map<string, Lease>();
  readonly #submissions: { chain: ModelChain; signed: SignedTransaction }[] = [];
  readonly #relayers: { actor: Actor; relayer: Relayer }[] = [];
  readonly #skews = new Map<number, number>();
  #disk: MemoryDisk;
  #outbox: MemoryOutbox;
  #swarm: Swarm;
  readonly #counts: WorldCounts = { ...NOTHING };
  #incarnations = 0;
  #violation: Violation | undefined;
  /** Effects that relayers had. */
  effects = 0;
  /** Things that happened, for a person who replays the seed. */
  readonly trace: string[] = [];

  constructor(options: WorldOptions) {
    const { seed, mutation, isReal = false } = options;
    this.#options = options;
    this.random = new SeededRandom(seed);
    this.scheduler = new Scheduler(this.random, GENESIS_TIME * 1000);
    const drawn = drawSwarm(this.random);
    this.#swarm = options.swarm ?? (mutation === undefined ? drawn : stormy(drawn));
    const keyOf = isReal ? realKey : cheapKey;
    const recover = isReal ? recoverReal : recoverCheap;
    const keys = Array.from({ length: ATTESTERS }, (_, i) => keyOf(i));
    const known = new Set(keys.map(({ address }) => address));
    this.chains = KINDS.map((kind, i) => {
      const market = genesisMarket(
        i + 1,
        (digest, signatures) => isAttested(digest, signatures, known, THRESHOLD, recover),
        this.random,
      );
      if (mutation === "receipt") Object.setPrototypeOf(market, ForgetfulMarket.prototype);
      const depth = this.random.between(2, 4);
      return new ModelChain(i + 1, kind, depth, market, GENESIS_TIME);
    });
    for (const chain of this.chains) {
      this.#views.set(chain.domain, [chain.view]);
      this.#skews.set(chain.domain, this.#skew());
    }
    this.#invariants = new Invariants(this.chains, (address) => address === RELAYER_ADDRESS);
    const isUnseen = mutation === "refund-check";
    this.#attesters = keys.map(
      (key) =>
        new SimulatedAttester(
          key,
          this.chains.map((chain) => this.#node(chain, undefined)),
          isUnseen,
        ),
    );
    this.#disk = mutation === "write-without-sync" ? new LazyDisk() : new MemoryDisk();
    this.#outbox = new MemoryOutbox(this.#disk);
  }

  #skew(): number {
    return this.random.between(-this.#swarm.skewMs, this.#swarm.skewMs);
  }

  #faults(): NodeFaults {
    return {
      isUnreachable: () => this.random.chance(this.#swarm.unreachable),
      lag: () =>
        this.random.chance(this.#swarm.lag) ? this.random.between(1, this.#swarm.lagMax) : 0,
      isLost: () => this.random.chance(this.#swarm.lost),
    };
  }

  /** A node as a relayer reaches it, in its turns; without relayer, as an attester reaches its own, at once. */
  #node(chain: ModelChain, actor: Actor | undefined): ModelNode {
    const { mutation } = this.#options;
    const flaws: NodeFlaws = {
      ...NO_FLAWS,
      isHasty: mutation === "final-only",
      isEager: mutation === "broadcast-before-write" && actor !== undefined,
      aheadSeconds: mutation === "refund-check" && actor !== undefined ? 100 : 0,
    };
    return new ModelNode(
      chain,
      this.#views.get(chain.domain)!,
      this.#faults(),
      actor === undefined
        ? async (_, effect) => effect()
        : (name, effect) => this.scheduler.perform(actor, name, effect),
      (at, signed) => {
        this.#submissions.push({ chain: at, signed });
        this.#guard(() => this.#invariants.checkSubmission(at, signed));
      },
      flaws,
    );
  }

  #guard(check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      this.#violation ??= error;
    }
  }

  /** Lives the world to its end. Returns the packets that were sent, and why it is not as it must be. */
  async run(): Promise<{ readonly counts: WorldCounts; readonly why: string | undefined }> {
    const start = this.scheduler.now;
    const { chaosMs = CHAOS_MS } = this.#options;
    for (const chain of this.chains) this.#scheduleBlock(chain);
    for (let i = 0; i < this.#swarm.packets; i++) {
      this.scheduler.at(start + this.random.below(chaosMs), () => this.#sendPacket());
    }
    for (let i = 0; i < this.#swarm.relayers; i++) this.#startRelayer();
    this.scheduler.at(start + chaosMs, () => this.#calmDown());
    while (this.#violation === undefined) {
      await this.scheduler.step((actor, name) => this.#fate(actor, name));
      const elapsed = this.scheduler.now - start;
      if (elapsed < chaosMs + Math.min(chaosMs, REST_MS)) continue;
      if (await this.#isSettled()) break;
      if (elapsed > chaosMs + CALM_MS_MAX) this.#violation = new Violation(await this.#stuck());
    }
    for (const { actor } of this.#relayers) this.scheduler.kill(actor);
    Object.assign(this.#counts, this.#invariants.ends());
    return { counts: this.#counts, why: this.#violation?.message };
  }

  #fate(actor: Actor, name: string): Fate {
    const fate = this.#options.fates?.get(this.effects) ?? this.#randomFate();
    this.effects += 1;
    if (fate === "done") return fate;
    this.#counts.crashes += 1;
    this.trace.push(`${this.#time()} ${actor.name} dies at ${name}`);
    this.scheduler.at(this.scheduler.now + this.random.between(500, 20_000), () =>
      this.#startRelayer(),
    );
    return fate;
  }

  #randomFate(): Fate {
    if (!this.random.chance(this.#swarm.crash)) return "done";
    return this.random.chance(0.5) ? "crash-before" : "crash-after";
  }

  #time(): string {
    return `${((this.scheduler.now - GENESIS_TIME * 1000) / 1000).toFixed(1)}s`;
  }

  // --- chains ------------------------------------------------------------------------------------

  #scheduleBlock(chain: ModelChain): void {
    const wait = this.random.between(BLOCK_MS / 2, BLOCK_MS * 1.5);
    this.scheduler.at(this.scheduler.now + wait, () => {
      this.#scheduleBlock(chain);
      this.#chainEvent(chain);
    });
  }

  #chainEvent(chain: ModelChain): void {
    const swarm = this.#swarm;
    if (this.random.chance(swarm.reorg)) {
      const depth = this.random.between(1, chain.finalityDepth);
      this.#counts.reorganisations += 1;
      this.trace.push(`${this.#time()} ${chain.id} loses ${depth} blocks`);
      chain.reorganise(depth, () => this.random.chance(swarm.kept));
      this.#headChanged(chain);
    }
    if (this.random.chance(swarm.again)) this.#submitAgain();
    if (this.random.chance(swarm.foreign)) this.#deliverForeign();
    if (this.random.chance(swarm.attesterFault)) {
      this.random.pick(this.#attesters).mood = this.random.pick(ATTESTER_MOODS);
    }
    if (this.random.chance(swarm.powerLoss)) this.#losePower();
    if (this.random.chance(0.1 + swarm.blur)) this.#publishPrice(chain);
    const skew = this.#skews.get(chain.domain)!;
    const seconds = Math.floor((this.scheduler.now + skew) / 1000);
    const block = chain.produce(seconds, () => this.random.chance(swarm.taken));
    this.#invariants.learn(block);
    for (const { event } of block.events) {
      this.trace.push(`${this.#time()} ${chain.id} ${block.ref.hash} ${event.type}`);
    }
    this.#headChanged(chain);
  }

  #headChanged(chain: ModelChain): void {
    this.#views.get(chain.domain)!.push(chain.view);
    this.#guard(() => this.#invariants.checkConservation());
  }

  #submitAgain(): void {
    if (this.#submissions.length === 0) return;
    const { chain, signed } = this.random.pick(this.#submissions);
    chain.submit(signed);
  }

  #publishPrice(chain: ModelChain): void {
    const { price, priceTime } = chain.head.market.numbers;
    const isBlurred = this.random.chance(this.#swarm.blur * 4);
    const next = price + BigInt(this.random.between(-5, 5)) * USD;
    const seconds = BigInt(chain.head.ref.timestamp + 1);
    const time = seconds > priceTime ? seconds : priceTime + 1n;
    const confidence = isBlurred ? next : USD;
    this.#send(chain, "oracle", { type: "publishPrice", price: next, confidence, time });
  }

  // --- users -------------------------------------------------------------------------------------

  #sendPacket(): void {
    const source = this.random.pick(this.chains);
    const destination = this.random.pick(this.chains.filter((chain) => chain !== source));
    const user = this.random.pick(USERS);
    const { perp, options } = source.head.market.account(user);
    const what = [0, ...(perp.size > 0n ? [1] : []), ...(options[0]!.size > 0n ? [2] : [])];
    const life = this.random.between(20, 160);
    this.#send(source, user, {
      type: "exportPosition",
      destination: destination.domain,
      recipient: this.random.pick(USERS),
      what: this.random.pick(what),
      collateral: BigInt(this.random.between(0, 900)) * USD,
      timeout: BigInt(destination.head.ref.timestamp + life),
    });
  }

  #send(chain: ModelChain, sender: string, action: MarketAction): void {
    const salt = this.random.below(2 ** 31);
    chain.submit(signModelTransaction(chain.id, { sender, action, salt }));
  }

  /** Somebody else carries a packet that is final. */
  #deliverForeign(): void {
    const packets = [...this.#invariants.packets];
    if (packets.length === 0) return;
    const { source, destination, sequence } = this.random.pick(packets);
    const from = this.chains[source - 1]!;
    for (let at: ModelBlock | undefined = from.final; at; at = at.parent) {
      for (const { event } of at.events) {
        if (event.type !== "PacketSent" || event.sequence !== sequence) continue;
        const { packet } = event;
        const request = { purpose: "receive", packet, height: at.ref.height } as const;
        const clients = this.#attesters.map((one) => one.clientOf(async (_, effect) => effect()));
        void this.#collectForeign(clients, request, this.chains[destination - 1]!);
      }
    }
  }

  async #collectForeign(
    clients: readonly AttesterClient[],
    request: Parameters<AttesterClient["attest"]>[0],
    chain: ModelChain,
  ): Promise<void> {
    const answers = await Promise.allSettled(
      clients.filter((_, i) => this.#attesters[i]!.mood === "good").map((c) => c.attest(request)),
    );
    const signatures = answers.flatMap((answer) =>
      answer.status === "fulfilled" ? [encodeHex(answer.value)] : [],
    );
    if (signatures.length < THRESHOLD) return;
    const { packet } = request;
    this.#send(chain, "stranger", {
      type: "importPacket",
      packet,
      signatures: signatures.slice(0, THRESHOLD),
    });
  }

  // --- relayers ----------------------------------------------------------------------------------

  #startRelayer(): void {
    if (this.#relayers.filter(({ actor }) => actor.isAlive).length >= this.#swarm.relayers) return;
    this.#incarnations += 1;
    const name = `relayer-${this.#incarnations}`;
    const actor: Actor = { name, isAlive: true };
    const perform = <T>(what: string, effect: () => T | Promise<T>): Promise<T> =>
      this.scheduler.perform(actor, what, effect);
    const skew = this.#skew();
    const now = (): number => this.scheduler.now + skew;
    const { mutation, isReal = false } = this.#options;
    const ends: RelayEnd[] = this.chains.map((chain) => ({
      chain: this.#node(chain, actor),
      signer: modelSigner(RELAYER_ADDRESS),
    }));
    const recover = isReal ? recoverReal : recoverCheap;
    const relayer = new Relayer(
      {
        now,
        random: () => this.random.next(),
        sleep: (ms) => this.scheduler.sleep(actor, ms),
        note: ({ what, where, transfer = "", detail = "" }) =>
          this.trace.push(`${this.#time()} ${name} ${what} ${where} ${transfer} ${detail}`),
        ends,
        outbox: new SimulatedOutbox(
          () => this.#outbox,
          perform,
          (writes) => this.#guard(() => this.#invariants.committed(writes, now())),
          this.#granted,
          mutation,
        ),
        quorum: {
          attesters: this.#attesters.map((attester) => attester.clientOf(perform)),
          threshold: THRESHOLD,
          recover:
            mutation === "quorum"
              ? (_, signature) => encodeHex(signature.subarray(0, 20))
              : recover,
        },
      },
      TUNING,
      name,
    );
    this.#relayers.push({ actor, relayer });
    relayer.run().catch((error: unknown) => {
      this.#violation ??= new Violation(`${name} broke: ${error}`);
    });
  }

  #losePower(): void {
    this.#counts.powerLosses += 1;
    this.trace.push(`${this.#time()} power fails`);
    for (const { actor } of this.#relayers) this.scheduler.kill(actor);
    this.#disk.crash();
    this.#outbox = new MemoryOutbox(this.#disk);
    for (let i = 0; i < this.#swarm.relayers; i++) {
      this.scheduler.at(this.scheduler.now + this.random.between(500, 10_000), () =>
        this.#startRelayer(),
      );
    }
  }

  // --- the end -----------------------------------------------------------------------------------

  #calmDown(): void {
    this.trace.push(`${this.#time()} calm`);
    this.#swarm = calm(this.#swarm);
    for (const attester of this.#attesters) attester.mood = "good";
    // One attester in three may stay as it is for ever.
    if (this.random.chance(0.3)) this.random.pick(this.#attesters).mood = "wrong";
    for (let i = 0; i < this.#swarm.relayers; i++) this.#startRelayer();
    for (const chain of this.chains) this.#publishPrice(chain);
    this.#reviveDead();
  }

  #reviveDead(): void {
    this.scheduler.at(this.scheduler.now + 30_000, () => this.#reviveDead());
    void this.#outbox.transfers({ hold: "dead", phase: "refund" }, 100).then(async (dead) => {
      for (const transfer of dead) {
        this.#invariants.release(transferName(transfer));
        await retryTransfer(this.#outbox, "operator", transfer, this.scheduler.now);
      }
    });
  }

  /** Whether everything that was sent has ended and no transaction is under way. */
  async #isSettled(): Promise<boolean> {
    let missing: readonly string[] = [];
    this.#guard(() => {
      missing = this.#invariants.unended();
    });
    if (missing.length > 0) return false;
    for (const chain of this.chains) {
      if ((await this.#outbox.open(chain.domain)).length > 0) return false;
    }
    const isOpen = await this.#outbox.transfers({}, 1000);
    return isOpen.every(({ phase }) => phase === "received" || phase === "refunded");
  }

  async #stuck(): Promise<string> {
    const missing = this.#invariants.unended().map((packet) => {
      const bytes = Buffer.from(packet.slice(2), "hex");
      return transferName(decodePacket(bytes));
    });
    const open = await Promise.all(this.chains.map((chain) => this.#outbox.open(chain.domain)));
    const ids = open.flat().map(({ lane, signed }) => `${lane}:${signed.nonce ?? signed.id}`);
    return `not ended: ${missing.join(", ")}; transactions under way: ${ids.join(", ")}`;
  }
}
