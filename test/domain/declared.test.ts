import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { QUESTIONS } from '../../src/domain/answer-changes.ts'
import { declaredSentences, diagnosticNote } from '../../src/domain/declared-sentences.ts'
import { declared, journees, repeatedDates } from '../../src/domain/declared.ts'
import type { Diagnostic, Journee } from '../../src/domain/declared.ts'
import type { Answers } from '../../src/domain/diagnostic.ts'
import { plain } from '../helpers/plain.ts'
import { rules } from '../helpers/rules.ts'
import { anyAnswers, situation } from '../helpers/situations.ts'

const form = (id: number, date: string | null, aim: 'database' | 'networking' | null) => ({
  id,
  date,
  answers: situation({ answers: { aim, referents: 'one' } }).answers,
})
const day = (date: string | null, people: Partial<Journee> = {}): Journee => ({
  date,
  invited: null,
  expected: null,
  present: null,
  ...people,
})

const TODAY = '2026-06-01'
const RULES = { oldMonths: 18, voicesDays: 90 }
const of = (forms: readonly Diagnostic[], referents: Parameters<typeof declared>[1] = []) =>
  declared(forms, referents, TODAY, RULES)
const dated = (id: number, date: string | null, answers: Partial<Answers>): Diagnostic => ({
  id,
  date,
  answers: situation({ answers }).answers,
})

describe('declared answers', () => {
  it('are, question by question, those of the latest form by date, whatever the order of the rows', () => {
    const forms = [
      dated(1, '2026-05-01', { aim: 'database' }),
      dated(2, '2025-01-01', { aim: 'networking', network: 'informal' }),
      dated(3, null, { aim: 'mutual_knowledge', roadmap: 'drafted' }),
    ]
    for (const given of [forms, forms.toReversed()])
      expect(of(given).answers).toMatchObject({
        ...{ aim: 'database', network: 'informal', roadmap: 'drafted', governance: null },
      })
    expect(of(forms).answeredOn.aim).toEqual({ date: '2026-05-01', diagnostic: 1, old: false })
    expect(of(forms).answeredOn.roadmap).toEqual({ date: null, diagnostic: 3, old: false })
    expect(of(forms).answeredOn.governance).toBeUndefined()
  })

  it('are those of members; the public form fills what they leave out, and is heard beside them', () => {
    const by = (id: number, date: string, answers: Partial<Answers>) => ({
      ...dated(id, date, answers),
      byForm: true,
    })
    const found = of([
      dated(1, '2025-02-01', { aim: 'database', roadmap: 'drafted' }),
      by(2, '2026-05-01', { aim: 'networking', network: 'informal', roadmap: 'drafted' }),
      by(3, '2025-01-01', { roadmap: 'adopted' }),
    ])
    expect(found.answers).toMatchObject({ aim: 'database', roadmap: 'drafted', network: 'informal' })
    expect(found.answeredOn).toEqual({
      aim: { date: '2025-02-01', diagnostic: 1, old: false },
      roadmap: { date: '2025-02-01', diagnostic: 1, old: false },
      network: { date: '2026-05-01', diagnostic: 2, old: false, byForm: true },
    })
    const { sentences } = { sentences: declaredSentences(found).map(plain) }
    expect(sentences).toEqual([
      expect.stringMatching(
        /^Deux voix sur .*« Base de données » le 1er février 2025 ; puis « Mise en réseau » le 1er mai 2026, par le formulaire public ; celle d'un membre de la base compte\.$/u,
      ),
    ])
    const [note] = [diagnosticNote(by(2, '2026-05-01', { aim: 'networking' }), found, rules.maturity)]
    expect(plain(note ?? '')).toContain('par le formulaire public')
  })

  it('are never erased by a form that leaves them out', () => {
    fc.assert(
      fc.property(anyAnswers, anyAnswers, (before, after) => {
        const { answers } = of([dated(1, '2026-01-01', before), dated(2, '2026-02-01', after)])
        for (const key of QUESTIONS) expect(answers[key]).toBe(after[key] ?? before[key])
      }),
    )
  })

  it('are those of the row written last where two are of one day, which is reported', () => {
    const forms = [form(7, '2026-05-01', 'networking'), form(4, '2026-05-01', 'database')]
    expect(of(forms).answers.aim).toBe('networking')
    expect(of(forms.toReversed()).answers.aim).toBe('networking')
    expect(repeatedDates(forms)).toEqual(['2026-05-01'])
  })

  it('name each repeated date once, in order; no date is no date', () => {
    const dates = [
      '2026-05-01',
      null,
      '2025-01-01',
      '2026-05-01',
      null,
      '2025-01-01',
      '2026-05-01',
      '2026-06-01',
    ]
    expect(repeatedDates(dates.map((date, id) => form(id, date, null)))).toEqual(['2025-01-01', '2026-05-01'])
    expect(repeatedDates([form(1, null, null), form(2, null, null)])).toEqual([])
  })

  it('of a form dated after today do not count, and the form is named', () => {
    const forms = [
      form(1, '2026-05-01', 'database'),
      form(2, '2026-06-02', 'networking'),
      form(3, TODAY, null),
    ]
    expect(of(forms).answers.aim).toBe('database')
    expect(of(forms).refused).toEqual([{ diagnostic: 2, date: '2026-06-02' }])
    expect(plain(declaredSentences(of(forms)).join(' '))).toBe(
      "Un diagnostic daté du 2 juin 2026, dans l'avenir, ne compte pas : corrigez sa date.",
    )
  })

  it('are old after eighteen months, to the day', () => {
    const at = (date: string) => of([form(1, date, 'database')])
    expect(at('2024-12-01').answeredOn.aim?.old).toBe(false)
    expect(at('2024-11-30').answeredOn.aim?.old).toBe(true)
    expect(plain(declaredSentences(at('2024-11-30')).join(' '))).toBe(
      "À redemander, les réponses sont anciennes : le nombre de référent·e·s et l'objectif.",
    )
  })

  it('are two voices where two that differ were given within ninety days', () => {
    const at = (date: string) => of([form(1, '2026-05-01', 'database'), form(2, date, 'networking')])
    expect(at('2026-01-31').voices).toEqual([
      {
        question: 'aim',
        voices: [
          { value: 'database', date: '2026-05-01', diagnostic: 1 },
          { value: 'networking', date: '2026-01-31', diagnostic: 2 },
        ],
      },
    ])
    expect(at('2026-01-30').voices).toEqual([])
    expect(of([form(1, '2026-05-01', 'database'), form(2, '2026-04-01', 'database')]).voices).toEqual([])
    expect(of([form(1, '2026-05-01', 'database'), form(2, null, 'networking')]).voices).toEqual([])
    expect(plain(declaredSentences(at('2026-04-30')).join(' '))).toBe(
      "Deux voix sur l'objectif : « Base de données » le 1er mai 2026 et « Mise en réseau » le 30 avril 2026 ; la plus récente compte.",
    )
  })

  it('are all unknown without a form', () => {
    expect(Object.values(of([]).answers).every((answer) => answer === null)).toBe(true)
  })

  it('count the référents where the table holds people: a pair is one of each kind', () => {
    const institutional = { kind: 'institutional' } as const
    const associative = { kind: 'associative' } as const
    expect(of([], [institutional, associative]).answers.referents).toBe('pair')
    expect(of([], [institutional, institutional]).answers.referents).toBe('one')
    expect(of([form(1, '2026-01-01', null)]).answers.referents).toBe('one')
    // What is counted today is no answer of a form, and never an old one.
    expect(of([form(1, '2020-01-01', null)], [institutional]).answeredOn.referents).toBeUndefined()
    expect(of([form(1, '2020-01-01', null)]).answeredOn.referents?.old).toBe(true)
  })
})

