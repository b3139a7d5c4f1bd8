/** Carries packets between chains; one process, any number of lanes. */
export {};
