import { provideServices, servicePaths } from './services.ts'

const missing = await provideServices()
if (missing) {
  console.error(missing)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
} else {
  Object.assign(process.env, servicePaths())
  await import('../faults/main.ts')
}
