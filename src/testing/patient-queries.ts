// Where there is a page, what appears on it may take as long as a busy machine takes: a second is Testing Library's own patience.
if (typeof document !== "undefined") {
  const { configure } = await import("@testing-library/react")
  configure({ asyncUtilTimeout: 10_000 })
}

export {}
