/** Opcodes that the modules here use (WebAssembly core specification, 5.4). */
export const OP = {
  block: 0x02,
  loop: 0x03,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  localGet: 0x20,
  localSet: 0x21,
  i64Load: 0x29,
  i64Store: 0x37,
  i32Const: 0x41,
  i64Const: 0x42,
  i32Eqz: 0x45,
  i32Sub: 0x6b,
  i64Add: 0x7c,
  i64Sub: 0x7d,
  i64Mul: 0x7e,
  i64Xor: 0x85,
  i64Shl: 0x86,
  i64ShrS: 0x87,
  i64Rotr: 0x8a,
} as const;

/** The type of a block without result. */
export const EMPTY = 0x40;
const I32 = 0x7f;
const I64 = 0x7e;

/** Bytes of code. */
export type Code = readonly number[];

export const i32 = (value: number): Code => [OP.i32Const, ...signedLeb(value)];
export const i64 = (value: number): Code => [OP.i64Const, ...signedLeb(value)];
export const get = (local: number): Code => [OP.localGet, ...leb(local)];
export const set = (local: number): Code => [OP.localSet, ...leb(local)];
/** Loads and stores of eight bytes at an address on the stack. */
export const load = (offset: number): Code => [OP.i64Load, 3, ...leb(offset)];
export const store = (offset: number): Code => [OP.i64Store, 3, ...leb(offset)];

/**
 * A module with one page of memory, exported as `memory`, and one function.
 *
 * @param params how many i32 it takes
 * @param locals how many i64 it has behind them
 */
export function moduleOf(
  name: string,
  params: number,
  locals: number,
  code: Code,
): WebAssembly.Module {
  const body = [...vector([[...leb(locals), I64]]), ...code, OP.end];
  const types = Array.from({ length: params }, () => [I32]);
  return new WebAssembly.Module(
    Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, vector([[0x60, ...vector(types), ...vector([])]])),
      ...section(3, vector([[0]])),
      ...section(5, vector([[0, 1]])),
      ...section(7, vector([exported("memory", 2), exported(name, 0)])),
      ...section(10, vector([[...leb(body.length), ...body]])),
    ]),
  );
}

function leb(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}

function signedLeb(value: number): Code {
  if (value >= -64 && value < 64) return [value & 127];
  return [(value & 127) | 128, ...signedLeb(value >> 7)];
}

const vector = (items: readonly Code[]): Code => [...leb(items.length), ...items.flat()];

const section = (id: number, content: Code): Code => [id, ...leb(content.length), ...content];

const exported = (name: string, kind: number): Code => [
  ...leb(name.length),
  ...new TextEncoder().encode(name),
  ...[kind, 0],
];
