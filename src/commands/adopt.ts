import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { configDirectory, desiredBase, leadsOf, withBase } from '../app.ts'
import { readAdoption } from '../config/adoption-file.ts'
import { withMappings, withTitles } from '../config/columns-document.ts'
import type { AgreedMapping } from '../config/columns-document.ts'
import { parseColumns } from '../config/columns-file.ts'
import type { Columns } from '../config/columns-file.ts'
import { refusalsIn, withRefused } from '../config/refusals.ts'
import { replaceFile } from '../config/replace-file.ts'
import { agreedTitles, withoutLooseLinks, withoutQuestion } from '../domain/adoption/agreement.ts'
import type { Agreed, AgreedTitle } from '../domain/adoption/agreement.ts'
import type { LiveTable, OwnTable } from '../domain/adoption/live-base.ts'
import { proposer } from '../domain/adoption/propose.ts'
import type { Vocabulary } from '../domain/adoption/mapped/vocabulary.ts'
import { refusedNow } from '../domain/adoption/refusals.ts'
import type { Refusal } from '../domain/adoption/refusals.ts'
import { verdictOf } from '../domain/adoption/verdict.ts'
import type { Proposal, TableProposal } from '../domain/adoption/propose.ts'
import type { AdoptionRules } from '../domain/rules/adoption.ts'
import { PortreaError } from '../errors.ts'
import { ownTables, vocabularyOf } from '../nocodb/adoption/own-tables.ts'
import { formerPlaces, nameTables } from '../nocodb/names.ts'
import type { Named } from '../nocodb/names.ts'
import { rowsOfPlaces } from '../nocodb/adoption/rows-of-places.ts'
import { sampleValues } from '../nocodb/adoption/sample-values.ts'
import { renamedSources } from '../nocodb/adoption/renamed-sources.ts'
import type { Base } from '../nocodb/base.ts'
import { planProvision } from '../nocodb/provision/provision.ts'
import { askBase } from './adopt-base.ts'
import { leftMapped, mappedLeftLines, mappedLines, sureMapped } from './adopt-mapped.ts'
import type { OwnTitle } from './adopt-mapped-text.ts'
import { liveOf } from './adopt-live.ts'
import { findOtherActors, withActors, withoutOtherActors } from './adopt-other-actors.ts'
import type { OtherActors } from './adopt-other-actors.ts'
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
  return withBase(opening.environment, opening.settings, opening.log, (base) =>
    adoptIn(base, opening, options, rules),
  )
}

async function adoptIn(
  base: Base,
  opening: Opening,
  options: Options,
  rules: AdoptionRules,
): Promise<number> {
  const { columns, rules: ownRules } = opening.settings
  const path = join(configDirectory(), 'columns.yaml')
  const before = readFileSync(path, 'utf8')
  const named = nameTables([...base.tables.values()], desiredBase(opening.settings), base.known, new Map())
  const refusals = options.askAgain === true ? [] : refusalsIn(before)
  const live = await liveOf(base, opening, rules, { named, text: before, refusals })
  const own = tablesOf(opening, rules)
  const words = vocabularyOf(ownRules.completeness.fields, rules.meanings)
  const propose = proposer(withoutOtherActors(live, columns), own, rules, words)
  const proposal = propose()
  const nameOf = namesIn(columns)
  const titleOf: OwnTitle = (key) => nameOf(`actors.${key}`)
  if (!options.json) {
    const shown = [...proposalLines(proposal, rules, nameOf), ...mappedLines(proposal, titleOf)]
    say(...shown, ...refusedLines(refusals, nameOf), '')
  }
  const all = {
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
    refusals,
    titleOf,
    nameOf,
  }
  const write = (
    from: Proposal,
    agreed: Agreed,
    mapped: readonly AgreedMapping[],
    questions: Questions | null,
  ) => finish({ ...all, questions, mapped, proposal: from, agreed: withoutLooseLinks(agreed, from) })
  const sure = withoutQuestion(proposal, (one) => verdictOf(one, rules) === 'match')
  if (options.yes || options.json)
    return write(proposal, sure, sure.has('actors') ? sureMapped(proposal) : [], null)
  return asking({ input: process.stdin, output: process.stdout }, async (ask) => {
    const answered = await askBase(ask, {
      ...{ propose, own, rules, nameOf, titleOf, vocabulary: words },
      live: withoutOtherActors(live, columns),
      samples: (table, column) => sampleValues(base, table, column),
      rowsOf: (table, telling) => rowsOfPlaces(base, table, telling),
    })
    return write(answered.proposal, answered.agreed, answered.mapped, { ask, asked: answered.asked })
  })
}

function withThreshold(rules: AdoptionRules, given: string | undefined): AdoptionRules {
  if (given === undefined) return rules
  const threshold = Number(given.replace(',', '.'))
  if (!(threshold >= rules.doubtful && threshold <= 1))
    throw new PortreaError('USAGE', `--threshold ${given} : donnez un nombre de ${rules.doubtful} à 1.`)
  return { ...rules, threshold }
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
  const vocabulary = facts.words
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
  const refused = refusedNow(
    facts.refusals,
    questions?.asked.refused ?? [],
    agreed,
    added.map(({ title }) => title),
  )
  const text = withRefused(withActors(first, added, facts.named.renamed), refused)
  const after = await previewOf(base, parseColumns(text), opening)
  const left = questions === null ? leftAside(proposal, agreed, rules) : []
  const seen = { titles, after, left, composed: putTogether.size, others }
  if (!options.json) say(...(await seenLines(facts, seen)))
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

type Seen = {
  readonly titles: readonly AgreedTitle[]
  readonly after: Preview
  readonly left: readonly TableProposal[]
  readonly composed: number
  readonly others: OtherActors
}

/** What is taken and what is left aside, before anything is written. */
async function seenLines(
  { questions, proposal, rules, nameOf, titleOf, base }: Finish,
  { titles, after, left, composed, others }: Seen,
): Promise<string[]> {
  const answered = questions !== null
  return [
    ...leftAsideLines(left, rules, nameOf),
    ...mappedLeftLines(answered ? [] : leftMapped(proposal), titleOf),
    ...(answered ? [] : await others.lines()),
    ...previewLines(titles, after, { composed, answered, proposal, rules, nameOf, base: base.title }),
  ]
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
