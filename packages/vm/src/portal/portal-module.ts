import { encodeModule } from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";

/** Name of the built-in Move module of the portal; its address is ASCII "portal". */
export const MOVE_PORTAL_MODULE = "0x706f7274616c::portal";

const TEXT = `
module 0x706f7274616c.portal {
    // Calls a program of another machine in the name of the account; aborts with the callee's outcome if it fails.
    native public call(account: &signer, payload: vector<u8>): vector<u8>;
}
`;

let bytes: Uint8Array | undefined;

/** The module's bytes, assembled once. */
export function portalModule(): Uint8Array {
  bytes ??= encodeModule(assembleModule(TEXT));
  return bytes;
}
