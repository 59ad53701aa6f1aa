import type { FieldName } from '../domain/fields.ts'

/** NocoDB's own name of a type of column, of those that Portrea makes. */
export type Uidt =
  | 'SingleLineText'
  | 'LongText'
  | 'Number'
  | 'Decimal'
  | 'Checkbox'
  | 'Date'
  | 'DateTime'
  | 'PhoneNumber'
  | 'Email'
  | 'URL'
  | 'SingleSelect'
  | 'MultiSelect'

/** One choice of a select; `color` is '#rrggbb'. */
export type Option = { readonly title: string; readonly color: string }

/** What a column is: its type, how NocoDB shows it, its width in a grid (pixels), and whose it is. */
export type Kind = {
  readonly uidt: Uidt
  /** NocoDB's `meta` of the column. */
  readonly meta?: Readonly<Record<string, unknown>>
  readonly options?: readonly Option[]
  /** The field whose accepted values (config/completeness.yaml) are the options; or the types of config/typology.yaml. */
  readonly valuesOf?: FieldName | 'typology'
  readonly width: number
  /** It holds a code of digits, which a column of numbers keeps whole. */
  readonly digits?: true
  /** Not shown in the first grid: it is for those who look closer. */
  readonly hidden?: true
  /** The title that it bears where the config/columns.yaml that people keep is older than the column, and says nothing. */
  readonly addedAs?: string
  /** `human`: never written by the service. `written`: the service's own. */
  readonly role: 'human' | 'written'
}

/** A column; 'link' where LINKS makes it, 'button' where the button of that key is made. */
export type Definition = Kind | 'link' | 'button'
/** What a cell holds. */
export type CellValue = string | number | boolean | null

/** One colour, one meaning, in every select: a grade, work in progress, nothing said, one kind among others, a référentiel. */
export const TONES = {
  good: '#d1f7c4',
  fair: '#ffeab6',
  weak: '#fee2d5',
  bad: '#ffdce5',
  active: '#cfdffe',
  neutral: '#eeeeee',
  kind: '#d0f1fd',
  generaliste: '#ede2fe',
  outil: '#c2f5e8',
  reseau: '#ffdaf6',
} as const
export type Tone = keyof typeof TONES

const human = { role: 'human' } as const

export const text: Kind = { uidt: 'SingleLineText', width: 180, ...human }
export const longText: Kind = { uidt: 'LongText', width: 320, ...human }
export const whole: Kind = { uidt: 'Number', width: 110, ...human }
export const checkbox: Kind = { uidt: 'Checkbox', width: 110, ...human }
export const phone: Kind = { uidt: 'PhoneNumber', width: 140, ...human }
export const email: Kind = { uidt: 'Email', width: 200, ...human }
/** Not validated by NocoDB: what is wrong is told as an anomaly, not refused. */
export const url: Kind = { uidt: 'URL', meta: { validate: false }, width: 200, ...human }
export const date: Kind = { uidt: 'Date', meta: { date_format: 'DD/MM/YYYY' }, width: 120, ...human }
export const dateTime: Kind = {
  uidt: 'DateTime',
  meta: { date_format: 'DD/MM/YYYY', time_format: 'HH:mm' },
  width: 160,
  ...human,
}

/** A number shown with `precision` decimals. */
export function decimal(precision: number): Kind {
  return { uidt: 'Decimal', meta: { precision }, width: 110, ...human }
}

/** A select whose options are the labels, each with the tone of its value. */
export function select<Value extends string>(
  labels: Readonly<Record<Value, string>>,
  tones: Readonly<Record<Value, Tone>>,
): Kind {
  const options = (Object.keys(labels) as Value[]).map((value) => ({
    title: labels[value],
    color: TONES[tones[value]],
  }))
  return { uidt: 'SingleSelect', options, width: 140, ...human }
}

/** Several values of the national list of `field`. */
export function several(field: FieldName): Kind {
  return { uidt: 'MultiSelect', valuesOf: field, width: 220, ...human }
}

/** One of the types of territories. */
export const ofTypology: Kind = { uidt: 'SingleSelect', valuesOf: 'typology', width: 190, ...human }

/** The same column, filled by the service. */
export function written(kind: Kind): Kind {
  return { ...kind, role: 'written' }
}

export function hidden(kind: Kind): Kind {
  return { ...kind, hidden: true }
}

export function wide(kind: Kind, width: number): Kind {
  return { ...kind, width }
}

/** A column that came after files were written that people keep. */
export function added(title: string, kind: Kind): Kind {
  return { ...kind, addedAs: title }
}

/** A figure as cells show it. */
export function oneDecimal(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10
}
