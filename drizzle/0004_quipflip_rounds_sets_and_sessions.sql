CREATE TABLE "party_participants" (
	"participant_id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"session_id" uuid NOT NULL,
	"player_id" uuid,
	"ai_name" text,
	"status" text DEFAULT 'JOINED' NOT NULL,
	"is_host" boolean DEFAULT false NOT NULL,
	"is_ai" boolean DEFAULT false NOT NULL,
	"prompts_submitted" integer DEFAULT 0 NOT NULL,
	"copies_submitted" integer DEFAULT 0 NOT NULL,
	"votes_submitted" integer DEFAULT 0 NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	"ready_at" timestamp with time zone,
	"last_activity_at" timestamp with time zone,
	CONSTRAINT "party_participants_ai" CHECK (("party_participants"."player_id" is null) = "party_participants"."is_ai" and ("party_participants"."ai_name" is not null) = "party_participants"."is_ai")
);
--> statement-breakpoint
CREATE TABLE "party_phrasesets" (
	"party_phraseset_id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"session_id" uuid NOT NULL,
	"phraseset_id" uuid NOT NULL,
	"created_in_phase" text NOT NULL,
	"available_for_voting" boolean DEFAULT false NOT NULL,
	"is_filler" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "party_rounds" (
	"party_round_id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"session_id" uuid NOT NULL,
	"round_id" uuid,
	"participant_id" uuid NOT NULL,
	"round_type" text NOT NULL,
	"phase" text NOT NULL,
	"ordinal" integer NOT NULL,
	"prompt_text" text,
	"prompt_round_id" uuid,
	"phraseset_id" uuid,
	"is_by_house" boolean DEFAULT false NOT NULL,
	"done_at" timestamp with time zone,
	"ai_due_at" timestamp with time zone,
	"ai_claimed_until" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "party_rounds_content" CHECK (("party_rounds"."round_type" = 'PROMPT') = ("party_rounds"."prompt_text" is not null) and ("party_rounds"."round_type" = 'COPY') = ("party_rounds"."prompt_round_id" is not null) and ("party_rounds"."round_type" = 'VOTE') = ("party_rounds"."phraseset_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "party_sessions" (
	"session_id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"party_id" uuid NOT NULL,
	"party_code" varchar(8) NOT NULL,
	"host_player_id" uuid NOT NULL,
	"opened_by_id" uuid NOT NULL,
	"min_players" integer DEFAULT 3 NOT NULL,
	"max_players" integer DEFAULT 8 NOT NULL,
	"prompts_per_player" integer DEFAULT 1 NOT NULL,
	"copies_per_player" integer DEFAULT 2 NOT NULL,
	"votes_per_player" integer DEFAULT 3 NOT NULL,
	"pace" text DEFAULT 'X1' NOT NULL,
	"current_phase" text DEFAULT 'LOBBY' NOT NULL,
	"phase_started_at" timestamp with time zone,
	"phase_expires_at" timestamp with time zone,
	"status" text DEFAULT 'OPEN' NOT NULL,
	"lifecycle_version" integer DEFAULT 0 NOT NULL,
	"copy_fee_coins" integer,
	"seed" integer NOT NULL,
	"progressed_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone,
	"next_session_id" uuid,
	"results" jsonb,
	"locked_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	CONSTRAINT "party_sessions_players" CHECK ("party_sessions"."min_players" between 3 and 8 and "party_sessions"."max_players" between "party_sessions"."min_players" and 8),
	CONSTRAINT "party_sessions_prompts" CHECK ("party_sessions"."prompts_per_player" between 1 and 3),
	CONSTRAINT "party_sessions_copies" CHECK ("party_sessions"."copies_per_player" between 1 and 4),
	CONSTRAINT "party_sessions_votes" CHECK ("party_sessions"."votes_per_player" between 2 and 5),
	CONSTRAINT "party_sessions_results_completed" CHECK (("party_sessions"."current_phase" = 'RESULTS') = ("party_sessions"."status" = 'COMPLETED')),
	CONSTRAINT "party_sessions_lobby_open" CHECK ("party_sessions"."status" <> 'OPEN' or "party_sessions"."current_phase" = 'LOBBY')
);
--> statement-breakpoint
CREATE TABLE "quipflip_phrasesets" (
	"phraseset_id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"party_id" uuid NOT NULL,
	"session_id" uuid,
	"status" text NOT NULL,
	"prompt_round_id" uuid NOT NULL,
	"copy_1_round_id" uuid NOT NULL,
	"copy_2_round_id" uuid NOT NULL,
	"pool_base_coins" integer NOT NULL,
	"final_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"finalized_at" timestamp with time zone,
	CONSTRAINT "quipflip_phrasesets_finalized" CHECK (("quipflip_phrasesets"."status" = 'FINALIZED') = ("quipflip_phrasesets"."finalized_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "quipflip_rounds" (
	"round_id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"party_id" uuid NOT NULL,
	"session_id" uuid,
	"player_id" uuid,
	"ai_participant_id" uuid,
	"round_type" text NOT NULL,
	"status" text NOT NULL,
	"fee_coins" integer NOT NULL,
	"lent_coins" integer DEFAULT 0 NOT NULL,
	"earned_coins" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"prompt_text" text,
	"phrase" text,
	"prompt_round_id" uuid,
	"slot" integer,
	"is_second_copy" boolean DEFAULT false NOT NULL,
	"phraseset_id" uuid,
	"seed" integer,
	"choice" text,
	"flagged_at" timestamp with time zone,
	"flagged_by_id" uuid,
	CONSTRAINT "quipflip_rounds_slots" CHECK (("quipflip_rounds"."round_type" = 'COPY') = ("quipflip_rounds"."prompt_round_id" is not null and "quipflip_rounds"."slot" between 1 and 2)),
	CONSTRAINT "quipflip_rounds_votes" CHECK (("quipflip_rounds"."round_type" = 'VOTE') = ("quipflip_rounds"."phraseset_id" is not null and "quipflip_rounds"."seed" is not null)),
	CONSTRAINT "quipflip_rounds_prompts" CHECK (("quipflip_rounds"."round_type" = 'PROMPT') = ("quipflip_rounds"."prompt_text" is not null)),
	CONSTRAINT "quipflip_rounds_submitted" CHECK ("quipflip_rounds"."status" <> 'SUBMITTED' or "quipflip_rounds"."phrase" is not null or "quipflip_rounds"."choice" is not null),
	CONSTRAINT "quipflip_rounds_fee" CHECK ("quipflip_rounds"."fee_coins" > 0 and "quipflip_rounds"."lent_coins" between 0 and "quipflip_rounds"."fee_coins"),
	CONSTRAINT "quipflip_rounds_one_payer" CHECK ("quipflip_rounds"."player_id" is null or "quipflip_rounds"."ai_participant_id" is null)
);
--> statement-breakpoint
ALTER TABLE "party_participants" ADD CONSTRAINT "party_participants_session_id_party_sessions_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."party_sessions"("session_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_participants" ADD CONSTRAINT "party_participants_player_id_party_users_id_fk" FOREIGN KEY ("player_id") REFERENCES "public"."party_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_phrasesets" ADD CONSTRAINT "party_phrasesets_session_id_party_sessions_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."party_sessions"("session_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_phrasesets" ADD CONSTRAINT "party_phrasesets_phraseset_id_quipflip_phrasesets_phraseset_id_fk" FOREIGN KEY ("phraseset_id") REFERENCES "public"."quipflip_phrasesets"("phraseset_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_rounds" ADD CONSTRAINT "party_rounds_session_id_party_sessions_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."party_sessions"("session_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_rounds" ADD CONSTRAINT "party_rounds_round_id_quipflip_rounds_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."quipflip_rounds"("round_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_rounds" ADD CONSTRAINT "party_rounds_participant_id_party_participants_participant_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."party_participants"("participant_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_rounds" ADD CONSTRAINT "party_rounds_prompt_round_id_quipflip_rounds_round_id_fk" FOREIGN KEY ("prompt_round_id") REFERENCES "public"."quipflip_rounds"("round_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_rounds" ADD CONSTRAINT "party_rounds_phraseset_id_quipflip_phrasesets_phraseset_id_fk" FOREIGN KEY ("phraseset_id") REFERENCES "public"."quipflip_phrasesets"("phraseset_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_sessions" ADD CONSTRAINT "party_sessions_party_id_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."parties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_sessions" ADD CONSTRAINT "party_sessions_host_player_id_party_users_id_fk" FOREIGN KEY ("host_player_id") REFERENCES "public"."party_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_sessions" ADD CONSTRAINT "party_sessions_opened_by_id_party_users_id_fk" FOREIGN KEY ("opened_by_id") REFERENCES "public"."party_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_sessions" ADD CONSTRAINT "party_sessions_next_session_id_party_sessions_session_id_fk" FOREIGN KEY ("next_session_id") REFERENCES "public"."party_sessions"("session_id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quipflip_phrasesets" ADD CONSTRAINT "quipflip_phrasesets_party_id_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."parties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quipflip_phrasesets" ADD CONSTRAINT "quipflip_phrasesets_session_id_party_sessions_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."party_sessions"("session_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quipflip_phrasesets" ADD CONSTRAINT "quipflip_phrasesets_prompt_round_id_quipflip_rounds_round_id_fk" FOREIGN KEY ("prompt_round_id") REFERENCES "public"."quipflip_rounds"("round_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quipflip_phrasesets" ADD CONSTRAINT "quipflip_phrasesets_copy_1_round_id_quipflip_rounds_round_id_fk" FOREIGN KEY ("copy_1_round_id") REFERENCES "public"."quipflip_rounds"("round_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quipflip_phrasesets" ADD CONSTRAINT "quipflip_phrasesets_copy_2_round_id_quipflip_rounds_round_id_fk" FOREIGN KEY ("copy_2_round_id") REFERENCES "public"."quipflip_rounds"("round_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quipflip_rounds" ADD CONSTRAINT "quipflip_rounds_party_id_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."parties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quipflip_rounds" ADD CONSTRAINT "quipflip_rounds_session_id_party_sessions_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."party_sessions"("session_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quipflip_rounds" ADD CONSTRAINT "quipflip_rounds_player_id_party_users_id_fk" FOREIGN KEY ("player_id") REFERENCES "public"."party_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quipflip_rounds" ADD CONSTRAINT "quipflip_rounds_ai_participant_id_party_participants_participant_id_fk" FOREIGN KEY ("ai_participant_id") REFERENCES "public"."party_participants"("participant_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quipflip_rounds" ADD CONSTRAINT "quipflip_rounds_phraseset_id_quipflip_phrasesets_phraseset_id_fk" FOREIGN KEY ("phraseset_id") REFERENCES "public"."quipflip_phrasesets"("phraseset_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quipflip_rounds" ADD CONSTRAINT "quipflip_rounds_flagged_by_id_party_users_id_fk" FOREIGN KEY ("flagged_by_id") REFERENCES "public"."party_users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quipflip_rounds" ADD CONSTRAINT "quipflip_rounds_prompt" FOREIGN KEY ("prompt_round_id") REFERENCES "public"."quipflip_rounds"("round_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "party_participants_once" ON "party_participants" USING btree ("session_id","player_id");--> statement-breakpoint
CREATE UNIQUE INDEX "party_participants_one_living" ON "party_participants" USING btree ("player_id") WHERE "party_participants"."status" in ('JOINED', 'READY', 'ACTIVE');--> statement-breakpoint
CREATE INDEX "idx_party_participants_player" ON "party_participants" USING btree ("player_id");--> statement-breakpoint
CREATE INDEX "idx_party_participants_status" ON "party_participants" USING btree ("session_id","status");--> statement-breakpoint
CREATE UNIQUE INDEX "party_phrasesets_once" ON "party_phrasesets" USING btree ("session_id","phraseset_id");--> statement-breakpoint
CREATE INDEX "idx_party_phrasesets_session" ON "party_phrasesets" USING btree ("session_id","available_for_voting");--> statement-breakpoint
CREATE INDEX "idx_party_phrasesets_phraseset" ON "party_phrasesets" USING btree ("phraseset_id");--> statement-breakpoint
CREATE UNIQUE INDEX "party_rounds_round" ON "party_rounds" USING btree ("session_id","round_id");--> statement-breakpoint
CREATE UNIQUE INDEX "party_rounds_dealt" ON "party_rounds" USING btree ("participant_id","phase","ordinal");--> statement-breakpoint
CREATE INDEX "idx_party_rounds_session" ON "party_rounds" USING btree ("session_id","phase");--> statement-breakpoint
CREATE INDEX "idx_party_rounds_round" ON "party_rounds" USING btree ("round_id");--> statement-breakpoint
CREATE INDEX "party_rounds_prompt" ON "party_rounds" USING btree ("prompt_round_id");--> statement-breakpoint
CREATE INDEX "party_rounds_phraseset" ON "party_rounds" USING btree ("phraseset_id");--> statement-breakpoint
CREATE INDEX "party_rounds_ai_due" ON "party_rounds" USING btree ("ai_due_at") WHERE "party_rounds"."ai_due_at" is not null and "party_rounds"."done_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "party_sessions_living_code" ON "party_sessions" USING btree ("party_code") WHERE "party_sessions"."status" in ('OPEN', 'IN_PROGRESS');--> statement-breakpoint
CREATE INDEX "idx_party_sessions_status" ON "party_sessions" USING btree ("party_id","status","created_at");--> statement-breakpoint
CREATE INDEX "idx_party_sessions_host" ON "party_sessions" USING btree ("host_player_id");--> statement-breakpoint
CREATE INDEX "party_sessions_opened_by" ON "party_sessions" USING btree ("opened_by_id","created_at");--> statement-breakpoint
CREATE INDEX "party_sessions_due" ON "party_sessions" USING btree ("due_at") WHERE "party_sessions"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "party_sessions_next" ON "party_sessions" USING btree ("next_session_id") WHERE "party_sessions"."next_session_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "quipflip_phrasesets_prompt" ON "quipflip_phrasesets" USING btree ("prompt_round_id");--> statement-breakpoint
CREATE UNIQUE INDEX "quipflip_phrasesets_copy_1" ON "quipflip_phrasesets" USING btree ("copy_1_round_id");--> statement-breakpoint
CREATE UNIQUE INDEX "quipflip_phrasesets_copy_2" ON "quipflip_phrasesets" USING btree ("copy_2_round_id");--> statement-breakpoint
CREATE INDEX "quipflip_phrasesets_session" ON "quipflip_phrasesets" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "quipflip_phrasesets_open" ON "quipflip_phrasesets" USING btree ("party_id","created_at") WHERE "quipflip_phrasesets"."status" = 'VOTING' and "quipflip_phrasesets"."session_id" is null;--> statement-breakpoint
CREATE INDEX "quipflip_phrasesets_final" ON "quipflip_phrasesets" USING btree ("final_at") WHERE "quipflip_phrasesets"."status" = 'VOTING' and "quipflip_phrasesets"."final_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "quipflip_rounds_one_active" ON "quipflip_rounds" USING btree ("player_id") WHERE "quipflip_rounds"."status" = 'ACTIVE';--> statement-breakpoint
CREATE UNIQUE INDEX "quipflip_rounds_one_active_ai" ON "quipflip_rounds" USING btree ("ai_participant_id") WHERE "quipflip_rounds"."status" = 'ACTIVE';--> statement-breakpoint
CREATE UNIQUE INDEX "quipflip_rounds_slot" ON "quipflip_rounds" USING btree ("prompt_round_id","slot") WHERE "quipflip_rounds"."round_type" = 'COPY' and "quipflip_rounds"."status" in ('ACTIVE', 'SUBMITTED');--> statement-breakpoint
CREATE UNIQUE INDEX "quipflip_rounds_one_vote" ON "quipflip_rounds" USING btree ("phraseset_id","player_id") WHERE "quipflip_rounds"."round_type" = 'VOTE' and "quipflip_rounds"."status" in ('ACTIVE', 'SUBMITTED');--> statement-breakpoint
CREATE UNIQUE INDEX "quipflip_rounds_one_vote_ai" ON "quipflip_rounds" USING btree ("phraseset_id","ai_participant_id") WHERE "quipflip_rounds"."round_type" = 'VOTE' and "quipflip_rounds"."status" in ('ACTIVE', 'SUBMITTED');--> statement-breakpoint
CREATE INDEX "quipflip_rounds_queue" ON "quipflip_rounds" USING btree ("party_id","created_at") WHERE "quipflip_rounds"."round_type" = 'PROMPT' and "quipflip_rounds"."status" = 'SUBMITTED' and "quipflip_rounds"."session_id" is null;--> statement-breakpoint
CREATE INDEX "quipflip_rounds_running" ON "quipflip_rounds" USING btree ("expires_at") WHERE "quipflip_rounds"."status" = 'ACTIVE' and "quipflip_rounds"."session_id" is null;--> statement-breakpoint
CREATE INDEX "quipflip_rounds_session" ON "quipflip_rounds" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "quipflip_rounds_player" ON "quipflip_rounds" USING btree ("player_id","created_at");--> statement-breakpoint
CREATE INDEX "quipflip_rounds_flagged_by" ON "quipflip_rounds" USING btree ("flagged_by_id") WHERE "quipflip_rounds"."flagged_by_id" is not null;