// Where the package runs from source: Node 20 reads no TypeScript, and a thread does not inherit what its parent registered.
import { register } from 'tsx/esm/api'

register()
await import('./main.ts')
