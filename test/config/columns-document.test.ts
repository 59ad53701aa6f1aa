import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withMappings, withTitles } from '../../src/config/columns-document.ts'
import { parseColumns } from '../../src/config/columns-file.ts'
import { replaceFile } from '../../src/config/replace-file.ts'
import { CONFIG } from '../helpers/rules.ts'

const shipped = readFileSync(join(CONFIG, 'columns.yaml'), 'utf8')

describe('withTitles', () => {
  it('changes nothing of the shipped file where nothing is asked', () => {
    expect(withTitles(shipped, [])).toBe(shipped)
  })

  it('changes the lines it is asked to, says why at their end, and leaves every other line as it was', () => {
    const text = withTitles(shipped, [
      { table: 'actors', column: null, title: "Lieux : d'accueil", comment: 'nom connu' },
      { table: 'actors', column: 'pivot', title: 'labels[].label', comment: '97 % des valeurs' },
    ])
    const columns = parseColumns(text)
    expect([columns.actors.title, columns.actors.columns.pivot.title]).toEqual([
      "Lieux : d'accueil",
      'labels[].label',
    ])
    expect(columns.actors.columns.pivot.description).toMatch(/^SIRET \(14 chiffres\)/)
    const before = shipped.split('\n')
    const changed = text.split('\n').filter((line, at) => line !== before[at])
    expect(changed).toHaveLength(2)
    expect(changed.every((line) => line.includes('# adopté : '))).toBe(true)
  })

  it.each([
    ['a space at the end', 'Nom '],
    ['a space at the beginning', ' Nom'],
    ['two spaces', 'Nom  du lieu'],
    ['a narrow no-break space', 'Ouvert\u202f?'],
    ['a no-break space at the end', 'Nom\u00a0'],
    ['a curly apostrophe', 'Nom de l’accueil'],
    ['a sign that a keyboard has no key for', '📍 Commune'],
    ['a line break', 'Horaires\n(été)'],
    ['a line break at the end', 'Horaires\n'],
    ['a tab', 'Nom\tusuel'],
    ['what YAML has a meaning for', '- "Nom" : {usuel} # *&! \\n'],
    ['a number', '2026'],
    ['a word of YAML', 'null'],
  ])('keeps a title with %s as it is', (_, title) => {
    const places = [
      { table: 'actors', column: null, title, comment: 'nom connu' },
      { table: 'actors', column: 'nom', title, comment: null },
      { table: 'epcis', column: 'siren', title, comment: 'choisi par vous' },
    ]
    const columns = parseColumns(withTitles(shipped, places))
    const { actors, epcis } = columns
    expect([actors.title, actors.columns.nom.title, epcis.columns.siren.title]).toEqual([title, title, title])
    expect(parseColumns(withTitles(withTitles(shipped, places), [])).actors).toEqual(actors)
  })

  it('keeps any title as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (title) => {
        fc.pre(/\S/u.test(title) && title.isWellFormed())
        const text = withTitles(shipped, [{ table: 'actors', column: 'nom', title, comment: 'x' }])
        expect(parseColumns(text).actors.columns.nom.title).toBe(title)
      }),
      { numRuns: 60 },
    )
  })

  it('tells two titles apart that differ by a space alone', () => {
    const text = withTitles(shipped, [
      { table: 'actors', column: 'nom', title: 'Nom', comment: null },
      { table: 'actors', column: 'commune', title: 'Nom ', comment: null },
    ])
    const { nom, commune } = parseColumns(text).actors.columns
    expect([nom.title, commune.title]).toEqual(['Nom', 'Nom '])
  })

  it('replaces its own comment, and keeps the one that people wrote', () => {
    const text = 'actors:\n  title: Acteurs # vu avec Anne\n  columns: { nom: Nom } \n'
    const change = (comment: string | null) => ({ table: 'actors', column: null, title: 'Lieux', comment })
    const once = withTitles(text, [change('nom connu')])
    expect(once).toContain('title: Lieux # vu avec Anne adopté : nom connu')
    expect(withTitles(once, [change('choisi')])).toContain('title: Lieux # vu avec Anne adopté : choisi\n')
    expect(withTitles(once, [change(null)])).toContain('title: Lieux # vu avec Anne\n')
  })

  it('writes the short form of a name in its short form', () => {
    const text = 'actors:\n  title: Acteurs\n  columns:\n    nom: Nom\n'
    expect(withTitles(text, [{ table: 'actors', column: 'nom', title: 'Structure', comment: null }])).toBe(
      text.replace('Nom', 'Structure'),
    )
  })
})

