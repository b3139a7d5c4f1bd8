export { ByteBuffer } from "./byte-buffer.ts";
export { ModuleBuilder, type WasmSignature } from "./module-builder.ts";
export { W, W_BULK, W_SIMD, WASM_TYPE } from "./opcodes.ts";
