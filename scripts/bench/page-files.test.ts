import { describe, expect, it } from "vitest"
import { chunksNamedIn, filesOfPage } from "./page-files"

describe("filesOfPage", () => {
  it("counts what a modern browser loads, each file once", () => {
    const html = `
      <link rel="preload" as="script" fetchPriority="low" href="/_next/static/chunks/a.js"/>
      <link rel="preload" as="font" href="/_next/static/media/inter.woff2"/>
      <link rel="stylesheet" href="/_next/static/chunks/look.css" data-precedence="next"/>
      <script src="/_next/static/chunks/a.js" async=""></script>
      <script src="/_next/static/chunks/b.js" async=""></script>
      <script src="/_next/static/chunks/old.js" noModule=""></script>
      <script>self.__next_f.push([1,"src=\\"/no.js\\""])</script>`
    expect(filesOfPage(html)).toEqual({
      scripts: ["/_next/static/chunks/a.js", "/_next/static/chunks/b.js"],
      styles: ["/_next/static/chunks/look.css"],
    })
  })
})

describe("chunksNamedIn", () => {
  it("finds the chunks behind a dynamic import", () => {
    expect(chunksNamedIn('Promise.all(["static/chunks/0a_b~c.js","static/chunks/d-1.js"].map(t=>e.l(t)))')).toEqual([
      "/_next/static/chunks/0a_b~c.js",
      "/_next/static/chunks/d-1.js",
    ])
  })
})
