import { refuse } from "@dragoman/fault";
import { symbolHash } from "@dragoman/frontend-sbpf";
import { type Assembly, link, rodataAddressV0, TEXT_ADDRESS_V0 } from "@dragoman/frontend-sbpf/asm";
import { type Images, placeSections } from "./place-sections.ts";
import { type ObjectRelocation, type ObjectSymbol, readObject } from "./read-object.ts";

const SLOT_BYTES = 8;
const REGION = 1n << 32n;
const OP = { LDDW: 0x18, CALL: 0x85, CALLX: 0x8d } as const;
/** `src` of a call that is relative in the object and in a v3 program. */
const RELATIVE = 1;
/** Relocation types of LLVM's BPF backend (`llvm/include/llvm/BinaryFormat/ELFRelocs/BPF.def`). */
const R_BPF = { LDDW: 1, ABS64: 2, ABS32: 3, CALL: 10 } as const;

/**
 * Links one relocatable object of clang's BPF target into a program: sBPF v0 from `-mcpu=v1` or `v2`, sBPF v3 from `-mcpu=v3`. Undefined
 * functions are syscalls; the program begins at the function `entrypoint`. Data cannot be written.
 *
 * Faults: those of reading (`MALFORMED_ELF` and others), `INVALID_ELF_WRITABLE_SECTION`, `UNSUPPORTED_ELF_RELOCATION`,
 * `INVALID_ELF_SYMBOL`, `ELF_ENTRYPOINT_OUT_OF_RANGE`, `SBPF_CALL_OUT_OF_RANGE`.
 */
export function linkObject(object: Uint8Array, version: 0 | 3): Uint8Array {
  const file = readObject(object);
  const images = placeSections(file);
  const linking = new Linking(images, version);
  for (const relocation of file.relocations) linking.relocate(relocation);
  linking.resolveInstructions();
  const entry = file.symbols.find(({ name, section }) => name === "entrypoint" && section !== 0);
  if (entry === undefined || images.places[entry.section]?.image !== "text") {
    refuse("ELF_ENTRYPOINT_OUT_OF_RANGE", undefined, "there is no function entrypoint");
  }
  return link(linking.assembly(linking.slotOf(entry)), images.rodata);
}

/** Text and data while addresses are put in; a call is a pair of slots until the ELF is written. */
class Linking {
  readonly #images: Images;
  readonly #version: 0 | 3;
  readonly #text: DataView;
  readonly #calls = new Map<number, number>();
  readonly #syscalls: [pc: number, name: string][] = [];

  constructor(images: Images, version: 0 | 3) {
    this.#images = images;
    this.#version = version;
    this.#text = new DataView(images.text.buffer);
  }

