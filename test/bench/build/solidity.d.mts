/** SHA-256 over a source of `solidity/` and the compiler's version. */
export function sourceHash(file: string): string;
