/** Node's threads; undefined where there are none. Asked for, not imported: core loads in a browser too. */
export function platformThreads() {
  return globalThis.process?.getBuiltinModule?.("node:worker_threads");
}

export type Threads = NonNullable<ReturnType<typeof platformThreads>>;
export type Worker = InstanceType<Threads["Worker"]>;
export type MessagePort = InstanceType<Threads["MessageChannel"]>["port1"];
