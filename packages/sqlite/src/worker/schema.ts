/** 'Mill' in ASCII: tells our files from those of other applications (https://sqlite.org/pragma.html#pragma_application_id). */
export const applicationId = 0x4d696c6c

/** Goes up with each change of the tables below. */
export const schemaVersion = 3

/**
 * Text that users choose is stored as JSON (`name`, `head`, `scope`, `place`, `key`, a blob's `room`), because SQLite ends text at a NUL.
 * Payloads are JSON text or BLOBs. `payload` is the last column, so that reading the others does not load its pages.
 */
export const schema = `
  CREATE TABLE total (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID, STRICT;

  CREATE TABLE room (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL, top INTEGER NOT NULL, top_id TEXT NOT NULL,
    bytes INTEGER NOT NULL, ttl_ms REAL NOT NULL, forget_at REAL NOT NULL
  ) STRICT;
  CREATE TABLE entry (
    room INTEGER NOT NULL, "offset" INTEGER NOT NULL, id TEXT NOT NULL, prev TEXT NOT NULL, at INTEGER NOT NULL,
    head TEXT NOT NULL, bytes INTEGER NOT NULL, payload ANY NOT NULL,
    PRIMARY KEY (room, "offset")
  ) WITHOUT ROWID, STRICT;
  CREATE TABLE append_key (
    serial INTEGER PRIMARY KEY, room INTEGER NOT NULL, scope TEXT NOT NULL, "offset" INTEGER NOT NULL, id TEXT NOT NULL,
    prev TEXT NOT NULL, at INTEGER NOT NULL, digest TEXT NOT NULL,
    UNIQUE (room, scope)
  ) STRICT;

  CREATE TABLE state_room (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL, version INTEGER NOT NULL, version_id TEXT NOT NULL,
    keys INTEGER NOT NULL, written_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX state_room_empty ON state_room (written_at) WHERE keys = 0;
  CREATE TABLE state_value (
    room INTEGER NOT NULL, place TEXT NOT NULL, version INTEGER NOT NULL, payload ANY NOT NULL,
    PRIMARY KEY (room, place)
  ) WITHOUT ROWID, STRICT;
  CREATE TABLE state_change (
    room INTEGER NOT NULL, version INTEGER NOT NULL, prev TEXT NOT NULL, place TEXT NOT NULL,
    PRIMARY KEY (room, version)
  ) WITHOUT ROWID, STRICT;

  CREATE TABLE claim (
    serial INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, claimant TEXT NOT NULL, at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'settled', 'lost', 'dropped')), bytes INTEGER NOT NULL, answer TEXT
  ) STRICT;
  CREATE INDEX claim_running ON claim (claimant) WHERE state = 'running';
  CREATE INDEX claim_settled ON claim (serial) WHERE state = 'settled';

  PRAGMA application_id = ${applicationId};
`

/**
 * Since version 2. `open`: of each rollup the first, least, greatest and last sample of the bucket that is open, each a time and
 * a value of 8 bytes. `points`: those of closed buckets, a time and a value of 8 bytes each, of the times from `start` on.
 */
export const seriesSchema = `
  CREATE TABLE series (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL, version INTEGER NOT NULL, step_ms INTEGER NOT NULL,
    retention_ms REAL NOT NULL, used_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE series_track (
    id INTEGER PRIMARY KEY, series INTEGER NOT NULL, name TEXT NOT NULL, newest_at INTEGER NOT NULL, open BLOB NOT NULL,
    UNIQUE (series, name)
  ) STRICT;
  CREATE TABLE series_chunk (
    track INTEGER NOT NULL, level INTEGER NOT NULL, start INTEGER NOT NULL, points BLOB NOT NULL,
    PRIMARY KEY (track, level, start)
  ) STRICT;
`

/** Since version 3. The bytes stand last, so that a list of names does not load their pages. */
export const blobSchema = `
  CREATE TABLE blob (
    id INTEGER PRIMARY KEY, room TEXT NOT NULL, name TEXT NOT NULL, revision TEXT NOT NULL, at INTEGER NOT NULL,
    byte_length INTEGER NOT NULL, bytes BLOB NOT NULL,
    UNIQUE (room, name)
  ) STRICT;
`
