/** Generic types and functions that every random module has; expressions call them with the types that they need. */
export const GENERIC = `
enum Opt<T> has copy, drop, store { None { }, Some { f0: T, f1: u8 }, Two { f0: T } }
struct Q<T> has key, drop { f0: T, f1: u64 }
id<T: copy + drop>(x: T): T bytecode { MoveLoc x; Ret }
again<T: copy + drop>(x: &T): T bytecode { MoveLoc x; ReadRef; Call Self.id<T>; Ret }
box<T: copy + drop>(x: &T, n: u8): Self.Box<T> bytecode {
  MoveLoc x; Call Self.again<T>; MoveLoc n; Pack Box<T>; Ret
}
inside<T: copy + drop>(b: Self.Box<T>): T bytecode { MoveLoc b; Unpack Box<T>; Pop; Ret }
at<T>(v: &vector<T>, i: u64): &T bytecode { MoveLoc v; MoveLoc i; VecImmBorrow<T>; Ret }
last<T: drop>(v: vector<T>): T bytecode { MutBorrowLoc v; VecPopBack<T>; Ret }
three<T: copy + drop>(x: T, y: T): vector<T> bytecode {
  CopyLoc x; MoveLoc y; MoveLoc x; VecPack<T> 3; Ret
}
frozen<T>(x: &mut T): &T bytecode { MoveLoc x; FreezeRef; Ret }
part<T>(b: &mut Self.Box<T>): &mut T bytecode { MoveLoc b; MutBorrowField Box<T>::f0; Ret }
look<T>(b: &Self.Box<T>): &T bytecode { MoveLoc b; ImmBorrowField Box<T>::f0; Ret }
boxed<T: copy + drop>(x: T, y: T): T bytecode {
  let b: Self.Box<T>;
  MoveLoc x; LdU8 1; Pack Box<T>; StLoc b
  MoveLoc y; MutBorrowLoc b; Call Self.part<T>; WriteRef
  ImmBorrowLoc b; Call Self.look<T>; ReadRef; Ret
}
wrap<T: copy + drop>(x: T, n: u8): Self.Opt<T> bytecode {
  LdU8 3; CopyLoc n; Lt; BrTrue two
  MoveLoc x; MoveLoc n; PackVariant Opt<T>::Some; Ret
two:
  MoveLoc x; PackVariant Opt<T>::Two; Ret
}
unwrap<T: copy + drop>(o: Self.Opt<T>, y: T): T bytecode {
  ImmBorrowLoc o; TestVariant Opt<T>::None; BrFalse full
  MoveLoc y; Ret
full:
  CopyLoc y; MutBorrowLoc o; MutBorrowVariantField Opt<T>::Some|Two::f0; WriteRef
  ImmBorrowLoc o; ImmBorrowVariantField Opt<T>::Some|Two::f0; ReadRef; Ret
}
some<T: copy + drop>(o: Self.Opt<T>): T bytecode { MoveLoc o; UnpackVariant Opt<T>::Some; Pop; Ret }
keep<T: copy + drop + store>(s: &signer, x: T): T acquires Q bytecode {
  let a: address;
  CopyLoc s; Call signer.address_of; StLoc a
  CopyLoc a; Exists Q<T>; BrFalse make
  CopyLoc x; CopyLoc a; MutBorrowGlobal Q<T>; MutBorrowField Q<T>::f0; WriteRef
  Branch done
make:
  CopyLoc s; CopyLoc x; LdU64 1; Pack Q<T>; MoveTo Q<T>
done:
  MoveLoc a; ImmBorrowGlobal Q<T>; ImmBorrowField Q<T>::f0; ReadRef; Ret
}
gone<T: copy + drop + store>(s: &signer, x: T): T acquires Q bytecode {
  let a: address;
  MoveLoc s; Call signer.address_of; StLoc a
  CopyLoc a; Exists Q<T>; BrTrue there
  MoveLoc x; Ret
there:
  MoveLoc a; MoveFrom Q<T>; Unpack Q<T>; Pop; Ret
}`;
