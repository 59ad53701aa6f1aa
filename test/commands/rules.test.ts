import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FIELDS } from '../../src/domain/fields.ts'
import { cli } from '../helpers/cli.ts'
import { CONFIG, rules } from '../helpers/rules.ts'

const codes = rules.completeness.fields.flatMap(({ field, findings }) =>
  Object.keys(findings).map((reason) => `${field}.${reason}`),
)

describe('portrea rules', () => {
  it('prints, as JSON, every field with its levels and every code with its severities, at each moment', async () => {
    const { code, stdout } = await cli(['rules', '--json'])
    const document = JSON.parse(stdout)
    expect(code).toBe(0)
    expect(document.rules).toBe(rules.fingerprint)
    expect(document.fields.map(({ field }: { field: string }) => field)).toEqual([...FIELDS])
    const printed = document.fields.flatMap(({ findings }: { findings: { code: string }[] }) =>
      findings.map((finding) => finding.code),
    )
    expect(printed.toSorted()).toEqual(codes.toSorted())
    const pivot = document.fields.find(({ field }: { field: string }) => field === 'pivot')
    expect(pivot).toMatchObject({
      weight: 3,
      levels: { prefill: 'expected', journee: 'expected', publication: 'required' },
      checks: [
        { name: 'pivot', params: null },
        { name: 'shared', params: null },
      ],
    })
    expect(pivot.findings).toContainEqual(
      expect.objectContaining({
        code: 'pivot.format',
        severities: { prefill: 'warning', journee: 'blocking', publication: 'blocking' },
        cross: false,
      }),
    )
    expect(pivot.findings).toContainEqual(expect.objectContaining({ code: 'pivot.shared', cross: true }))
    expect(document.maturity.factors.network.indicators).toHaveLength(5)
    expect(document.referentials.referentials.outil.days.referents).toEqual({ low: 8, high: 12 })
  })

  it('prints the same in French for a person, with every code and its sentence', async () => {
    const { stdout } = await cli(['rules'])
    for (const code of codes) expect(stdout).toContain(`[${code}]`)
    expect(stdout).toContain(
      'pivot — le numéro SIRET ou RNA\u00a0: poids 3, requis (pré-remplissage\u00a0: attendu, journée\u00a0: attendu)',
    )
    expect(stdout).toContain('280 signes au plus')
    expect(stdout).toMatch(/à 30 km au plus de leur point médian/u)
    expect(stdout).not.toMatch(/\{\w+\}|undefined|\[object/u)
    expect(stdout).toContain('aim, poids 40')
  })

  it('prints the page that is kept in config/', async () => {
    const { stdout } = await cli(['rules', '--markdown'])
    expect(stdout).toBe(readFileSync(join(CONFIG, 'REGLES.md'), 'utf8'))
    for (const code of codes) expect(stdout).toContain(`| \`${code}\` |`)
    expect(stdout).toContain("| Ce lieu n'accueille pas de public |")
  })
})
