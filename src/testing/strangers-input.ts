import fc from "fast-check"
import ts from "typescript"
import { z, type ZodType } from "zod"
import { aliasIn, type ActionDoor } from "./strangers-doors"

/** Ids of the party that is knocked at, by the names of the fields that would hold them; `any` for all others. */
export type Ids = Readonly<Record<string, string>> & { readonly any: string }

type Shape = {
  type?: string
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  enum?: unknown[]
  const?: unknown
  items?: Shape
  properties?: Record<string, Shape>
  required?: string[]
  anyOf?: Shape[]
  oneOf?: Shape[]
  allOf?: Shape[]
}

/** So many inputs that the schema takes, with ids of the party knocked at wherever an id is asked for. Throws where it finds none. */
export function wellFormed(schema: ZodType, ids: Ids, count: number): unknown[] {
  const shape = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape
  const drawn = fc.sample(valueOf(shape, "any", ids), count * 25)
  const right = drawn.filter((value) => schema.safeParse(value).success).slice(0, count)
  if (right.length > 0) return right
  throw new Error(`strangers find no input for ${JSON.stringify(shape)}`)
}

function valueOf(shape: Shape, field: string, ids: Ids): fc.Arbitrary<unknown> {
  if (shape.const !== undefined) return fc.constant(shape.const)
  if (shape.enum) return fc.constantFrom(...shape.enum)
  const choices = shape.anyOf ?? shape.oneOf
  if (choices) return fc.oneof(...choices.map((choice) => valueOf(choice, field, ids)))
  if (shape.allOf) return valueOf(Object.assign({}, shape, { allOf: undefined }, ...shape.allOf) as Shape, field, ids)
  switch (shape.type) {
    case "string":
      return textOf(shape, field, ids)
    case "integer":
    case "number":
      return fc.integer({ min: Math.max(shape.minimum ?? -1000, -1_000_000), max: Math.min(shape.maximum ?? 1000, 1_000_000) })
    case "boolean":
      return fc.boolean()
    case "null":
      return fc.constant(null)
    case "array":
      return fc.array(valueOf(shape.items ?? {}, field, ids), { minLength: shape.minItems ?? 0, maxLength: Math.min(shape.maxItems ?? 3, 5) })
    case "object":
      return recordOf(shape, ids)
    default:
      // What JSON has no word for: the bytes of a file.
      return fc.constantFrom<unknown>(new Uint8Array([123, 125]), {}, "anything")
  }
}

function textOf(shape: Shape, field: string, ids: Ids): fc.Arbitrary<string> {
  if (shape.format === "uuid") return fc.constant(ids[field] ?? ids.any)
  if (shape.pattern) return fc.stringMatching(new RegExp(shape.pattern))
  // Bytes as text, which no schema can say.
  if (/key|nonce|proof/.test(field)) return fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("base64"))
  const length = { minLength: shape.minLength ?? 0, maxLength: Math.min(shape.maxLength ?? 40, 400) }
  const words = ["Eve", "90", "1:24.500", "WOBBLY JELLY", "ABCD2345", "en anything"].filter((text) => text.length >= length.minLength && text.length <= length.maxLength)
  return words.length > 0 ? fc.oneof(fc.constantFrom(...words), fc.string(length)) : fc.string(length)
}

function recordOf({ properties = {}, required = [] }: Shape, ids: Ids): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, shape]) => [name, valueOf(shape, name, ids)] as const)
  return fc.record(Object.fromEntries(fields), { requiredKeys: required })
}

/** Arguments of the types that an action's own text names. */
export function argumentsOf({ parameters }: ActionDoor, ids: Ids): fc.Arbitrary<unknown[]> {
  return fc.tuple(...parameters.map(({ name, type }) => typed(type, name, ids)))
}

function typed(type: ts.TypeNode | undefined, name: string, ids: Ids): fc.Arbitrary<unknown> {
  if (name === "requestId") return fc.constantFrom(undefined, "stranger-0123456789abcdef")
  if (!type) return fc.constant(undefined)
  if (ts.isUnionTypeNode(type)) return fc.oneof(...type.types.map((one) => typed(one, name, ids)))
  if (ts.isIntersectionTypeNode(type)) {
    return fc.tuple(...type.types.map((one) => typed(one, name, ids))).map((parts) => Object.assign({}, ...parts) as unknown)
  }
  if (ts.isArrayTypeNode(type)) return fc.array(typed(type.elementType, name, ids), { maxLength: 3 })
  if (ts.isLiteralTypeNode(type)) return fc.constant(ts.isStringLiteral(type.literal) ? type.literal.text : null)
  if (ts.isTypeLiteralNode(type)) {
    const members = type.members.filter(ts.isPropertySignature).map((member) => [member.name.getText(), typed(member.type, member.name.getText(), ids)] as const)
    return fc.record(Object.fromEntries(members), { requiredKeys: [] })
  }
  if (ts.isTypeReferenceNode(type)) {
    const alias = aliasIn(type.getText())
    return alias ? typed(alias, name, ids) : fc.constantFrom("INVITE", null, undefined)
  }
  if (type.kind === ts.SyntaxKind.StringKeyword) return fc.constant(ids[name] ?? (/ids?$/i.test(name) ? ids.any : "Eve"))
  if (type.kind === ts.SyntaxKind.NumberKeyword) return fc.integer({ min: 0, max: 100 })
  if (type.kind === ts.SyntaxKind.BooleanKeyword) return fc.boolean()
  throw new Error(`strangers have no argument for ${name}: ${type.getText()}`)
}

/** What nobody would send who means well. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withObjectString: true, withSet: true, withTypedArray: true, maxDepth: 3 }),
  fc.constantFrom<unknown>("__proto__", { __proto__: null, constructor: 1 }, "\0", "\ud800", "'; drop table parties;--", "x".repeat(20_000), Number.NaN, -0, Number.MAX_SAFE_INTEGER, [[[[[[[[]]]]]]]]),
)

/** Junk in the places where the fields should be, and where ids should be ids of all kinds. */
export function almostRight(schema: ZodType, ids: Ids, count: number): unknown[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape
  const fields = Object.keys(properties).map((name) => [name, ids[name] === undefined ? junk : fc.oneof(junk, fc.constantFrom(...Object.values(ids)))] as const)
  return fc.sample(fc.oneof(junk, fc.record(Object.fromEntries(fields), { requiredKeys: [] })), count)
}
