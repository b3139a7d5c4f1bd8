import type { CompiledModule } from "../format/module.ts";
import { MoveFault } from "../format/move-fault.ts";

/** A module's friends are other modules at its own address. */
export function verifyFriends(module: CompiledModule): void {
  const self = module.moduleHandles[module.self];
  const isSelf = module.friends.some(
    ({ address, name }) => address === self.address && name === self.name,
  );
  if (isSelf) {
    throw new MoveFault("INVALID_FRIEND_DECL_WITH_SELF", {}, "the module is its own friend");
  }
  if (module.friends.some(({ address }) => address !== self.address)) {
    throw new MoveFault(
      "INVALID_FRIEND_DECL_WITH_MODULES_OUTSIDE_ACCOUNT_ADDRESS",
      {},
      "a friend is at another address",
    );
  }
}
