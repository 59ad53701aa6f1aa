import { describe, expect, it } from 'vitest'
import type { Referential, Situation } from '../../src/domain/diagnostic.ts'
import { meanings } from '../../src/domain/meaning.ts'
import { choose } from '../../src/domain/scoring.ts'
import { rules } from '../helpers/rules.ts'
import { judgedBy, WORDS } from '../helpers/simple-rules.ts'
import { situation } from '../helpers/situations.ts'

/** What one criterion says of a situation: + for its référentiel, − against it. */
function said(referential: Referential, criterion: string, one: Situation, by = rules): string[] {
  const own = choose(one, by).contributions.filter((part) => part.referential === referential)
  const { strong, weak } = meanings(own, one, by)
  return [...strong, ...weak]
    .filter((meaning) => meaning.one.criterion === criterion)
    .flatMap(({ clauses, speaksFor }) => clauses.map((clause) => `${speaksFor ? '+' : '−'} ${clause}`))
}

describe('what a criterion means', () => {
  it.each([
    [0, '+ les rencontres entre acteurs sont rares ou absentes'],
    [1, '+ les rencontres entre acteurs sont rares ou absentes'],
    [3, '− les rencontres entre acteurs sont fréquentes'],
    [9, '− les rencontres entre acteurs sont fréquentes'],
  ])('is told of a number by what counts as full: %d meetings', (meetingsPerYear, words) => {
    const alone = meetingsPerYear > 2 ? 1 : 0
    const one = situation({
      answers: { network: alone === 1 ? 'none' : 'facilitated', meetingsPerYear },
      observed: { contactedShare: alone, participationRate: alone, communesCovered: alone },
    })
    const shares = rules.maturity.factors.network.indicators.map((indicator) =>
      indicator.key === 'meetingsPerYear' ? { ...indicator, weight: 5 } : indicator,
    )
    const { factors } = rules.maturity
    const network = { ...factors.network, indicators: shares }
    const heavy = { ...rules, maturity: { ...rules.maturity, factors: { ...factors, network } } }
    expect(said('generaliste', 'network', one, heavy)[0]).toBe(words)
  })

  it.each([
    [0.2, "+ moins d'un tiers des acteurs dont le dernier contact est connu ont été contactés depuis un an"],
    [
      1 / 3,
      '+ moins de la moitié des acteurs dont le dernier contact est connu ont été contactés depuis un an',
    ],
    [
      0.49,
      '+ moins de la moitié des acteurs dont le dernier contact est connu ont été contactés depuis un an',
    ],
    [
      0.51,
      '− la moitié au moins des acteurs dont le dernier contact est connu ont été contactés depuis un an',
    ],
    [
      2 / 3,
      '− la moitié au moins des acteurs dont le dernier contact est connu ont été contactés depuis un an',
    ],
    [
      0.67,
      '− plus des deux tiers des acteurs dont le dernier contact est connu ont été contactés depuis un an',
    ],
  ])('is told of a share by where it lies: %d', (contactedShare, words) => {
    // The other indicator is on the other side, a hair nearer to the middle: the two do not agree.
    const participationRate = contactedShare < 0.5 ? 0.505 : 0.495
    const one = situation({
      answers: { network: 'informal' },
      observed: { contactedShare, participationRate },
    })
    expect(said('reseau', 'activity', one)).toEqual([words])
  })

  it('is told in the words of the criterion where each indicator would bear them alone', () => {
    const of = (contactedShare: number, participationRate: number) =>
      said(
        'reseau',
        'activity',
        situation({ answers: { network: 'informal' }, observed: { contactedShare, participationRate } }),
      )
    expect(of(0.1, 0.2)).toEqual(['+ les acteurs sont peu contactés et participent peu'])
    expect(of(0.1, 0.5)).toEqual(['+ les acteurs pourraient être plus contactés et participer davantage'])
    expect(of(0.5, 0.5)).toEqual(['+ les acteurs pourraient être plus contactés et participer davantage'])
    expect(of(0.6, 0.9)).toEqual(['− les contacts et la participation dépassent déjà la moitié'])
    expect(of(0.7, 0.9)).toEqual(['− les contacts et la participation dépassent déjà les deux tiers'])
    // A third and two thirds are on the careful side.
    expect(of(1 / 3, 0)).toEqual(['+ les acteurs pourraient être plus contactés et participer davantage'])
    expect(of(2 / 3, 1)).toEqual(['− les contacts et la participation dépassent déjà la moitié'])
  })

  it('is told by the two indicators that weigh most, the heaviest first, of what is known alone', () => {
    const one = situation({
      answers: { network: 'none', meetingsPerYear: 1 },
      observed: { contactedShare: 0.05, participationRate: 0.1 },
    })
    expect(said('generaliste', 'network', one)).toEqual([
      "+ aucun réseau d'acteurs n'existe",
      "+ moins d'un tiers des acteurs dont le dernier contact est connu ont été contactés depuis un an",
    ])
    const last = situation({
      answers: { network: 'informal', meetingsPerYear: 1 },
      observed: { contactedShare: 0.3, participationRate: 0, communesCovered: 1 },
    })
    expect(said('generaliste', 'network', last)[0]).toMatch(/des personnes invitées ont participé/u)
  })

  it('is told in the words of an answer where it has some, in the direction of its fit', () => {
    const aim = (value: 'none' | 'mutual_knowledge') =>
      situation({ answers: { aim: value, network: 'facilitated' } })
    expect(said('generaliste', 'aim', aim('none'))).toEqual(["+ aucun objectif précis n'est encore fixé"])
    expect(said('outil', 'aim', aim('none'))).toEqual([
      "− l'objectif reste ouvert et ne désigne pas la base de données",
    ])
    expect(said('reseau', 'network', aim('none'))).toEqual([
      '+ le réseau, déjà animé, reste surtout à entretenir',
    ])
  })

  it('is told of what does not exist and could not be reactivated, and only then', () => {
    const observed = { contactedShare: 0, participationRate: 0 }
    expect(said('reseau', 'activity', situation({ answers: { network: 'none' }, observed }))).toEqual([
      "− il n'y a pas encore de réseau à réactiver",
    ])
    expect(said('reseau', 'activity', situation({ answers: { network: 'informal' }, observed }))).toEqual([
      '+ les acteurs sont peu contactés et participent peu',
    ])
  })

  it('is not told where what is unknown could turn it, or where nothing is known', () => {
    expect(said('outil', 'data', situation({ observed: { completeness: 90 } }))).toEqual([])
    expect(said('outil', 'data', situation({}))).toEqual([])
    expect(said('outil', 'data', situation({ observed: { completeness: 0 } }))).toEqual([
      "+ les fiches sont remplies à moins d'un tiers",
    ])
  })

  it.each([
    [0.5, '+ il est animé'],
    [0.49, '− il est animé'],
  ])('is told in the words of an answer, for its référentiel from a fit of a half on: %d', (fit, words) => {
    const by = judgedBy(() => [
      {
        ...{ ...WORDS, key: 'network', weight: 100, answer: 'network' },
        fits: { none: 0, informal: 1, constituted: 1, facilitated: fit },
        says: { facilitated: 'il est animé' },
      },
    ])
    const network = (answer: 'facilitated' | 'informal') =>
      said('reseau', 'network', situation({ answers: { network: answer } }), by)
    expect(network('facilitated')).toEqual([words])
    expect(network('informal')).toEqual(['+ oui']) // no words of its own: those of the criterion
    expect(said('reseau', 'network', situation({}), by)).toEqual([])
  })

  it.each<[Referential, string, Parameters<typeof situation>[0], string[]]>([
    // What the freshness is could still turn it, but for the last.
    ['outil', 'data', { observed: { completeness: 1 } }, []],
    ['outil', 'data', { observed: { completeness: 100 } }, []],
    ['reseau', 'data', { observed: { completeness: 0 } }, []],
    [
      ...(['reseau', 'data', { observed: { completeness: 100 } }] as const),
      ['+ les fiches sont remplies à plus des deux tiers'],
    ],
    // Two known of three settle it, and say it.
    [
      ...(['outil', 'tools', { answers: { tool: 'local', use: 'regular' } }] as const),
      ['− un outil local est en place', "− l'usage de l'outil est régulier"],
    ],
    // One in the very middle speaks for neither side.
    [
      ...(['outil', 'tools', { answers: { tool: 'none', use: 'occasional' } }] as const),
      ["+ aucun outil n'est en place"],
    ],
    // Where they disagree, those on the side of the mean say it.
    [
      ...(['outil', 'tools', { answers: { tool: 'none', use: 'none', mastery: 'autonomous' } }] as const),
      ["+ aucun outil n'est en place", "+ aucun outil n'est utilisé"],
    ],
    [
      ...(['outil', 'tools', { answers: { tool: 'none', use: 'regular', mastery: 'autonomous' } }] as const),
      ["− l'usage de l'outil est régulier", "− la maîtrise de l'outil est autonome"],
    ],
  ])('of %s, « %s », where %o is known', (referential, criterion, known, words) => {
    expect(said(referential, criterion, situation(known))).toEqual(words)
  })

  it('comes strongest first of those that speak for it, most lost first of those that speak against it', () => {
    const order = (one: Situation) => {
      const { contributions } = choose(one, rules)
      const own = contributions.filter(({ referential }) => referential === 'outil')
      const { strong, weak } = meanings(own, one, rules)
      return [strong, weak].map((all) => all.map((meaning) => meaning.one.criterion))
    }
    const fits = situation({
      answers: {
        ...({ aim: 'database', governance: 'active', roadmap: 'adopted', referents: 'pair' } as const),
        ...({ tool: 'none', use: 'none', mastery: 'none' } as const),
      },
      observed: { completeness: 0, freshness: 0 },
    })
    const not = situation({
      answers: {
        ...({ aim: 'networking', governance: 'none', roadmap: 'none', referents: 'none' } as const),
        ...({ tool: 'local', use: 'regular', mastery: 'autonomous' } as const),
      },
      observed: { completeness: 100, freshness: 100 },
    })
    expect(order(fits)).toEqual([['aim', 'data', 'tools', 'governance'], []])
    expect(order(not)).toEqual([[], ['aim', 'data', 'tools', 'governance']])
    // What is lost counts, not what it weighs: 16.5 of 30 points, and all of 20.
    const nearly = { ...not, observed: { ...not.observed, completeness: 55, freshness: 55 } }
    expect(order(nearly)).toEqual([[], ['aim', 'tools', 'data', 'governance']])
  })

  it('is not told where the rules have no words for what brings it about', () => {
    const silent = { ...rules, maturity: { ...rules.maturity, says: {} } }
    const one = situation({ observed: { completeness: 0 } })
    expect(said('outil', 'data', one, silent)).toEqual([])
    const { contributions } = choose(one, silent)
    expect(meanings(contributions, one, silent)).toEqual({ strong: [], weak: [] })
  })
})
