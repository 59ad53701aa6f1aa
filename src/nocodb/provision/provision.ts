import { commandLine } from '../../domain/command-line.ts'
import { isDeepStrictEqual } from 'node:util'
import { counted, typeset } from '../../domain/typography.ts'
import { PortreaError } from '../../errors.ts'
import { packageVersion } from '../../version.ts'
import type { Base } from '../base.ts'
import { dashboardAddress, viewAddress } from '../dashboard.ts'
import { renamedConflict } from '../drift.ts'
import { openMeta } from '../meta-client.ts'
import type { MetaClient } from '../meta-client.ts'
import type { CurrentTable } from '../meta-model.ts'
import { nameTables } from '../names.ts'
import type { Renamed } from '../names.ts'
import { BUILDERS, tokenUser } from '../token-user.ts'
import type { TokenUser } from '../token-user.ts'
import { applyStep } from './apply-step.ts'
import { readSchema } from './current-schema.ts'
import { readWebhooks } from './current-webhooks.ts'
import type { DesiredSchema } from './desired-schema.ts'
import type { DesiredView } from './desired-views.ts'
import { announce, keepManifest } from './keep-manifest.ts'
import { unlinked } from './link-referents.ts'
import { keptManifest, keysIn } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { obstacles } from './obstacles.ts'
import { foreignColumns, valuesAtRisk } from './own-columns.ts'
import { planWebhooks } from './plan-webhooks.ts'
import { plan } from './plan.ts'
import type { Plan, Step } from './plan.ts'
import { provisioned } from './provisioned.ts'
import { readSources } from './sources.ts'
import { familyViews } from './view-families.ts'

/** What is to be done: a value, so that what is shown is what is applied. */
export type ProvisionPlan = {
  readonly steps: readonly Step[]
  /** All that was made is there, and nothing tells any more that Portrea made it: that is noted again. */
  readonly forgotten: boolean
}

type Progress = {
  /** Before each step; `number` counts from 1. */
  readonly onStep?: (progress: { step: Step; number: number; total: number }) => void
}
export type ProvisionOptions = Progress & {
  /** Plan only. */
  readonly dryRun?: boolean
}

/**
 * Creates or completes the tables, columns, links, views, forms, buttons and webhooks of a base; a second run finds
 * nothing to do, one that was interrupted is taken up where it stopped. Throws SCHEMA_MISMATCH, before anything is done,
 * where something stands in the way (`faults` says what), and what the calls throw.
 */
export async function provision(
  base: Base,
  desired: DesiredSchema,
  { dryRun = false, ...progress }: ProvisionOptions = {},
): Promise<{ readonly steps: readonly Step[]; readonly done: number }> {
  const proposal = await proposeProvision(base, desired)
  const done = dryRun ? 0 : await carryOut(base, desired, proposal, progress)
  return { steps: proposal.steps, done }
}

/** The plan that this token may carry out, to be shown before `applyProvision`. Throws as `provision`. */
export async function proposeProvision(base: Base, desired: DesiredSchema): Promise<Proposal> {
  const { meta, schema, steps, conflicts, manifest } = await planProvision(base, desired)
  if (conflicts.length > 0)
    throw new PortreaError(
      'SCHEMA_MISMATCH',
      typeset(
        `La base « ${base.title} » ne peut pas être complétée ; rien n'y a été changé. À régler d'abord :`,
      ),
      { faults: conflicts },
    )
  if (steps.length > 0) await mayBuild(base)
  const forgotten = steps.length === 0 && manifest === null && hasOwn(schema, desired)
  return { steps, forgotten: forgotten && isBuilder(await tokenUser(base.http, base.id)), meta, schema }
}

/**
 * Does what was shown, and nothing else. The base is looked at once more: where it has changed since, so that something
 * else would be done now, throws SCHEMA_MISMATCH before anything is done. Answers how many steps were done.
 */
export async function applyProvision(
  base: Base,
  desired: DesiredSchema,
  shown: ProvisionPlan,
  progress: Progress = {},
): Promise<number> {
  if (shown.steps.length === 0 && !shown.forgotten) return 0
  await base.refresh()
  const now = await proposeProvision(base, desired)
  assertUnchanged(base, shown, now)
  return carryOut(base, desired, { ...now, steps: shown.steps }, progress)
}

/** A plan with what was read for it. */
type Proposal = ProvisionPlan & Pick<PlannedProvision, 'meta' | 'schema'>

async function carryOut(
  base: Base,
  desired: DesiredSchema,
  { steps, forgotten, meta, schema }: Proposal,
  { onStep }: Progress,
): Promise<number> {
  if (steps.length === 0 && !forgotten) return 0
  const version = packageVersion()
  const announced = await announce(base, schema, desired, steps, version)
  const keep = async () =>
    keepManifest(base, schema, await readSchema(meta, base.id), desired, announced, version)
  try {
    for (const [index, step] of steps.entries()) {
      onStep?.({ step, number: index + 1, total: steps.length })
      await applyStep(meta, base, desired, step)
    }
  } catch (cause) {
    await keep().catch(() => {}) // the step that failed is what is told; marks tell most of the rest
    throw cause
  }
  await keep()
  await base.refresh()
  return steps.length
}

