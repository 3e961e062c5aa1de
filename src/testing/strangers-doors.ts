import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import ts from "typescript"
import { ZodType } from "zod"
import type { Refusal } from "@/kernel/result"
import type { Who } from "@/party/actor"
import type { Command, Query } from "@/party/command"

const root = path.resolve(import.meta.dirname, "../..")

/** A command or a query, as far as a stranger cares: what it is called, who it is for, and what it reads. */
export type Guarded = Command<Who, unknown, object, Refusal, never> & Query<Who, unknown, object, Refusal>
export type GuardedDoor = { readonly name: string; readonly kind: "command" | "query"; readonly who: Who; readonly door: Guarded }
/** What Next calls for one method of one address; `path` as in "/api/v1/lan/{networkId}/peers". */
export type RouteDoor = { readonly name: string; readonly method: "GET" | "POST"; readonly path: string; readonly handle: Handler }
type Handler = (request: Request, context: { params: Promise<Record<string, string> | undefined> }) => Promise<Response>
/** A server action, what it hands over to, and the types of its arguments as they are written. */
export type ActionDoor = {
  readonly name: string
  readonly parameters: readonly { readonly name: string; readonly type: ts.TypeNode | undefined }[]
  /** The names of the commands and queries it runs; none for the doors that make a claim or drop one. */
  readonly runs: readonly string[]
}

/** Where each `command({` and `query({` under src/ stands, by its name: whoever writes a new one is in this list by that. */
export function definedGuarded(): Map<string, { file: string; kind: "command" | "query" }> {
  const found = new Map<string, { file: string; kind: "command" | "query" }>()
  for (const file of sourceFiles()) {
    visit(parsed(file), (node) => {
      if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return
      const kind = node.expression.text
      const [definition] = node.arguments
      if ((kind !== "command" && kind !== "query") || !definition || !ts.isObjectLiteralExpression(definition)) return
      found.set(nameIn(definition), { file, kind })
    })
  }
  return found
}

function nameIn(definition: ts.ObjectLiteralExpression): string {
  const name = definition.properties.find((property) => property.name?.getText() === "name")
  if (name && ts.isPropertyAssignment(name)) return name.initializer.getText().replace(/^["`]|["`]$/g, "")
  throw new Error(`a command without a name: ${definition.getText().slice(0, 80)}`)
}

/** Every command and query that a module exports, found by looking into the modules that define one. */
export async function exportedGuarded(): Promise<GuardedDoor[]> {
  const defined = definedGuarded()
  const doors = new Map<string, GuardedDoor>()
  for (const file of new Set([...defined.values()].map((one) => one.file))) {
    for (const value of Object.values((await import(path.join(root, file))) as Record<string, unknown>)) {
      if (!isGuarded(value)) continue
      doors.set(value.name, { name: value.name, kind: defined.get(value.name)?.kind ?? "query", who: value.who, door: value })
    }
  }
  return [...doors.values()]
}

function isGuarded(value: unknown): value is Guarded {
  return typeof value === "object" && value !== null && "who" in value && "run" in value && "input" in value && value.input instanceof ZodType
}

/** Every method of every route file under src/app, documented or not. */
export async function routeDoors(): Promise<RouteDoor[]> {
  const doors: RouteDoor[] = []
  for (const file of sourceFiles().filter((file) => /^src\/app\/(.*\/)?route\.tsx?$/.test(file))) {
    const module = (await import(path.join(root, file))) as Record<string, Handler | undefined>
    const address = path.join("/", path.relative("src/app", path.dirname(file))).replaceAll("[", "{").replaceAll("]", "}")
    for (const method of Object.keys(module).filter((name) => /^[A-Z]+$/.test(name))) {
      const handle = module[method]
      if (method !== "GET" && method !== "POST") throw new Error(`${file}: strangers do not know how to send ${method}`)
      if (handle) doors.push({ name: `${method} ${address}`, method, path: address, handle })
    }
  }
  return doors
}

/** Every exported function of the action module, as it is written. */
export function actionDoors(): ActionDoor[] {
  const source = parsed("src/app/actions/party-logic.ts")
  return source.statements.filter(ts.isFunctionDeclaration).flatMap((statement) => {
    if (!statement.name || !statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return []
    const parameters = statement.parameters.map((parameter) => ({ name: parameter.name.getText(), type: parameter.type }))
    return [{ name: statement.name.text, parameters, runs: runBy(statement) }]
  })
}

// act(command, …), ask(query, …), runCommand(parts, command, …), runQuery(parts, query, …)
function runBy(statement: ts.FunctionDeclaration): string[] {
  const runs: string[] = []
  visit(statement, (node) => {
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return
    const place = { act: 0, ask: 0, runCommand: 1, runQuery: 1 }[node.expression.text]
    const run = place === undefined ? undefined : node.arguments[place]
    if (run) runs.push(run.getText())
  })
  return runs
}

/** The type that a name in the action module stands for, so that an argument can be made for it. */
export function aliasIn(name: string): ts.TypeNode | undefined {
  const source = parsed("src/app/actions/party-logic.ts")
  return source.statements.filter(ts.isTypeAliasDeclaration).find((statement) => statement.name.text === name)?.type
}

const known = new Map<string, ts.SourceFile>()

function parsed(file: string): ts.SourceFile {
  const source = known.get(file) ?? ts.createSourceFile(file, readFileSync(path.join(root, file), "utf8"), ts.ScriptTarget.Latest, true)
  known.set(file, source)
  return source
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node)
  node.forEachChild((child) => visit(child, look))
}

function sourceFiles(): string[] {
  const files = readdirSync(path.join(root, "src"), { recursive: true, encoding: "utf8" }).map((file) => path.posix.join("src", file))
  return files.filter((file) => /\.tsx?$/.test(file) && !/\.(test|browser)\.tsx?$/.test(file) && !file.startsWith("src/testing/"))
}
