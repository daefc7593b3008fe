import { fileFixture } from './file-fixture.ts'
import { ledgerSuite } from './ledger-suite.ts'

ledgerSuite('SQLite', () => Promise.resolve(fileFixture()))
