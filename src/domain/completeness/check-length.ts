import { type CheckKind, found, NOTHING } from './check.ts'

/** A text that has to fit. */
export const maxLength: CheckKind<{ readonly signs: number }> = {
  reasons: () => ({ too_long: ['length', 'signs'] }),
  remember: false,
  make:
    ({ params: { signs } }) =>
    (value) =>
      value.length <= signs
        ? NOTHING
        : found('too_long', null, { length: String(value.length), signs: String(signs) }),
}
