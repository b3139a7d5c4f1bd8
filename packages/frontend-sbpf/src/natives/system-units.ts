/** Units that every instruction of the system program costs. */
export const SYSTEM_UNITS = 150;
