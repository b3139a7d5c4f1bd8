/** Links clang's BPF objects to sBPF ELFs. */
export {};
