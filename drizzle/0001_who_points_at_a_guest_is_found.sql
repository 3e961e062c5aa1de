CREATE INDEX "betting_markets_winner" ON "betting_markets" USING btree ("winner_id");--> statement-breakpoint
CREATE INDEX "betting_selections_target" ON "betting_selections" USING btree ("target_user_id");--> statement-breakpoint
CREATE INDEX "party_events_triggered_by" ON "party_events" USING btree ("triggered_by") WHERE "party_events"."triggered_by" is not null;--> statement-breakpoint
CREATE INDEX "result_file_drivers_user" ON "result_file_drivers" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sim_race_laps_user" ON "sim_race_laps" USING btree ("user_id");