/** Modules that a linkage may have. */
export const MODULES_MAX = 1024;
