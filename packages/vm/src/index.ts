/** The machine: load programs of any frontend, execute messages, tiers, portal. */
export {};
