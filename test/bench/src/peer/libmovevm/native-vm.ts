import { createRequire } from "node:module";
import { join } from "node:path";

/** Opaque to us: types, functions and memory of the library koffi. */
type Opaque = unknown;

/** What is used of the package koffi, which calls functions of a C library. */
interface Koffi {
  load(path: string): {
    func(
      name: string,
      result: Opaque,
      parameters: readonly Opaque[],
    ): (...args: Opaque[]) => Opaque;
  };
  struct(fields: Record<string, Opaque>): Opaque;
  proto(result: Opaque, parameters: readonly Opaque[]): Opaque;
  pointer(type: Opaque): Opaque;
  out(type: Opaque): Opaque;
  inout(type: Opaque): Opaque;
  register(fn: (...args: never[]) => number, type: Opaque): Opaque;
  unregister(fn: Opaque): void;
  decode(at: Opaque, type: string, length: number): ArrayLike<number>;
  encode(at: Opaque, type: Opaque, value: Opaque): void;
}

/** A vector that Rust owns (`UnmanagedVector`). */
interface UnmanagedVector {
  readonly is_none: boolean;
  readonly ptr: Opaque;
  readonly len: bigint | number;
}

/** A key that the machine looks up (`U8SliceView`). */
interface SliceView {
  readonly ptr: Opaque;
  readonly len: bigint | number;
}

/** The library's file for this platform; undefined where it has none. */
export function libraryName(platform = process.platform, arch = process.arch): string | undefined {
  if (platform === "darwin") return "libmovevm.dylib";
  if (platform !== "linux") return undefined;
  return { x64: "libmovevm.x86_64.so", arm64: "libmovevm.aarch64.so" }[arch as string];
}

/** The native Move VM of `@initia/builder.js`, called by its C interface (`libmovevm/bindings.h` of initia-labs/movevm). */
export class NativeVm {
  readonly #koffi: Koffi;
  readonly #vector: Opaque;
  readonly #read: Opaque;
  readonly #vm: Opaque;
  readonly #view: (...args: Opaque[]) => Opaque;
  readonly #newVector: (...args: Opaque[]) => Opaque;
  readonly #destroyVector: (...args: Opaque[]) => Opaque;
  readonly #release: (...args: Opaque[]) => Opaque;

  /**
   * @param folder holds `node_modules` with koffi and `@initia/builder.js`.
   * @param file name of the library.
   * @param config BCS of the machine's configuration.
   * @param state gives the bytes under a key, in hexadecimal.
   */
  constructor(
    folder: string,
    file: string,
    config: Uint8Array,
    state: (key: string) => Uint8Array | undefined,
  ) {
    const koffi = createRequire(join(folder, "package.json"))("koffi") as Koffi;
    this.#koffi = koffi;
    const library = koffi.load(join(folder, "node_modules/@initia/builder.js/library", file));
    const bytes = koffi.pointer("uint8_t");
    this.#vector = koffi.struct({ is_none: "bool", ptr: bytes, len: "size_t", cap: "size_t" });
    const slice = koffi.struct({ is_none: "bool", ptr: bytes, len: "size_t" });
    const vectorOut = koffi.pointer(this.#vector);
    const read = koffi.proto("int32_t", ["void *", slice, vectorOut, vectorOut]);
    const database = koffi.struct({
      state: "void *",
      read: koffi.pointer(read),
      write: "void *",
      remove: "void *",
      scan: "void *",
    });
    const api = koffi.struct(Object.fromEntries(API.map((name) => [name, "void *"])));
    this.#newVector = library.func("new_unmanaged_vector", this.#vector, ["bool", bytes, "size_t"]);
    this.#destroyVector = library.func("destroy_unmanaged_vector", "void", [this.#vector]);
    this.#release = library.func("release_vm", "void", ["void *"]);
    this.#view = library.func("execute_view_function", this.#vector, [
      "void *",
      koffi.inout(koffi.pointer("uint64_t")),
      database,
      api,
      slice,
      slice,
      koffi.out(vectorOut),
    ]);
    const allocate = library.func("allocate_vm", "void *", [slice]);
    this.#read = koffi.register((_: never, key: SliceView, out: never) => {
      const found = state(Buffer.from(this.#bytes(key)).toString("hex"));
      const value = found ?? new Uint8Array();
      koffi.encode(out, this.#vector, this.#newVector(found === undefined, value, value.length));
      return 0;
    }, koffi.pointer(read));
    this.#vm = allocate(view(config));
  }

  /** Runs a view function; its answer, or the text of what is wrong. */
  view(environment: Uint8Array, call: Uint8Array, gas: bigint): Uint8Array | string {
    const error: UnmanagedVector[] = [{ is_none: true, ptr: null, len: 0 }];
    const result = this.#view(
      this.#vm,
      [gas],
      { state: null, read: this.#read, write: null, remove: null, scan: null },
      Object.fromEntries(API.map((name) => [name, null])),
      view(environment),
      view(call),
      error,
    ) as UnmanagedVector;
    if (!result.is_none) return this.#take(result);
    return Buffer.from(this.#take(error[0] as UnmanagedVector)).toString("utf8");
  }

  close(): void {
    this.#release(this.#vm);
    this.#koffi.unregister(this.#read);
  }

  /** The bytes of a vector of ours, which is given back. */
  #take(vector: UnmanagedVector): Uint8Array {
    const bytes = vector.ptr === null ? new Uint8Array() : this.#bytes(vector);
    this.#destroyVector(vector);
    return bytes;
  }

  #bytes({ ptr, len }: SliceView): Uint8Array {
    return Uint8Array.from(this.#koffi.decode(ptr, "uint8_t", Number(len)));
  }
}

/** What the machine may ask of the chain: nothing of it is asked by a view of ours. */
const API = ["state", "query", "account", "amount", "share", "unbond", "price"];

const view = (bytes: Uint8Array) => ({ is_none: false, ptr: bytes, len: bytes.length });
