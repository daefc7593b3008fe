import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqlite } from '@millrace/sqlite'
import {
  blobsSuite,
  busSuite,
  createStoreFixture,
  eventLogModelSuite,
  eventLogSuite,
  keyedStateSuite,
  documentLogSuite,
  presenceSuite,
  requestClaimsSuite,
  revocationsSuite,
  singletonsSuite,
  storeLimitsSuite,
  storeSuite,
  timeSeriesModelSuite,
  timeSeriesSuite,
  type CreateStoreFixture,
} from '@millrace/testing'

const createFixture: CreateStoreFixture = async (limits) => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-sqlite-'))
  const provider = sqlite({ file: join(folder, 'store.db'), ...limits })
  return createStoreFixture(provider, { defer: setImmediate, remove: () => rm(folder, { recursive: true }) })
}

storeSuite('sqlite', createFixture)
eventLogSuite('sqlite', createFixture)
eventLogModelSuite('sqlite', createFixture, 50)
keyedStateSuite('sqlite', createFixture)
blobsSuite('sqlite', createFixture)
documentLogSuite('sqlite', createFixture)
presenceSuite('sqlite', createFixture)
busSuite('sqlite', createFixture)
requestClaimsSuite('sqlite', createFixture)
revocationsSuite('sqlite', createFixture)
singletonsSuite('sqlite', createFixture)
timeSeriesSuite('sqlite', createFixture)
timeSeriesModelSuite('sqlite', createFixture, 30)
storeLimitsSuite('sqlite', createFixture)
