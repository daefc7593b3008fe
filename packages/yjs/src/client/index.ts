export { DocumentProvider, type DocumentProviderEvents, type DocumentProviderOptions } from './document-provider.ts'
export type { ProviderStatus } from './provider-status.ts'
