/** A page that only tells something: a heading, and sentences one a paragraph. */
export interface Words {
  readonly title: string;
  readonly sentences: readonly string[];
}
