CREATE TABLE "lan_invitations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"network_id" text NOT NULL,
	"guest_id" uuid,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"redeemed_at" timestamp with time zone,
	"redeemed_by_id" text,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "lan_invitations_redeemed_by" CHECK (("lan_invitations"."redeemed_at" is null) = ("lan_invitations"."redeemed_by_id" is null))
);
--> statement-breakpoint
CREATE TABLE "lan_networks" (
	"id" text PRIMARY KEY NOT NULL,
	"party_id" uuid NOT NULL,
	"name" text NOT NULL,
	"max_peers" integer DEFAULT 64 NOT NULL,
	"password_hash" text,
	"channel_epoch" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"end_reason" text,
	CONSTRAINT "lan_networks_id_twelve_hex" CHECK ("lan_networks"."id" ~ '^[0-9a-f]{12}$'),
	CONSTRAINT "lan_networks_size" CHECK ("lan_networks"."max_peers" between 2 and 65024),
	CONSTRAINT "lan_networks_ended_for_a_reason" CHECK (("lan_networks"."ended_at" is null) = ("lan_networks"."end_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "lan_peers" (
	"id" text PRIMARY KEY NOT NULL,
	"network_id" text NOT NULL,
	"guest_id" uuid,
	"is_host" boolean NOT NULL,
	"name" text NOT NULL,
	"public_key" text NOT NULL,
	"virtual_ip" text NOT NULL,
	"endpoint" text,
	"observed_address" text,
	"candidates" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"probe_nonce" text,
	"nat_mapping" text,
	"nat_filtering" text,
	"links" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"signal_sequence" bigint DEFAULT 0 NOT NULL,
	"token_hash" text NOT NULL,
	"token_expires_at" timestamp with time zone NOT NULL,
	"former_token_hash" text,
	"former_token_expires_at" timestamp with time zone,
	"joined_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"left_at" timestamp with time zone,
	"left_reason" text,
	"readmitted_at" timestamp with time zone,
	CONSTRAINT "lan_peers_id_sixteen_hex" CHECK ("lan_peers"."id" ~ '^[0-9a-f]{16}$'),
	CONSTRAINT "lan_peers_host_or_guest" CHECK ("lan_peers"."is_host" = ("lan_peers"."guest_id" is null)),
	CONSTRAINT "lan_peers_host_address" CHECK ("lan_peers"."is_host" = ("lan_peers"."virtual_ip" = '10.66.0.1')),
	CONSTRAINT "lan_peers_left_for_a_reason" CHECK (("lan_peers"."left_at" is null) = ("lan_peers"."left_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "lan_signals" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "lan_signals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"network_id" text NOT NULL,
	"from_peer_id" text NOT NULL,
	"to_peer_id" text NOT NULL,
	"body" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "lan_invitations" ADD CONSTRAINT "lan_invitations_network_id_lan_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."lan_networks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lan_invitations" ADD CONSTRAINT "lan_invitations_guest_id_party_users_id_fk" FOREIGN KEY ("guest_id") REFERENCES "public"."party_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lan_invitations" ADD CONSTRAINT "lan_invitations_redeemed_by_id_lan_peers_id_fk" FOREIGN KEY ("redeemed_by_id") REFERENCES "public"."lan_peers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lan_networks" ADD CONSTRAINT "lan_networks_party_id_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."parties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lan_peers" ADD CONSTRAINT "lan_peers_network_id_lan_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."lan_networks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lan_peers" ADD CONSTRAINT "lan_peers_guest_id_party_users_id_fk" FOREIGN KEY ("guest_id") REFERENCES "public"."party_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lan_signals" ADD CONSTRAINT "lan_signals_network_id_lan_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."lan_networks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lan_signals" ADD CONSTRAINT "lan_signals_from_peer_id_lan_peers_id_fk" FOREIGN KEY ("from_peer_id") REFERENCES "public"."lan_peers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lan_signals" ADD CONSTRAINT "lan_signals_to_peer_id_lan_peers_id_fk" FOREIGN KEY ("to_peer_id") REFERENCES "public"."lan_peers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "lan_invitations_token" ON "lan_invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "lan_invitations_one_peer" ON "lan_invitations" USING btree ("redeemed_by_id");--> statement-breakpoint
CREATE INDEX "lan_invitations_network" ON "lan_invitations" USING btree ("network_id");--> statement-breakpoint
CREATE INDEX "lan_invitations_guest" ON "lan_invitations" USING btree ("guest_id");--> statement-breakpoint
CREATE UNIQUE INDEX "lan_networks_one_living" ON "lan_networks" USING btree ("party_id") WHERE "lan_networks"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "lan_networks_party" ON "lan_networks" USING btree ("party_id");--> statement-breakpoint
CREATE UNIQUE INDEX "lan_peers_address" ON "lan_peers" USING btree ("network_id","virtual_ip") WHERE "lan_peers"."left_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "lan_peers_key" ON "lan_peers" USING btree ("network_id","public_key") WHERE "lan_peers"."left_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "lan_peers_one_host" ON "lan_peers" USING btree ("network_id") WHERE "lan_peers"."is_host" and "lan_peers"."left_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "lan_peers_token" ON "lan_peers" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "lan_peers_former_token" ON "lan_peers" USING btree ("former_token_hash") WHERE "lan_peers"."former_token_hash" is not null;--> statement-breakpoint
CREATE INDEX "lan_peers_network" ON "lan_peers" USING btree ("network_id");--> statement-breakpoint
CREATE INDEX "lan_peers_guest" ON "lan_peers" USING btree ("guest_id");--> statement-breakpoint
CREATE INDEX "lan_peers_last_seen" ON "lan_peers" USING btree ("last_seen_at") WHERE "lan_peers"."left_at" is null;--> statement-breakpoint
CREATE INDEX "lan_signals_to" ON "lan_signals" USING btree ("to_peer_id","id");--> statement-breakpoint
CREATE INDEX "lan_signals_from" ON "lan_signals" USING btree ("from_peer_id");--> statement-breakpoint
CREATE INDEX "lan_signals_network" ON "lan_signals" USING btree ("network_id");--> statement-breakpoint
CREATE INDEX "lan_signals_expiry" ON "lan_signals" USING btree ("expires_at");