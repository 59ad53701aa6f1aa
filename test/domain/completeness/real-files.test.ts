import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readActorFile } from '../../../src/config/actor-file.ts'
import type { Finding } from '../../../src/domain/finding.ts'
import { assessed } from './records.ts'

/** Real places, beside the project and not part of it: without them these tests are skipped, and say so. */
const BRITTANY = '../shared/data/acteurs-reels-bretagne.standard.csv'
const SOUTH = '../shared/data/hub-du-sud.json'

function findingsOf(path: string): { records: number; byCode: Map<string, Finding[]> } {
  // Vitest reads the body of a skipped suite too.
  if (!existsSync(path)) return { records: 0, byCode: new Map() }
  const { actors, unreadable } = readActorFile(path)
  expect(unreadable).toEqual([])
  return {
    records: actors.length,
    byCode: Map.groupBy(
      actors.flatMap((actor) => assessed(actor).findings),
      ({ code }) => code,
    ),
  }
}

describe.skipIf(!existsSync(BRITTANY))(`the real places of Brittany (skipped without ${BRITTANY})`, () => {
  const { records, byCode } = findingsOf(BRITTANY)
  const count = (code: string) => byCode.get(code)?.length ?? 0

  it('are all read, and next to nothing in them blocks', () => {
    expect(records).toBe(560)
    const blocking = [...byCode.values()].flat().filter(({ severity }) => severity === 'blocking')
    expect(blocking.map(({ code }) => code)).toEqual(['pivot.checksum'])
  })

  it('have telephones, hours and addresses that no check takes for faulty', () => {
    for (const field of ['telephone', 'courriels', 'horaires', 'latitude', 'dispositif_programmes_nationaux'])
      expect([...byCode.keys()].filter((code) => code.startsWith(`${field}.`))).toEqual([])
  })

  it('are told what to normalise, each with what to write instead', () => {
    expect(count('nom.capitals')).toBeGreaterThan(150)
    const infos = [...byCode.values()].flat().filter(({ severity }) => severity === 'info')
    expect(infos.every(({ suggestion }) => suggestion !== null)).toBe(true)
  })

  it('name a commune that is not that of their code in a few cases only, and those are real', () => {
    expect(count('commune.other_name')).toBeLessThan(5)
    expect(count('code_insee.other_commune')).toBeLessThan(25)
    expect(
      byCode
        .get('code_insee.other_commune')
        ?.map(({ message }) => message)
        .join(' '),
    ).toContain('Saint-Agathon')
  })
})

describe.skipIf(!existsSync(SOUTH))(`the places of an older file (skipped without ${SOUTH})`, () => {
  const { records, byCode } = findingsOf(SOUTH)

  it('are all read, their old wordings translated into those of today', () => {
    expect(records).toBe(646)
    const labels = byCode.get('dispositif_programmes_nationaux.spelling') ?? []
    expect(new Set(labels.map(({ suggestion }) => suggestion))).toEqual(
      new Set(['Conseillers numériques', 'Conseillers numériques|France Services']),
    )
  })

  it('are blocked by hours that nobody could read either, and by nothing else', () => {
    const blocking = [...byCode.values()].flat().filter(({ severity }) => severity === 'blocking')
    expect(new Set(blocking.map(({ code }) => code))).toEqual(new Set(['horaires.syntax']))
    expect(blocking.length).toBeLessThan(10)
  })
})
