import { ANSWER_VALUES } from '../../src/domain/diagnostic.ts'
import type { Answers, ChoiceKey } from '../../src/domain/diagnostic.ts'
import type { Random } from './random.ts'

/** The answers that a kind of territory gives: one of each list; a question left out is never answered. */
type Profile = {
  readonly key: string
  /** How often it is met. */
  readonly share: number
  /** How often an answer is left empty (0–1). */
  readonly gaps: number
  readonly meetings: readonly number[]
  readonly answers: { readonly [Key in ChoiceKey]?: readonly (typeof ANSWER_VALUES)[Key][number][] }
}

export const PROFILES: readonly Profile[] = [
  {
    key: 'discovery',
    share: 20,
    gaps: 0.12,
    meetings: [0, 1],
    answers: {
      governance: ['none', 'planned'],
      roadmap: ['none'],
      referents: ['none', 'one'],
      network: ['none', 'informal'],
      aim: ['mutual_knowledge'],
      commitment: ['none', 'voiced'],
      tool: ['none', 'spreadsheet'],
      use: ['none', 'occasional'],
      mastery: ['none', 'beginner'],
    },
  },
  {
    key: 'database',
    share: 24,
    gaps: 0.14,
    meetings: [1, 2, 3],
    answers: {
      governance: ['installed', 'active'],
      roadmap: ['drafted', 'adopted'],
      referents: ['pair'],
      network: ['informal', 'constituted'],
      aim: ['database'],
      commitment: ['deliberated', 'funded'],
      tool: ['none', 'spreadsheet', 'shared_above'],
      use: ['none', 'occasional'],
      mastery: ['none', 'beginner'],
    },
  },
  {
    key: 'networking',
    share: 20,
    gaps: 0.14,
    meetings: [1, 2, 4],
    answers: {
      governance: ['planned', 'installed', 'active'],
      roadmap: ['none', 'drafted', 'adopted'],
      referents: ['one', 'pair'],
      network: ['constituted', 'facilitated'],
      aim: ['networking'],
      commitment: ['voiced', 'deliberated', 'funded'],
      tool: ['shared_above', 'local'],
      use: ['occasional', 'regular'],
      mastery: ['beginner', 'autonomous'],
    },
  },
  {
    key: 'undecided',
    share: 10,
    gaps: 0.15,
    meetings: [0, 2],
    answers: {
      governance: ['none', 'planned', 'installed'],
      roadmap: ['none', 'drafted'],
      referents: ['none', 'one', 'pair'],
      network: ['none', 'informal', 'constituted'],
      aim: ['none'],
      commitment: ['none', 'voiced', 'deliberated'],
      tool: ['none', 'spreadsheet'],
    },
  },
  { key: 'mixed', share: 16, gaps: 0.25, meetings: [0, 1, 2, 3, 4, 6], answers: ANSWER_VALUES },
  {
    key: 'first_talk',
    share: 16,
    gaps: 0.1,
    meetings: [],
    answers: {
      network: ['none', 'informal', 'constituted'],
      aim: ['mutual_knowledge', 'database', 'networking'],
      tool: ['none', 'spreadsheet', 'shared_above'],
    },
  },
  {
    key: 'started',
    share: 10,
    gaps: 0.3,
    meetings: [],
    answers: { governance: ['planned', 'installed'], network: ['none', 'informal'] },
  },
]

/** The ten answers of one diagnostic, with its gaps. */
export function answersOf(profile: Profile, random: Random): Answers {
  const keys = Object.keys(ANSWER_VALUES) as ChoiceKey[]
  const choices = keys.map((key) => {
    const values: readonly string[] = profile.answers[key] ?? []
    const gaps = key === 'aim' ? profile.gaps / 3 : profile.gaps // the question that people do answer
    return [key, values.length === 0 || random.chance(gaps) ? null : random.pick(values)]
  })
  const { meetings } = profile
  const meetingsPerYear = meetings.length === 0 || random.chance(profile.gaps) ? null : random.pick(meetings)
  return { ...(Object.fromEntries(choices) as Answers), meetingsPerYear }
}
