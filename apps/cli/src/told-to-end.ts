const PARENT_CHECK_MS = 500;

/** Resolves at SIGINT or SIGTERM, or when npm's shell is gone: it dies of a signal and passes none on. */
export function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
    if (process.env.npm_lifecycle_event === undefined) return;
    const parent = process.ppid;
    const check = (): void => {
      if (process.ppid !== parent) resolve();
    };
    setInterval(check, PARENT_CHECK_MS).unref();
  });
}
