process.env.MILLRACE_LONG = '1'
await import('./test.ts')
