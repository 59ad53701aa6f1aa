// Loaded before each thread of the service: its clock moves by the milliseconds written in PORTREA_CLOCK_FILE. A thread
// hears no signal: the file is looked at now and then.
import { readFileSync } from 'node:fs'

const LOOK_MS = 20
const Real = globalThis.Date
let offset = 0
setInterval(() => {
  offset = Number(readFileSync(process.env.PORTREA_CLOCK_FILE, 'utf8'))
}, LOOK_MS).unref()

globalThis.Date = class Date extends Real {
  constructor(...parts) {
    if (parts.length === 0) super(Real.now() + offset)
    else super(...parts)
  }
  static now() {
    return Real.now() + offset
  }
}
