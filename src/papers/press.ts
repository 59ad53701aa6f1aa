import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createBirpc } from 'birpc'
import { typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { Order, Printed, TemplateFault } from './compiler.ts'
import type { PrinterMethods } from './printer.ts'

/** A paper, ready to be sent. */
export type Paper = { readonly pdf: Uint8Array; readonly pages: number }

/** Prints papers, one after the other. */
export type Press = {
  /** Throws CONFIG_INVALID where the template is at fault, with each fault in French: file, line, what Typst says. */
  print(order: Order): Promise<Paper>
  close(): void
}

/** No paper takes so long: a template that never ends is stopped. */
const LONGEST_MS = 20_000
/** How long an idle compiler is kept: it holds some 100 MB. */
const IDLE_MS = 120_000
/** An address at which nobody answers: a template fetches nothing from elsewhere. */
const NOWHERE = 'http://127.0.0.1:9'

/**
 * The compiler in a process of its own, started at the first paper: it keeps nobody waiting here, may be stopped in the
 * midst of a template that never ends, takes nothing else down with it, and knows neither token nor password: its
 * environment is empty.
 */
export function openPress({ longestMs = LONGEST_MS, idleMs = IDLE_MS } = {}): Press {
  let printer: Printer | null = null
  let before: Promise<unknown> = Promise.resolve()
  let idle: NodeJS.Timeout | undefined
  const close = () => {
    clearTimeout(idle)
    printer?.end()
    printer = null
  }
  const printNow = async (order: Order): Promise<Paper> => {
    clearTimeout(idle)
    if (printer === null || printer.ended()) printer = startPrinter()
    const mine = printer
    const printed = await mine.print(order, longestMs).catch((cause: unknown) => {
      mine.end()
      throw cause
    })
    idle = setTimeout(close, idleMs).unref()
    if ('faults' in printed) throw faulty(order.template, printed.faults)
    return printed
  }
  return {
    print(order) {
      const mine = before.then(() => printNow(order))
      before = mine.catch(() => undefined)
      return mine
    },
    close,
  }
}

type Printer = {
  print(order: Order, longestMs: number): Promise<Printed>
  ended(): boolean
  end(): void
}

function startPrinter(): Printer {
  const child = fork(fileURLToPath(new URL('printer.ts', import.meta.url)), [], {
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { HTTP_PROXY: NOWHERE, HTTPS_PROXY: NOWHERE, ALL_PROXY: NOWHERE },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const offers = createBirpc<PrinterMethods, object>(
    {},
    {
      post: (message) => child.send(message),
      on: (listener) => child.on('message', listener),
      timeout: -1,
    },
  )
  const gone = goneOf(child)
  // Between two papers it keeps no command from ending.
  const holding = (held: boolean) => {
    if (held) {
      child.ref()
      child.channel?.ref()
    } else {
      child.unref()
      child.channel?.unref()
    }
  }
  return {
    async print(order, longestMs) {
      holding(true)
      const late = Promise.withResolvers<never>()
      const timer = setTimeout(() => late.reject(tooLong(order.template, longestMs)), longestMs)
      try {
        return await Promise.race([offers.print(order), gone, late.promise])
      } finally {
        clearTimeout(timer)
        holding(false)
      }
    },
    ended: () => child.exitCode !== null || child.signalCode !== null || !child.connected,
    end: () => void child.kill('SIGKILL'),
  }
}

/** Rejects once the process has ended. */
function goneOf(child: ChildProcess): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  promise.catch(() => undefined)
  child.once('error', reject)
  child.once('exit', (code, signal) =>
    reject(new Error(`the process of the compiler ended with ${signal ?? code}`)),
  )
  return promise
}

/** « config/papers/fiche.typ, ligne 12 : … » */
export function faultText({ file, line, message }: TemplateFault): string {
  const where = line === null ? '' : `, ligne ${line}`
  return typeset(`config/papers/${file}${where} : ${inFrench(message)}`)
}

function faulty(template: string, faults: readonly TemplateFault[]): PortreaError {
  return new PortreaError(
    'CONFIG_INVALID',
    typeset(`Le modèle config/papers/${template} est à corriger : ce document ne peut pas être imprimé.`),
    { faults: faults.map(faultText) },
  )
}

function tooLong(template: string, longestMs: number): PortreaError {
  const text = `config/papers/${template} : la mise en page dure plus de ${longestMs / 1000} s ; une boucle du modèle ne finit sans doute pas.`
  return new PortreaError('CONFIG_INVALID', typeset(text), { faults: [typeset(text)] })
}

/** What Typst says most often, in French; anything else is quoted. */
const SAYINGS: readonly (readonly [RegExp, string])[] = [
  [/missing alt text/, 'une image n’a pas de description : donnez-lui « alt ».'],
  [/missing document title/, 'le document n’a pas de titre : « set document(title: …) ».'],
  [/unclosed delimiter/, 'une parenthèse, un crochet ou une accolade n’est pas fermé.'],
  [/unclosed string/, 'un texte entre guillemets n’est pas fermé.'],
  [/unknown variable: (.+)/, 'le nom « $1 » n’existe pas.'],
  [
    /dictionary does not contain key "(.+?)"/,
    'les données n’ont pas de « $1 » : l’en-tête du modèle dit ce qu’elles ont.',
  ],
  [
    /file not found|access denied/,
    'un modèle ne lit aucun fichier, hors les autres modèles de config/papers/ et le logo.',
  ],
  [/failed to download package|package/, 'un modèle n’utilise aucun paquet de l’extérieur.'],
]

function inFrench(message: string): string {
  for (const [pattern, french] of SAYINGS) {
    const found = pattern.exec(message)
    if (found !== null) return french.replace('$1', found[1] ?? '')
  }
  return `Typst dit « ${message} ».`
}
