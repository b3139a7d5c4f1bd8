const IDENTIFIER = /^(?:[a-zA-Z][a-zA-Z0-9_]*|_[a-zA-Z0-9_]+|<SELF>|<SELF>_[0-9]+)$/;
const WITH_DOLLAR = /^(?:[a-zA-Z$][a-zA-Z0-9_$]*|_[a-zA-Z0-9_$]+|<SELF>|<SELF>_[0-9]+)$/;

/**
 * Whether a text is an identifier of the binary format; `<SELF>` stands for a script's module.
 * `dollar`: the version allows `$` (Aptos v9).
 */
export function isIdentifier(text: string, dollar = false): boolean {
  return (dollar ? WITH_DOLLAR : IDENTIFIER).test(text);
}
