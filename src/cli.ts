#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander'
import { exitCodeOf, tell } from './commands/output.ts'

/** What every command answers: its exit code (0 done, 1 done but something was refused or found faulty). */
type Action = (...args: never[]) => Promise<number>
/** A command is loaded when it is called: `assess` has no use for an HTTP server. */
type Load = () => Promise<Action>

const program = new Command('portrea')
  .description(
    'Completeness, maturity, recommended référentiel and workload of every EPCI, beside a NocoDB base.',
  )
  .exitOverride()
  .showHelpAfterError('(see: portrea --help)')
const profile = new Option('--profile <profile>', 'the moment to judge for')
  .choices(['prefill', 'journee', 'publication'])
  .default('publication')
const fragility = () =>
  new Option('--fragility <file>', 'CSV or JSON of an index of fragility by SIREN, shown as context')

onBase(
  'check-config',
  'read and check config/ and the environment; every fault at once',
  async () => (await import('./commands/check-config.ts')).checkConfig,
)
onBase(
  'doctor',
  'reach NocoDB, check token, tables, columns, webhooks, clock; say what the server can do',
  async () => (await import('./commands/doctor.ts')).doctor,
)
onBase(
  'provision',
  'create or complete tables, columns, views and webhooks; never deletes, never renames',
  async () => (await import('./commands/provision.ts')).provisionCommand,
).option('--dry-run', 'print the plan, change nothing')
onBase(
  'adopt',
  'find the tables and columns of a base that exists, write config/columns.yaml; the base stays as it is',
  async () => (await import('./commands/adopt.ts')).adopt,
)
  .option('--yes', 'ask nothing: take what reaches the threshold')
  .option('--threshold <score>', 'from which score a proposal is sure (config/adoption.yaml)')
  .option(
    '--link-epcis [column]',
    'once provisioned: fill the empty links to EPCI from this column, and from communes',
  )
  .option('--dry-run', 'print what would be written, write nothing')
onBase(
  'upgrade',
  'bring a base that an older Portrea completed to the schema of this one',
  async () => (await import('./commands/upgrade.ts')).upgradeCommand,
).option('--dry-run', 'print the plan, change nothing')
onBase(
  'remove',
  'take away what provision added, nothing in which people wrote',
  async () => (await import('./commands/remove.ts')).removeCommand,
)
  .option('--dry-run', 'print what would go and what would stay, change nothing')
  .option('--yes', 'do it')
onBase(
  'purge',
  'erase the personal data past the retention of config/retention.yaml; tells counts only',
  async () => (await import('./commands/purge.ts')).purge,
)
  .option('--dry-run', 'print the counts, change nothing')
  .option('--yes', 'do it')
onBase('sync', 'the full job once', async () => (await import('./commands/sync.ts')).sync)
  .option('--dry-run', 'print the plan, change nothing')
  .option(
    '--accept',
    'let this run write what the brake had held; it is held again where it has grown worse since',
  )
  .option('--epci <siren...>', 'write only these EPCI and their actors')
onBase(
  'explain',
  'why this EPCI gets this référentiel and this workload',
  async () => (await import('./commands/explain.ts')).explain,
)
  .argument('<siren>')
  .option('--prefill', 'also who follows its records, and which to do next')
  .option('--at <day>', 'make the result of that day (YYYY-MM-DD) again, by its own rules, from the store')
  .addOption(fragility())
onBase(
  'workload',
  'the days of all EPCI together, with their range, by month of the journée',
  async () => (await import('./commands/workload.ts')).workload,
)
onBase(
  'calibrate',
  'days really spent against days estimated; proposes what counts in full, applies nothing',
  async () => (await import('./commands/calibrate.ts')).calibrateCommand,
)
onBase(
  'typology',
  'the types of territories (config/typology.yaml): their EPCI, what was recommended, retained and spent there',
  async () => (await import('./commands/typology.ts')).typologyCommand,
)
  .argument(
    '[file]',
    'offline: JSON or YAML, a list of situations as for recommend, with name, population, fragility',
  )
  .option('--needs <figures>', 'with a file: figures of need by SIREN, as for import --needs')
command(
  'assess',
  'offline: completeness and findings of a file in the national standard',
  async () => (await import('./commands/assess.ts')).assess,
)
  .argument('<file>', 'CSV, or JSON array')
  .addOption(profile)
  .option('--fix <copy>', 'write a copy (CSV) in which what is only to be normalised is; never over a file')
  .addOption(fragility())
command(
  'recommend',
  'offline what-if: answers and indicators of one EPCI → recommendation',
  async () => (await import('./commands/recommend.ts')).recommend,
).argument('<file>', 'JSON or YAML; - for standard input')
command(
  'rules',
  'every field, code, weight and threshold of config/, in French',
  async () => (await import('./commands/rules.ts')).rules,
).option('--markdown', 'as a page in Markdown')
command(
  'groups',
  'offline: even groups for the people of a journée (sizes in config/success-conditions.yaml)',
  async () => (await import('./commands/groups.ts')).groupsCommand,
).argument('<people>', 'how many people come')
onBase(
  'import',
  'a reference list of actors, or figures of need by EPCI; or a copy of the store, to put back',
  async () => (await import('./commands/import.ts')).importFile,
)
  .argument('<file>', 'CSV, or JSON array, in the national standard; with --store, what export made')
  .option('--store', 'put this copy in the place of the store; the former one is saved beside it')
  .option('--reference', 'count its records by EPCI; nothing else of it is kept, nothing goes to NocoDB')
  .option(
    '--needs',
    'figures of need: one row an EPCI, one column a figure, and a column of SIREN (CSV, or JSON)',
  )
  .option('--source <name>', 'with --needs: where the figures come from, where no column `source` says it')
  .option('--year <year>', 'with --needs: of which year they are, where no column `year` says it')
  .option('--dry-run', 'print the counts, keep nothing')
onBase(
  'export',
  'copy the store of the service into a new file, also while it runs',
  async () => (await import('./commands/store-copy.ts')).exportFile,
)
  .argument('<file>', 'to be made')
  .option('--store', 'the reports, the history and the day each record last changed')
onBase(
  'webhooks',
  'who is told of what (config/webhooks.yaml), what waits and what was given up',
  async () => (await import('./commands/webhooks.ts')).webhooks,
)
  .option('--test <name>', 'send a message to this subscription now')
  .option('--retry', 'those given up are sent again by the service')
onBase(
  'retry',
  'try again what was given up: rows that NocoDB refused over and over',
  async () => (await import('./commands/retry.ts')).retry,
)
onBase('serve', 'the service', async () => (await import('./commands/serve.ts')).serve)

// `portrea explain … | head`: a reader that has seen enough is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

await main()

function command(name: string, description: string, load: Load): Command {
  return program
    .command(name)
    .description(description)
    .option('--json', 'one JSON document on standard output')
    .exitOverride()
    .action(async (...args: unknown[]) => {
      const action = await load()
      process.exitCode = await action(...(args as never[]))
    })
}

function onBase(name: string, description: string, load: Load): Command {
  return command(name, description, load).option('--demo', 'the base of `npm run demo` (var/demo.json)')
}

async function main(): Promise<void> {
  try {
    await program.parseAsync()
  } catch (cause) {
    if (cause instanceof CommanderError) process.exitCode = cause.exitCode === 0 ? 0 : 2
    else {
      tell(cause, process.argv.includes('--json'))
      process.exitCode = exitCodeOf(cause)
    }
  }
}
