import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { configDirectory, desiredBase, leadsOf, withBase } from '../app.ts'
import { readAdoption } from '../config/adoption-file.ts'
import { adoptedNames, withMappings, withTitles } from '../config/columns-document.ts'
import type { AgreedMapping } from '../config/columns-document.ts'
import { namedActors, parseColumns } from '../config/columns-file.ts'
import type { Columns } from '../config/columns-file.ts'
import { refusalsIn, withRefused } from '../config/refusals.ts'
import { loadGeography, officialEpcis } from '../config/geography.ts'
import { replaceFile } from '../config/replace-file.ts'
import { agreedTitles, withoutLooseLinks, withoutQuestion } from '../domain/adoption/agreement.ts'
import type { Agreed } from '../domain/adoption/agreement.ts'
import { epciFinder, isNamed } from '../domain/adoption/epci-names.ts'
import { withKept } from '../domain/adoption/live-base.ts'
import type { LiveTable, OwnTable } from '../domain/adoption/live-base.ts'
import { proposer } from '../domain/adoption/propose.ts'
import type { Vocabulary } from '../domain/adoption/mapped/vocabulary.ts'
import { refusedNow, withRefusals } from '../domain/adoption/refusals.ts'
import type { Refusal } from '../domain/adoption/refusals.ts'
import { verdictOf } from '../domain/adoption/verdict.ts'
import type { Proposal, TableProposal } from '../domain/adoption/propose.ts'
import { valueProfiler } from '../domain/adoption/value-shapes.ts'
import type { AdoptionRules } from '../domain/rules/adoption.ts'
import { PortreaError } from '../errors.ts'
import { acceptedWordings, ownTables, typeReader, vocabularyOf } from '../nocodb/adoption/own-tables.ts'
import { formerPlaces, nameTables } from '../nocodb/names.ts'
import type { Named } from '../nocodb/names.ts'
import { readLiveBase } from '../nocodb/adoption/read-live-base.ts'
import { rowsOfPlaces } from '../nocodb/adoption/rows-of-places.ts'
import { sampleValues } from '../nocodb/adoption/sample-values.ts'
import { renamedSources } from '../nocodb/adoption/renamed-sources.ts'
import type { Base } from '../nocodb/base.ts'
import { readProvisioned } from '../nocodb/provision/provisioned.ts'
import { planProvision } from '../nocodb/provision/provision.ts'
import { askBase } from './adopt-base.ts'
import { leftMapped, mappedLeftLines, mappedLines, sureMapped } from './adopt-mapped.ts'
import type { OwnTitle } from './adopt-mapped-text.ts'
import { findOtherActors, withActors, withoutOtherActors } from './adopt-other-actors.ts'
import { asking, agreedTo } from './adopt-ask.ts'
import type { Ask, Asked } from './adopt-ask.ts'
import { commentOf, stands } from './adopt-names.ts'
import { closingLines, documentOf, previewLines } from './adopt-result.ts'
import type { Preview } from './adopt-result.ts'
import { leftAsideLines, proposalLines, reasonText, refusedLines } from './adopt-text.ts'
import { open } from './base-options.ts'
import type { CommonOptions, Opening } from './base-options.ts'
import { linkEpcis } from './link-epcis.ts'
import { print, say } from './output.ts'
import { namesIn } from './shown-title.ts'
import type { NameOf } from './shown-title.ts'
import { stampOf } from './stamp.ts'

type Options = CommonOptions & {
  readonly yes?: true
  readonly threshold?: string
  readonly linkEpcis?: readonly string[] | true
  readonly dryRun?: true
  readonly askAgain?: true
}

