export interface NewestPublisherOptions<Item> {
  /** What there is to tell about a subject now, one item for each target. */
  readonly read: (subject: string) => Promise<readonly Item[]>
  /** Where the item goes, for example the id of a user. */
  readonly target: (item: Item) => string
  /** Equal where nothing changed. */
  readonly version: (item: Item) => string | number
  /** For example as a `latest` event of the target's room. */
  readonly publish: (item: Item) => Promise<unknown>
}

/**
 * Publishes how a subject stands, such as a conversation in the lists of its members. Whatever runs at once, here or on other
 * nodes, what is published last is the newest: each run looks again after it published. Calls that come while one runs share
 * the next run.
 *
 * @returns Call it after each change that is stored, for all targets or for one. It resolves with what was told, once nothing
 * newer is there, and rejects as `read` and `publish` do.
 */
export function createNewestPublisher<Item>(
  options: NewestPublisherOptions<Item>,
): (subject: string, onlyTo?: string) => Promise<readonly Item[]> {
  const { read, target, version, publish } = options
  const newest = new Map<string, { hasBegun: boolean; told: Promise<readonly Item[]> }>()
  return (subject, onlyTo) => {
    const list = JSON.stringify([subject, onlyTo])
    const before = newest.get(list)
    if (before?.hasBegun === false) return before.told
    const run = { hasBegun: false, told: Promise.resolve<readonly Item[]>([]) }
    const begin = async (): Promise<readonly Item[]> => {
      run.hasBegun = true
      const versions = new Map<string, string | number>()
      try {
        for (;;) {
          const items = (await read(subject)).filter((item) => onlyTo === undefined || target(item) === onlyTo)
          const news = items.filter((item) => versions.get(target(item)) !== version(item))
          await Promise.all(news.map(publish))
          for (const item of news) versions.set(target(item), version(item))
          if (news.length === 0 || newest.get(list) !== run) return items
        }
      } finally {
        if (newest.get(list) === run) newest.delete(list)
      }
    }
    newest.set(list, run)
    run.told = (before?.told ?? Promise.resolve()).then(begin, begin)
    return run.told
  }
}