describe('the note beside a diagnostic', () => {
  const note = (row: Diagnostic, others: readonly Diagnostic[] = []) =>
    diagnosticNote(row, of([row, ...others]), rules.maturity)

  it('says what is to be looked at again in that form, and nothing where all is well', () => {
    expect(note(dated(1, '2026-05-01', { aim: 'database' }))).toBeNull()
    expect(note(dated(1, '2026-06-09', { aim: 'database' }))).toMatch(/^Un diagnostic daté du 9 juin 2026/)
    expect(note(dated(1, '2026-05-01', { tool: 'none', use: 'regular' }))).toMatch(/aucun outil/)
    const other = dated(2, '2026-05-02', { aim: 'networking' })
    expect(note(dated(1, '2026-05-01', { aim: 'database' }), [other])).toMatch(/^Deux voix sur l’objectif/)
  })
})

describe('the journées of an EPCI', () => {
  const today = '2026-11-24'

  it('give the participation of the last one that says it, and the expectation of the next', () => {
    const all = [
      day('2027-01-10', { invited: 40, expected: 30 }),
      day('2026-10-01', { invited: 50, present: 20 }),
      day('2026-11-01'),
      day('2025-01-01', { invited: 10, present: 10 }),
      day('2027-06-01', { invited: 10, expected: 1 }),
    ]
    expect(journees(all, today)).toEqual({
      next: '2027-01-10',
      last: '2026-11-01',
      participationRate: 0.4,
      expectedParticipationRate: 0.75,
      participationCounted: false,
    })
  })

  it('say nothing where numbers are missing or nobody was invited', () => {
    expect(journees([day('2026-10-01', { invited: 0, present: 0 }), day(null)], today)).toEqual({
      next: null,
      last: '2026-10-01',
      participationRate: null,
      expectedParticipationRate: null,
      participationCounted: false,
    })
  })

  it('never count more than everybody invited', () => {
    expect(journees([day('2026-10-01', { invited: 10, present: 14 })], today).participationRate).toBe(1)
  })

  it('hold today for the next one, and for the last one that tells who came', () => {
    const all = [
      day('2026-11-25', { invited: 10, expected: 1, present: 10 }),
      day(today, { invited: 10, expected: 5, present: 4 }),
      day('2026-11-23', { invited: 10, expected: 9, present: 9 }),
      day(null, { invited: 10, present: 1 }),
    ]
    for (const some of [all, all.toReversed()])
      expect(journees(some, today)).toEqual({
        ...{ next: today, last: '2026-11-23' },
        ...{ participationRate: 0.4, expectedParticipationRate: 0.5, participationCounted: false },
      })
  })

  it('skip, for the participation, one that tells only half of it', () => {
    const all = [
      day('2026-11-01', { present: 4 }),
      day('2026-10-01', { invited: 10 }),
      day('2026-09-01', { invited: 10, present: 3 }),
      day('2026-12-01', { expected: 3 }),
    ]
    expect(journees(all, today)).toMatchObject({ participationRate: 0.3, expectedParticipationRate: null })
    expect(journees([], today)).toMatchObject({ next: null, last: null, participationRate: null })
  })
})
