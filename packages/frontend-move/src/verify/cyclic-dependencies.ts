import type { CompiledModule } from "../format/module.ts";
import { MoveFault } from "../format/move-fault.ts";
import { addressDigits, keyOfModule } from "./cross-module-types.ts";
import type { FindModule } from "./dependencies.ts";

type Neighbours = (module: CompiledModule) => readonly string[];

const dependenciesOf: Neighbours = (module) =>
  module.moduleHandles.flatMap((_, handle) =>
    handle === module.self ? [] : [keyOfModule(module, handle)],
  );

const friendsOf: Neighbours = (module) =>
  module.friends.map(
    ({ address, name }) =>
      `${addressDigits(module.addresses[address])}::${module.identifiers[name]}`,
  );

/**
 * A module that is published neither depends on itself through others, nor is its own friend
 * through others, and no friend of it is among its dependencies.
 */
export function verifyAcyclic(module: CompiledModule, findModule: FindModule): void {
  const self = keyOfModule(module, module.self);
  const dependencies = reachable(module, dependenciesOf, findModule);
  if (dependencies.has(self)) {
    throw new MoveFault("CYCLIC_MODULE_DEPENDENCY", {}, "the module depends on itself");
  }
  const friends = reachable(module, friendsOf, findModule);
  if (friends.has(self)) {
    throw new MoveFault("CYCLIC_MODULE_FRIENDSHIP", {}, "the module is its friends' friend");
  }
  for (const friend of friends) {
    if (!dependencies.has(friend)) continue;
    const status = "INVALID_FRIEND_DECL_WITH_MODULES_IN_DEPENDENCIES";
    throw new MoveFault(status, {}, `the module depends on its friend ${friend}`);
  }
}

/** The keys of all modules that are reached, those that are not there too. */
function reachable(
  module: CompiledModule,
  neighbours: Neighbours,
  findModule: FindModule,
): Set<string> {
  const seen = new Set<string>();
  const pending = [...neighbours(module)];
  while (pending.length > 0) {
    const key = pending.pop() as string;
    if (seen.has(key)) continue;
    seen.add(key);
    const next = findModule(key);
    if (next !== undefined) pending.push(...neighbours(next));
  }
  return seen;
}
