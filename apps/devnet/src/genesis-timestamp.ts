/** Time of every genesis block, 2026-01-01T00:00:00Z: always the same, so that a devnet that starts again has the same genesis. */
export const GENESIS_TIMESTAMP = 1_767_225_600;
