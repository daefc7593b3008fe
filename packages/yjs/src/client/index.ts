export { DocumentProvider } from './document-provider.ts'
export type { DocumentProviderEvents, DocumentProviderOptions } from './document-provider-options.ts'
export type { ProviderStatus } from './provider-status.ts'
