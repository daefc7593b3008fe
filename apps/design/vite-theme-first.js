/**
 * A Vite plugin: the page's module script holds back the first paint, so that a chosen theme is on the page before
 * anything is seen. Vite itself drops the attribute. In JavaScript, since Vite's own configuration loads it.
 *
 * @returns {import('vite').Plugin}
 */
export function themeFirst() {
  return {
    name: 'millrace-theme-first',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
    },
  }
}
