import { themeFirst } from '@millrace/app-design/vite-theme-first'
import { defaultClientConditions, defineConfig } from 'vite'

export default defineConfig({
  base: './',
  plugins: [themeFirst()],
  resolve: { conditions: ['@millrace/source', ...defaultClientConditions] },
  worker: { format: 'es' },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    target: 'es2022',
  },
})