/** Steps are compared whole: one that bears the same words may do something else. */
function assertUnchanged({ title }: Base, shown: ProvisionPlan, now: ProvisionPlan): void {
  const lacks = (steps: readonly Step[], step: Step) => !steps.some((one) => isDeepStrictEqual(one, step))
  const faults = [
    ...shown.steps
      .filter((step) => lacks(now.steps, step))
      .map(({ summary }) => `n'est plus à faire : ${summary}`),
    ...now.steps.filter((step) => lacks(shown.steps, step)).map(({ summary }) => `s'y ajoute : ${summary}`),
  ]
  if (faults.length === 0) return
  throw new PortreaError(
    'SCHEMA_MISMATCH',
    typeset(
      `La base « ${title} » a changé depuis que ce plan a été montré ; rien n'y a été fait. Relancez \`${commandLine('provision')}\` :`,
    ),
    { faults: faults.map(typeset) },
  )
}

/** What is read for a plan, and the plan. */
export type PlannedProvision = Plan & {
  readonly meta: MetaClient
  readonly schema: readonly CurrentTable[]
  /** null: the base has none, or this token may not read it. */
  readonly manifest: Manifest | null
}

function hasOwn(schema: readonly CurrentTable[], desired: DesiredSchema): boolean {
  const { tables, columns, views } = provisioned(schema, desired, null)
  return tables.size + columns.size + views.size > 0
}

/** What a base lacks, and all that stands in the way of completing it: a plan, whatever the token may do. */
export async function planProvision(base: Base, desired: DesiredSchema): Promise<PlannedProvision> {
  const meta = await openMeta(base.http)
  const [schema, sources, manifest] = await Promise.all([
    readSchema(meta, base.id),
    readSources(base.http, base.id),
    keptManifest(base.http, base.id),
  ])
  const { views, links } = await families(base, schema, desired)
  const planned = plan(schema, { ...desired, views: [...desired.views, ...views] })
  const hooks = await webhooksPlan(meta, schema, desired)
  // Before the grids are put in order: the button has its place in one of them.
  const first = planned.steps.findIndex(({ kind }) => kind === 'arrange-table' || kind === 'create-view')
  const steps = [
    ...planned.steps.toSpliced(first < 0 ? planned.steps.length : first, 0, ...hooks.steps),
    ...links,
  ]
  const renamed = renamedIn(base, desired, manifest)
  const conflicts = [
    ...renamed.map(renamedConflict),
    ...planned.conflicts,
    ...hooks.conflicts,
    ...obstacles(schema, desired, steps, { sources, manifest }),
    ...(await valuesAtRisk(base.http, foreignColumns(schema, desired))),
  ]
  return { meta, schema, steps, conflicts, manifest }
}

/** Only a creator or an owner may change tables: an editor would be refused at the first step. */
async function mayBuild({ http, id, title }: Base): Promise<void> {
  const user = await tokenUser(http, id)
  if (isBuilder(user)) return
  throw new PortreaError(
    'NOCODB_FORBIDDEN',
    typeset(
      `Ce jeton (rôle « ${user.roles.join(', ')} ») ne peut pas compléter la base « ${title} » ; rien n'y a été changé. Donnez à son compte le rôle « creator » le temps de provision.`,
    ),
  )
}

function isBuilder({ roles, superAdmin }: TokenUser): boolean {
  return superAdmin || roles.length === 0 || roles.some((role) => BUILDERS.includes(role))
}

/** What stands there under another name than config/columns.yaml gives it, by what was remembered and by the manifest. */
function renamedIn(base: Base, desired: DesiredSchema, manifest: Manifest | null): readonly Renamed[] {
  const made = keysIn(manifest)
  const { renamed } = nameTables([...base.tables.values()], desired, base.known, made)
  // Where NocoDB's title is the one remembered, it is config/columns.yaml that asks for another column.
  return [...base.renamed, ...renamed.filter(({ key, now }) => base.known[key]?.title !== now)]
}

async function webhooksPlan(
  meta: MetaClient,
  schema: readonly CurrentTable[],
  { webhooks }: DesiredSchema,
): Promise<Plan> {
  if (webhooks === null) return { steps: [], conflicts: [] }
  const watched = schema.filter(({ title }) => webhooks.hooks.some(({ table }) => table === title))
  const found = await Promise.all(
    watched.map(async ({ id, title }) => [title, await readWebhooks(meta, id)] as const),
  )
  return planWebhooks(schema, new Map(found), webhooks)
}

/** The views that follow from the rows of the base, and the step that writes where each référent's list is. */
async function families(
  base: Base,
  schema: readonly CurrentTable[],
  { families: wanted }: DesiredSchema,
): Promise<{ readonly views: readonly DesiredView[]; readonly links: readonly Step[] }> {
  if (wanted === null) return { views: [], links: [] }
  const { views, referents } = await familyViews(base, wanted)
  if (referents.length === 0) return { views, links: [] }
  const { actors, referents: people } = wanted.columns
  const table = schema.find(({ title }) => title === actors.title)
  const dashboard = await dashboardAddress(base.http)
  const left = unlinked(referents, table, (viewId) =>
    viewAddress(dashboard, base.id, table?.id ?? '', viewId),
  )
  if (left.length === 0) return { views, links: [] }
  const column = people.columns.view.title
  const summary = typeset(
    `Inscrire dans « ${people.title} » l'adresse de leur liste pour ${counted(left.length, 'personne')} (« ${column} »)`,
  )
  return { views, links: [{ kind: 'link-referents', referents, summary }] }
}
