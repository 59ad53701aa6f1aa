import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readActorFile } from '../../../src/config/actor-file.ts'
import { safeFixes } from '../../../src/domain/completeness/safe-fixes.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import { actorOf, assessed, keepsAll } from './records.ts'
import { lostBy } from './second-reader.ts'

const REAL = ['../shared/data/acteurs-reels-bretagne.standard.csv', '../shared/data/hub-du-sud.json']

/** Values as people write them: pieces that each say something, put together in any number and order. */
const PIECES: Partial<Record<FieldName, readonly (readonly string[])[]>> = {
  adresse: [
    ['12 rue de la Poterie', '3 place du Bourg', 'BP 123', 'Bâtiment B', 'Rue de Brest'],
    ['35000 Rennes', '35200 RENNES', 'F-35000 Rennes', '29200 Brest', 'CEDEX 7', 'France', '<p>annexe</p>'],
  ],
  telephone: [
    ['02 99 00 00 01', '+33 (0)2 99 00 00 02', '299000003', '3949', 'accueil', '06.12.34.56.78', 'Tél :'],
  ],
  courriels: [
    ['a@exemple.bzh', 'Mairie <b@exemple.bzh>', 'mailto:c@exemple.bzh', 'd (at) exemple.bzh', 'accueil'],
  ],
  site_web: [
    ['www.exemple.bzh/a', 'https://exemple.fr', 'autre.fr/page;x=1', 'http://https://z.fr', 'Site :', 'voir'],
  ],
  date_maj: [['2024-04-02', '02/05/2025', '1er mars 2024', '10:30', 'mardi', '2024-04-02T00:00:00Z']],
  code_postal: [['35000', '35 000', 'F-35200', 'CEDEX', '1', '35000.0']],
  pivot: [['434 933 123 00029', '35600000011275', 'SIRET', 'w351001234']],
  nom: [
    ['MAIRIE', 'DE', 'AURAY', 'Espace', ' ', 'MEDIATHEQUE', 'LE SEMAPHORE', '2', '&amp;', 'C', "L'ODYSSEE"],
  ],
  commune: [['RENNES', 'Saint-Brieuc', 'ST BRIEUC', 'CEDEX', '3', 'Collinée']],
  typologie: [['BIB', 'Médiathèque', 'CCAS', '["ASSO"]', 'Salon de thé', '2']],
  services: [
    ['Aide aux démarches administratives', 'Prendre en main un ordinateur', 'Vélo', 'culture numerique'],
  ],
  horaires: [
    ['lundi', 'du lundi au vendredi', 'les mardis et jeudis', 'mercredi'],
    [
      '9h-12h',
      'de 14h à 17h30',
      '9 h 30 - 12 h',
      'fermé',
      'sur rendez-vous',
      'semaines paires',
      'sauf le mardi',
    ],
  ],
}
const SEPARATORS = [' ', ', ', ' ; ', '|', ' ou ', ' et ', '\n', ' - ', '  ']

const value = (lists: readonly (readonly string[])[]) =>
  fc
    .array(fc.tuple(...lists.map((list) => fc.constantFrom(...list)), fc.constantFrom(...SEPARATORS)), {
      minLength: 1,
      maxLength: 3,
    })
    .map((parts) =>
      parts.map((part, at) => (at < parts.length - 1 ? join(part) : part.slice(0, -1).join(' '))).join(''),
    )
const join = (part: readonly string[]) => `${part.slice(0, -1).join(' ')}${part.at(-1)}`

describe('what is mended without asking anybody loses nothing', () => {
  it.each(Object.entries(PIECES) as [FieldName, readonly (readonly string[])[]][])(
    'of %s, in the eyes of another reader',
    (field, lists) => {
      const others = { commune: 'Rennes', code_postal: '35000', nom: 'Espace A' }
      fc.assert(
        fc.property(value(lists), (written) => {
          const actor = actorOf({ ...others, [field]: written })
          for (const fix of safeFixes(actor, assessed, keepsAll))
            expect(lostBy(fix, actor.fields), `${fix.before} → ${fix.after}`).toEqual([])
        }),
        { numRuns: 200 },
      )
    },
  )

  it.each(REAL.map((path) => [path, !existsSync(path)] as const))(
    'in the real places of %s (skipped without them: %s)',
    (path, absent) => {
      if (absent) return
      const fixes = readActorFile(path).actors.flatMap((actor) =>
        safeFixes(actor, assessed, keepsAll).map((fix) => ({ fix, lost: lostBy(fix, actor.fields) })),
      )
      // The wordings of the older lists, which the standard translates, are no loss.
      const told = fixes.filter(({ fix }) => fix.field !== 'dispositif_programmes_nationaux')
      expect(fixes.length).toBeGreaterThan(400)
      expect(told.filter(({ lost }) => lost.length > 0)).toEqual([])
    },
  )
})
