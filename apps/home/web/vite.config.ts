import { defineConfig } from 'vite'

export default defineConfig({
  base: './',
  // The content security policy allows no data: addresses.
  build: { outDir: '../dist/web', emptyOutDir: true, assetsInlineLimit: 0 },
})
