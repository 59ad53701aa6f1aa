import { createHmac } from 'node:crypto'
import { readPlanningSettings } from '../../src/config/planning-file.ts'
import type { DiaryParts } from '../../src/http/diary.ts'
import { CONFIG } from './rules.ts'

/** A diary in which nobody is in charge of anything, but for what `given` says. */
export function diaryDouble(given: Partial<DiaryParts> = {}): DiaryParts {
  return {
    settings: readPlanningSettings(CONFIG),
    deadlines: { notice: 30, prefill: { days: 7, progress: 80 }, consolidation: 60 },
    publicUrl: 'https://portrea.example.org/',
    keyed: (text) => createHmac('sha256', 'a secret for tests').update(text).digest('base64url'),
    officers: async () => ({ listed: [], bySiren: new Map() }),
    days: async () => [],
    ...given,
  }
}
