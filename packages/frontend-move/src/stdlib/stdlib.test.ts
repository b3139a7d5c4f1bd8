import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decodeModule } from "../format/decode.ts";
import { moduleId } from "../format/module.ts";
import { oracleModules } from "../testing/move-fixtures.ts";
import { STDLIB_ARTEFACTS } from "./artefacts.ts";
import { buildStdlib, type StdlibName } from "./build.ts";
import { stdlibFiles, stdlibModules } from "./stdlib.ts";

const source = (name: StdlibName) =>
  readFileSync(new URL(`./${name}.mvir`, import.meta.url), "utf8");

test("the committed files are what the texts assemble to", () => {
  expect(stdlibFiles()).toEqual(buildStdlib(source));
});

test("the committed hashes are those of the texts", () => {
  for (const [name, hash] of STDLIB_ARTEFACTS) {
    expect(createHash("sha256").update(source(name)).digest("hex"), name).toBe(hash);
  }
});

test("every function and struct of 0x1 that the oracle modules import is there, as imported", () => {
  const ours = new Map(
    stdlibModules().map((module) => [moduleId(module, module.self).name, module]),
  );
  for (const [id, bytes] of oracleModules()) {
    const module = decodeModule(bytes);
    for (const handle of module.functionHandles) {
      if (handle.module === module.self) continue;
      const { name } = moduleId(module, handle.module);
      const functionName = module.identifiers[handle.name];
      const library = ours.get(name);
      const found = library?.functionHandles.find(
        (row) => row.module === library.self && library.identifiers[row.name] === functionName,
      );
      expect(found?.typeParameters, `${id} uses ${name}::${functionName}`).toEqual(
        handle.typeParameters,
      );
    }
    for (const handle of module.structHandles) {
      if (handle.module === module.self) continue;
      const { name } = moduleId(module, handle.module);
      const library = ours.get(name);
      const found = library?.structHandles.find(
        (row) => library.identifiers[row.name] === module.identifiers[handle.name],
      );
      expect(found?.abilities, `${id} uses ${name}`).toBe(handle.abilities);
    }
  }
});
