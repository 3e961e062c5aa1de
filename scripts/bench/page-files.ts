/** The files a page of this build names, as paths on its own server. */
export type PageFiles = { readonly scripts: readonly string[]; readonly styles: readonly string[] }

/** What a modern browser loads for this HTML: scripts without `nomodule`, preloaded scripts, stylesheets; each once. */
export function filesOfPage(html: string): PageFiles {
  const scripts = new Set<string>()
  const styles = new Set<string>()
  for (const [tag] of html.matchAll(/<(?:script|link)\b[^>]*>/gi)) {
    const isScript = /^<script/i.test(tag)
    const address = attribute(tag, isScript ? "src" : "href")
    if (!address) continue
    if (isScript && !/\snomodule\b/i.test(tag)) scripts.add(address)
    if (!isScript && isPreloadedScript(tag)) scripts.add(address)
    if (!isScript && attribute(tag, "rel") === "stylesheet") styles.add(address)
  }
  return { scripts: [...scripts], styles: [...styles] }
}

/** Chunks a script may load later, by the names it carries. */
export function chunksNamedIn(script: string): string[] {
  return [...new Set([...script.matchAll(/static\/chunks\/[\w.~-]+\.js/g)].map(([name]) => `/_next/${name}`))]
}

function isPreloadedScript(tag: string): boolean {
  const rel = attribute(tag, "rel")
  return rel === "modulepreload" || (rel === "preload" && attribute(tag, "as") === "script")
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`, "i").exec(tag)?.[1]
}
