import { encodeHex } from "@dragoman/bytes";
import type { MemoryState } from "@dragoman/core";
import { expect, test } from "vitest";
import { RESOURCE_DOMAIN } from "../natives/global-storage.ts";
import { TABLE_DOMAIN } from "../natives/table.ts";
import { runMove, stateOf } from "../testing/run-move.ts";
import { keyOfModule } from "../verify/cross-module-types.ts";
import { verifyDependencies } from "../verify/dependencies.ts";
import { verifyModule } from "../verify/verify.ts";
import { stdlibModules } from "./stdlib.ts";

/** Runs a function of `0x1.m` and keeps what it changed; what it returned, or the code with which it aborted. */
function call(state: MemoryState, name: string, sender: number, ...args: string[]): unknown {
  const address = new Uint8Array(32).fill(sender, 31);
  const run = runMove(state, { function: name, sender: address, args });
  if (run.json === undefined) return run.failure?.abortCode;
  state.apply(run.changes);
  return run.json.length === 1 ? run.json[0] : run.json;
}

test("every module of 0x1 passes the verifier, alone and with what it imports", () => {
  const modules = stdlibModules();
  const byKey = new Map(modules.map((module) => [keyOfModule(module, module.self), module]));
  for (const module of modules) {
    verifyModule(module);
    verifyDependencies(module, (key) => byKey.get(key));
  }
});

// The precompile's vector "CallEcrecover0" of ethereum/tests: the address is the end of the key's hash.
const HASH = "18c547e4f7b0f325ad1e56f57e26c745b09a3e503d86e00e5255ff7f715d3d1c";
const SIGNATURE =
  "73b1693892219d736caba55bdb67216e485557ea6b6af75f37096c9aa6a5a75f" +
  "eeb940b1d03b21e36b0e47e79769f095fe2ab855bd91e3a38756b7d75a9c4549";
const SIGNER = "a94f5374fce5edbc8e2a8697c15331677e6ebf0b";

const CRYPTOGRAPHY = stateOf(`module 0x1.m {
  import 0x1.aptos_hash;
  import 0x1.option;
  import 0x1.secp256k1;
  hash(bytes: vector<u8>): vector<u8> bytecode { MoveLoc bytes; Call aptos_hash.keccak256; Ret }
  recover(digest: vector<u8>, id: u8, signature: vector<u8>): vector<u8> {
    let s: secp256k1.ECDSASignature;
    let key: option.Option<secp256k1.ECDSARawPublicKey>;
    let found: secp256k1.ECDSARawPublicKey;
  label b0:
    s = secp256k1.ecdsa_signature_from_bytes(move(signature));
    key = secp256k1.ecdsa_recover(move(digest), move(id), &s);
    assert(option.is_some<secp256k1.ECDSARawPublicKey>(&key), 99);
    found = option.destroy_some<secp256k1.ECDSARawPublicKey>(move(key));
    return aptos_hash.keccak256(secp256k1.ecdsa_raw_public_key_to_bytes(&found));
  }
}`);

test("keccak256 of nothing and of abc are those of the submission", () => {
  const nothing = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470";
  const abc = "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45";
  expect(call(CRYPTOGRAPHY, "hash", 1, "")).toBe(nothing);
  expect(call(CRYPTOGRAPHY, "hash", 1, "616263")).toBe(abc);
});

test("ecdsa_recover finds the key of the precompile's vector", () => {
  const key = call(CRYPTOGRAPHY, "recover", 1, HASH, "1", SIGNATURE) as string;
  expect(key.slice(24)).toBe(SIGNER);
});

test("a signature without a key is none; a wrong length or recovery id aborts", () => {
  expect(call(CRYPTOGRAPHY, "recover", 1, HASH, "1", "00".repeat(64))).toBe(99n);
  expect(call(CRYPTOGRAPHY, "recover", 1, HASH, "4", SIGNATURE)).toBe(0x10002n);
  expect(call(CRYPTOGRAPHY, "recover", 1, HASH.slice(2), "1", SIGNATURE)).toBe(0x10001n);
  expect(call(CRYPTOGRAPHY, "recover", 1, HASH, "1", SIGNATURE.slice(2))).toBe(0x10001n);
});

