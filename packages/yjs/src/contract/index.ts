export {
  document,
  maxPartBytes,
  type AwarenessState,
  type DocumentEntry,
  type DocumentLimits,
  type DocumentOptions,
  type DocumentRequests,
} from './document.ts'
