const IDENTIFIER = /^(?:[a-zA-Z][a-zA-Z0-9_]*|_[a-zA-Z0-9_]+|<SELF>|<SELF>_[0-9]+)$/;

/** Whether a text is an identifier of the binary format; `<SELF>` stands for a script's module. */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}