const TABLES = `module 0x1.m {
  import 0x1.table;
  struct Point has copy, drop, store { x: u64, y: vector<u8> }
  struct Maps has key { numbers: table.Table<u64, u64>, points: table.Table<vector<u8>, Self.Point> }
  make(s: &signer) {
  label b0:
    move_to<Maps>(move(s), Maps {
      numbers: table.new<u64, u64>(), points: table.new<vector<u8>, Self.Point>()
    });
    return;
  }
  add(key: u64, value: u64) acquires Maps {
  label b0:
    table.add<u64, u64>(&mut borrow_global_mut<Maps>(0x1).Maps::numbers, move(key), move(value));
    return;
  }
  upsert(key: u64, value: u64) acquires Maps {
  label b0:
    table.upsert<u64, u64>(&mut borrow_global_mut<Maps>(0x1).Maps::numbers, move(key), move(value));
    return;
  }
  read(key: u64): u64 acquires Maps {
  label b0:
    return *table.borrow<u64, u64>(&borrow_global<Maps>(0x1).Maps::numbers, move(key));
  }
  has(key: u64): bool acquires Maps {
  label b0:
    return table.contains<u64, u64>(&borrow_global<Maps>(0x1).Maps::numbers, move(key));
  }
  remove(key: u64): u64 acquires Maps {
  label b0:
    return table.remove<u64, u64>(&mut borrow_global_mut<Maps>(0x1).Maps::numbers, move(key));
  }
  point(key: vector<u8>, x: u64): u64 * vector<u8> acquires Maps {
    let points: &mut table.Table<vector<u8>, Self.Point>;
    let point: &mut Self.Point;
    let copied: Self.Point;
    let y: vector<u8>;
  label b0:
    points = &mut borrow_global_mut<Maps>(0x1).Maps::points;
    point = table.borrow_mut_with_default<vector<u8>, Self.Point>(
      move(points), copy(key), Point { x: 0, y: move(key) }
    );
    *(&mut copy(point).Point::x) = *&copy(point).Point::x + move(x);
    copied = *move(point);
    Point { x, y } = move(copied);
    return move(x), move(y);
  }
  lose(key: u64, value: u64) acquires Maps {
  label b0:
    Self.add(move(key), move(value));
    abort 7;
  }
}`;

test("a table keeps, replaces and gives back its entries, each in a cell of its own", () => {
  const state = stateOf(TABLES);
  call(state, "make", 1);
  expect(call(state, "add", 1, "5", "50")).toEqual([]);
  expect(call(state, "add", 1, "5", "51")).toBe(25607n);
  expect(call(state, "upsert", 1, "6", "60")).toEqual([]);
  expect(call(state, "upsert", 1, "6", "61")).toEqual([]);
  expect(call(state, "read", 1, "5")).toBe("50");
  expect(call(state, "read", 1, "6")).toBe("61");
  expect(call(state, "read", 1, "7")).toBe(25863n);
  expect(call(state, "remove", 1, "5")).toBe("50");
  expect(call(state, "has", 1, "5")).toBe(false);
  expect(call(state, "remove", 1, "5")).toBe(25863n);
  expect(call(state, "add", 1, "5", "52")).toEqual([]);
  expect(call(state, "lose", 1, "8", "80")).toBe(7n);
  expect(call(state, "has", 1, "8")).toBe(false);
});

test("references into tables change what is kept, and two tables do not meet", () => {
  const state = stateOf(TABLES);
  call(state, "make", 1);
  expect(call(state, "point", 1, "0102", "3")).toEqual(["3", "0102"]);
  expect(call(state, "point", 1, "0102", "4")).toEqual(["7", "0102"]);
  expect(call(state, "point", 1, "01", "4")).toEqual(["4", "01"]);
  expect(call(state, "add", 1, "1", "1")).toEqual([]);
});