/** `portrea adopt`: finds our tables and columns in a base that exists and writes config/columns.yaml; never the base. */
export async function adopt(options: Options): Promise<number> {
  const opening = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  if (options.linkEpcis !== undefined) return linkEpcis(opening, options)
  const rules = withThreshold(readAdoption(configDirectory()), options.threshold)
  if (!options.yes && !options.json && !process.stdin.isTTY)
    throw new PortreaError(
      'USAGE',
      'Pas de terminal où poser les questions : ajoutez --yes pour prendre ce qui atteint le seuil, ou --json pour voir la proposition.',
    )
  const path = join(configDirectory(), 'columns.yaml')
  const before = readFileSync(path, 'utf8')
  return withBase(opening.environment, opening.settings, opening.log, async (base) => {
    const named = nameTables([...base.tables.values()], desiredBase(opening.settings), base.known, new Map())
    const refusals = options.askAgain === true ? [] : refusalsIn(before)
    const answered = [...refusals, ...wordsTold(opening.settings.columns)]
    const kept = withKept(await readLive(base, opening, rules, named), adoptedNames(before))
    const live = withRefusals(kept, answered)
    const own = tablesOf(opening, rules)
    const words = vocabularyOf(opening.settings.rules.completeness.fields, rules.meanings)
    const propose = proposer(withoutOtherActors(live, opening.settings.columns), own, rules, words)
    const proposal = propose()
    const nameOf = namesIn(opening.settings.columns)
    const titleOf: OwnTitle = (key) => nameOf(`actors.${key}`)
    if (!options.json)
      say(
        ...proposalLines(proposal, rules, nameOf),
        ...mappedLines(proposal, titleOf),
        ...refusedLines(refusals, nameOf),
        '',
      )
    const write = (
      from: Proposal,
      agreed: Agreed,
      mapped: readonly AgreedMapping[],
      questions: Questions | null,
    ) =>
      finish({
        ...{
          base,
          opening,
          options,
          rules,
          named,
          live,
          own,
          words,
          path,
          before,
          questions,
          mapped,
          refusals,
        },
        ...{ titleOf, nameOf },
        proposal: from,
        agreed: withoutLooseLinks(agreed, from),
      })
    const sure = withoutQuestion(proposal, (one) => verdictOf(one, rules) === 'match')
    if (options.yes || options.json)
      return write(proposal, sure, sure.has('actors') ? sureMapped(proposal) : [], null)
    const terminal = { input: process.stdin, output: process.stdout }
    return asking(terminal, async (ask) => {
      const {
        proposal: last,
        agreed,
        mapped,
        asked,
      } = await askBase(ask, {
        ...{ propose, own, rules, nameOf, titleOf, vocabulary: words },
        live: withoutOtherActors(live, opening.settings.columns),
        samples: (table, column) => sampleValues(base, table, column),
        rowsOf: (table, telling) => rowsOfPlaces(base, table, telling),
      })
      return write(last, agreed, mapped, { ask, asked })
    })
  })
}

function withThreshold(rules: AdoptionRules, given: string | undefined): AdoptionRules {
  if (given === undefined) return rules
  const threshold = Number(given.replace(',', '.'))
  if (!(threshold >= rules.doubtful && threshold <= 1))
    throw new PortreaError('USAGE', `--threshold ${given} : donnez un nombre de ${rules.doubtful} à 1.`)
  return { ...rules, threshold }
}

async function readLive(
  base: Base,
  { settings }: Opening,
  rules: AdoptionRules,
  named: Named,
): Promise<LiveTable[]> {
  const desired = desiredBase(settings)
  const find = epciFinder(officialEpcis())
  const profile = valueProfiler({
    geography: loadGeography(),
    isEpciName: (text) => isNamed(find(text)),
    accepted: acceptedWordings(desired, settings.rules.completeness.fields),
    organisations: rules.people.organisations,
    typeOf: typeReader(settings.rules.completeness.fields),
  })
  return readLiveBase({
    base,
    made: await readProvisioned(base, desired),
    former: formerPlaces(named),
    profile,
    sample: rules.sample.rows,
  })
}

function tablesOf({ settings }: Opening, rules: AdoptionRules) {
  const desired = desiredBase(settings)
  return ownTables(settings.columns, desired, rules)
}

/** Where questions are asked, and what helps to answer them. */
type Questions = { readonly ask: Ask; readonly asked: Asked }

type Finish = {
  readonly base: Base
  readonly opening: Opening
  readonly options: Options
  readonly rules: AdoptionRules
  /** What of it people renamed since config/columns.yaml was written. */
  readonly named: Named
  readonly live: readonly LiveTable[]
  readonly own: readonly OwnTable[]
  readonly words: Vocabulary
  readonly proposal: Proposal
  readonly path: string
  readonly before: string
  readonly agreed: Agreed
  readonly mapped: readonly AgreedMapping[]
  /** What was said no to in earlier runs. */
  readonly refusals: readonly Refusal[]
  readonly titleOf: OwnTitle
  readonly nameOf: NameOf
  /** null: nobody is there to answer. */
  readonly questions: Questions | null
}

