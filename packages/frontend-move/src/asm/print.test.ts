import { expect, test } from "vitest";
import { ABILITY } from "../format/abilities.ts";
import { decodeModule, decodeScript } from "../format/decode.ts";
import { encodeModule, encodeScript } from "../format/encode.ts";
import { stdlibModules } from "../stdlib/stdlib.ts";
import { oracleModules } from "../testing/move-fixtures.ts";
import { assembleModule, assembleScript } from "./assemble.ts";
import { printUnit } from "./print.ts";

const EVERYTHING = `version 6;
module 0xcafe.everything {
  metadata x"6b6579" x"00ff";
  friend 0xcafe.other;
  import 0x2.coin {
    struct Coin<phantom T0: copy> has store;
    value<T0: copy>(l0: &coin.Coin<T0>): u64;
  }
  import 0x3.coin as coin_2 {
  }
  native struct Opaque;
  struct Box<T0, T1: copy + drop> has drop, store, key { value: T0, list: vector<Self.Box<bool, T1>> }

  native public hash(l0: vector<u8>): vector<u8>;

  public(friend) entry f<T0: copy>(l0: &mut u64, l1: coin.Coin<T0>): u64 * bool acquires Box bytecode {
    let l2: u128;
    LdU128 340282366920938463463374607431768211455
    StLoc l2
  b2:
    ImmBorrowLoc l1
    CallGeneric coin.value<T0>
    Pop
    LdConst vector<u8> x"0161"
    VecUnpack <u8> 1
    LdU8 7
    Eq
    BrTrue b2
    Branch b2
  }
}
`;

test("a text in the printer's form prints as it stands", () => {
  expect(printUnit(assembleModule(EVERYTHING))).toBe(EVERYTHING);
});

test("parameters of function types that are function types stand in parentheses", () => {
  const text = `version 8;
module 0x1.m {
  f(l0: |(|u64|(u64)), &||(bool) has drop|(|u8|() has copy)) bytecode {
    Ret
  }
  g(l0: |(|(|u8|())|()), u64|() has store) bytecode {
    Ret
  }
}
`;
  const module = assembleModule(text);
  expect(module.signatures[module.functionHandles[0]?.parameters ?? 0]).toEqual([
    {
      tag: "function",
      abilities: 0,
      parameters: [
        { tag: "function", abilities: 0, parameters: [{ tag: "u64" }], results: [{ tag: "u64" }] },
        {
          tag: "reference",
          inner: {
            tag: "function",
            abilities: ABILITY.drop,
            parameters: [],
            results: [{ tag: "bool" }],
          },
        },
      ],
      results: [
        { tag: "function", abilities: ABILITY.copy, parameters: [{ tag: "u8" }], results: [] },
      ],
    },
  ]);
  expect(printUnit(assembleModule(printUnit(module)))).toBe(printUnit(module));
});

test("enums print with their variants and fields", () => {
  const text = `module 0x1.m {
  enum E<T0> has copy, drop {
    A { x: u64, y: T0 },
    B { x: u64 },
    C { },
  }

  x(l0: &mut Self.E<u8>): &mut u64 bytecode {
    CopyLoc l0
    FreezeRef
    TestVariantGeneric E<u8>::C
    Pop
    MoveLoc l0
    MutBorrowVariantFieldGeneric E<u8>::A|B::x
    Ret
  }
}
`;
  expect(printUnit(assembleModule(text))).toBe(text);
});

test("closures, signed integers and attributes print as they stand", () => {
  const text = `version 10;
module 0x1.m {
  import 0x2.dep {
    hook(l0: u64): u64 with persistent;
  }
  struct S has copy, drop { f: |u64, &mut u8|(bool, u8) has copy + drop, g: ||() }

  f<T0: copy + drop>(l0: T0, l1: i8): ||(T0) has drop with persistent, module_lock bytecode {
    PackClosure dep.hook 1
    Pop
    LdI8 -128
    LdI256 -5
    Pop
    MoveLoc l1
    Negate
    CastI128
    Pop
    Pop
    MoveLoc l0
    PackClosureGeneric Self.g<T0> 1
    Ret
  }

  g<T0>(l0: T0): T0 bytecode {
    MoveLoc l0
    PackClosureGeneric Self.g<T0> 1
    CallClosure <||(T0)>
    Ret
  }
}
`;
  expect(printUnit(assembleModule(text))).toBe(text);
});

test("switches of Sui print as they stand", () => {
  const text = `version 0x5000007;
module 0x1.m {
  enum E<T0> has drop {
    A { x: T0 },
    B { },
  }

  f<T0: drop>(l0: Self.E<T0>) bytecode {
    ImmBorrowLoc l0
    VariantSwitch E { A: b2, B: b6 }
  b2:
    MutBorrowLoc l0
    UnpackVariantMutRefGeneric E<T0>::A
    Pop
    Ret
  b6:
    Ret
  }
}
`;
  expect(printUnit(assembleModule(text))).toBe(text);
});

test("every oracle and library module prints as text that assembles to the same module", () => {
  const modules = [...oracleModules().values()].map(decodeModule).concat(stdlibModules());
  for (const module of modules) {
    const text = printUnit(module);
    const again = assembleModule(text);
    expect(printUnit(again)).toBe(text);
    const bytes = encodeModule(again);
    expect(encodeModule(assembleModule(printUnit(decodeModule(bytes))))).toEqual(bytes);
    expect(again.functionDefinitions.map(({ code }) => code?.ops)).toEqual(
      module.functionDefinitions.map(({ code }) => code?.ops),
    );
  }
});

test("a script prints as text that assembles to the same script", () => {
  const script = assembleScript(`
    import 0x1.m { f<T>(x: T); }
    main<T: drop>(x: T, y: u64) { label b0: m.f<T>(move(x)); assert(copy(y) == 3, 1); return; }`);
  const bytes = encodeScript(script);
  expect(encodeScript(assembleScript(printUnit(decodeScript(bytes))))).toEqual(bytes);
});
