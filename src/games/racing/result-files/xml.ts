import { XMLParser, XMLValidator } from "fast-xml-parser"

// rFactor 2 opens every file with this and never uses the entity.
const RFACTOR_DOCTYPE =
  /^((?:<\?xml[^>]*\?>)?\s*)<!DOCTYPE\s+rF\s*\[\s*<!ENTITY\s+rFEnt\s+"rFactor Entity"\s*>\s*\]>/

const DECLARATION = /<!(?:DOCTYPE|ENTITY)/i

/**
 * Reads XML into plain objects: every leaf a string, elements named in `lists` always arrays, attributes left out.
 * Null when it is not well-formed or declares anything of its own. Entities are never expanded. RAC-28
 */
export function parseXml(xml: string, lists: (tag: string) => boolean): unknown {
  const body = xml.replace(RFACTOR_DOCTYPE, "$1")
  if (DECLARATION.test(body)) return null

  const parser = new XMLParser({
    processEntities: false,
    ignoreAttributes: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    parseTagValue: false,
    isArray: lists,
  })
  try {
    // The parser alone forgives what is cut off.
    if (XMLValidator.validate(body) !== true) return null
    const parsed: unknown = parser.parse(body)
    return parsed
  } catch {
    // It throws at nesting too deep and at names like __proto__; either way not a result file.
    return null
  }
}

const PREDEFINED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }

/** The five predefined entities and character numbers, each replaced once; every other reference stays as it is written. RAC-28 */
export function unescapeXml(text: string): string {
  return text.replace(/&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));/g, (written, name, decimal, hex) => {
    if (name) return PREDEFINED[name] ?? written
    const codePoint = decimal ? Number(decimal) : parseInt(hex, 16)
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : written
  })
}
