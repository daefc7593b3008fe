// What `supervise.mjs` starts: the home application in a process of its own, which ends when its parent does.
// Its argument is the address of the module whose `main` serves; `main` gives the port, or ends the process itself.

// The channel also closes where the parent was killed: nobody could end this process any more.
process.on('disconnect', () => process.exit(1))

const [, , address = ''] = process.argv
const { main } = await import(address)
process.send?.({ port: await main(process.env) })
