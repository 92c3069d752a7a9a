/* The router of this version, as plugins get it. */
const appRouter = GENERATION === 8 ? createHashbangRouter() : createHashRouter();
