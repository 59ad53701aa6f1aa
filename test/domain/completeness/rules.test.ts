import { describe, expect, it } from 'vitest'
import { CompletenessRules } from '../../../src/domain/rules/completeness.ts'
import { rules } from './records.ts'

type Draft = ReturnType<typeof structuredClone<CompletenessRules>>

function faults(change: (draft: Draft) => void): string[] {
  const draft = structuredClone(rules)
  change(draft)
  const result = CompletenessRules.safeParse(draft)
  return result.success ? [] : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

const field = (draft: Draft, name: string) =>
  draft.fields.find((one) => one.field === name) as Draft['fields'][number]

describe('the rules of completeness are refused', () => {
  it('when a field is left out, or stands twice', () => {
    expect(faults((draft) => draft.fields.pop())).toEqual(['fields: ajoutez prise_rdv'])
    expect(faults((draft) => draft.fields.push(field(draft, 'id')))).toEqual([
      'fields.32.field: id y est deux fois ; gardez-en un',
    ])
  })

  it('when a check may say what the rules have no sentence for', () => {
    expect(faults((draft) => delete field(draft, 'telephone').findings['several'])).toEqual([
      expect.stringMatching(/^fields\.11\.findings\.several: .*donnez-lui une gravité et un message$/u),
    ])
  })

  it('when a sentence is for nothing, or names what is not known', () => {
    const invented = { severity: 'info', message: 'Rien.' } as const
    expect(faults((draft) => (field(draft, 'nom').findings['shouting'] = invented))).toEqual([
      expect.stringContaining('aucun contrôle de ce champ ne dit cela ; retirez-le'),
    ])
    const unknown = { severity: 'info', message: '« {ville} »' } as const
    expect(faults((draft) => (field(draft, 'nom').findings['capitals'] = unknown))).toEqual([
      expect.stringContaining('{ville} est inconnu ici ; écrivez {value}, {label}'),
    ])
  })

  it('when a profile moves a code that nobody emits, or makes everything optional', () => {
    expect(faults((draft) => (draft.profiles.journee.severities['nom.silent'] = 'info'))).toEqual([
      'profiles.journee.severities.nom.silent: aucun champ n’a ce code ; retirez-le',
    ])
    expect(faults((draft) => draft.fields.forEach((one) => (one.level = 'optional')))).toContain(
      'profiles.publication: tous les champs sont facultatifs : rien ne compte',
    )
  })

  it('when the bounds of freshness do not rise, or a list lacks its values', () => {
    expect(faults((draft) => (draft.freshness.watch = 3))).toEqual([
      'freshness: les bornes doivent croître : current < watch < verify',
    ])
    expect(faults((draft) => delete field(draft, 'services').accepted)).toEqual([
      expect.stringContaining('le contrôle `enumeration` demande les valeurs acceptées'),
    ])
  })

  it('when one wording stands under two values', () => {
    expect(faults((draft) => field(draft, 'frais_a_charge').accepted?.['Payant']?.push('gratuit'))).toEqual([
      expect.stringContaining('« gratuit » vaut pour Gratuit et pour Payant ; gardez-en un'),
    ])
  })
})