test("an entry's cell holds the BCS of its value under the BCS of its key", () => {
  const state = stateOf(TABLES);
  call(state, "make", 1);
  const added = runMove(state, { function: "add", args: ["258", "7"] });
  const [entry] = added.changes.filter(({ domain }) => domain === TABLE_DOMAIN);
  expect([entry.key, entry.after].map((bytes) => encodeHex(bytes as Uint8Array))).toEqual([
    "0x0201000000000000",
    "0x0700000000000000",
  ]);
  expect(added.changes.filter(({ domain }) => domain === RESOURCE_DOMAIN)).toEqual([]);
});

const COINS = `module 0x1.m {
  import 0x1.coin;
  import 0x1.option;
  import 0x1.string;
  struct Gold has key { dummy_field: bool }
  struct Rights has key {
    burn: coin.BurnCapability<Self.Gold>,
    freeze_right: coin.FreezeCapability<Self.Gold>,
    mint: coin.MintCapability<Self.Gold>
  }
  make(s: &signer) {
    let burn: coin.BurnCapability<Self.Gold>;
    let freeze_right: coin.FreezeCapability<Self.Gold>;
    let mint: coin.MintCapability<Self.Gold>;
  label b0:
    burn, freeze_right, mint = coin.initialize<Self.Gold>(
      copy(s), string.utf8(b"Gold"), string.utf8(b"AU"), 6u8, true
    );
    move_to<Rights>(move(s), Rights {
      burn: move(burn), freeze_right: move(freeze_right), mint: move(mint)
    });
    return;
  }
  register(s: &signer) { label b0: coin.register<Self.Gold>(move(s)); return; }
  mint(to: address, amount: u64) acquires Rights {
  label b0:
    coin.deposit<Self.Gold>(
      move(to), coin.mint<Self.Gold>(move(amount), &borrow_global<Rights>(0x1).Rights::mint)
    );
    return;
  }
  burn(from: address, amount: u64) acquires Rights {
  label b0:
    coin.burn_from<Self.Gold>(move(from), move(amount), &borrow_global<Rights>(0x1).Rights::burn);
    return;
  }
  pay(s: &signer, to: address, amount: u64) {
  label b0: coin.transfer<Self.Gold>(move(s), move(to), move(amount)); return;
  }
  stop(who: address) acquires Rights {
  label b0:
    coin.freeze_coin_store<Self.Gold>(move(who), &borrow_global<Rights>(0x1).Rights::freeze_right);
    return;
  }
  read(owner: address): u64 * u128 {
    let supply: option.Option<u128>;
  label b0:
    supply = coin.supply<Self.Gold>();
    return coin.balance<Self.Gold>(move(owner)), option.destroy_some<u128>(move(supply));
  }
  described(): string.String * string.String * u8 {
  label b0: return coin.name<Self.Gold>(), coin.symbol<Self.Gold>(), coin.decimals<Self.Gold>();
  }
}`;

test("coins are minted, paid and burnt, and the supply follows", () => {
  const state = stateOf(COINS);
  expect(call(state, "make", 2)).toBe(0x10001n);
  call(state, "make", 1);
  expect(call(state, "make", 1)).toBe(0x80002n);
  expect(call(state, "described", 1)).toEqual(["Gold", "AU", 6]);
  expect(call(state, "mint", 1, "0x2", "100")).toBe(0x60005n);
  call(state, "register", 2);
  call(state, "register", 3);
  expect(call(state, "mint", 1, "0x2", "100")).toEqual([]);
  expect(call(state, "pay", 2, "0x3", "101")).toBe(0x10006n);
  expect(call(state, "pay", 2, "0x3", "30")).toEqual([]);
  expect(call(state, "burn", 1, "0x2", "10")).toEqual([]);
  expect(call(state, "read", 1, "0x2")).toEqual(["60", "90"]);
  expect(call(state, "read", 1, "0x3")).toEqual(["30", "90"]);
  expect(call(state, "read", 1, "0x4")).toEqual(["0", "90"]);
});

