import type { ContactSource } from '../ports/contact-source.ts';

/** What an administrator says of a source besides its place; each kind of source uses some of it. */
export interface SourceOptions {
  /** CSV: which column is what, e.g. `name=Nutzer,email=3`. @default by the headings */
  readonly columns?: string | undefined;
  /** CSV: a label of the Encoding standard, e.g. `windows-1251`. @default found out */
  readonly encoding?: string | undefined;
  /** jfa-go: an administrator of it. LDAP: the DN to bind as. */
  readonly user?: string | undefined;
  /** LDAP: where to search. */
  readonly base?: string | undefined;
  /** LDAP: which entries. @default those with a name and a mail address */
  readonly filter?: string | undefined;
  /** LDAP: the attribute that is the user name in Jellyfin. @default `uid`, else `sAMAccountName` */
  readonly nameAttribute?: string | undefined;
  /** LDAP: @default `mail` */
  readonly mailAttribute?: string | undefined;
  /** LDAP: encrypt the connection after it was opened. @default false */
  readonly startTls?: boolean | undefined;
}

/**
 * Asks for the password or key of a source, once: from a prompt, a variable or a file, never from the command line.
 *
 * @param what What it is, e.g. `API key of Seerr`.
 */
export type AskSecret = (what: string) => Promise<string>;

/** A kind of source. */
export interface SourceDefinition {
  /** What it is called on the command line. */
  readonly name: string;
  /** What its place may be, for the help: `FILE`, `PATH|URL`. */
  readonly location: string;
  /** The options it understands. */
  readonly options: readonly (keyof SourceOptions)[];
  /** Whether it usually has people who are none of Jellyfin's, as the directory of a company: no mistake then. */
  readonly hasStrangers: boolean;
  /** @throws {SourceError} when the place or an option cannot be meant. Connects to nothing yet. */
  open(location: string, options: SourceOptions, askSecret: AskSecret): Promise<ContactSource>;
}
