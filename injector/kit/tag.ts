/** Where in the page a tag goes. `head-start` is before every script of Jellyfin's. */
export type TagPlace = 'head-start' | 'head-end' | 'body-end';

/** An HTML element described as data, so that one engine escapes it. */
export interface Tag {
  /** Element name, e.g. `meta`. */
  readonly tag: string;
  /** Attributes; `true` writes the bare name, `false` leaves it out. Values are escaped by the engine. */
  readonly attributes?: { readonly [name: string]: string | boolean };
  /** Text inside; escaped as the element needs it. */
  readonly text?: string;
  readonly place: TagPlace;
}
