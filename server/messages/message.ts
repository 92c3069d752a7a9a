/** A message in one language; text and html say the same. */
export interface Message {
  /** One line. */
  readonly subject: string;
  readonly text: string;
  /** A whole HTML document. */
  readonly html: string;
}
