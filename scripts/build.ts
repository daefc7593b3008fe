import { repositoryRoot } from './run-command.ts'
import { startBuild } from './start-build.mjs'

/** Builds what is stale, and nothing else. A signal ends the build and this process. */
export async function build(): Promise<{ code: number; output: string }> {
  const { done, stop } = startBuild(repositoryRoot)
  const interrupt = () => void stop().then(() => process.exit(130))
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt)
  try {
    return await done
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  }
}
