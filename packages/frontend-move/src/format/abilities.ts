/** A set of abilities as the bits of the binary format. */
export type AbilitySet = number;

export const ABILITY = { copy: 1, drop: 2, store: 4, key: 8 } as const;
export type Ability = keyof typeof ABILITY;

export const ABILITIES_NONE: AbilitySet = 0;
export const ABILITIES_ALL: AbilitySet = 15;
/** What numbers, bool, address and vectors of such have. */
export const ABILITIES_PRIMITIVE: AbilitySet = ABILITY.copy | ABILITY.drop | ABILITY.store;
export const ABILITIES_REFERENCE: AbilitySet = ABILITY.copy | ABILITY.drop;
export const ABILITIES_SIGNER: AbilitySet = ABILITY.drop;

/** The names in the set, in the order in which sources write them. */
export function abilityNames(set: AbilitySet): Ability[] {
  return (Object.keys(ABILITY) as Ability[]).filter((name) => (set & ABILITY[name]) !== 0);
}

/**
 * What a type argument must have so that the instantiated type has the abilities of `set`:
 * copy, drop and store need themselves, key needs store.
 */
export function requiredOfArguments(set: AbilitySet): AbilitySet {
  const kept = set & (ABILITY.copy | ABILITY.drop | ABILITY.store);
  return (set & ABILITY.key) !== 0 ? kept | ABILITY.store : kept;
}

/** The abilities that a type declared with `declared` keeps when an argument has `argument` only. */
export function keptWithArgument(declared: AbilitySet, argument: AbilitySet): AbilitySet {
  const kept = declared & argument & (ABILITY.copy | ABILITY.drop | ABILITY.store);
  return (declared & ABILITY.key) !== 0 && (argument & ABILITY.store) !== 0
    ? kept | ABILITY.key
    : kept;
}
