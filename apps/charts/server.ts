export { charts } from './contract.ts'
