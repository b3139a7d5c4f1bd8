import { decodeHex } from "@dragoman/bytes";
import type { ProgramModel, ProgramResolvers } from "@dragoman/schema";
import type { LoadedProgram } from "@dragoman/vm";
import type { GatewayContext } from "../context.ts";
import type { World } from "../world/world.ts";
import { lineCountOf, pageOf } from "./page.ts";

/** Loaded programs of the models that a request holds. */
const LOADED = new WeakMap<ProgramModel, LoadedProgram>();

function loaded(program: ProgramModel, world: World): LoadedProgram {
  let found = LOADED.get(program);
  if (found === undefined) {
    found = world.load(program);
    LOADED.set(program, found);
  }
  return found;
}

export const programResolvers: Required<ProgramResolvers<GatewayContext>> = {
  id: ({ id }) => id,
  vm: ({ vm }) => vm,
  name: ({ name }) => name ?? null,
  codeHash: (program, _, { world }) => decodeHex(loaded(program, world).codeHash),
  size: ({ code }) => code.length,
  code: ({ code }) => code,
  listing: (program, { from, lines }, { world }) =>
    pageOf(loaded(program, world).listing(), from, lines),
  listingLineCount: (program, _, { world }) => lineCountOf(loaded(program, world).listing()),
  ir: (program, { fn, from, lines }, { world }) =>
    pageOf(loaded(program, world).ir(fn ?? undefined), from, lines),
  irLineCount: (program, { fn }, { world }) =>
    lineCountOf(loaded(program, world).ir(fn ?? undefined)),
};
