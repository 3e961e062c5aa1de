type Statement = { name?: string; text: string; values?: unknown[] }

/** What a library needs that brings statements of its own. */
export type StatementRunner = { query(statement: Statement): Promise<{ rows: unknown[]; rowCount: number | null }> }

/**
 * The pool for libraries that name their statements: sends them without. A pooler in front of Postgres (PgBouncer) hands each
 * statement to another process, which does not know the name, or knows it already.
 */
export function withoutNames(pool: StatementRunner): StatementRunner {
  return { query: ({ text, values }) => pool.query({ text, values }) }
}
