import '@millrace/app-design/no-code-from-text'
import '@millrace/app-design/style.css'
import './style/collab.css'

// Later than what forbids code made from text: schemas are in a file that several parts of the page need, which would run first.
await import('./start.tsx')
