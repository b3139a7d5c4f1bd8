import { encodeBase58 } from "@dragoman/bytes";

/** Programs that were native when the fixtures were recorded and are not part of this runtime: they run as programs of a loader today, or not at all. */
const FOREIGN: Readonly<Record<string, string>> = {
  Vote111111111111111111111111111111111111111: "needs the native vote program",
  Stake11111111111111111111111111111111111111: "needs the native stake program",
  Config1111111111111111111111111111111111111: "needs the native config program",
  ZkE1Gama1Proof11111111111111111111111111111: "needs the native proof program",
  AddressLookupTab1e1111111111111111111111111: "needs the native address lookup table program",
};

/** Why nothing runs at `programId`; undefined if it can. */
export const foreignProgram = (programId: Uint8Array): string | undefined =>
  FOREIGN[encodeBase58(programId)];

/** Those among them that the machine that recorded transactions had: the others had become programs of a loader that nobody had deployed. */
export const NATIVE_FOREIGN_PROGRAMS: readonly string[] = [
  "Vote111111111111111111111111111111111111111",
  "Stake11111111111111111111111111111111111111",
];
/** This one came with a feature. */
export const PROOF_PROGRAM = "ZkE1Gama1Proof11111111111111111111111111111";
