/** One fault: its number, its name, and what it says of the input. */
export type FaultRow = readonly [code: number, name: string, meaning: string];
