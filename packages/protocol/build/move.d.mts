export function sourceHash(): string;
export function assembled(move: object): readonly (readonly [name: string, file: Uint8Array])[];
export function artefacts(move: object): string;
