import { randomUUID } from "node:crypto"
import type pg from "pg"
import type { Stage } from "./stage"
import { nthBet, nthLap } from "./stage"

// The baseline of the command layer: the same rows by hand, one connection, one statement after another, no framework.

/** What `placeBet` reads and writes for a guest's tap. */
export async function bareBet(client: pg.Client, stage: Stage, n: number): Promise<void> {
  const { bettorId, input } = nthBet(stage, n)
  await inTransaction(client, async (version) => {
    const guest = await client.query("select name, wallet_balance, kicked_at from party_users where id = $1 and party_id = $2", [
      bettorId,
      stage.partyId,
    ])
    const market = await client.query(
      `select m.id, m.game_id, m.status, m.odds_mode, m.winner_id, s.target_user_id, u.name,
         coalesce(b.staked, 0)::integer as staked, coalesce(b.bets, 0)::integer as bets
       from betting_markets m
       join betting_selections s on s.market_id = m.id
       join party_users u on u.id = s.target_user_id
       left join (select target_user_id, sum(amount) as staked, count(*) as bets from bets
         where game_id = $1 group by target_user_id) b on b.target_user_id = s.target_user_id
       where m.game_id = $1 and m.party_id = $2 order by u.created_at`,
      [input.gameId, stage.partyId],
    )
    const betId = randomUUID()
    const now = new Date()
    const { id: marketId } = market.rows[0]
    await client.query(
      "insert into bets (id, market_id, game_id, bettor_id, target_user_id, amount, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
      [betId, marketId, input.gameId, bettorId, input.targetUserId, input.amount, now],
    )
    await client.query(
      `insert into ledger_transfers
         (party_id, from_account, to_account, amount, category, cause, note, idempotency_key, created_at)
       values ($1, $2, $3, $4, 'stake', $5, 'On a driver', $6, $7)`,
      [stage.partyId, `wallet:${bettorId}`, `pot:${marketId}`, input.amount, `bet:${betId}`, `stake:${betId}`, now],
    )
    const purse = await client.query(
      "update party_users set wallet_balance = wallet_balance - $1 where id = $2 returning wallet_balance",
      [input.amount, bettorId],
    )
    const { wallet_balance: walletBalance } = purse.rows[0]
    const announced = { ...input, bettorId, bettorName: guest.rows[0].name, timestamp: now, market: market.rows }
    const events = [
      { channel: `private-betting@${stage.partyId}`, name: "bet-placed", payload: announced },
      { channel: `private-guest@${bettorId}`, name: "wallet-changed", payload: { walletBalance, delta: -input.amount } },
    ]
    await remember(client, stage, { version, now, actor: `guest:${bettorId}`, command: "placeBet", events, answer: { betId, ...announced } })
  }, stage)
}

/** What `submitLapTime` reads and writes for a lap the host enters. */
export async function bareLap(client: pg.Client, stage: Stage, n: number): Promise<void> {
  const { driverId, gameId } = nthLap(stage, n)
  await inTransaction(client, async (version) => {
    const race = await client.query(
      `select g.id, g.title, g.track, g.status, g.created_at, u.name as driver_name from party_games g, party_users u
       where g.id = $1 and g.party_id = $2 and u.id = $3 and u.party_id = $2`,
      [gameId, stage.partyId, driverId],
    )
    const now = new Date()
    await client.query(
      "insert into sim_race_entries (game_id, user_id, submitted_at) values ($1, $2, $3) on conflict do nothing",
      [gameId, driverId, now],
    )
    const lap = await client.query(
      `insert into sim_race_laps (game_id, user_id, lap_time_ms, source, set_at) values ($1, $2, $3, 'HOST', $4) returning id`,
      [gameId, driverId, 80_000 + ((n * 7_919) % 10_000), now],
    )
    const board = await client.query(
      `select e.user_id, u.name, e.is_dnf, e.car_model, l.best_ms, l.last_ms, l.laps
       from sim_race_entries e
       join party_users u on u.id = e.user_id
       left join lateral (select min(lap_time_ms) as best_ms, count(*)::integer as laps,
           (array_agg(lap_time_ms order by sequence desc))[1] as last_ms
         from sim_race_laps where game_id = e.game_id and user_id = e.user_id and voided_at is null) l on true
       where e.game_id = $1 order by l.best_ms`,
      [gameId],
    )
    const recent = await client.query("select * from sim_race_laps where game_id = $1 order by sequence desc limit 8", [gameId])
    const view = { race: race.rows[0], board: board.rows, recentLaps: recent.rows }
    const events = [{ channel: `private-sim-racing@${stage.partyId}`, name: "leaderboard-update", payload: view }]
    await remember(client, stage, { version, now, actor: "host", command: "submitLapTime", events, answer: { lapId: lap.rows[0].id, ...view } })
  }, stage)
}

