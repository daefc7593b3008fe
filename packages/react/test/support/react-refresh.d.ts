/** The part of it that a bundler's plugin calls; the package brings no types. */
declare module 'react-refresh/runtime' {
  interface Runtime {
    injectIntoGlobalHook(target: object): void
    register(component: object, id: string): void
    createSignatureFunctionForTransform(): (component: object, signature: string) => unknown
    performReactRefresh(): unknown
  }
  const runtime: Runtime
  export default runtime
}
