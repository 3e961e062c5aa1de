import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client"
import type { Facts, Metrics } from "./metrics"

/** Counters that can be read as text. */
export type Counters = Metrics & { readonly contentType: string; text(now: Facts): Promise<string> }

// From a command that touches one row to one that waited in a queue for seconds.
const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Counters of one process, in Prometheus' text format, on a registry of their own. */
export function createCounters(): Counters {
  const registers = [new Registry()]
  const [registry] = registers as [Registry]
  collectDefaultMetrics({ register: registry })

  const commands = new Counter({ name: "party_commands_total", help: "Commands by name and outcome: ok, a refusal's code, or bug.", labelNames: ["command", "outcome"], registers })
  const commandSeconds = new Histogram({ name: "party_command_seconds", help: "From the door to the commit, waiting for the party's turn included.", labelNames: ["command"], buckets, registers })
  const queries = new Counter({ name: "party_queries_total", help: "Questions by name and outcome.", labelNames: ["query", "outcome"], registers })
  const querySeconds = new Histogram({ name: "party_query_seconds", help: "How long a question took.", labelNames: ["query"], buckets, registers })
  const statements = new Counter({ name: "party_database_statements_total", help: "Statements sent to Postgres, begin and commit included.", registers })
  const events = new Counter({ name: "party_events_published_total", help: "Events by outcome: taken by the fan-out, or left for the sweeper.", labelNames: ["outcome"], registers })
  const works = new Counter({ name: "party_due_work_total", help: "Looks for due work by name and outcome.", labelNames: ["work", "outcome"], registers })
  const workSeconds = new Histogram({ name: "party_due_work_seconds", help: "How long one look for due work took.", labelNames: ["work"], buckets, registers })
  const workEnded = new Gauge({ name: "party_due_work_last_success_timestamp_seconds", help: "When this process last did a piece of due work without trouble: time() minus this is its lag.", labelNames: ["work"], registers })
  const databaseUp = new Gauge({ name: "party_database_up", help: "1 when the database answered this very reading.", registers })
  const gauges: Record<Exclude<keyof Facts, "isDatabaseThere">, Gauge> = {
    openParties: new Gauge({ name: "party_parties_open", help: "Parties that have not ended.", registers }),
    liveParties: new Gauge({ name: "party_parties_live", help: "Parties in which something was announced in the last five minutes.", registers }),
    unpublishedEvents: new Gauge({ name: "party_outbox_events", help: "Events that still have to reach the screens.", registers }),
    oldestUnpublishedSeconds: new Gauge({ name: "party_outbox_oldest_seconds", help: "Age of the oldest of them; 0 without any.", registers }),
    sockets: new Gauge({ name: "party_sockets", help: "WebSockets of this process's own Pusher server; absent with hosted Pusher.", registers }),
  }

  return {
    contentType: registry.contentType,
    command(name, outcome, seconds) {
      commands.inc({ command: name, outcome })
      commandSeconds.observe({ command: name }, seconds)
    },
    query(name, outcome, seconds) {
      queries.inc({ query: name, outcome })
      querySeconds.observe({ query: name }, seconds)
    },
    statement: () => statements.inc(),
    published: (count, isTaken) => events.inc({ outcome: isTaken ? "taken" : "left" }, count),
    work(name, isDone, seconds, endedAtMs) {
      works.inc({ work: name, outcome: isDone ? "ok" : "failed" })
      workSeconds.observe({ work: name }, seconds)
      if (isDone) workEnded.set({ work: name }, endedAtMs / 1000)
    },
    text({ isDatabaseThere, ...facts }) {
      databaseUp.set(isDatabaseThere ? 1 : 0)
      for (const [name, gauge] of Object.entries(gauges)) {
        const value = facts[name as keyof typeof facts]
        // A number nobody knows is left out: the last one would be taken for true.
        if (value === undefined) gauge.remove()
        else gauge.set(value)
      }
      return registry.metrics()
    },
  }
}
