export function sourceHash(): string;
export function artefacts(): Promise<string>;
