export {
  COMPILE_LIMITS,
  type CompiledCode,
  type CompileOptions,
  compileModule,
  translateModule,
} from "./compile-module.ts";
export { type CompiledImports, type CompiledInstance, instantiate } from "./instantiate.ts";
