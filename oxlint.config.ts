// The lint rules; above all the walls between the rooms of src/, each with its reason.
import { readFileSync } from 'node:fs'
import { defineConfig } from 'oxlint'
import type { OxlintOverride } from 'oxlint'

type Wall = { message: string } & ({ regex: string } | { group: string[] })

// What a room may not see, as the paths that its files would write (`../nocodb/rows.ts`).
const room = (names: string, message: string): Wall => ({ regex: `^(\\.\\./)+(${names})/`, message })
const packages = (names: string, message: string): Wall => ({ regex: `^(${names})($|/)`, message })

const WIRING: Wall = {
  regex: '^(\\.\\./)+((app|main|cli)\\.ts$|commands/|work/)',
  message: 'app, main, cli, work and commands wire the rooms together: nobody imports them.',
}
const NOCODB_PACKAGES = packages(
  'axios|nocodb-sdk',
  'Only src/nocodb knows NocoDB: ask one of its functions.',
)
const STORE_PACKAGES = packages(
  'kysely|pg|node:sqlite',
  'Only src/store knows SQL: ask one of its functions.',
)
const OUTBOX_PACKAGES = packages(
  'standardwebhooks|ipaddr.js|nodemailer',
  'Only src/outbox sends to others: ask one of its functions.',
)
const PAPER_PACKAGES = packages(
  '@myriaddreamin/typst-ts-node-compiler|uqr',
  'Only src/papers prints: ask one of its functions.',
)
const OUTSIDE = [NOCODB_PACKAGES, STORE_PACKAGES, OUTBOX_PACKAGES, PAPER_PACKAGES]

const DOMAIN_ALONE: Wall[] = [
  room(
    'columns|config|nocodb|store|engine|http|outbox',
    'The domain computes, never asks: what it needs comes as an argument.',
  ),
  WIRING,
]

function onlyPackages(...allowed: string[]): Wall {
  const manifest = new URL('package.json', import.meta.url)
  const { dependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies: object }
  const others = Object.keys(dependencies).filter((name) => !allowed.includes(name))
  return {
    regex: `^(node:.*|${others.join('|')})($|/)`,
    message: `The domain is pure: no Node module, and of packages only these: ${allowed.join(', ')}.`,
  }
}

/** Each room and what it may not import; what a later line says of a folder replaces what an earlier said. */
const WALLS: Record<string, readonly Wall[]> = {
  'src/**': [...OUTSIDE],
  'src/domain/**': [
    ...DOMAIN_ALONE,
    onlyPackages('libphonenumber-js', 'validator', '@gouvfr-anct/lieux-de-mediation-numerique'),
  ],
  'src/domain/rules/**': [...DOMAIN_ALONE, onlyPackages('zod')],
  'src/domain/schemas/**': [...DOMAIN_ALONE, onlyPackages('zod')],
  'src/domain/events/**': [...DOMAIN_ALONE, onlyPackages('zod')],
  'src/columns/**': [
    ...OUTSIDE,
    WIRING,
    room(
      'config|nocodb|store|engine|http|outbox',
      'What columns there are follows from the domain alone: their names here come from config.',
    ),
  ],
  'src/config/**': [
    ...OUTSIDE,
    WIRING,
    room(
      'nocodb|store|engine|http|outbox',
      'Configuration is read before anything else: it knows the domain and the keys of columns alone.',
    ),
  ],
  'src/files/**': [
    NOCODB_PACKAGES,
    STORE_PACKAGES,
    OUTBOX_PACKAGES,
    WIRING,
    room(
      'columns|nocodb|store|engine|http|outbox/(?!address)',
      'A file is read the same whoever asks for it: of outbox it knows the rules of addresses alone.',
    ),
  ],
  'src/nocodb/**': [
    STORE_PACKAGES,
    WIRING,
    room(
      'store|engine|http|outbox',
      'Data goes one way: nocodb knows the domain, columns and the words of config, nobody after it.',
    ),
  ],
  'src/store/**': [
    NOCODB_PACKAGES,
    WIRING,
    room('columns|nocodb|engine|http|outbox', 'The store keeps what it is given: it knows the domain alone.'),
  ],
  'src/engine/**': [
    ...OUTSIDE,
    WIRING,
    room('http|outbox', 'A sync is the same whoever asks for it or hears of it: it knows neither.'),
  ],
  'src/outbox/**': [
    NOCODB_PACKAGES,
    STORE_PACKAGES,
    WIRING,
    room('nocodb|engine|http', 'What is sent out comes from the store: who made it happen does not matter.'),
  ],
  'src/papers/**': [
    NOCODB_PACKAGES,
    STORE_PACKAGES,
    OUTBOX_PACKAGES,
    WIRING,
    room(
      'columns|nocodb|store|engine|http|outbox|files|exports',
      'A paper is made of what it is given: it knows the domain and config alone.',
    ),
  ],
  'src/http/**': [
    ...OUTSIDE,
    WIRING,
    room('outbox', 'A route answers who asks; main hands it the counts of what is sent out.'),
    {
      group: ['**/nocodb/**', '!**/nocodb/webhook-payload.ts'],
      message: 'A route answers from the store and from engine; of nocodb it knows webhook-payload.ts alone.',
    },
  ],
}

