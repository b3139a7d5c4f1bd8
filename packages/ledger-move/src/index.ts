/** An Aptos-style chain: accounts, sequence numbers, packages, resources, events. */
export {};
