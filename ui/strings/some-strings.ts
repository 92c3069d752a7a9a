import { en, type Strings } from './en.ts';

/** Words of a language that may lack some: a text that is new is there in English until somebody translates it. */
export type SomeStrings = Some<Strings>;

type Some<T> = T extends string | readonly string[] | ((...given: never[]) => string)
  ? T
  : { readonly [Key in keyof T]?: Some<T[Key]> };

/** Fills what a language lacks with the English words. */
export function withEnglish(some: SomeStrings): Strings {
  return fill(en, some) as Strings;
}

function fill(english: object, some: object | undefined): object {
  const own = new Map(Object.entries(some ?? {}));
  return Object.fromEntries(
    Object.entries(english).map(([key, words]) => {
      const isGroup = typeof words === 'object' && words !== null && !Array.isArray(words);
      return [key, isGroup ? fill(words, own.get(key) as object | undefined) : (own.get(key) ?? words)];
    }),
  );
}
