/** The home application from its source; `npm start` does the same with what was built. */
const file = new URL('../apps/home/main.ts', import.meta.url).href
const { main } = (await import(file)) as { main: (env: NodeJS.ProcessEnv) => Promise<void> }
await main(process.env)
