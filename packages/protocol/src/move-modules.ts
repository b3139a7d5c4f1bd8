import { encodeHex } from "@dragoman/bytes";
import { refuse } from "@dragoman/fault";
import { MOVE_MODULES, MOVE_PLACE } from "./move-artefacts.ts";

/** A module's name in its package, and its file. */
export interface MoveModuleFile {
  readonly name: string;
  readonly file: Uint8Array<ArrayBuffer>;
}

/**
 * The market's modules as they are published under `address` (32 bytes), each after what it imports: `q32`, `account`, `packet`, `events`,
 * `collateral`, `market`. Files of Move carry their package's address; it is written over the one that they were assembled for.
 *
 * Fault: INVALID_MARKET_INPUT if the address has not 32 bytes.
 */
export function moveModules(address: Uint8Array): readonly MoveModuleFile[] {
  if (address.length !== 32) {
    refuse("INVALID_MARKET_INPUT", address.length, "a Move address has 32 bytes");
  }
  const own = encodeHex(address).slice(2);
  return MOVE_MODULES.map(([name, base64]) => {
    const hex = Buffer.from(base64, "base64").toString("hex");
    return { name, file: Uint8Array.from(Buffer.from(hex.replaceAll(MOVE_PLACE, own), "hex")) };
  });
}

/** Type of the market's collateral, the argument of `0x1::coin` functions; `address`: of the package, 0x hex. */
export const moveCollateralType = (address: string): string =>
  `${address}::collateral::DragomanDollar`;

const ABORT = /^Move abort in (0x[0-9a-f]+)::\w+: (?:\w+\()?(0x[0-9a-f]+)/i;
const ERROR_MAX = 17n;

/**
 * Number of the market's error in the `vm_status` of a failed transaction (`Move abort in 0x…::market: 0x3`); undefined if it failed otherwise.
 *
 * @param address of the market's package, 0x hex
 */
export function moveMarketError(vmStatus: string, address: string): number | undefined {
  const [, account, code] = ABORT.exec(vmStatus) ?? [];
  if (account === undefined || code === undefined) return undefined;
  if (BigInt(account) !== BigInt(address) || BigInt(code) > ERROR_MAX) return undefined;
  return Number(code);
}
