/**
 * The migration this build needs: its name, and when it was made (ms since 1970), which is what drizzle notes in the database.
 * Written down because a deployed build has no `drizzle/` folder; a test holds it against that folder.
 */
export const newestMigration = { tag: "0007_a_party_is_deleted_on_its_date", when: 1795275247103 }
