import { UNKNOWN_LABEL } from '../domain/labels.ts'
import { date, longText, select, text, whole, wide, written } from './kinds.ts'
import type { Definition } from './kinds.ts'
import { LABELS } from './labels.ts'

const { answer } = LABELS

/** The columns of « Diagnostics », in the order in which the first grid shows them; 'link' where LINKS makes it. */
export const DIAGNOSTICS = {
  date,
  epci: 'link',
  governance: select(orUnknown(answer.governance), {
    unknown: 'neutral',
    none: 'bad',
    planned: 'weak',
    installed: 'fair',
    active: 'good',
  }),
  roadmap: select(orUnknown(answer.roadmap), {
    unknown: 'neutral',
    none: 'bad',
    drafted: 'fair',
    adopted: 'good',
  }),
  referents: wide(
    select(orUnknown(answer.referents), {
      unknown: 'neutral',
      none: 'bad',
      one: 'fair',
      pair: 'good',
    }),
    210,
  ),
  network: select(orUnknown(answer.network), {
    unknown: 'neutral',
    none: 'bad',
    informal: 'weak',
    constituted: 'fair',
    facilitated: 'good',
  }),
  meetingsPerYear: wide(whole, 150),
  aim: wide(
    select(orUnknown(answer.aim), {
      unknown: 'neutral',
      none: 'neutral',
      mutual_knowledge: 'generaliste',
      database: 'outil',
      networking: 'reseau',
    }),
    170,
  ),
  commitment: wide(
    select(orUnknown(answer.commitment), {
      unknown: 'neutral',
      none: 'bad',
      voiced: 'weak',
      deliberated: 'fair',
      funded: 'good',
    }),
    180,
  ),
  tool: wide(
    select(orUnknown(answer.tool), {
      unknown: 'neutral',
      none: 'bad',
      spreadsheet: 'weak',
      shared_above: 'fair',
      local: 'good',
    }),
    220,
  ),
  use: select(orUnknown(answer.use), {
    unknown: 'neutral',
    none: 'bad',
    occasional: 'fair',
    regular: 'good',
  }),
  mastery: wide(
    select(orUnknown(answer.mastery), {
      unknown: 'neutral',
      none: 'bad',
      beginner: 'fair',
      autonomous: 'good',
    }),
    160,
  ),
  author: text,
  remark: longText,
  toCheck: written(wide(longText, 360)),
} as const satisfies Readonly<Record<string, Definition>>

/** The options of a question: its answers, and the one by which nothing is said. */
function orUnknown<Labels extends Readonly<Record<string, string>>>(labels: Labels) {
  return { ...labels, unknown: UNKNOWN_LABEL }
}
