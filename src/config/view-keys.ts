import { FIELDS } from '../domain/fields.ts'
import { COLUMN_KEYS } from './column-keys.ts'

/** The views that provision makes, in the order in which it makes them; config/views.yaml has their words. */
export const VIEW_KEYS = [
  'toComplete',
  'toContact',
  'anomalies',
  'duplicates',
  'progress',
  'recommendations',
  'prefillAtRisk',
  'missingDiagnostics',
  'territoryTypes',
  'choices',
  'calendar',
  'checklist',
] as const
export type ViewKey = (typeof VIEW_KEYS)[number]

/** The forms, each with the columns that it may ask: those that people fill. */
export const FORM_COLUMNS = {
  newActor: [...FIELDS, 'epci', 'step', 'lastContact', 'referent', 'doNotPublish'],
  diagnostic: COLUMN_KEYS.diagnostics,
} as const
export type FormKey = keyof typeof FORM_COLUMNS
/** The table that a form fills. */
export const FORM_TABLES = { newActor: 'actors', diagnostic: 'diagnostics' } as const
