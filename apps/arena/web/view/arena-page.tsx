import { Button, ConnectionBanner, ThemeSwitch } from '@millrace/app-design'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import mark from '../favicon.svg'
import type { ViewOptions } from '../play/scene.ts'
import type { PondName } from '../play/values.ts'
import { LinePanel } from './line-panel.tsx'
import { ScoreList } from './score-list.tsx'
import { StageOverlay } from './stage-overlay.tsx'
import { StartCard } from './start-card.tsx'
import { useClientState } from './use-client-state.ts'
import { useGame } from './use-game.ts'
import { useNews } from './use-news.ts'
import { keepWish, type Wish } from './wish.ts'

const firstOptions: ViewOptions = { isPredicting: true, isInterpolating: true, showsServer: false }

export function ArenaPage({ onError }: { readonly onError: (error: Error) => void }): ReactElement {
  const [pond, setPond] = useState<PondName>('mill')
  const [wish, setWish] = useState<Wish>()
  const [options, setOptions] = useState(firstOptions)
  const [lagMs, setLag] = useState(0)
  const [isPaused, setPaused] = useState(false)
  const { canvas, game, report } = useGame(pond, onError)
  const state = useClientState(game)
  const news = useNews(report)
  const stage = useRef<HTMLElement>(null)
  useEffect(() => {
    game?.set({ options, isPaused, lagMs })
  }, [game, options, isPaused, lagMs])
  const play = (chosen: Wish): void => {
    keepWish(chosen)
    setWish(chosen)
    game?.client.launch(chosen)
    stage.current?.focus()
  }
  const leave = (): void => {
    setWish(undefined)
    setPaused(false)
    game?.client.quit()
  }
  const isFull = wish !== undefined && report !== undefined && !report.isAfloat && report.captains.length > 12
  return (
    <div className="arena">
      <header className="bar">
        <a className="brand" href="/">
          <img src={mark} alt="" width="28" height="28" />
          Millrace
        </a>
        <h1>Arena</h1>
        <div className="bar-end">
          {wish && (
            <>
              <Button icon={isPaused ? 'play' : 'pause'} variant="quiet" onClick={() => setPaused(!isPaused)}>
                {isPaused ? 'Resume' : 'Pause'}
              </Button>
              <Button icon="leave" variant="quiet" onClick={leave}>
                Leave
              </Button>
            </>
          )}
          <ThemeSwitch />
        </div>
      </header>
      <ConnectionBanner state={state} waitingCount={0} onRetry={() => void game?.client.connect().catch(onError)} />
      <main>
        <section className="stage" aria-label="The pond" ref={stage} tabIndex={-1}>
          <canvas ref={canvas}>Boats on a mill pond. The scores and what happens stand beside it as text.</canvas>
          <StageOverlay report={report} />
          {isPaused && <p className="stage-word">Paused. Your boat drifts, and is gone after ten seconds.</p>}
          {isFull && <p className="stage-word">This pond is full. You get a boat when somebody leaves.</p>}
          {!wish && <StartCard pond={pond} onPond={setPond} onPlay={play} />}
        </section>
        <div className="side">
          <output className="news">{news}</output>
          <ScoreList report={report} />
          <LinePanel line={report?.line} options={options} onOptions={setOptions} lagMs={lagMs} onLag={setLag} />
        </div>
      </main>
    </div>
  )
}
