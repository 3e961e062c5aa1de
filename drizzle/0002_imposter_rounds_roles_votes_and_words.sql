CREATE TABLE "party_imposter_players" (
	"round_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"role" text NOT NULL,
	"is_mister_white" boolean DEFAULT false NOT NULL,
	"called_vote_at" timestamp with time zone,
	"left_at" timestamp with time zone,
	"coins" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "party_imposter_players_round_id_user_id_pk" PRIMARY KEY("round_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "party_imposter_rounds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"party_id" uuid NOT NULL,
	"game_id" uuid NOT NULL,
	"status" text NOT NULL,
	"imposter_id" uuid NOT NULL,
	"secret_word" text NOT NULL,
	"imposter_hint" text NOT NULL,
	"round" integer NOT NULL,
	"seed" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"discussion_ends_at" timestamp with time zone NOT NULL,
	"warned_at" timestamp with time zone,
	"vote" integer DEFAULT 0 NOT NULL,
	"vote_ends_at" timestamp with time zone,
	"tied_ids" uuid[],
	"outcome" text,
	"out_id" uuid,
	"guess_ends_at" timestamp with time zone,
	"guess" text,
	"is_guess_right" boolean,
	"ended_at" timestamp with time zone,
	CONSTRAINT "party_imposter_rounds_ended_is_revealed" CHECK ("party_imposter_rounds"."ended_at" is null or "party_imposter_rounds"."status" = 'REVEALED'),
	CONSTRAINT "party_imposter_rounds_voting_has_end" CHECK ("party_imposter_rounds"."status" <> 'VOTING' or "party_imposter_rounds"."vote_ends_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "party_imposter_settings" (
	"party_id" uuid PRIMARY KEY NOT NULL,
	"category" text,
	"theme" text,
	"language" text DEFAULT 'en' NOT NULL,
	"imposter_count" integer DEFAULT 1 NOT NULL,
	"has_mister_white" boolean DEFAULT false NOT NULL,
	"discussion_minutes" integer DEFAULT 5 NOT NULL,
	"fill_due_at" timestamp with time zone,
	"fill_failures" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "party_imposter_settings_discussion" CHECK ("party_imposter_settings"."discussion_minutes" between 1 and 60),
	CONSTRAINT "party_imposter_settings_imposters" CHECK ("party_imposter_settings"."imposter_count" >= 1),
	CONSTRAINT "party_imposter_settings_one_topic" CHECK ("party_imposter_settings"."category" is null or "party_imposter_settings"."theme" is null)
);
--> statement-breakpoint
CREATE TABLE "party_imposter_votes" (
	"round_id" uuid NOT NULL,
	"vote" integer NOT NULL,
	"voter_id" uuid NOT NULL,
	"target_id" uuid NOT NULL,
	"cast_at" timestamp with time zone NOT NULL,
	CONSTRAINT "party_imposter_votes_round_id_vote_voter_id_pk" PRIMARY KEY("round_id","vote","voter_id"),
	CONSTRAINT "party_imposter_votes_another" CHECK ("party_imposter_votes"."voter_id" <> "party_imposter_votes"."target_id")
);
--> statement-breakpoint
CREATE TABLE "party_imposter_words" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"party_id" uuid NOT NULL,
	"source" text NOT NULL,
	"topic_key" text NOT NULL,
	"word" text NOT NULL,
	"hint" text NOT NULL,
	"word_key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "party_imposter_players" ADD CONSTRAINT "party_imposter_players_round_id_party_imposter_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."party_imposter_rounds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_imposter_players" ADD CONSTRAINT "party_imposter_players_user_id_party_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."party_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_imposter_rounds" ADD CONSTRAINT "party_imposter_rounds_party_id_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."parties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_imposter_rounds" ADD CONSTRAINT "party_imposter_rounds_game_id_party_games_id_fk" FOREIGN KEY ("game_id") REFERENCES "public"."party_games"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_imposter_rounds" ADD CONSTRAINT "party_imposter_rounds_imposter_id_party_users_id_fk" FOREIGN KEY ("imposter_id") REFERENCES "public"."party_users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_imposter_rounds" ADD CONSTRAINT "party_imposter_rounds_out_id_party_users_id_fk" FOREIGN KEY ("out_id") REFERENCES "public"."party_users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_imposter_settings" ADD CONSTRAINT "party_imposter_settings_party_id_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."parties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_imposter_votes" ADD CONSTRAINT "party_imposter_votes_round_id_party_imposter_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."party_imposter_rounds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_imposter_votes" ADD CONSTRAINT "party_imposter_votes_voter_id_party_users_id_fk" FOREIGN KEY ("voter_id") REFERENCES "public"."party_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_imposter_votes" ADD CONSTRAINT "party_imposter_votes_target_id_party_users_id_fk" FOREIGN KEY ("target_id") REFERENCES "public"."party_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party_imposter_words" ADD CONSTRAINT "party_imposter_words_party_id_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."parties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "party_imposter_players_user" ON "party_imposter_players" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "party_imposter_rounds_one_unfinished" ON "party_imposter_rounds" USING btree ("party_id") WHERE "party_imposter_rounds"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "party_imposter_rounds_number" ON "party_imposter_rounds" USING btree ("party_id","round");--> statement-breakpoint
CREATE INDEX "party_imposter_rounds_game" ON "party_imposter_rounds" USING btree ("game_id");--> statement-breakpoint
CREATE INDEX "party_imposter_rounds_imposter" ON "party_imposter_rounds" USING btree ("imposter_id");--> statement-breakpoint
CREATE INDEX "party_imposter_rounds_out" ON "party_imposter_rounds" USING btree ("out_id");--> statement-breakpoint
CREATE INDEX "party_imposter_votes_voter" ON "party_imposter_votes" USING btree ("voter_id");--> statement-breakpoint
CREATE INDEX "party_imposter_votes_target" ON "party_imposter_votes" USING btree ("target_id");--> statement-breakpoint
CREATE UNIQUE INDEX "party_imposter_words_once" ON "party_imposter_words" USING btree ("party_id","word_key");--> statement-breakpoint
CREATE INDEX "party_imposter_words_stock" ON "party_imposter_words" USING btree ("party_id","topic_key") WHERE "party_imposter_words"."used_at" is null;