  assembly(entryPc: number): Assembly {
    const calls = [...this.#calls];
    const { text } = this.#images;
    return {
      version: this.#version,
      text,
      entryPc,
      functions: new Map(),
      calls,
      syscalls: this.#syscalls,
    };
  }

  relocate(relocation: ObjectRelocation): void {
    const place = this.#images.places[relocation.section];
    // Of a section that is not loaded, for example debug information.
    if (place === undefined) return;
    const at = place.offset + relocation.offset;
    const image = this.#images[place.image];
    if (at + SLOT_BYTES > image.length) {
      refuse("INVALID_ELF_RELOCATION", relocation.offset, "a relocation lies outside its section");
    }
    if (place.image === "text" && relocation.type === R_BPF.CALL) this.#call(at, relocation.symbol);
    else if (place.image === "text" && relocation.type === R_BPF.LDDW) {
      this.#lddw(at, relocation.symbol);
    } else if (place.image === "rodata" && relocation.type === R_BPF.ABS64) {
      const view = new DataView(image.buffer);
      const addend = view.getBigUint64(at, true);
      view.setBigUint64(at, this.#address(relocation.symbol) + addend, true);
    } else {
      const where = `type ${relocation.type} in ${place.image}`;
      refuse("UNSUPPORTED_ELF_RELOCATION", relocation.offset, where);
    }
  }

  /** Guest address of a symbol in the finished program. */
  #address(symbol: ObjectSymbol): bigint {
    const place = this.#place(symbol);
    const offset = BigInt(place.offset + symbol.value);
    if (this.#version === 3) return place.image === "text" ? REGION + offset : offset;
    const base = place.image === "text" ? TEXT_ADDRESS_V0 : rodataAddressV0(this.assembly(0));
    return base + offset;
  }

  #place(symbol: ObjectSymbol): NonNullable<Images["places"][number]> {
    const place = this.#images.places[symbol.section];
    if (place === undefined) {
      refuse("INVALID_ELF_SYMBOL", undefined, `"${symbol.name}" is not in what is loaded`);
    }
    return place;
  }

  slotOf(symbol: ObjectSymbol): number {
    const slot = (this.#place(symbol).offset + symbol.value) / SLOT_BYTES;
    if (!Number.isInteger(slot) || slot >= this.#images.text.length / SLOT_BYTES) {
      refuse("INVALID_ELF_SYMBOL", symbol.value, `"${symbol.name}" is at no instruction`);
    }
    return slot;
  }

  #lddw(at: number, symbol: ObjectSymbol): void {
    if (this.#text.getUint8(at) !== OP.LDDW || at + 2 * SLOT_BYTES > this.#text.byteLength) {
      refuse("INVALID_ELF_RELOCATION", at, "an address belongs into lddw");
    }
    const low = BigInt(this.#text.getUint32(at + 4, true));
    const high = BigInt(this.#text.getUint32(at + 12, true));
    const value = BigInt.asUintN(64, this.#address(symbol) + (low | (high << 32n)));
    this.#text.setUint32(at + 4, Number(value & 0xffff_ffffn), true);
    this.#text.setUint32(at + 12, Number(value >> 32n), true);
  }

  /** A call of a symbol: its own value for a function; for a section, the slot that the instruction says. */
  #call(at: number, symbol: ObjectSymbol): void {
    const pc = at / SLOT_BYTES;
    if (!Number.isInteger(pc) || this.#text.getUint8(at) !== OP.CALL) {
      refuse("INVALID_ELF_RELOCATION", at, "a function belongs into a call");
    }
    if (symbol.section === 0) {
      this.#syscalls.push([pc, symbol.name]);
      return;
    }
    const addend = symbol.name === "" ? this.#text.getInt32(at + 4, true) + 1 : 0;
    this.#calls.set(pc, this.slotOf(symbol) + addend);
  }

  /** Gives every call and callx the form that the version wants. */
  resolveInstructions(): void {
    const count = Math.floor(this.#text.byteLength / SLOT_BYTES);
    const names = new Map(this.#syscalls);
    for (let pc = 0; pc < count; pc++) {
      const at = pc * SLOT_BYTES;
      const op = this.#text.getUint8(at);
      if (op === OP.CALL) this.#resolveCall(pc, count, names.get(pc));
      else if (op === OP.CALLX) this.#moveRegister(at);
      else if (op === OP.LDDW) pc++;
    }
  }

  #resolveCall(pc: number, count: number, syscall: string | undefined): void {
    const at = pc * SLOT_BYTES;
    if (syscall !== undefined) {
      this.#text.setUint8(at + 1, 0);
      this.#text.setUint32(at + 4, symbolHash(syscall), true);
      return;
    }
    const target = this.#calls.get(pc) ?? pc + 1 + this.#text.getInt32(at + 4, true);
    if (target < 0 || target >= count) {
      refuse("SBPF_CALL_OUT_OF_RANGE", at, `instruction ${pc} calls slot ${target}`);
    }
    this.#calls.set(pc, target);
    this.#text.setUint8(at + 1, RELATIVE << 4);
    this.#text.setInt32(at + 4, target - pc - 1, true);
  }

  /** clang up to 16 names the register of callx in imm, later ones in dst; v0 wants imm, v3 dst. */
  #moveRegister(at: number): void {
    const dst = this.#text.getUint8(at + 1) & 15;
    const register = dst === 0 ? this.#text.getInt32(at + 4, true) : dst;
    this.#text.setUint8(at + 1, this.#version === 3 ? register : 0);
    this.#text.setInt32(at + 4, this.#version === 3 ? 0 : register, true);
  }
}
