/** Forks that change execution, oldest first, with the date of activation on the main network. */
export const FORKS = [
  ["frontier", "2015-07-30"],
  ["homestead", "2016-03-14"],
  ["tangerine", "2016-10-18"],
  ["spurious", "2016-11-22"],
  ["byzantium", "2017-10-16"],
  ["constantinople", "2019-02-28"],
  ["petersburg", "2019-02-28"],
  ["istanbul", "2019-12-08"],
  ["berlin", "2021-04-15"],
  ["london", "2021-08-05"],
  ["paris", "2022-09-15"],
  ["shanghai", "2023-04-12"],
  ["cancun", "2024-03-13"],
  ["prague", "2025-05-07"],
  ["osaka", "2025-12-03"],
] as const;

export type ForkName = (typeof FORKS)[number][0];

export const FORK_NAMES: readonly ForkName[] = FORKS.map((row) => row[0]);

/** Position of a fork in time: `forkIndex("berlin") > forkIndex("istanbul")`. */
export function forkIndex(name: ForkName): number {
  return FORK_NAMES.indexOf(name);
}

/** The fork that a foreign spelling means (`"London"`, `"Merge"`), or undefined. */
export function findFork(text: string): ForkName | undefined {
  const name = text.toLowerCase();
  const alias: Record<string, ForkName> = {
    merge: "paris",
    eip150: "tangerine",
    eip158: "spurious",
    tangerinewhistle: "tangerine",
    spuriousdragon: "spurious",
    constantinoplefix: "petersburg",
    muirglacier: "istanbul",
    arrowglacier: "london",
    grayglacier: "london",
  };
  return alias[name] ?? FORK_NAMES.find((fork) => fork === name);
}
