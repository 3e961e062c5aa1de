import type { TablesRelationalConfig } from "drizzle-orm"
import { NodePgSession } from "drizzle-orm/node-postgres"
import type { PgPreparedQuery, PreparedQueryConfig } from "drizzle-orm/pg-core"
import type { StatementNames } from "./statement-names"

type Schema = Record<string, unknown>
type Prepare = NodePgSession<Schema, TablesRelationalConfig>["prepareQuery"]

/** Drizzle's session, whose repeated statements Postgres parses and plans once per connection. */
export class NamingSession extends NodePgSession<Schema, TablesRelationalConfig> {
  constructor(
    private readonly names: StatementNames,
    ...session: ConstructorParameters<typeof NodePgSession<Schema, TablesRelationalConfig>>
  ) {
    super(...session)
  }

  override prepareQuery<T extends PreparedQueryConfig = PreparedQueryConfig>(
    ...[query, fields, name, ...rest]: Parameters<Prepare>
  ): PgPreparedQuery<T> {
    return super.prepareQuery<T>(query, fields, name ?? this.names.nameOf(query.sql), ...rest)
  }
}
