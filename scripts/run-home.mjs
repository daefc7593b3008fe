// The home application in a process of its own: what `supervise.mjs`, `npm run cluster` and the image start. It ends when a
// parent that it has a channel to does. Its argument is the address of the module whose `main` serves, as seen from here;
// `main` gives the port, or ends the process itself.

// The channel also closes where the parent was killed: nobody could end this process any more.
process.on('disconnect', () => process.exit(1))

const [, , address = ''] = process.argv
const { main } = await import(address)
/** `npm run cluster` has a Redis that it can freeze. */
const freeze = process.env.MILLRACE_CLUSTER === '1' ? () => process.send?.({ freeze: true }) : undefined
const port = await main(process.env, { freeze })
process.send?.({ port })
