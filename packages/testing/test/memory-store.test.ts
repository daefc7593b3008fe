import { memory } from '@millrace/server'
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

const createFixture: CreateStoreFixture = async (limits) => createStoreFixture(memory(limits))

storeSuite('memory', createFixture)
eventLogSuite('memory', createFixture)
eventLogModelSuite('memory', createFixture, 500)
keyedStateSuite('memory', createFixture)
documentLogSuite('memory', createFixture)
blobsSuite('memory', createFixture)
presenceSuite('memory', createFixture)
busSuite('memory', createFixture)
requestClaimsSuite('memory', createFixture)
revocationsSuite('memory', createFixture)
singletonsSuite('memory', createFixture)
storeLimitsSuite('memory', createFixture)
timeSeriesSuite('memory', createFixture)
timeSeriesModelSuite('memory', createFixture, 300)
