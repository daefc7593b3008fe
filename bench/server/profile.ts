import { writeFile } from 'node:fs/promises'
import { Session } from 'node:inspector/promises'

/** Twice a millisecond: fine enough for a round of a second, coarse enough not to be what is measured. */
const samplingMicros = 500

const session = new Session()

export async function startProfile(): Promise<void> {
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: samplingMicros })
  await session.post('Profiler.start')
}

/** Writes what Chrome's tools and `--cpu-prof` call a .cpuprofile. */
export async function stopProfile(file: string): Promise<void> {
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  await writeFile(file, JSON.stringify(profile))
}
