import { decodeHex } from "@dragoman/bytes";
import type { ProgramResolvers } from "@dragoman/schema";
import type { GatewayContext } from "../context.ts";
import { lineCountOf, pageOf } from "./page.ts";
import { programText } from "./program-text.ts";

export const programResolvers: Required<ProgramResolvers<GatewayContext>> = {
  id: ({ id }) => id,
  vm: ({ vm }) => vm,
  name: ({ name }) => name ?? null,
  codeHash: (program, _, { world }) => decodeHex(programText(program, world).loaded.codeHash),
  size: ({ code }) => code.length,
  code: ({ code }) => code,
  listing: (program, { from, lines }, { world }) =>
    pageOf(programText(program, world).listing, from, lines),
  listingLineCount: (program, _, { world }) => lineCountOf(programText(program, world).listing),
  ir: (program, { fn, from, lines }, { world }) =>
    pageOf(programText(program, world).ir(fn ?? undefined), from, lines),
  irLineCount: (program, { fn }, { world }) =>
    lineCountOf(programText(program, world).ir(fn ?? undefined)),
};
