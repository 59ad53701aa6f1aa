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
    expect(faults((draft) => draft.fields.pop())).toEqual([`fields: ajoutez ${rules.fields.at(-1)?.field}`])
    expect(faults((draft) => draft.fields.push(field(draft, 'id')))).toEqual([
      `fields.${rules.fields.length}.field: id y est deux fois ; gardez-en un`,
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

  it('when what the other records tell would block, at one moment or at all, or names the value', () => {
    expect(faults((draft) => (field(draft, 'pivot').findings['shared']!.severity = 'blocking'))).toEqual([
      expect.stringMatching(
        /^fields\.1\.findings\.shared\.severity: .*ne bloque jamais une fiche : warning ou info$/u,
      ),
    ])
    expect(faults((draft) => (draft.profiles.prefill.severities['id.repeated'] = 'blocking'))).toEqual([
      expect.stringMatching(/^profiles\.prefill\.severities\.id\.repeated: .*ne bloque jamais/u),
    ])
    expect(faults((draft) => (draft.profiles.prefill.severities['id.repeated'] = 'info'))).toEqual([])
    expect(faults((draft) => (field(draft, 'id').findings['repeated']!.message = '« {value} »'))).toEqual([
      expect.stringContaining('{value} est inconnu ici ; écrivez {label}, {count}'),
    ])
  })

  it('when a check against the others stands in another field, or knows no limits', () => {
    expect(faults((draft) => field(draft, 'nom').checks.push('shared'))).toEqual([
      expect.stringContaining('les contrôles de nom peuvent dire « shared »'),
      'fields.2.checks: le contrôle `shared` est celui du champ pivot ; retirez-le d’ici',
    ])
    expect(
      faults((draft) =>
        field(draft, 'latitude').checks.push({ outlier: { km: 0, others: 1, alone: true, radii: 3 } }),
      ),
    ).not.toEqual([])
  })

  it('when accepted values stand where no list is checked, or a check is unknown', () => {
    expect(faults((draft) => (field(draft, 'nom').accepted = { A: [] }))).toEqual([
      'fields.2.accepted: ajoutez le contrôle `enumeration`, ou retirez ceci',
    ])
    expect(faults((draft) => field(draft, 'nom').checks.push('nope' as never))).not.toEqual([])
  })
})

describe('the rules of completeness are taken', () => {
  it('with one needed field, or several of which one is enough', () => {
    const draft = structuredClone(rules)
    const rule = { reason: 'no_phone', when: ['Téléphoner'], needs: 'telephone' }
    field(draft, 'modalites_acces').checks = ['enumeration', { contradictions: [rule] as never }]
    field(draft, 'modalites_acces').findings = Object.fromEntries(
      Object.entries(field(draft, 'modalites_acces').findings).filter(
        ([reason]) => !reason.startsWith('no_') || reason === 'no_phone',
      ),
    )
    const taken = CompletenessRules.parse(draft)
    expect(taken.fields.find((one) => one.field === 'modalites_acces')?.checks[1]).toEqual({
      contradictions: [{ ...rule, needs: ['telephone'] }],
    })
  })

  it('with the facts that each sentence may name', () => {
    const told = faults((draft) => {
      for (const rule of draft.fields)
        for (const finding of Object.values(rule.findings)) finding.message = '{nope}'
    })
    const known = told.map((fault) => {
      const [, at = '', reason = '', names = ''] =
        /^fields\.(\d+)\.findings\.(\w+)\..*écrivez (.*)$/u.exec(fault) ?? []
      return [`${rules.fields[Number(at)]?.field}.${reason}`, names]
    })
    expect(known).toHaveLength(rules.fields.reduce((sum, rule) => sum + Object.keys(rule.findings).length, 0))
    const facts: Record<string, string> = {
      'id.repeated': '{label}, {count}',
      'pivot.shared': '{label}, {count}, {where}',
      'pivot.other_commune': '{value}, {label}, {commune}, {own}',
      'commune.former': '{value}, {label}, {commune}',
      'commune.partial': '{value}, {label}, {commune}',
      'commune.other_postal_code': '{value}, {label}, {code}, {codes}',
      'commune.other_name': '{value}, {label}, {commune}, {code}',
      'commune.unknown': '{value}, {label}, {code}',
      'commune.other_epci': '{value}, {label}, {commune}, {epci}, {linked}',
      'code_postal.insee': '{value}, {label}, {commune}',
      'code_postal.other_commune': '{value}, {label}, {commune}, {codes}',
      'code_insee.merged': '{value}, {label}, {commune}',
      'code_insee.other_commune': '{value}, {label}, {commune}, {meant}',
      'code_insee.other_epci': '{value}, {label}, {commune}, {epci}, {linked}',
      'adresse.other_commune': '{value}, {label}, {commune}, {own}',
      'adresse.other_postal_code': '{value}, {label}, {code}, {commune}, {own}',
      'telephone.shared': '{label}, {count}, {epcis}',
      'telephone.overseas': '{value}, {label}, {territory}',
      'latitude.outlier': '{label}, {distance}, {place}, {km}',
      'courriels.invalid': '{value}, {label}, {address}',
      'site_web.invalid': '{value}, {label}, {address}',
      'horaires.overnight': '{value}, {label}, {spans}',
      'horaires.replaced': '{value}, {label}, {rule}',
      'typologie.from_name': '{value}, {label}, {type}, {confidence}',
      'horaires.empty_span': '{value}, {label}, {spans}',
      'date_maj.too_old': '{value}, {label}, {since}',
      'presentation_resume.too_long': '{value}, {label}, {length}, {signs}',
      'fiche_acces_libre.invalid': '{value}, {label}, {address}',
      'fiche_acces_libre.other_site': '{value}, {label}, {hosts}',
      'prise_rdv.invalid': '{value}, {label}, {address}',
    }
    const lists = new Set(['partly_unknown', 'near', 'unknown'])
    const expected = (code: string): string => {
      const [name = '', reason = ''] = code.split('.')
      const listed = rules.fields.some((rule) => rule.field === name && rule.accepted !== undefined)
      return facts[code] ?? (listed && lists.has(reason) ? '{value}, {label}, {one}' : '{value}, {label}')
    }
    expect(known).toEqual(known.map(([code = '']) => [code, expected(code)]))
  })
})
