/** Options of a mod, as an admin would write them. */
export type Options = { readonly [option: string]: unknown };

/** Lines of `config.yaml` that do what was found; only `proposals.ts` makes them. */
export interface Proposal {
  /** Name of the mod. */
  readonly mod: string;
  readonly options: Options;
  /** Gives way where another proposal for the same mod says something else. */
  readonly yields?: boolean;
}

/** One thing that somebody changed by hand. */
export interface Finding {
  /** Where it stands, e.g. `custom CSS` or `index.html`. */
  readonly where: string;
  /** What it does, as the middle of a sentence. */
  readonly what: string;
  /** Left out: no mod does it, or nobody knows what it is; `advice` then says more. */
  readonly proposal?: Proposal | undefined;
  /** What else is to be done, a sentence or more. */
  readonly advice?: string | undefined;
}
