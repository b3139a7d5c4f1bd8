/** The dragoman command. */
export {};
