import { letters } from '../completeness/text.ts'
import type { AdoptionRules } from '../rules/adoption.ts'
import type { LiveColumn } from './live-base.ts'

/**
 * The titles of columns that repeat what others of their table say: of another source (« Source 2 : téléphone »), of
 * several years (« Publics 2022 », « Publics 2023 »), a second of a kind (« Téléphone 2 »). They are no first choice.
 */
export function secondaryTitles(columns: readonly LiveColumn[]): ReadonlySet<string> {
  const titles = columns.map(({ title }) => title)
  return new Set([...ofOtherSources(titles), ...ofSeveralYears(titles), ...laterOnes(columns)])
}

/**
 * In the answers to an online form, what the tool notes of whoever answered: right behind the instant of the answer; and
 * what is asked of them, wherever it stands: « Votre adresse e-mail ».
 * @param bears whether a title is one of these names
 */
export function ofRespondent(
  titles: readonly string[],
  bears: (title: string, names: readonly string[]) => boolean,
  { marks, respondent }: AdoptionRules['forms'],
): ReadonlySet<string> {
  const own = titles.filter((title) => bears(/^\s*votre\s+(.+)$/iu.exec(title)?.[1] ?? '', respondent))
  const last = titles.findLastIndex((title) => bears(title, marks))
  if (last < 0) return new Set(own)
  const others = titles.slice(last + 1)
  const end = others.findIndex((title) => !bears(title, respondent))
  return new Set([...own, ...(end < 0 ? others : others.slice(0, end))])
}

const YEAR = /(?<!\d)(?:19|20)\d{2}(?!\d)/u
const RANK = /(?<!\d)\d{1,2}(?!\d)/u

/** « Source 2 : nom », « Source 2 : courriel »: titles under one heading, most of which stand outside it too. */
function ofOtherSources(titles: readonly string[]): string[] {
  const all = new Set(titles.map(letters))
  const headed = titles.flatMap((title) => {
    const [, heading, rest] = /^(.+?)\s*(?:[:>|]|\s[-–—])\s+(.+)$/u.exec(title) ?? []
    return heading === undefined ? [] : [{ title, heading, repeats: all.has(letters(rest!)) }]
  })
  return [...Map.groupBy(headed, ({ heading }) => heading).values()]
    .filter((group) => group.filter(({ repeats }) => repeats).length >= Math.max(2, group.length / 2))
    .flatMap((group) => group.map(({ title }) => title))
}

/** « Publics 2022 », « Publics 2023 »: what is asked again each year. */
export function ofSeveralYears(titles: readonly string[]): string[] {
  const dated = titles.filter((title) => YEAR.test(title))
  return [...Map.groupBy(dated, (title) => letters(title.replace(YEAR, ' '))).values()]
    .filter(({ length }) => length > 1)
    .flat()
}

/**
 * Beside « Téléphone », « Téléphone 2 »; beside « labels.0.label », the others. Where the first is 1, or where they hold
 * unlike things (`coordinates.0`, `coordinates.1`), none stands behind.
 */
function laterOnes(columns: readonly LiveColumn[]): string[] {
  const rankOf = (title: string) => Number(RANK.exec(title)?.[0] ?? 0)
  const nameOf = ({ title }: LiveColumn) => letters(title.replace(RANK, ' '))
  return [...Map.groupBy(columns, nameOf).values()].flatMap((group) => {
    const firsts = group.filter(({ title }) => rankOf(title) === 0).map(({ profile }) => likeness(profile))
    return group.flatMap(({ title, profile }) => {
      const own = likeness(profile)
      const isLike = firsts.some((first) => first === null || own === null || first === own)
      return rankOf(title) > 0 && isLike ? [title] : []
    })
  })
}

/** What nearly all values of a column look like; null: like nothing in particular. */
function likeness(profile: LiveColumn['profile']): string | null {
  return Object.entries(profile?.shapes ?? {}).find(([, share]) => share > 0.9)?.[0] ?? null
}
