export { Database, sql, type Query } from './database.ts'
export { openDatabase, type DatabasePlace } from './open-database.ts'