/** A round that runs, of a session that was set up through the commands. */
export type OpenRound = { readonly sessionId: string; readonly guestId: string; readonly roundId: string; readonly phrase: string }

/** What `submitSessionRound` reads and writes for a phrase that does not end the phase. */
export async function bareSubmit(client: pg.Client, party: OfParty, { sessionId, guestId, roundId, phrase }: OpenRound): Promise<void> {
  await inTransaction(client, async (version) => {
    await client.query("select name, wallet_balance, kicked_at from party_users where id = $1 and party_id = $2", [guestId, party.partyId])
    const read = await client.query(
      `select to_jsonb(s) as session,
         (select jsonb_agg(to_jsonb(p) || jsonb_build_object('name', u.name) order by p.joined_at)
           from party_participants p left join party_users u on u.id = p.player_id where p.session_id = s.session_id) as seats,
         (select jsonb_agg(to_jsonb(t) order by t.ordinal) from party_rounds t where t.session_id = s.session_id) as tasks,
         (select jsonb_agg(to_jsonb(r) order by r.created_at) from quipflip_rounds r where r.session_id = s.session_id) as rounds
       from party_sessions s where s.session_id = $1 and s.party_id = $2`,
      [sessionId, party.partyId],
    )
    const { session, seats, tasks } = read.rows[0]
    const task = tasks.find((one: { round_id: string }) => one.round_id === roundId)
    const now = new Date()
    await client.query(
      `with played as (
         update quipflip_rounds set status = 'SUBMITTED', phrase = $2, ended_at = $3 where round_id = $1 and status = 'ACTIVE'
       ), seat as (
         update party_participants set prompts_submitted = prompts_submitted + 1, last_activity_at = $3 where participant_id = $4
       ), session as (
         update party_sessions set progressed_at = $3, due_at = $3 where session_id = $5
       )
       update party_rounds set done_at = $3 where party_round_id = $6`,
      [roundId, phrase, now, task.participant_id, sessionId, task.party_round_id],
    )
    const view = { session: { ...session, players: seats } }
    const events = [{ channel: `private-quipflip@${party.partyId}`, name: "session-changed", payload: view }]
    await remember(client, party, { version, now, actor: `guest:${guestId}`, command: "submitSessionRound", events, answer: view })
  }, party)
}

type OfParty = Pick<Stage, "partyId">

type Memory = {
  version: number
  now: Date
  actor: string
  command: string
  events: readonly { channel: string; name: string; payload: unknown }[]
  answer: unknown
}

async function inTransaction(client: pg.Client, work: (version: number) => Promise<void>, { partyId }: OfParty): Promise<void> {
  await client.query("begin")
  const party = await client.query("update parties set version = version + 1 where id = $1 returning *", [partyId])
  await work(party.rows[0].version)
  await client.query("commit")
}

async function remember(client: pg.Client, { partyId }: OfParty, { version, now, actor, command, events, answer }: Memory): Promise<void> {
  const values: unknown[] = [partyId, version, now]
  const rows = events.map(({ channel, name, payload }) => {
    const first = values.push(channel, name, JSON.stringify(payload)) - 2
    const previous = `coalesce((select max(version) from party_events where channel = $${first}), 0)`
    return `($1, $2, ${previous}, $${first + 1}, $${first}, $${first + 2}, $3)`
  })
  await client.query(
    `insert into party_events (party_id, version, previous, event_type, channel, data, created_at) values ${rows.join(", ")}`,
    values,
  )
  await client.query(
    "insert into command_requests (party_id, actor, request_id, command, answer, created_at) values ($1, $2, $3, $4, $5, $6)",
    [partyId, actor, randomUUID(), command, JSON.stringify(answer), now],
  )
}
