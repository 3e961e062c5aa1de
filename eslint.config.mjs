import next from "@next/eslint-plugin-next"
import boundaries from "eslint-plugin-boundaries"
import reactHooks from "eslint-plugin-react-hooks"
import { defineConfig, globalIgnores } from "eslint/config"
import typescript from "typescript-eslint"

// ── The import line ─────────────────────────────────────────────────────────────────────────────────────────────
//
//   kernel ← db ← wallet ← party ← betting ← games, lan ← server ← actions ← every ui/ ← app
//
// Each folder under src/ is one row: what it may import besides itself. A folder without a row fails the lint.
// "rules of x" is x without its I/O: neither its commands, queries and steps, nor its ui/.

const games = ["games/racing", "games/imposter", "games/quipflip"]
const subjects = ["wallet", "party", "betting", ...games, "lan"]
const rulesOf = (folder) => `rules of ${folder}`
const uiOf = (subject) => `${subject}/ui`

/** Subjects further left on the line. Games and the LAN stand side by side and do not know each other. */
const leftOf = (subject) => subjects.slice(0, Math.min(subjects.indexOf(subject), subjects.indexOf(games[0])))

const line = {
  kernel: [],
  db: ["kernel"],
  realtime: ["kernel"],
  ai: ["kernel"],
  wallet: ["kernel", "db", "realtime"],
  party: ["kernel", "db", "realtime", "wallet"],
  betting: ["kernel", "db", "realtime", "wallet", "party"],
  ...Object.fromEntries(games.map((game) => [game, ["kernel", "db", "realtime", "ai", ...leftOf(game)]])),
  lan: ["kernel", "db", "realtime", ...leftOf("lan")],
  "lan-agent": ["kernel", rulesOf("lan")],
  live: ["kernel", "realtime", ...subjects.map(rulesOf)],
  server: ["kernel", "db", "realtime", "ai", ...subjects, "live/night-view.ts"],
  "app/actions": ["kernel", "db", "realtime", "ai", ...subjects, "server", "live/night-view.ts"],
  ui: ["kernel"],
  ...Object.fromEntries(
    subjects.map((subject) => [
      uiOf(subject),
      ["kernel", "ui", "live", "app/actions", ...[...leftOf(subject), subject].map(rulesOf), ...leftOf(subject).map(uiOf)],
    ]),
  ),
  app: ["kernel", "db", "realtime", "ai", ...subjects, ...subjects.map(uiOf), "lan-agent", "live", "server", "app/actions", "ui"],
}

/** Files of a subject that do I/O, by their fixed names. Every other file is a pure rule. */
const io = ["commands", "queries", "steps"].flatMap((name) => [`**/${name}.ts`, `**/*-${name}.ts`])
const ioFiles = subjects.flatMap((subject) => io.map((file) => `src/${subject}/${file}`)).concat("src/wallet/conservation.ts")

/** Files that Next wants directly under src/ (proxy.ts, instrumentation.ts): what app may, they may. */
const entryFiles = ["src/*.ts"]

/** Tests and their helpers may import anything, and nothing else may import them. */
const testFiles = ["**/*.test.{ts,tsx}", "**/*.browser.ts", "**/test-*.ts", "src/testing/**"]

// ── The line as policies: the last one that matches decides ─────────────────────────────────────────────────────

const folder = (type) => ({ element: { type } })
const value = { kind: ["value", "typeof"] }

function target(name) {
  if (name.endsWith(".ts")) return { file: { path: `**/src/${name}` } }
  if (!name.startsWith("rules of ")) return folder(name)
  return { element: { type: name.slice("rules of ".length) }, file: { categories: "rule" } }
}

const policies = [
  ...Object.entries(line).map(([from, to]) => ({
    from: folder(from),
    allow: { to: [from, ...to].map(target) },
  })),
  { from: { file: { categories: "entry" } }, allow: { to: ["app", ...line.app].map(target) } },
  {
    from: { element: { type: subjects }, file: { categories: "rule" } },
    disallow: { to: [folder("db"), { file: { categories: "io" } }], dependency: value },
    message: "A pure rule does no I/O: only commands, queries and steps may import those or src/db (types are free).",
  },
  {
    disallow: { to: { file: { categories: "test" } } },
    message: "Only tests import src/testing, tests and their helpers.",
  },
]

