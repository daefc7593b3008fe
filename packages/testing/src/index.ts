// Time and chance
export { manualClock, type ManualClock, type ManualClockOptions } from './manual-clock.ts'
export { systemContext } from './system-context.ts'
export { seededRandom, type SeededRandom } from './seeded-random.ts'

// Real servers
export { startTestServer, type TestServer, type TestServerOptions } from './start-test-server.ts'
export { startTestCluster, type TestCluster, type TestClusterOptions } from './start-test-cluster.ts'

// A client and a server without sockets or timers
export { decodePacket } from './pair/codec.ts'
export { createPair, type Pair, type PairClient } from './pair/pair.ts'
export { LogTrouble } from './pair/log-trouble.ts'
export type { PairOptions } from './pair/pair-options.ts'
export type { Cable } from './pair/cable.ts'
export type { ChooseNext, Network, Ready } from './pair/network.ts'
export type { Direction, Told, Wire, WirePacket } from './pair/wire.ts'
export { authenticateTestUser, type TestUser } from './test-user.ts'

// Three clients under seeded faults
export { modelSuite, type ModelPlan, type ModelStore } from './model/model-suite.ts'

// A store under test, and the suites of its ports
export { createStoreFixture } from './store-fixture.ts'
export type { CreateStoreFixture, StoreFixture, StoreFixtureOptions, StoreLimits } from './store-fixture.ts'
export { appendOf, faultsOf, readEntries } from './suites/log-fixtures.ts'
export { blobsSuite } from './suites/blobs-suite.ts'
export { busSuite } from './suites/bus-suite.ts'
export { eventLogSuite } from './suites/event-log-suite.ts'
export { eventLogModelSuite } from './suites/event-log-model-suite.ts'
export { keyedStateSuite } from './suites/keyed-state-suite.ts'
export { documentLogSuite } from './suites/document-log-suite.ts'
export { publisherSuite, type PublisherStores } from './suites/publisher-suite.ts'
export { presenceSuite } from './suites/presence-suite.ts'
export { requestClaimsSuite } from './suites/request-claims-suite.ts'
export { revocationsSuite } from './suites/revocations-suite.ts'
export { singletonsSuite } from './suites/singletons-suite.ts'
export { storeLimitsSuite } from './suites/store-limits-suite.ts'
export { storeSuite } from './suites/store-suite.ts'
export { timeSeriesSuite } from './suites/time-series-suite.ts'
export { timeSeriesModelSuite } from './suites/time-series-model-suite.ts'

// What a run is judged by
export { formatVerdict } from './oracle/format-verdict.ts'
export { judge } from './oracle/judge.ts'
export type * from './oracle/oracle-record.ts'
export { payloadHash } from './oracle/payload-hash.ts'
export { readRecords } from './oracle/read-records.ts'
export type { Counts, OracleRule, Verdict, Violation } from './oracle/verdict.ts'

// The same for processes, presence and connections
export { judgeCluster } from './oracle/cluster/judge-cluster.ts'
export type { ClusterRule, ClusterVerdict, ClusterViolation } from './oracle/cluster/judge-cluster.ts'
export type { ClusterRecord, ClusterRecordOf, ClusterRecordType } from './oracle/cluster/cluster-record.ts'
