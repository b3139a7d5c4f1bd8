/**
 * Whoever runs a workload: this machine or a peer. One workload is loaded at a time; loading the next one drops it.
 * `W` is the workload, `A` the answer that is compared before anything is timed.
 */
export interface Contender<W, A> {
  readonly name: string;
  readonly version: string;
  load(workload: W): Promise<Loaded<A>>;
  close(): Promise<void>;
}

/** A workload that is ready to run as often as wanted, each time from the same state. */
export interface Loaded<A> {
  /** One execution with everything that is compared. */
  answer(): Promise<A>;
  /** One execution; milliseconds. */
  once(): Promise<number> | number;
  /** What the way to an execution takes (RPC, an empty call), milliseconds: it is measured likewise and subtracted. */
  entrance?(): Promise<number> | number;
}

/** A peer that cannot run here, and why. */
export interface Absent {
  readonly name: string;
  readonly absent: string;
}

/** Opens a contender, or says why it is not here. Never throws because a package or binary is missing. */
export type Opener<W, A> = () => Promise<Contender<W, A> | Absent>;

export const isAbsent = (value: object): value is Absent => "absent" in value;
