/** A JSON object of unknown make. */
export type Json = Readonly<Record<string, unknown>>;

/** The object in a field; undefined if there is something else. */
export function objectIn(value: unknown, name: string): Json | undefined {
  const inner = (value as Json | null | undefined)?.[name];
  return typeof inner === "object" && inner !== null ? (inner as Json) : undefined;
}

/** The text in a field; undefined if there is something else. */
export function textIn(value: unknown, name: string): string | undefined {
  const inner = (value as Json | null | undefined)?.[name];
  return typeof inner === "string" ? inner : undefined;
}
