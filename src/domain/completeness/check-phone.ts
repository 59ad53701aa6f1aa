import { type CheckKind, type CheckedRecord, type Found, found, NOTHING } from './check.ts'
import { memoOfPair } from './memo.ts'
import { departmentsOf, readPostalCode } from './postal-code.ts'
import { type PhoneReading, readPhones } from './read-phones.ts'

/** A number of the mainland; the ranges of overseas are there no more than those of another country. */
const WRITTEN_RIGHT = /^\+33(?!590|59[46]|26[239]|69[0-467]|639)[1-9]\d{8}$/u
const FRENCH_CODES = new Set(['33', '590', '594', '262', '596', '687', '689', '508', '681'])
/** No list of numbers is longer. */
const LONGEST = 300

/** A telephone number of France, overseas included, written +33… without spaces; one only. */
export const phone: CheckKind = {
  reasons: () => ({
    notation: [],
    several: [],
    foreign: [],
    short: [],
    overseas: ['territory'],
    remainder: [],
    invalid: [],
  }),
  remember: false,
  make: () => {
    const judged = memoOfPair((department, value) => judge(value, readPhones(value, department)))
    return (value, record) => {
      if (WRITTEN_RIGHT.test(value)) return NOTHING
      return value.length > LONGEST ? found('invalid') : judged(departmentOf(record), value)
    }
  },
}

/** Where the record is, which tells how its numbers are dialled; '': not known. */
function departmentOf({ fields, place }: CheckedRecord): string {
  const code = place.commune?.code ?? readPostalCode(fields.code_postal?.trim() ?? '')?.code ?? ''
  return departmentsOf(code)[0] ?? ''
}

function judge(value: string, { numbers, remains, isShort, mended }: PhoneReading): readonly Found[] {
  const [first] = numbers
  if (first === undefined) return isShort ? found('short') : found('invalid', mended)
  if (numbers.length > 1) return found('several', first.number)
  if (!FRENCH_CODES.has(first.code)) return found('foreign')
  if (first.territory !== null) return found('overseas', first.number, { territory: first.territory })
  if (remains) return found('remainder', first.number)
  return first.number === value ? NOTHING : found('notation', first.number)
}
