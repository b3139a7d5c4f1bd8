/** How this machine is called beside its peers. */
export const OURS = { name: "dragoman", version: "0.1.0" } as const;
