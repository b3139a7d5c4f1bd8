export function sourceHash(): string;
export function artefacts(): string;
