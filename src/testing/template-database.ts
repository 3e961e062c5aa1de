import { randomBytes } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import pg from "pg"
import type { TestProject } from "vitest/node"
import { startEmbeddedPostgres } from "../db/embedded-postgres"
import { migrateDatabase } from "../db/migrate"

declare module "vitest" {
  export interface ProvidedContext {
    /** A server on which tests may create databases. */
    postgresUrl: string
    /** Name of the migrated database that `freshDatabase` copies. */
    templateDatabase: string
  }
}

type TestServer = { url: string; stop(): Promise<void> }

/** Once per test run: one server, one migrated template. `TEST_DATABASE_URL` replaces the server, not the template. */
export default async function prepareTemplateDatabase(project: TestProject): Promise<() => Promise<void>> {
  const server = await testServer()
  const template = `party_template_${randomBytes(6).toString("hex")}`
  try {
    await createTemplate(server.url, template)
  } catch (error) {
    await server.stop()
    throw error
  }
  project.provide("postgresUrl", server.url)
  project.provide("templateDatabase", template)
  return async () => {
    await dropTemplate(server.url, template)
    await server.stop()
  }
}

async function testServer(): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { url: given, stop: async () => undefined }
  const dataDir = await mkdtemp(path.join(tmpdir(), "party-tests-"))
  const server = await startEmbeddedPostgres({ dataDir, durable: false })
  return {
    url: server.url,
    async stop() {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

// Nobody may connect to a finished template: a single connection would make every copy of it fail.
async function createTemplate(serverUrl: string, template: string): Promise<void> {
  await onServer(serverUrl, `create database ${template}`)
  await migrateDatabase(withDatabase(serverUrl, template))
  await onServer(serverUrl, `alter database ${template} with is_template true allow_connections false`)
}

async function dropTemplate(serverUrl: string, template: string): Promise<void> {
  await onServer(serverUrl, `alter database ${template} with is_template false`)
  await onServer(serverUrl, `drop database ${template} with (force)`)
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function withDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}