function standing([folder, walls]: [string, readonly Wall[]]): OxlintOverride {
  return { files: [folder], rules: { 'no-restricted-imports': ['error', { patterns: [...walls] }] } }
}

/** Rules of the two categories that our habits contradict, each with the reason. */
const NOT_OURS = {
  'eslint/no-new': 'off', // a metric registers itself when it is made
  'eslint/no-shadow': 'off', // small functions that destructure the same words
  'import/no-named-as-default-member': 'off', // fc.assert is the usual way to write it
  'unicorn/require-post-message-target-origin': 'off', // a thread has no origin, a window has
  'typescript/consistent-return': 'off', // the compiler checks it better
  'typescript/no-base-to-string': 'off', // cells come as unknown and are text
  'typescript/no-misused-spread': 'off', // a text is cut by code points on purpose
  'typescript/no-unnecessary-type-parameters': 'off', // what is read from JSON is named by its reader
  'typescript/no-unsafe-enum-comparison': 'off', // the number of a type of PostgreSQL is a number
  'typescript/no-unsafe-type-assertion': 'off', // the same
  'typescript/no-unnecessary-type-conversion': 'off', // a driver's types say more than it keeps
  'typescript/require-array-sort-compare': 'off', // lists of texts
  'typescript/unbound-method': 'off', // our objects are closures: no method reads `this`
  'unicorn/consistent-function-scoping': 'off', // a helper may live beside what it helps
  'unicorn/no-array-reverse': 'off', // on arrays just made
  'unicorn/no-array-sort': 'off',
  'unicorn/no-useless-spread': 'off', // lists of cases in tests
} as const

// oxlint-disable-next-line import/no-default-export -- oxlint reads the default export
export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'node', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error' },
  options: { typeAware: true },
  ignorePatterns: ['node_modules', 'var', 'coverage', 'reports', '.stryker-tmp'],
  rules: {
    ...NOT_OURS,
    'eslint/no-unused-vars': [
      'error',
      { ignoreRestSiblings: true, varsIgnorePattern: '^_', argsIgnorePattern: '^_' },
    ],
    'import/no-default-export': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/consistent-type-imports': 'error',
  },
  overrides: [
    {
      files: ['src/**', 'scripts/**'],
      rules: {
        'max-lines': ['error', { max: 300 }],
        'max-lines-per-function': ['error', { max: 60 }],
      },
    },
    {
      files: ['src/**'],
      rules: { 'node/no-process-env': 'error' },
    },
    { files: ['src/config/environment.ts'], rules: { 'node/no-process-env': 'off' } },
    {
      files: ['test/**'],
      rules: {
        // Properties, shared suites and tables of examples: what these rules take for mistakes.
        'vitest/expect-expect': 'off',
        'vitest/no-conditional-expect': 'off',
        'vitest/no-conditional-tests': 'off',
        'vitest/no-disabled-tests': 'off',
        'vitest/valid-describe-callback': 'off',
        'vitest/valid-expect': 'off',
        'vitest/valid-title': 'off',
        'vitest/no-focused-tests': 'error',
      },
    },
    ...Object.entries(WALLS).map(standing),
  ],
})
