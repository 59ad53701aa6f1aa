import { describe, expect, it } from 'vitest'
import { actorOf, assessed } from './records.ts'
import { sentence } from './said.ts'

const codes = (findings: readonly { readonly code: string }[]) => findings.map(({ code }) => code)

describe('the verdict on a record', () => {
  const phone = '02 96 60 47' // invalid: blocking
  const web = 'www.exemple.bzh' // scheme: info

  it('blocks as soon as one finding does, whatever the others are', () => {
    expect(assessed(actorOf({ telephone: phone, site_web: web })).blocking).toBe(true)
    expect(assessed(actorOf({ site_web: web })).blocking).toBe(false)
  })

  it('takes « c’est exact » for that code on that record, and for no other', () => {
    const fields = { telephone: phone, site_web: web }
    expect(codes(assessed(actorOf(fields)).findings)).toEqual(['telephone.invalid', 'site_web.scheme'])
    const verified = assessed(actorOf(fields, { verified: ['telephone.invalid'] }))
    expect(codes(verified.findings)).toEqual(['site_web.scheme'])
    expect(verified.blocking).toBe(false)
    expect(verified.filled).toContain('telephone')
    expect(assessed(actorOf(fields)).filled).not.toContain('telephone')
  })

  it('keeps a field filled where what is said of it does not block, and empties it where one of two does', () => {
    expect(assessed(actorOf({ site_web: web })).filled).toContain('site_web')
    const hours = assessed(actorOf({ modalites_acces: 'Téléphoner|Par pigeon' }))
    expect(codes(hours.findings)).toEqual(['modalites_acces.partly_unknown', 'modalites_acces.no_phone'])
    expect(hours.filled).toContain('modalites_acces')
  })
})

describe('a sentence on a commune', () => {
  it.each([
    ['code_insee', '22102', {}, 'fait partie de Le Mené'],
    ['commune', 'Collinée', { code_insee: '22046' }, 'fait aujourd’hui partie de Le Mené'],
    ['commune', 'Lannion', { code_insee: '22278' }, 'nom de la commune 22278, qui est Saint-Brieuc'],
    ['commune', 'Lannion', { code_postal: '29200' }, 'n’a le code postal 29200'],
    ['commune', 'Lyon', { code_insee: '13213' }, 'commune 13213, qui est Marseille 13e Arrondissement'],
  ] as const)('on %s « %s » with %j names what it is about', (field, value, others, expected) => {
    expect(sentence(field, value, others)).toContain(expected)
  })
})
