// Plays breakdowns and prints, of each, what was seen and what is wrong.
import { openStage } from '../stage.ts'
import { BREAKDOWNS } from './all.ts'
import { startKillable } from './killable-nocodb.ts'
import { play } from './scene.ts'
import type { Played } from './scene.ts'

/** Plays those whose name holds one of the words (none: all), each on a base of its own; whether all went right. */
export async function playBreakdowns(
  words: readonly string[],
  say: (text: string) => void,
): Promise<boolean> {
  const wanted = BREAKDOWNS.filter(
    ({ name }) => words.length === 0 || words.some((one) => name.includes(one)),
  )
  const nocodb = await startKillable(say)
  let wrong = 0
  try {
    for (const breakdown of wanted) {
      say(breakdown.name)
      await nocodb.ensure()
      const stage = await openStage(nocodb.access, breakdown.name.slice(0, 25), breakdown.records ?? 40)
      try {
        const played = await play(breakdown, stage, nocodb)
        if (played.faults.length > 0) wrong += 1
        console.log(linesOf(played).join('\n'))
      } finally {
        await stage.close()
      }
    }
  } finally {
    await nocodb.stop()
  }
  return wrong === 0
}

/** What a person reads of one. */
export function linesOf({ name, notes, faults, seconds }: Played): string[] {
  return [
    `${faults.length === 0 ? 'right' : 'WRONG'}  ${name}  (${seconds} s)`,
    ...faults.map((fault) => `    ✗ ${fault}`),
    ...notes.map((note) => `    · ${note}`),
  ]
}
