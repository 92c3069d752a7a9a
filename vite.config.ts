import { defineConfig } from 'vite';

/**
 * Builds our own pages into `dist/ui`: `index.html`, one script, one stylesheet and the words of each language under hashed names.
 * Every address in it is relative, so that the pages work below any base URL and behind a stripped sub-path.
 */
export default defineConfig({
  root: 'ui',
  base: './',
  publicDir: false,
  logLevel: 'warn',
  build: {
    outDir: '../dist/ui',
    emptyOutDir: true,
    // Televisions and old phones sign in to Jellyfin too.
    target: ['es2020', 'safari14', 'chrome87', 'firefox78'],
    cssTarget: ['safari14', 'chrome87', 'firefox78'],
    modulePreload: false,
    cssCodeSplit: false,
    // Inlined files would need `data:` in more of the Content-Security-Policy than images.
    assetsInlineLimit: 0,
    rollupOptions: {
      output: {
        entryFileNames: 'assets/pages-[hash].js',
        // The words of one language each.
        chunkFileNames: 'assets/words-[hash].js',
        assetFileNames: 'assets/pages-[hash][extname]',
      },
    },
  },
});
