/** `bytes` as text if they are UTF-8 without control characters; null otherwise, and for no bytes. */
export function printableText(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return null;
  const text = DECODER.decode(bytes);
  return /[\p{Cc}\p{Cn}\p{Co}\ufffd]/u.test(text) ? null : text;
}

const DECODER = new TextDecoder();
