import { withStore } from '../app.ts'
import { shortFingerprint } from '../domain/hash.ts'
import { REFERENTIAL_LABELS } from '../domain/labels.ts'
import { frenchDay, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { replay } from '../engine/replay.ts'
import type { Replay } from '../engine/replay.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'
import { reportLines } from './report-text.ts'

/**
 * `portrea explain SIREN --at DATE`: makes an old result again by its own rules, from the store alone, and says
 * whether it is the same; 1 where it is not.
 */
export async function explainAt(siren: string, at: string, options: CommonOptions): Promise<number> {
  if (!isDay(at)) throw new PortreaError('USAGE', `${at} : un jour s’écrit AAAA-MM-JJ.`)
  const { environment, settings } = open(options, [])
  const found = await withStore(environment, (store) => replay(store, settings.rules, siren, at))
  if (options.json) print(found)
  else say(...lines(found))
  return found.same ? 0 : 1
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  )
}

function lines({
  siren,
  day,
  rules,
  retained,
  same,
  differences,
  recommendation,
  decision,
}: Replay): string[] {
  const kept = `« ${REFERENTIAL_LABELS[decision.recommended]} »`
  return [
    `EPCI ${siren}, résultat du ${frenchDay(day)} : ${kept} (règles ${shortFingerprint(rules)})`,
    same
      ? 'Refait avec ses propres règles : identique, au dernier chiffre.'
      : 'Refait avec ses propres règles : différent.',
    ...differences.map((one) => `  ✗ ${one}`),
    ...(retained === null ? [] : [`Référentiel retenu ce jour-là : « ${REFERENTIAL_LABELS[retained]} »`]),
    '',
    ...(recommendation === null ? [] : reportLines(recommendation)),
  ].map(typeset)
}
