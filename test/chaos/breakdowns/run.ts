// Plays breakdowns and prints, of each, what was seen and what is wrong.
import { openStage } from '../stage.ts'
import type { RealNocodb } from '../../helpers/real-nocodb.ts'
import { play } from './scene.ts'
import type { Breakdown, Killable, Played } from './scene.ts'

/** Plays them one after the other, each on a base of its own. */
export async function playAll(
  breakdowns: readonly Breakdown[],
  {
    access,
    nocodb,
    say,
  }: { readonly access: RealNocodb; readonly nocodb: Killable; readonly say: (text: string) => void },
): Promise<Played[]> {
  const played: Played[] = []
  for (const breakdown of breakdowns) {
    say(breakdown.name)
    await nocodb.ensure()
    const stage = await openStage(access, breakdown.name.slice(0, 25), breakdown.records ?? 40)
    try {
      const one = await play(breakdown, stage, nocodb)
      played.push(one)
      say(linesOf(one).join('\n'))
    } finally {
      await stage.close()
    }
  }
  return played
}

/** What a person reads of one. */
export function linesOf({ name, notes, faults, seconds }: Played): string[] {
  return [
    `${faults.length === 0 ? 'right' : 'WRONG'}  ${name}  (${seconds} s)`,
    ...faults.map((fault) => `    ✗ ${fault}`),
    ...notes.map((note) => `    · ${note}`),
  ]
}
