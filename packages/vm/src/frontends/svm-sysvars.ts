import { SYSVARS } from "@dragoman/frontend-sbpf";

/**
 * Sysvars of a machine without a ledger: mainnet's constants, and a clock that stands at slot 0 and second 0. A ledger brings its own.
 */
export function defaultSysvars(): ReadonlyMap<string, Uint8Array> {
  const bytes = (size: number, write: (view: DataView) => void = () => {}): Uint8Array => {
    const data = new Uint8Array(size);
    write(new DataView(data.buffer));
    return data;
  };
  return new Map([
    [SYSVARS.clock.idHex, bytes(40)],
    // 3,480 lamports per byte-year, threshold of 2 years as a double, 50 percent burnt
    [
      SYSVARS.rent.idHex,
      bytes(17, (view) => {
        view.setBigUint64(0, 3480n, true);
        view.setBigUint64(8, 0x4000_0000_0000_0000n, true);
        view.setUint8(16, 50);
      }),
    ],
    [
      SYSVARS.epochSchedule.idHex,
      bytes(33, (view) => {
        view.setBigUint64(0, 432_000n, true);
        view.setBigUint64(8, 432_000n, true);
      }),
    ],
    [SYSVARS.lastRestartSlot.idHex, bytes(8)],
    [SYSVARS.epochRewards.idHex, bytes(81)],
  ]);
}