/** Shows what provision will then add, and writes the file once it is agreed to. */
async function finish(facts: Finish): Promise<number> {
  const { base, opening, options, rules, live, own, proposal, path, before, agreed, questions } = facts
  const { titleOf, nameOf, words: vocabulary } = facts
  const mapped = [...renamedIn(base, facts.named, opening), ...facts.mapped]
  const { otherActors: _, ...columns } = opening.settings.columns
  const putTogether = new Set(mapped.flatMap(({ key, from }) => (from === null ? [] : [key])))
  // A field that is put together makes no column: its title stands in nobody's way.
  const titles = agreedTitles(agreed, live, columns, rules.apart).filter(
    ({ table, column, why }) => why === 'agreed' || table !== 'actors' || !putTogether.has(column ?? ''),
  )
  const titled = withTitles(
    before,
    titles
      .filter((one) => !stands(one, proposal, columns))
      .map((one) => ({ ...one, comment: commentOf(one, proposal, rules) })),
  )
  const first = mapped.length === 0 ? titled : withMappings(titled, mapped)
  const others = findOtherActors({
    columns: parseColumns(first),
    ...{ live, own, rules, agreed, vocabulary, epciText: proposal.epciText?.title ?? null },
    rowsOf: (table, telling) => rowsOfPlaces(base, table, telling),
  })
  const added = questions === null ? [] : await others.ask(questions.ask, questions.asked)
  const text = withRefused(
    withActors(first, added, facts.named.renamed),
    refusedNow(
      facts.refusals,
      questions?.asked.refused ?? [],
      agreed,
      added.map(({ title }) => title),
    ),
  )
  const after = await previewOf(base, parseColumns(text), opening)
  const left = questions === null ? leftAside(proposal, agreed, rules) : []
  if (!options.json)
    say(
      ...leftAsideLines(left, rules, nameOf),
      ...mappedLeftLines(questions === null ? leftMapped(proposal) : [], titleOf),
      ...(questions === null ? await others.lines() : []),
      ...previewLines(titles, after, {
        composed: putTogether.size,
        answered: questions !== null,
        proposal,
        rules,
        nameOf,
        base: base.title,
      }),
    )
  const wanted =
    options.dryRun !== true &&
    (options.yes === true || (questions !== null && (await agreedTo(questions.ask, `Écrire ${path} ?`))))
  const saved = wanted && text !== before ? replaceFile(path, before, text, stampOf(new Date())) : null
  if (options.json)
    print({
      base: base.id,
      ...documentOf(proposal, rules),
      titles,
      mapped,
      mappedLeft: questions === null ? leftMapped(proposal) : [],
      left: left.map(({ key, title, evidence }) => ({ key, title, reasons: reasonText(evidence, rules) })),
      otherActors: others.found.map(({ title, score }) => ({ title, score })),
      ...after,
      written: saved === null ? null : path,
      saved,
    })
  else say(...closingLines(wanted, path, saved))
  return 0
}

/** Columns that fields are mapped from, under the names that they were given since. */
function renamedIn(base: Base, named: Named, { settings }: Opening): AgreedMapping[] {
  const columns = [...base.tables.values()].flatMap((table) => [...table.columns.values()])
  return renamedSources(
    settings.columns,
    formerPlaces(named),
    (id) => columns.find((column) => column.id === id)?.wire ?? null,
  )
}

/** The words of theirs that config/columns.yaml reads already, by table: nothing more is asked about them. */
function wordsTold(columns: Columns): Refusal[] {
  return namedActors(columns).flatMap(({ title, columns: own }) =>
    Object.entries(own).flatMap(([key, column]) =>
      column?.words === undefined
        ? []
        : [{ table: title, is: `actors.${key}`, words: Object.keys(column.words) }],
    ),
  )
}

/** The tables that could have been taken, and that are a person's to decide. */
function leftAside({ tables }: Proposal, agreed: Agreed, rules: AdoptionRules): TableProposal[] {
  return tables.filter((table) => verdictOf(table, rules) === 'ask' && !agreed.has(table.key))
}

/** What provision would do under these names. */
async function previewOf(base: Base, columns: Columns, { settings, environment }: Opening): Promise<Preview> {
  const { steps, conflicts } = await planProvision(
    base,
    desiredBase({ ...settings, columns }, leadsOf(environment)),
  )
  return { toAdd: steps.map(({ kind, summary }) => ({ kind, summary })), conflicts }
}
