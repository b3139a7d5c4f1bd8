import { AccountAddress, type AccountAddressInput, Serializer } from "@aptos-labs/ts-sdk";

/** A package that another one needs. */
export type Dependency = readonly [account: AccountAddressInput, name: string];

/** BCS of a PackageMetadata, as compilers write it. */
export function packageMetadata(
  name: string,
  modules: readonly string[],
  policy = 1,
  dependencies: readonly Dependency[] = [["0x1", "AptosFramework"]],
): Uint8Array {
  const writer = new Serializer();
  writer.serializeStr(name);
  writer.serializeU8(policy);
  writer.serializeU64(0);
  writer.serializeStr("");
  writer.serializeBytes(new Uint8Array());
  writer.serializeU32AsUleb128(modules.length);
  for (const module of modules) {
    writer.serializeStr(module);
    writer.serializeBytes(new Uint8Array());
    writer.serializeBytes(new Uint8Array());
    writer.serializeU32AsUleb128(0);
  }
  writer.serializeU32AsUleb128(dependencies.length);
  for (const [account, dependency] of dependencies) {
    AccountAddress.from(account).serialize(writer);
    writer.serializeStr(dependency);
  }
  writer.serializeU32AsUleb128(0);
  return writer.toUint8Array();
}
