/** Tracks without the server around them, for threads of stores. */
export { keptMs, levelsOf } from './series/levels.ts'
export { firstNotBefore } from './series/point-list.ts'
export { readTracks } from './series/read-tracks.ts'
export { Track, type ClosedPoints, type KeptTrack } from './series/track.ts'
