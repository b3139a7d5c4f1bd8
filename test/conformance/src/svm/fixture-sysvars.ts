import { decodeBase58, encodeHex } from "@dragoman/bytes";
import { type SvmAccount, SYSVARS } from "@dragoman/frontend-sbpf";
import type { FixtureAccount } from "./fixture-account.ts";

function bytesOf(size: number, fill: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(size);
  fill(new DataView(bytes.buffer));
  return bytes;
}

/** What the recording machine took where a fixture has no account of the sysvar. */
const DEFAULTS: ReadonlyMap<string, Uint8Array> = new Map([
  [SYSVARS.clock.idHex, bytesOf(40, (view) => view.setBigUint64(0, 10n, true))],
  [
    SYSVARS.epochSchedule.idHex,
    bytesOf(33, (view) => {
      view.setBigUint64(0, 432_000n, true);
      view.setBigUint64(8, 432_000n, true);
      view.setUint8(16, 1);
      view.setBigUint64(17, 14n, true);
      view.setBigUint64(25, 524_256n, true);
    }),
  ],
  [
    SYSVARS.rent.idHex,
    bytesOf(17, (view) => {
      view.setBigUint64(0, 3480n, true);
      view.setFloat64(8, 2, true);
      view.setUint8(16, 50);
    }),
  ],
  [SYSVARS.lastRestartSlot.idHex, bytesOf(8, (view) => view.setBigUint64(0, 5000n, true))],
]);

/** Bytes that a sysvar has at least; with fewer it is as if it were not there. */
const SIZES: ReadonlyMap<string, number> = new Map([
  [SYSVARS.clock.idHex, 40],
  [SYSVARS.epochSchedule.idHex, 33],
  [SYSVARS.rent.idHex, 17],
  [SYSVARS.lastRestartSlot.idHex, 8],
  [SYSVARS.epochRewards.idHex, 81],
]);

/** The sysvar RecentBlockhashes, for which only native programs ask. */
export const RECENT_BLOCKHASHES_HEX: string = encodeHex(
  decodeBase58("SysvarRecentB1ockHashes11111111111111111111"),
);

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.values(SYSVARS).map(({ idHex }) => idHex),
  RECENT_BLOCKHASHES_HEX,
]);

/** Data of sysvars by address in hex: those of the fixture's accounts, or what the recording machine took in their place. */
export function fixtureSysvars(
  accounts: readonly FixtureAccount[],
): (idHex: string) => Uint8Array | undefined {
  const own = new Map<string, Uint8Array>();
  for (const { key, lamports, data } of accounts) {
    const idHex = encodeHex(key);
    if (own.has(idHex) || !KNOWN.has(idHex)) continue;
    if (lamports > 0n && data.length >= (SIZES.get(idHex) ?? 8)) own.set(idHex, data);
  }
  return (idHex) => own.get(idHex) ?? DEFAULTS.get(idHex);
}

/** The sysvar RecentBlockhashes of a chain with these blockhashes, oldest first: address in hex, account. */
export function recentBlockhashes(
  blockhashes: readonly Uint8Array[],
  lamportsPerSignature = 5000n,
): readonly [idHex: string, account: SvmAccount] {
  const listed = blockhashes.toReversed().slice(0, 150);
  const data = bytesOf(8 + 40 * listed.length, (view) => {
    view.setBigUint64(0, BigInt(listed.length), true);
    for (const index of listed.keys()) {
      view.setBigUint64(8 + index * 40 + 32, lamportsPerSignature, true);
    }
  });
  for (const [index, hash] of listed.entries()) data.set(hash, 8 + index * 40);
  const owner = decodeBase58("Sysvar1111111111111111111111111111111111111");
  return [RECENT_BLOCKHASHES_HEX, { lamports: 1n, owner, executable: false, rentEpoch: 0n, data }];
}
