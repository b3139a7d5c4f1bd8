/** The market on chain: specification, three programs, their artefacts and encodings. */
export {};
