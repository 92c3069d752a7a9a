/** Whether every `%` of a part of an address encodes something, so that decoding it cannot fail. Never throws. */
export function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
