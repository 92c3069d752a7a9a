/* The bus behind window.Events. Handlers are called with the emitter as `this` and ({ type }, ...args). */
const Events = {
  on(target, type, handler) {
    target._callbacks ??= {};
    (target._callbacks[type] ??= []).push(handler);
  },

  off(target, type, handler) {
    const handlers = target?._callbacks?.[type];
    const at = handlers ? handlers.indexOf(handler) : -1;
    if (at !== -1) handlers.splice(at, 1);
  },

  trigger(target, type, args = []) {
    for (const handler of [...(target?._callbacks?.[type] ?? [])]) handler.apply(target, [{ type }, ...args]);
  },
};
