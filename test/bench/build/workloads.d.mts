/** SHA-256 over the source of the workloads and the compiler's version. */
export function sourceHash(): string;
