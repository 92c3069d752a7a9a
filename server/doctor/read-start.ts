/**
 * Reads the start of the answer of a stranger, and lets the rest go: no more of it is loaded than is looked at.
 *
 * @param most In bytes; what is longer is cut there, and is no whole answer.
 */
export async function readStart(answer: Response, most: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop ends the connection.
  for await (const part of answer.body ?? []) {
    parts.push(part);
    size += part.length;
    if (size >= most) break;
  }
  return Buffer.concat(parts).subarray(0, most).toString('utf8');
}
