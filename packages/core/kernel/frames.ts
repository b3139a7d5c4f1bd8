// Frames that compiled code opens without the host. The cells are those of FRAMES and FRAME in
// ../src/host/frame-layout.ts, the journal's those of ../src/journal/cell-layout.ts.

const FRAMES: usize = 0xff000;
const SERIAL: usize = 0;
const STACK_USED: usize = 4;
const STACK_LIMIT: usize = 8;
const CURRENT: usize = 12;
const HEAD: usize = 0x100000;

/** Address of a frame of `size` bytes behind `end`, or 0: too much native stack in use, not allowed, or no memory. */
export function framePlace(end: u32, size: u32): u32 {
  if (load<i32>(FRAMES, STACK_USED) >= load<i32>(FRAMES, STACK_LIMIT)) return 0;
  const address = (u64(end) + 4095) & ~4095;
  return address + size <= u64(memory.size()) << 16 ? u32(address) : 0;
}

/** Notes the beginning of a frame: who called it, and how long the journal's logs are. */
export function frameEnter(frame: usize, parent: u32, slot: u32): void {
  const serial = load<u32>(FRAMES, SERIAL) + 1;
  store<u32>(FRAMES, serial, SERIAL);
  store<u32>(FRAMES, u32(frame), CURRENT);
  store<u32>(frame, serial, 32);
  store<u32>(frame, parent, 36);
  store<u32>(frame, slot, 40);
  store<i32>(frame, load<i32>(HEAD, 4), 44);
  store<i32>(frame, load<i32>(HEAD, 28) + load<i32>(HEAD, 16), 48);
  store<i32>(frame, load<i32>(HEAD, 20), 52);
}

/** The frame has ended, its caller goes on. */
export function frameLeave(frame: usize): void {
  store<u32>(FRAMES, load<u32>(frame, 36), CURRENT);
}
