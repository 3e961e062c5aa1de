CREATE TABLE "bets" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"market_id" uuid NOT NULL,
	"game_id" uuid NOT NULL,
	"bettor_id" uuid NOT NULL,
	"target_user_id" uuid NOT NULL,
	"amount" integer NOT NULL,
	"status" text DEFAULT 'PENDING' NOT NULL,
	"payout" integer,
	"created_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "bets_amount_positive" CHECK ("bets"."amount" > 0),
	CONSTRAINT "bets_payout_not_negative" CHECK ("bets"."payout" >= 0)
);
--> statement-breakpoint
CREATE TABLE "betting_markets" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"party_id" uuid NOT NULL,
	"game_id" uuid NOT NULL,
	"status" text NOT NULL,
	"odds_mode" text NOT NULL,
	"winner_id" uuid,
	"settlement" integer DEFAULT 0 NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "betting_selections" (
	"market_id" uuid NOT NULL,
	"target_user_id" uuid NOT NULL,
	CONSTRAINT "betting_selections_market_id_target_user_id_pk" PRIMARY KEY("market_id","target_user_id")
);
--> statement-breakpoint
CREATE TABLE "command_requests" (
	"party_id" uuid NOT NULL,
	"actor" text NOT NULL,
	"request_id" text NOT NULL,
	"command" text NOT NULL,
	"answer" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "command_requests_party_id_actor_request_id_pk" PRIMARY KEY("party_id","actor","request_id")
);
--> statement-breakpoint
CREATE TABLE "parties" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"join_pin" integer NOT NULL,
	"status" text DEFAULT 'OPEN' NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"host_passcode_hash" text NOT NULL,
	"is_door_locked" boolean DEFAULT false NOT NULL,
	"family_filter" text DEFAULT 'MILD' NOT NULL,
	"is_self_timing_on" boolean DEFAULT false NOT NULL,
	"is_self_betting_on" boolean DEFAULT true NOT NULL,
	"stake_limit_coins" integer DEFAULT 500 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "parties_join_pin_six_digits" CHECK ("parties"."join_pin" between 100000 and 999999),
	CONSTRAINT "parties_stake_limit" CHECK ("parties"."stake_limit_coins" between 1 and 1000000)
);
--> statement-breakpoint
CREATE TABLE "party_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "party_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"party_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"previous" integer NOT NULL,
	"event_type" varchar(50) NOT NULL,
	"channel" text NOT NULL,
	"data" jsonb NOT NULL,
	"triggered_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"published_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "party_host_links" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"party_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"token_hash" text NOT NULL,
	"label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"redeemed_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "party_users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"party_id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"pin_code" integer,
	"avatar_url" text,
	"wallet_balance" integer DEFAULT 0 NOT NULL,
	"vault_balance" integer DEFAULT 0 NOT NULL,
	"kicked_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "party_users_pin_four_digits" CHECK ("party_users"."pin_code" between 1000 and 9999),
	CONSTRAINT "party_users_wallet_covered" CHECK ("party_users"."wallet_balance" >= 0),
	CONSTRAINT "party_users_vault_covered" CHECK ("party_users"."vault_balance" >= 0)
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" varchar(255) PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "party_games" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"party_id" uuid NOT NULL,
	"title" text NOT NULL,
	"type" text NOT NULL,
	"status" text NOT NULL,
	"description" text,
	"track" text,
	"start_time" timestamp with time zone,
	"end_time" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "result_file_drivers" (
	"party_id" uuid NOT NULL,
	"name_key" text NOT NULL,
	"user_id" uuid NOT NULL,
	CONSTRAINT "result_file_drivers_party_id_name_key_pk" PRIMARY KEY("party_id","name_key")
);
--> statement-breakpoint
CREATE TABLE "sim_race_entries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"game_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"car_model" text,
	"track" text,
	"is_dnf" boolean DEFAULT false NOT NULL,
	"submitted_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sim_race_laps" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"game_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "sim_race_laps_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"lap_time_ms" integer NOT NULL,
	"source" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	"voided_at" timestamp with time zone,
	"void_reason" text,
	CONSTRAINT "sim_race_laps_time" CHECK ("sim_race_laps"."lap_time_ms" between 1 and 3599999)
);
--> statement-breakpoint
CREATE TABLE "ledger_transfers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"party_id" uuid NOT NULL,
	"from_account" text NOT NULL,
	"to_account" text NOT NULL,
	"amount" integer NOT NULL,
	"category" text NOT NULL,
	"cause" text NOT NULL,
	"note" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "ledger_transfers_amount_positive" CHECK ("ledger_transfers"."amount" > 0),
	CONSTRAINT "ledger_transfers_two_ends" CHECK ("ledger_transfers"."from_account" <> "ledger_transfers"."to_account")
);
--> statement-breakpoint
ALTER TABLE "bets" ADD CONSTRAINT "bets_market_id_betting_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."betting_markets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bets" ADD CONSTRAINT "bets_game_id_party_games_id_fk" FOREIGN KEY ("game_id") REFERENCES "public"."party_games"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bets" ADD CONSTRAINT "bets_bettor_id_party_users_id_fk" FOREIGN KEY ("bettor_id") REFERENCES "public"."party_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bets" ADD CONSTRAINT "bets_target_user_id_party_users_id_fk" FOREIGN KEY ("target_user_id") REFERENCES "public"."party_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "betting_markets" ADD CONSTRAINT "betting_markets_party_id_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."parties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "betting_markets" ADD CONSTRAINT "betting_markets_game_id_party_games_id_fk" FOREIGN KEY ("game_id") REFERENCES "public"."party_games"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "betting_markets" ADD CONSTRAINT "betting_markets_winner_id_party_users_id_fk" FOREIGN KEY ("winner_id") REFERENCES "public"."party_users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "betting_selections" ADD CONSTRAINT "betting_selections_market_id_betting_markets_id_fk" FOREIGN KEY ("market_id") REFERENCES "public"."betting_markets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "betting_selections" ADD CONSTRAINT "betting_selections_target_user_id_party_users_id_fk" FOREIGN KEY ("target_user_id") REFERENCES "public"."party_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "command_requests" ADD CONSTRAINT "command_requests_party_id_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."parties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_events" ADD CONSTRAINT "party_events_party_id_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."parties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_events" ADD CONSTRAINT "party_events_triggered_by_party_users_id_fk" FOREIGN KEY ("triggered_by") REFERENCES "public"."party_users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_host_links" ADD CONSTRAINT "party_host_links_party_id_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."parties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_users" ADD CONSTRAINT "party_users_party_id_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."parties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_games" ADD CONSTRAINT "party_games_party_id_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."parties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "result_file_drivers" ADD CONSTRAINT "result_file_drivers_party_id_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."parties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "result_file_drivers" ADD CONSTRAINT "result_file_drivers_user_id_party_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."party_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sim_race_entries" ADD CONSTRAINT "sim_race_entries_game_id_party_games_id_fk" FOREIGN KEY ("game_id") REFERENCES "public"."party_games"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sim_race_entries" ADD CONSTRAINT "sim_race_entries_user_id_party_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."party_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sim_race_laps" ADD CONSTRAINT "sim_race_laps_game_id_party_games_id_fk" FOREIGN KEY ("game_id") REFERENCES "public"."party_games"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sim_race_laps" ADD CONSTRAINT "sim_race_laps_user_id_party_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."party_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_transfers" ADD CONSTRAINT "ledger_transfers_party_id_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."parties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idx_bets_game" ON "bets" USING btree ("game_id");--> statement-breakpoint
CREATE INDEX "idx_bets_bettor" ON "bets" USING btree ("bettor_id");--> statement-breakpoint
CREATE INDEX "idx_bets_target" ON "bets" USING btree ("target_user_id");--> statement-breakpoint
CREATE INDEX "bets_market" ON "bets" USING btree ("market_id");--> statement-breakpoint
CREATE UNIQUE INDEX "betting_markets_game" ON "betting_markets" USING btree ("game_id");--> statement-breakpoint
CREATE INDEX "betting_markets_party" ON "betting_markets" USING btree ("party_id","status");--> statement-breakpoint
CREATE UNIQUE INDEX "parties_open_join_pin" ON "parties" USING btree ("join_pin") WHERE "parties"."status" = 'OPEN';--> statement-breakpoint
CREATE UNIQUE INDEX "party_events_channel_version" ON "party_events" USING btree ("channel","version");--> statement-breakpoint
CREATE INDEX "idx_party_events_type" ON "party_events" USING btree ("event_type");--> statement-breakpoint
CREATE INDEX "idx_party_events_created" ON "party_events" USING btree ("party_id","created_at");--> statement-breakpoint
CREATE INDEX "party_events_unpublished" ON "party_events" USING btree ("id") WHERE "party_events"."published_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "party_host_links_token" ON "party_host_links" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "party_host_links_party" ON "party_host_links" USING btree ("party_id");--> statement-breakpoint
CREATE UNIQUE INDEX "party_users_name" ON "party_users" USING btree ("party_id","name_key");--> statement-breakpoint
CREATE UNIQUE INDEX "party_users_pin_code" ON "party_users" USING btree ("party_id","pin_code");--> statement-breakpoint
CREATE INDEX "party_games_party" ON "party_games" USING btree ("party_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sim_race_entries_driver" ON "sim_race_entries" USING btree ("game_id","user_id");--> statement-breakpoint
CREATE INDEX "idx_sim_race_entries_game" ON "sim_race_entries" USING btree ("game_id");--> statement-breakpoint
CREATE INDEX "idx_sim_race_entries_user" ON "sim_race_entries" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "idx_sim_race_laps_lap_time" ON "sim_race_laps" USING btree ("game_id","user_id","lap_time_ms","sequence");--> statement-breakpoint
CREATE INDEX "sim_race_laps_newest" ON "sim_race_laps" USING btree ("game_id","sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_transfers_idempotency_key" ON "ledger_transfers" USING btree ("party_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "ledger_transfers_from" ON "ledger_transfers" USING btree ("from_account");--> statement-breakpoint
CREATE INDEX "ledger_transfers_to" ON "ledger_transfers" USING btree ("to_account");--> statement-breakpoint
CREATE INDEX "ledger_transfers_cause" ON "ledger_transfers" USING btree ("cause");