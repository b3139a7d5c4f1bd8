import { equalBytes } from "@dragoman/bytes";
import { I256, type IrSignature, OP } from "@dragoman/core";
import type { AddressSpecifier, ResourceSpecifier } from "../format/index.ts";
import { mentionsTypeParameter } from "../format/signature-token.ts";
import type { MoveType } from "../layout/move-type.ts";
import { addressFunction } from "../load/access-functions.ts";
import {
  type AccessClause,
  bringAddress,
  enterAccess,
  leaveAccess,
} from "../natives/access-control.ts";
import type { FunctionLift } from "./function-lift.ts";

const NOTHING: IrSignature = { params: [], results: [] };
const BY_ADDRESS: IrSignature = { params: [I256], results: [] };

/**
 * Notes that a function with access specifiers begins, if this is one. `parameters` are the values that carry its parameters.
 */
export function emitEnterAccess(f: FunctionLift, parameters: readonly number[]): void {
  const { accesses } = f.instance.fn.handle;
  if (accesses === undefined) return;
  const { program, b } = f;
  let brought = 0;
  let resolved = true;
  const clauses = accesses.map((specifier): AccessClause => {
    const { kind, negated, resource, address } = specifier;
    const covers = coverage(f, resource);
    if (address.tag !== "parameter") return { kind, negated, covers, address: literal(f, address) };
    const value = addressValue(f, address, parameters);
    if (value === undefined) resolved = false;
    else
      b.host(
        program.host("access address", BY_ADDRESS, () => bringAddress),
        [],
        [value],
      );
    return { kind, negated, covers, address: brought++ };
  });
  const key = `access enter ${f.unit}`;
  b.host(
    program.host(key, NOTHING, () => enterAccess(resolved ? clauses : undefined)),
    [],
    [],
  );
}

/** Notes that the function ends. */
export function emitLeaveAccess(f: FunctionLift): void {
  if (f.instance.fn.handle.accesses === undefined) return;
  f.b.host(
    f.program.host("access leave", NOTHING, () => leaveAccess),
    [],
    [],
  );
}

function literal(
  f: FunctionLift,
  address: Exclude<AddressSpecifier, { tag: "parameter" }>,
): "any" | Uint8Array {
  return address.tag === "any" ? "any" : f.compiled.addresses[address.address];
}

/** The address that a parameter is or stands for; undefined for the owner of an object, which nobody can tell. */
function addressValue(
  f: FunctionLift,
  specifier: Extract<AddressSpecifier, { tag: "parameter" }>,
  parameters: readonly number[],
): number | undefined {
  const value = parameters[specifier.parameter];
  switch (addressFunction(f.compiled, specifier)) {
    case "identity":
      return value;
    case "signer":
      return f.b.emit(OP["i256.load_le"], value, 0, 32);
    case "object":
      return undefined;
  }
}

/** Which resources a specifier is about. Type arguments are compared as they stand: one with a type parameter is never met. */
function coverage(f: FunctionLift, resource: ResourceSpecifier): (type: MoveType) => boolean {
  switch (resource.tag) {
    case "any":
      return () => true;
    case "atAddress": {
      const address = f.compiled.addresses[resource.address];
      return ({ name }) => name !== undefined && equalBytes(name.address, address);
    }
    case "inModule": {
      const { address, name: module } = f.compiled.moduleHandles[resource.module];
      const at = f.compiled.addresses[address];
      const called = f.compiled.identifiers[module];
      return ({ name }) => name?.module === called && equalBytes(name.address, at);
    }
    case "resource":
      return isStruct(f, resource.struct);
    case "instantiation": {
      const matches = isStruct(f, resource.struct);
      const tokens = f.compiled.signatures[resource.typeArguments];
      if (tokens.some(mentionsTypeParameter)) return () => false;
      const wanted = tokens.map((token) => f.type(token));
      return (type) =>
        matches(type) &&
        type.name?.typeArguments.length === wanted.length &&
        wanted.every((argument, index) => type.name?.typeArguments[index] === argument);
    }
  }
}

function isStruct(f: FunctionLift, handle: number): (type: MoveType) => boolean {
  const source = f.module.structSource(handle);
  return ({ name }) =>
    name?.name === source.name &&
    name.module === source.module &&
    equalBytes(name.address, source.address);
}
