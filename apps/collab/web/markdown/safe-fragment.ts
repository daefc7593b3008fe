import DOMPurify, { type Config } from 'dompurify'

/** What Markdown makes and nothing else: no ids, no styles, no forms but the box of a task. */
const config: Config & { RETURN_DOM_FRAGMENT: true } = {
  ALLOWED_TAGS:
    'h1 h2 h3 h4 h5 h6 p br hr blockquote pre code em strong s a span ul ol li table thead tbody tr th td input'.split(
      ' ',
    ),
  ALLOWED_ATTR: ['href', 'title', 'class', 'start', 'type', 'checked', 'aria-label', 'data-task'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
  // Without these it holds every attribute against the line above.
  ADD_URI_SAFE_ATTR: ['start', 'type', 'checked', 'aria-label', 'data-task'],
  RETURN_DOM_FRAGMENT: true,
}

/** The HTML as elements that can do no harm: links lead to other sites only, in a tab that knows nothing of this one. */
export function safeFragment(html: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(html, config)
  for (const link of fragment.querySelectorAll('a')) {
    if (link.hasAttribute('href')) {
      link.rel = 'noopener noreferrer nofollow'
      link.target = '_blank'
    } else link.replaceWith(...link.childNodes)
  }
  return fragment
}
