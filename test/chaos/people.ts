// People at work in the base, straight on the real NocoDB; they remember what they wrote.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Stage } from './stage.ts'

/** A word that no rule of ours contains: found in a log, it came from a cell. */
const WORD = 'zygomatique'

export type People = {
  workUntil(end: number): Promise<void>
  done(): Readonly<Record<string, number>>
  /** Cells that are not what they last wrote. */
  changed(): Promise<string[]>
  /** Whether a text holds what they wrote. */
  wrote(text: string): boolean
}

export function peopleAt({ test, epcis, actors }: Stage, random: () => number): People {
  const { base } = test
  const counts = new Map<string, number>()
  const rows = new Set(actors)
  const wanted = new Map<number, Record<string, unknown>>()
  const key = base.table('Acteurs').foreignKeys.get('EPCI')!
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const path = (table: string) => `/api/v2/tables/${base.table(table).id}/records`
  const call = <T>(method: 'POST' | 'PATCH' | 'DELETE', table: string, body: unknown) =>
    base.http.send<T>({ method, path: path(table), body })
  let number = 0
  const wrote = (Id: number, cells: Record<string, unknown>) =>
    void wanted.set(Id, { ...wanted.get(Id), ...cells })
  const deeds: Readonly<Record<string, () => Promise<unknown>>> = {
    async edit() {
      const Id = one([...rows])
      const cells = {
        Adresse: `${(number += 1)} rue ${WORD}`,
        Horaires: one([null, 'Mo-Fr 08:00-12:00', '9h à 12h']),
      }
      wrote(Id, cells)
      await call('PATCH', 'Acteurs', [{ Id, ...cells }])
    },
    async editMany() {
      const ids = [...rows].slice(0, 8)
      const cells = { Source: `${WORD} ${(number += 1)}` }
      for (const Id of ids) wrote(Id, cells)
      await call(
        'PATCH',
        'Acteurs',
        ids.map((Id) => ({ Id, ...cells })),
      )
    },
    async insert() {
      const row = { Nom: `${WORD} ${(number += 1)}`, 'Date de mise à jour': '2026-10-01', [key]: one(epcis) }
      const [made] = await call<{ Id: number }[]>('POST', 'Acteurs', [row])
      rows.add(made!.Id)
      wrote(made!.Id, row)
    },
    async remove() {
      const Id = one([...rows])
      rows.delete(Id)
      wanted.delete(Id)
      await call('DELETE', 'Acteurs', [{ Id }])
    },
    async move() {
      const Id = one([...rows])
      const cells = { [key]: one(epcis), Source: `${WORD} ${(number += 1)}` }
      wrote(Id, cells)
      await call('PATCH', 'Acteurs', [{ Id, ...cells }])
    },
    async silentMove() {
      const Id = one([...rows])
      const target = one(epcis)
      wrote(Id, { [key]: target })
      const { id } = base.table('Acteurs').columns.get('EPCI')!
      const links = `/api/v2/tables/${base.table('Acteurs').id}/links/${id}/records/${Id}`
      await base.http.send({ method: 'POST', path: links, body: [{ Id: target }], idempotent: true })
    },
    async answer() {
      const row = {
        Date: `2026-0${1 + (number % 9)}-1${number % 9}`,
        'Rencontres par an': number % 7,
        Remarque: WORD,
      }
      number += 1
      await call('POST', 'Diagnostics', [
        { ...row, [base.table('Diagnostics').foreignKeys.get('EPCI')!]: one(epcis) },
      ])
    },
    async expect() {
      await call('PATCH', 'EPCI', [{ Id: one(epcis), 'Acteurs attendus': (number += 1) }])
    },
  }
  return {
    async workUntil(end) {
      while (performance.now() < end) {
        const name = one([...OFTEN, ...Object.keys(deeds)])
        counts.set(name, (counts.get(name) ?? 0) + 1)
        await deeds[name]!()
        await sleep(random() * 300)
      }
    },
    done: () => Object.fromEntries(counts),
    async changed() {
      const found = await test.cells('Acteurs')
      const gone = [...wanted.keys()].filter((Id) => !found.has(Id)).map((Id) => `row ${Id} is gone`)
      const other = [...wanted].flatMap(([Id, cells]) =>
        Object.entries(cells).flatMap(([title, cell]) =>
          (found.get(Id)?.[title] ?? null) === cell ? [] : [`${Id} ${title}`],
        ),
      )
      return [...gone, ...other]
    },
    wrote: (text) => text.includes(WORD),
  }
}

const OFTEN = ['edit', 'edit', 'edit', 'edit', 'editMany']
