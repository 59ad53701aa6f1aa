import { describe, expect, it, onTestFinished } from 'vitest'
import { cli } from '../helpers/cli.ts'
import { frenchFaults } from '../helpers/french.ts'
import type { Values } from '../helpers/nocodb-double/store.ts'
import { portreaDouble } from '../helpers/portrea-double.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const BREST = { Nom: 'Brest Métropole', SIREN: '242900314', 'Référentiel retenu': 'Outil' }
const QUIMPER = { Nom: 'Quimper Bretagne Occidentale', SIREN: '200068120' }
const place = (Nom: string, more: Values = {}): Values => ({
  ...{ Nom, Commune: 'Brest', 'Code INSEE': '29019', 'Code postal': '29200', EPCI_id: 1 },
  ...more,
})

/** Bases that make commands say much, and one of each thing. */
const BASES: Readonly<Record<string, Readonly<Record<string, readonly Values[]>>>> = {
  'nothing in it': {},
  'one of each': {
    EPCI: [BREST],
    Acteurs: [place('Médiathèque', { Téléphone: '02 98', Courriels: 'faux' })],
    Référents: [{ Nom: 'Awa Diallo', Type: 'Institutionnel', EPCI_id: 1 }],
    Journées: [{ Date: '2027-03-01', 'Personnes invitées': 1, EPCI_id: 1 }],
    Diagnostics: [{ Date: '2026-10-01', Objectif: 'Base de données', EPCI_id: 1 }],
  },
  'much of it wrong': {
    EPCI: [
      BREST,
      { ...BREST, Nom: 'Brest bis' },
      QUIMPER,
      { Nom: 'Sans SIREN' },
      { Nom: 'Nulle part', SIREN: '123456789' },
    ],
    Acteurs: [
      place('Médiathèque', { Téléphone: '+33298000000', 'SIRET ou RNA': '43493312300029' }),
      place('Mairie', { Téléphone: '+33298000000', 'SIRET ou RNA': '43493312300029' }),
      place('Médiathèque', { 'Code INSEE': '29232' }),
      { Nom: 'Nulle part' },
    ],
    Journées: [
      { 'Personnes invitées': 12, 'Personnes présentes': 20 },
      { Date: '2026-03-01', EPCI_id: 3 },
    ],
    Diagnostics: [{ Date: '2099-01-01', EPCI_id: 1 }, { Date: '2026-10-01' }],
    Participants: [{ Nom: 'Quelqu’un', Courriel: 'quelquun@exemple.fr' }],
  },
}

const COMMANDS: readonly (readonly string[])[] = [
  ['doctor'],
  ['adopt', '--dry-run'],
  ['sync', '--dry-run'],
  ['sync'],
  ['doctor'],
  ['explain', '242900314', '--prefill'],
  ['explain', '200068120'],
  ['workload'],
  ['typology'],
  ['purge', '--dry-run'],
  ['calibrate'],
]

describe('what commands print about a base', () => {
  it.each(Object.entries(BASES))(
    'is French that holds its rules, with %s',
    async (_, rows) => {
      const double = await portreaDouble(rows)
      onTestFinished(() => double.stop())
      const folder = mkdtempSync(join(tmpdir(), 'portrea-lines-'))
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
      const environment = {
        ...{ NOCODB_URL: double.url, NOCODB_TOKEN: double.token, NOCODB_BASE: double.baseId },
        ...{ PORTREA_DATA_DIR: folder, PORTREA_LOG_LEVEL: 'silent' },
      }
      for (const command of COMMANDS) {
        const { stdout, stderr } = await cli(command, environment)
        const lines = `${stdout}\n${stderr}`
          .split('\n')
          .map(sentenceOf)
          .filter((line) => line !== '')
        expect(lines.length, command.join(' ')).toBeGreaterThan(0)
        expect([command, lines.flatMap(frenchFaults)]).toEqual([command, []])
        expect([command, lines.filter((line) => /^\d{1,6}\s\p{Lu}\p{Ll}/u.test(line))]).toEqual([command, []])
      }
    },
    300_000,
  )
})

/** Without the mark, the name of the check and the blanks that put words in columns; what is to be written is the cells’ own. */
function sentenceOf(line: string): string {
  return line
    .replace(/^\s*[✓✗⚠•✋→–+-]?\s*/u, '')
    .replace(/^[a-z-]+ {2,}/u, '')
    .replace(/^(?:Id \d+|\+|[A-Z]+ =).* = .*$/u, '')
    .replaceAll(/ {2,}/gu, ' ')
    .trim()
}