test("a frozen store neither gives nor takes", () => {
  const state = stateOf(COINS);
  call(state, "make", 1);
  call(state, "register", 2);
  call(state, "register", 3);
  call(state, "mint", 1, "0x2", "100");
  call(state, "stop", 1, "0x2");
  expect(call(state, "pay", 2, "0x3", "1")).toBe(0x5000an);
  expect(call(state, "mint", 1, "0x2", "1")).toBe(0x5000an);
});

test("deposits and withdrawals are events that name the coin's type", () => {
  const state = stateOf(COINS);
  call(state, "make", 1);
  call(state, "register", 2);
  const { logs } = runMove(state, { function: "mint", args: ["0x2", "100"] });
  const type = Buffer.from("0x1::m::Gold");
  const owner = `${"00".repeat(31)}02`;
  expect(logs.map(({ data }) => encodeHex(data))).toEqual([
    `0x${(12).toString(16).padStart(2, "0")}${type.toString("hex")}${owner}64${"00".repeat(7)}`,
  ]);
});

test("the clock is what the resource at 0x1 says", () => {
  const state = stateOf(`module 0x1.m {
    import 0x1.timestamp;
    now(): u64 * u64 bytecode { Call timestamp.now_seconds; Call timestamp.now_microseconds; Ret }
  }`);
  // StructTag 0x1::timestamp::CurrentTimeMicroseconds without type arguments.
  const name = (text: string) => [text.length, ...Buffer.from(text)];
  const [own, ...rest] = [1, ...name("timestamp"), ...name("CurrentTimeMicroseconds"), 0];
  const key = Uint8Array.from([...new Uint8Array(31), own, ...rest]);
  const account = new Uint8Array(32).fill(1, 31);
  const micros = new Uint8Array(new BigUint64Array([1_700_000_000_999_999n]).buffer);
  expect(runMove(state, { function: "now" }).failure?.status).toBe("MISSING_DATA");
  state.write(RESOURCE_DOMAIN, account, key, micros);
  expect(call(state, "now", 1)).toEqual(["1700000000", "1700000000999999"]);
});

test("type_info names a struct with its type arguments, and refuses what is no struct", () => {
  const state = stateOf(`module 0x1.m {
    import 0x1.option;
    import 0x1.string;
    import 0x1.type_info;
    name(): string.String bytecode { Call type_info.type_name<vector<option.Option<u64>>>; Ret }
    parts(): address * vector<u8> * vector<u8> {
      let info: type_info.TypeInfo;
    label b0:
      info = type_info.type_of<option.Option<u64>>();
      return type_info.account_address(&info), type_info.module_name(&info), type_info.struct_name(&info);
    }
    none() { label b0: _ = type_info.type_of<u64>(); return; }
  }`);
  const hex = (text: string) => Buffer.from(text).toString("hex");
  expect(call(state, "name", 1)).toBe("vector<0x1::option::Option<u64>>");
  expect(call(state, "parts", 1)).toEqual(["0x1", hex("option"), hex("Option<u64>")]);
  expect(call(state, "none", 1)).toBe(0n);
});

test("from_bcs reads scalars and vectors, and aborts on bytes that are none", () => {
  const state = stateOf(`module 0x1.m {
    import 0x1.from_bcs;
    number(v: vector<u8>): u32 bytecode { MoveLoc v; Call from_bcs.to_u32; Ret }
    owner(v: vector<u8>): address bytecode { MoveLoc v; Call from_bcs.to_address; Ret }
    list(v: vector<u8>): vector<u8> bytecode { MoveLoc v; Call from_bcs.to_bytes; Ret }
    flag(v: vector<u8>): bool bytecode { MoveLoc v; Call from_bcs.to_bool; Ret }
  }`);
  expect(call(state, "number", 1, "01020304")).toBe(0x04030201);
  expect(call(state, "owner", 1, `${"00".repeat(31)}ab`)).toBe("0xab");
  expect(call(state, "list", 1, "03010203")).toBe("010203");
  expect(call(state, "flag", 1, "01")).toBe(true);
  expect(call(state, "flag", 1, "02")).toBe(0x10001n);
  expect(call(state, "number", 1, "010203")).toBe(0x10001n);
  expect(call(state, "list", 1, "0101ff")).toBe(0x10001n);
});
