/** What a call costs that moves value (Yellow Paper, appendix G: G_callvalue), what the callee gets of it, and what a new account costs. */
export const VALUE_PRICE = 9000;
export const STIPEND = 2300;
export const NEW_ACCOUNT_PRICE = 25000;

/** A frame may call at this depth, and no deeper (Yellow Paper, 9.4.1). */
export const DEPTH_MAX = 1024;
