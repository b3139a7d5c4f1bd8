/** The binary format of Move modules and scripts: data types, tables, decoder, encoder. */
export * from "./abilities.ts";
export { decodeModule, decodeScript } from "./decode.ts";
export { encodeModule, encodeScript } from "./encode.ts";
export * from "./module.ts";
export * from "./move-fault.ts";
export * from "./opcodes.ts";
export {
  SCRIPT_ADDRESS,
  SCRIPT_FUNCTION,
  SCRIPT_MODULE,
  scriptModule,
} from "./script-module.ts";
export * from "./signature-token.ts";
export { MOVE_STATUS, type MoveStatus } from "./status.ts";
