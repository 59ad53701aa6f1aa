import { expect, inject, it } from 'vitest'
import { chaos, chaosLines } from './chaos.ts'

const nocodb = inject('postgresNocodb')

it('loses nothing, writes nothing twice, touches no cell of people, and tells every refusal, whatever breaks', async () => {
  const report = await chaos(nocodb, { seconds: 75, records: 40, seed: 20_261_124, say: () => {} })
  console.log(chaosLines(report).join('\n'))
  expect(report.lost, 'left to write').toEqual([])
  expect(report.writtenTwice).toEqual([])
  expect(report.human, 'columns of people').toEqual([])
  expect(report.changed, 'cells of people').toEqual([])
  expect(report.givenUp).toBe(0)
  expect(report.refusals.told).toBe(report.refusals.answered)
  expect(report.leaks, 'what people wrote, in the log').toBe(0)
  expect(report.cellsWritten).toBeGreaterThan(20)
}, 180_000)
