/** As a page's bundler would have it: modules, and what is loaded on demand in a file of its own. */
const modifyEsbuildConfig = (config) => ({ ...config, format: 'esm' })

export default [
  {
    name: '@millrace/client with socket.io-client',
    path: 'packages/client/dist/index.js',
    import: '{ createClient }',
    ignore: ['./series/open-view.js'],
    limit: '25 kB',
    gzip: true,
    modifyEsbuildConfig,
  },
  {
    name: '@millrace/client/packed, what it adds',
    path: 'packages/client/dist/packed/index.js',
    // The client has it.
    ignore: ['socket.io-parser'],
    limit: '900 B',
    gzip: true,
    modifyEsbuildConfig,
  },
  {
    name: '@millrace/client/outbox on its own',
    path: 'packages/client/dist/outbox/index.js',
    limit: '8 kB',
    gzip: true,
  },
  {
    name: '@millrace/client, what the views of series add',
    path: 'packages/client/dist/series/open-view.js',
    // The client has them.
    ignore: ['@millrace/contract'],
    limit: '5 kB',
    gzip: true,
    modifyEsbuildConfig,
  },
  {
    name: '@millrace/yjs/client, what a provider adds to Yjs',
    path: 'packages/yjs/dist/client/index.js',
    // The page has them, or loads them on demand.
    ignore: ['@millrace/client', '@millrace/contract', 'yjs', 'y-indexeddb'],
    limit: '9 kB',
    gzip: true,
    modifyEsbuildConfig,
  },
]