const importLine = {
  files: ["src/**/*.{ts,tsx}"],
  ignores: testFiles,
  plugins: { boundaries },
  settings: {
    "import/resolver": { typescript: { project: "tsconfig.json" } },
    "boundaries/root-path": import.meta.dirname,
    "boundaries/legacy-templates": false,
    // The first that matches decides: the deepest folder first, so that src/app/actions is not taken for src/app.
    "boundaries/elements": Object.keys(line)
      .sort((a, b) => b.split("/").length - a.split("/").length)
      .map((type) => ({ type, pattern: `src/${type}`, partialMatch: false })),
    "boundaries/files-single-match": true,
    "boundaries/files": [
      { category: "test", pattern: testFiles },
      { category: "io", pattern: ioFiles },
      { category: "entry", pattern: entryFiles },
      { category: "rule", pattern: subjects.map((subject) => `src/${subject}/**`) },
    ],
  },
  rules: {
    "boundaries/no-unknown-files": "error",
    "boundaries/dependencies": [
      "error",
      {
        default: "disallow",
        checkInternals: true,
        checkUnknownLocals: true,
        policies,
        message: "The import line (eslint.config.mjs) does not let src/{{from.element.type}} import {{dependency.source}}.",
      },
    ],
  },
}

// ── Next to the line: what a browser and a rule must never hold ─────────────────────────────────────────────────

/** A client component's imports end up in the browser. `import type` does not. */
const onlyForTheServer = {
  selector:
    'Program:has(> ExpressionStatement[directive="use client"]) > ImportDeclaration[importKind!="type"]' +
    "[source.value=/(^@|[.])[/](db|server)[/]|[/-](commands|queries|steps)$/]",
  message: "A client component imports neither src/db, src/server nor a subject's commands, queries or steps.",
}

/** Subjects are told the time and the dice, so that a test can set both. */
const fromOutside = [
  { selector: 'MemberExpression[object.name="Date"][property.name="now"]', message: "Take `now` as an argument." },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: "Take `now` as an argument." },
  { selector: 'CallExpression[callee.name="Date"]', message: "Take `now` as an argument." },
  { selector: 'MemberExpression[object.name="performance"]', message: "Take `now` as an argument." },
  { selector: 'MemberExpression[object.name="Math"][property.name="random"]', message: "Take `random` as an argument." },
  { selector: 'MemberExpression[object.name="process"][property.name="env"]', message: "Take the setting as an argument." },
]

const drivers = {
  patterns: [
    {
      regex: "^(drizzle-orm|pg|@neondatabase|ws|pusher|pino)(/|$)|^node:(fs|net|http|https|dgram|child_process|process)(/|$)",
      message: "A pure rule does no I/O; commands, queries and steps do.",
      allowTypeImports: true,
    },
  ],
}

const subjectFiles = subjects.map((subject) => `src/${subject}/**/*.ts`)
const uiFiles = subjects.map((subject) => `src/${uiOf(subject)}/**`)

export default defineConfig(
  globalIgnores([".next/", ".party/", "tmp/", "next-env.d.ts", "test-results/", "playwright-report/", "public/lan/"]),
  // No rule is switched off in a comment: a wrong rule is changed here, for everybody.
  { linterOptions: { noInlineConfig: true } },
  typescript.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  // Taking an object apart is how a property is left out of a copy.
  { rules: { "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }] } },
  importLine,
  { files: ["src/**"], ignores: testFiles, rules: { "no-restricted-syntax": ["error", onlyForTheServer] } },
  {
    files: subjectFiles,
    ignores: [...testFiles, ...uiFiles],
    rules: { "no-restricted-syntax": ["error", onlyForTheServer, ...fromOutside] },
  },
  {
    files: subjectFiles,
    ignores: [...testFiles, ...uiFiles, ...ioFiles],
    rules: { "@typescript-eslint/no-restricted-imports": ["error", drivers] },
  },
  { files: ["src/**/*.{ts,tsx}"], ...reactHooks.configs.flat.recommended },
  { files: ["src/**/*.tsx"], ...next.configs["core-web-vitals"] },
)
