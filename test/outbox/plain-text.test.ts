import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../src/outbox/plain-text.ts'

const plainName = (name: string) => plainText(name, 'name')

const seen = (name: string) => plainName(name).replaceAll('\u2060', '')
/** What Mattermost and Slack make a link, a mention or a channel of: schemes, www., a domain, an address of mail. */
const LINKS = /https?:|www\.|mailto:|@|~|<|\w\.\w|[\p{L}\p{N}]\.\p{L}/iu

describe('the name of an EPCI in a channel', () => {
  it.each([
    ['CC Lesneven – Côte des Légendes', 'CC Lesneven – Côte des Légendes'],
    ['S.I.V.O.M. du Pays d’Arz', 'S.I.V.O.M. du Pays d’Arz'],
    ["C.C. de l'Oust (56) & Cœur de Brocéliande", "C.C. de l'Oust (56) & Cœur de Brocéliande"],
    ['Saint-Malo Agglomération, n° 2', 'Saint-Malo Agglomération, n° 2'],
    ['www.evil.example/phish', 'www.evil.example/phish'],
    ['evil.example', 'evil.example'],
    ['mailto:x@y.example', 'mailto x y.example'],
    ['@all', 'all'],
    ['@channel et @here', 'channel et here'],
    ['~town-square', 'town-square'],
    ['<!channel>', 'channel'],
    ['<@U012AB3CD>', 'U012AB3CD'],
    ['<http://evil.example|la mairie>', 'http //evil.example la mairie'],
    ['[la mairie](//evil.example)', 'la mairie (//evil.example)'],
    ['![x](https://evil.example/x.png)', 'x (https //evil.example/x.png)'],
    ['- une liste\n# un titre\n> une citation', 'une liste un titre une citation'],
    ['1. une liste', '1. une liste'],
    [':smile: *gras* _italique_ `code` ~~barré~~', 'smile: gras italique code barré'],
    ['evil。example evil．example evil｡example', 'evil example evil example evil example'],
    ['\u202egnirts\u0000\ud800 \u200eArz', 'gnirts Arz'],
    ['Plaine Commune : Est ; Ouest', 'Plaine Commune : Est ; Ouest'],
    ['&lt;!channel&gt;', '&lt channel&gt'],
  ])('of %j reads %j, and leads nowhere', (name, reads) => {
    expect(seen(name)).toBe(reads)
    expect(plainName(name)).not.toMatch(LINKS)
  })

  it('is no link, mention, format or direction, whatever people wrote, and is short', () => {
    const pieces = fc.constantFrom(
      'www',
      '.',
      '@',
      'evil',
      'example',
      '/',
      ':',
      'http',
      '<',
      '!',
      '>',
      '|',
      '\u202e',
      'é',
      ' ',
      '-',
      '#',
    )
    const names = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(names, (name) => {
        const text = plainName(name)
        expect(text).not.toMatch(LINKS)
        expect(text).not.toMatch(/[@<>[\]*_`~#|!\n\u202a-\u202e\u2066-\u2069\p{Cc}]|:\S|\S;|^[-+]|^\d+\./u)
        expect([...seen(name)].length).toBeLessThanOrEqual(120)
      }),
    )
  })

  it('is cut where it is no name: 500,000 signs', () => {
    expect(seen('x'.repeat(500_000))).toHaveLength(120)
  })
})
