// `npm run faults [-- F01 F02.. --seed N]`, once `scripts/faults.ts` has put the paths of the services into the environment.
import { rows } from './rows/rows.ts'
import { runFaults } from './run-faults.ts'

// Whatever a fleet that did not start left behind ends with this process.
process.exit(await runFaults(process.argv.slice(2), rows, console))
