export const dynamic = "force-dynamic"

/** Whether this process answers at all. Asks nobody else: a restart does not heal a database. */
export function GET(): Response {
  return Response.json({ ok: true }, { headers: { "cache-control": "no-store" } })
}
