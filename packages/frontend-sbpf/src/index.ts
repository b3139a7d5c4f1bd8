/** sBPF ELF to IR. */
export {};
