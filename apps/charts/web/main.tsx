// First: sockets are counted from their beginning, and no code is made from text.
import './cost/count-bytes.ts'
import '@millrace/app-design/no-code-from-text'
import '@millrace/app-design/style.css'
import 'uplot/dist/uPlot.min.css'
import './style/charts.css'
import { browserKey, keepOffline, readSession, Toasts } from '@millrace/app-design'
import { createClient, systemRandom } from '@millrace/client'
import { MillraceProvider } from '@millrace/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ChartsPage } from './charts-page.tsx'
import { createPageParts, PagePartsProvider } from './page-parts.ts'

const onError = (error: Error): void => console.error(error)
const guest = systemRandom.id() + systemRandom.id()
const client = createClient({
  // Nobody has to enter to look; who did enter is who they are.
  auth: async () => ((await readSession()).session ? { browserKey: browserKey() } : { guest }),
  reconnect: { maxDelayMs: 5_000 },
  onError,
})
const parts = createPageParts(client)

createRoot(document.querySelector('#root') ?? document.body).render(
  <StrictMode>
    <Toasts>
      <MillraceProvider client={client}>
        <PagePartsProvider value={parts}>
          <ChartsPage />
        </PagePartsProvider>
      </MillraceProvider>
    </Toasts>
  </StrictMode>,
)
await keepOffline().catch(onError)
