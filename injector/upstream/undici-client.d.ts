/** Undici's client alone: the package's entry also loads fetch, caches and WebSockets, of which nobody here uses any. */
declare module 'undici/lib/dispatcher/client.js' {
  // The file is a CommonJS module, which has nothing but a default.
  // biome-ignore lint/style/noDefaultExport: see above
  export { Client as default } from 'undici';
}
