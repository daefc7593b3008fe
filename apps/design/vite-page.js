import { defaultClientConditions } from 'vite'

/**
 * How the pages of the demos are built. In JavaScript, since Vite's own configuration loads it.
 *
 * @param {string} outDir relative to the page's folder
 * @returns {import('vite').UserConfig}
 */
export function pageConfig(outDir = '../dist/web') {
  return {
    base: './',
    plugins: [themeFirst()],
    resolve: { conditions: ['@millrace/source', ...defaultClientConditions] },
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      // The content security policy allows no data: addresses.
      assetsInlineLimit: 0,
      target: 'es2022',
    },
  }
}

/**
 * The page's module script holds back the first paint, so that a chosen theme is on the page before anything is seen. Vite
 * itself drops the attribute.
 *
 * @returns {import('vite').Plugin}
 */
function themeFirst() {
  return {
    name: 'millrace-theme-first',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
    },
  }
}
