export { createKernel, KERNEL_FUNCTIONS, type Kernel, type KernelFunction } from "./kernel.ts";
export { KERNEL_CELLS } from "./layout.ts";