describe('replaceFile', () => {
  const folder = () => mkdtempSync(join(tmpdir(), 'portrea-replace-'))

  it('puts the new text in place, the former beside, and nothing else', () => {
    const path = join(folder(), 'columns.yaml')
    writeFileSync(path, 'before', { mode: 0o640 })
    const former = replaceFile(path, 'before', 'after', '20261124-101530')
    expect(readFileSync(path, 'utf8')).toBe('after')
    expect(readFileSync(former, 'utf8')).toBe('before')
    expect(statSync(path).mode & 0o777).toBe(0o640)
    expect(readdirSync(join(path, '..')).sort()).toEqual([
      'columns.avant-20261124-101530.yaml',
      'columns.yaml',
    ])
  })

  it('leaves alone a file that somebody changed meanwhile', () => {
    const path = join(folder(), 'columns.yaml')
    writeFileSync(path, 'theirs')
    expect(() => replaceFile(path, 'before', 'after', 's')).toThrow(/a changé entre-temps/)
    expect(readdirSync(join(path, '..'))).toEqual(['columns.yaml'])
  })

  it('says what to do where the folder cannot be written to', () => {
    expect(() => replaceFile(join(folder(), 'none', 'columns.yaml'), '', 'after', 's')).toThrow(
      /ne peut pas être écrit \(ENOENT\)/,
    )
  })

  // Root may write anywhere.
  it.skipIf(process.getuid?.() === 0)('leaves no half-written file in a folder that is closed', () => {
    const path = join(folder(), 'columns.yaml')
    writeFileSync(path, 'before')
    chmodSync(join(path, '..'), 0o500)
    expect(() => replaceFile(path, 'before', 'after', 's')).toThrow(/EACCES/)
    expect(readdirSync(join(path, '..'))).toEqual(['columns.yaml'])
  })
})

describe('withMappings', () => {
  const each = { 'Démarches : en ligne': 'Aide aux démarches administratives' }

  it('says how fields are read, and leaves every other line as it was', () => {
    const text = withMappings(shipped, [
      { key: 'services', from: { each }, words: null },
      { key: 'horaires', from: { days: { Mo: ['Lundi matin ', 'Lundi après-midi'] } }, words: null },
      { key: 'step', from: null, words: { Fait: 'Validée', '?': '' } },
    ])
    const { columns } = parseColumns(text).actors
    expect(columns.services.from).toEqual({ each })
    expect(columns.horaires.from).toEqual({ days: { Mo: ['Lundi matin ', 'Lundi après-midi'] } })
    expect(columns.step.words).toEqual({ Fait: 'Validée', '?': '' })
    expect(columns.services.description).not.toBe('')
    const before = shipped.split('\n')
    expect(text.split('\n').filter((line, at) => line !== before[at])).toHaveLength(3)
  })

  it('adds words to those that stand there, and takes the place of a former way', () => {
    const once = withMappings(shipped, [
      { key: 'services', from: { each }, words: { café: '' } },
      { key: 'step', from: null, words: { Fait: 'Validée' } },
    ])
    const twice = withMappings(once, [
      { key: 'services', from: { first: ['Thèmes'] }, words: null },
      { key: 'step', from: null, words: { Vu: 'Contacté' } },
    ])
    const { columns } = parseColumns(twice).actors
    expect([columns.services.from, columns.services.words]).toEqual([{ first: ['Thèmes'] }, { café: '' }])
    expect(columns.step.words).toEqual({ Fait: 'Validée', Vu: 'Contacté' })
  })

  it('gives a column that is a title alone its place', () => {
    const short = shipped.replace(/^ {4}services:.*$/mu, '    services: Thèmes')
    const { columns } = parseColumns(
      withMappings(short, [{ key: 'services', from: null, words: { x: '' } }]),
    ).actors
    expect(columns.services).toMatchObject({ title: 'Thèmes', words: { x: '' } })
  })
})
