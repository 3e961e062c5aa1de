/** What a page's policy depends on. */
export type PolicyFacts = {
  /** Of this answer alone; only scripts that carry it run. */
  readonly nonce: string
  /** The `Host` the browser named, null when it named none. */
  readonly host: string | null
  /** Pusher's cluster, null when the party runs its own server at the page's own host and port. */
  readonly cluster: string | null
  /** React and the reload on save need more than a party does. */
  readonly isDevelopment: boolean
}

/**
 * What a page may load, run and talk to (docs/decisions/013). Scripts need this answer's nonce, or a script that has it must
 * have made them. Style attributes are the one thing let in as they come: widths and delays are set by them.
 */
export function contentPolicy({ nonce, host, cluster, isDevelopment }: PolicyFacts): string {
  const directives = {
    "default-src": ["'none'"],
    "script-src": ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(isDevelopment ? ["'unsafe-eval'"] : [])],
    "script-src-attr": ["'none'"],
    "style-src": ["'self'", isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...(cluster ? hostedPusher(cluster) : ownSockets(host))],
    "manifest-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
  }
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(" "))
    .join("; ")
}

// Not every phone's browser takes 'self' to mean WebSockets as well. What is no plain host name says nothing here.
function ownSockets(host: string | null): string[] {
  if (!host || !/^([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?$/i.test(host)) return []
  return [`ws://${host}`, `wss://${host}`]
}

function hostedPusher(cluster: string): string[] {
  if (!/^[a-z0-9-]+$/i.test(cluster)) return []
  return [`wss://ws-${cluster}.pusher.com`, `https://sockjs-${cluster}.pusher.com`]
}
