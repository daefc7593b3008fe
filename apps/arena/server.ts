export { arena } from './contract.ts'
