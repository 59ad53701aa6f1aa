import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EPCIS, FIGURES, HISTORY, HISTORY_FIGURES } from '../../src/columns/epcis.ts'
import { writtenKeys } from '../../src/columns/tables.ts'
import { readColumns } from '../../src/config/columns-file.ts'
import { planHistory } from '../../src/engine/plan-history.ts'
import { epciCells, FIGURE_KEYS } from '../../src/nocodb/write-back.ts'
import { anyReport } from '../helpers/any-report.ts'
import { CONFIG } from '../helpers/rules.ts'

const columns = readColumns(CONFIG)

describe('the columns of the table EPCI', () => {
  it('are each written from the report, but for the stamp of when another was', () => {
    const figures = FIGURES.map(([key]) => key)
    expect(writtenKeys('epcis').filter((key) => !(figures as string[]).includes(key))).toEqual(['computedAt'])
  })

  it('are emptied where a row counts for no EPCI, but for why it does not, and what was noted of a choice', () => {
    const kept = writtenKeys('epcis').filter((key) => !(FIGURE_KEYS as readonly string[]).includes(key))
    expect(kept).toEqual(['atChoice', 'why'])
  })

  it('hold numbers where they are numbers, and one of their options where they are selects', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        for (const [key, { uidt, options, value }] of FIGURES) {
          const cell = value(report)
          if (cell === null) continue
          if (uidt === 'Number' || uidt === 'Decimal') expect(cell, key).toBeTypeOf('number')
          else expect(cell, key).toBeTypeOf('string')
          if (options !== undefined) expect(options.map(({ title }) => title)).toContain(cell)
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('the figures of « Historique »', () => {
  it('have the types of those of the table EPCI, and all of them are shown', () => {
    for (const key of HISTORY_FIGURES) {
      const { value: _, hidden: _shown, ...kind } = { hidden: undefined, ...EPCIS[key] }
      expect(HISTORY[key]).toEqual(kind)
    }
  })

  it('are the cells that the row of the EPCI holds', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const [row] = planHistory(columns, new Map(), [report]).inserts
        const cells = epciCells(columns, report)
        for (const key of HISTORY_FIGURES)
          expect(row?.[columns.history.columns[key].title]).toBe(cells[columns.epcis.columns[key].title])
      }),
      { numRuns: 30 },
    )
  })
})
