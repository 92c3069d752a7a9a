/**
 * Node's own `node:http`, for what of it is used at run time; types come from `node:http` itself. An `import` of that reads
 * all its exports, and the getters among these load Node's own undici with fetch, WebSocket and EventSource: 3 MB that
 * nobody here uses. Source: Node 22 to 24, `lib/http.js`; `process.getBuiltinModule` is there from 22.3 on.
 */
export const http: typeof import('node:http') = process.getBuiltinModule('node:http');
