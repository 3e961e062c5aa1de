import { randomUUID } from "node:crypto"

/** A fresh id for a row made here rather than by the database, so that one statement can write a row and what refers to it. */
export function newId(): string {
  return randomUUID()
}
