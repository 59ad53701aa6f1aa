// Loaded before the service: on SIGUSR2 its clock moves by the milliseconds written in PORTREA_CLOCK_FILE.
import { readFileSync } from 'node:fs'

const Real = globalThis.Date
let offset = 0
process.on('SIGUSR2', () => {
  offset = Number(readFileSync(process.env.PORTREA_CLOCK_FILE, 'utf8'))
})

globalThis.Date = class Date extends Real {
  constructor(...parts) {
    if (parts.length === 0) super(Real.now() + offset)
    else super(...parts)
  }
  static now() {
    return Real.now() + offset
  }
}
