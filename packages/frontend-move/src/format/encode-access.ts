import type { ByteWriter } from "@dragoman/bytes";
import type { AccessSpecifier, AddressSpecifier, ResourceSpecifier } from "./module.ts";

const KIND_CODE: Record<AccessSpecifier["kind"], number> = { reads: 1, writes: 2, acquires: 3 };

/** Writes the optional access specifiers of a function handle (Aptos v7). */
export function encodeAccesses(
  out: ByteWriter,
  accesses: readonly AccessSpecifier[] | undefined,
): void {
  encodeBoolean(out, accesses !== undefined);
  if (accesses === undefined) return;
  out.uleb128(accesses.length);
  for (const { kind, negated, resource, address } of accesses) {
    out.u8(KIND_CODE[kind]);
    encodeBoolean(out, negated);
    encodeResourceSpecifier(out, resource);
    encodeAddressSpecifier(out, address);
  }
}

function encodeBoolean(out: ByteWriter, value: boolean): void {
  out.u8(value ? 2 : 1);
}

function encodeResourceSpecifier(out: ByteWriter, resource: ResourceSpecifier): void {
  switch (resource.tag) {
    case "any":
      out.u8(1);
      return;
    case "atAddress":
      out.u8(2);
      out.uleb128(resource.address);
      return;
    case "inModule":
      out.u8(3);
      out.uleb128(resource.module);
      return;
    case "resource":
      out.u8(4);
      out.uleb128(resource.struct);
      return;
    case "instantiation":
      out.u8(5);
      out.uleb128(resource.struct);
      out.uleb128(resource.typeArguments);
  }
}

function encodeAddressSpecifier(out: ByteWriter, address: AddressSpecifier): void {
  switch (address.tag) {
    case "any":
      out.u8(1);
      return;
    case "literal":
      out.u8(2);
      out.uleb128(address.address);
      return;
    case "parameter":
      out.u8(3);
      out.uleb128(address.parameter);
      encodeBoolean(out, address.function !== undefined);
      if (address.function !== undefined) out.uleb128(address.function);
  }
}
