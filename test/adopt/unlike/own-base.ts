import type { OwnBase, OwnColumn, OwnTable } from '../bases.ts'
import type { UnlikeBase, UnlikeColumn } from './describe.ts'

/** The base as `makeBase` makes it: what NocoDB computes is not written. */
export function ownBaseOf({ name, tables }: UnlikeBase): OwnBase {
  const lists = tables.flatMap(({ title, columns }) =>
    columns.flatMap((one) =>
      one.link === undefined ? [] : [{ table: title, title: one.title, ...one.link }],
    ),
  )
  return {
    name,
    tables: tables.map(({ title, columns }): OwnTable => {
      const stored = columns.filter(
        ({ lookup, rollup, formula, link }) => !(lookup ?? rollup ?? formula ?? link),
      )
      const rows = columns[0]?.cells.length ?? 0
      return {
        title,
        columns: columns.filter(({ link }) => link === undefined).map(ownColumn),
        rows: Array.from({ length: rows }, (_, at) =>
          Object.fromEntries(stored.map((one) => [one.title, one.cells[at] ?? null])),
        ),
        lists: lists
          .filter(({ to }) => to === title)
          .map(({ table: child, title: back, list, kind, rows: linked }) => ({
            ...{ title: list, of: child, back, kind: kind ?? 'hm' },
            rows: byParent(linked),
          })),
      }
    }),
    truth: {},
    fair: [],
  }
}

function ownColumn({ title, uidt, choices, lookup, rollup, formula }: UnlikeColumn): OwnColumn {
  return {
    title,
    ...(uidt === undefined ? {} : { uidt }),
    ...(choices === undefined ? {} : { choices }),
    ...(lookup === undefined ? {} : { lookup }),
    ...(rollup === undefined ? {} : { rollup }),
    ...(formula === undefined ? {} : { formula }),
  }
}

/** Rows of the child by row of the parent, both counted from 1. */
function byParent(linked: readonly (readonly number[])[]): Record<number, number[]> {
  const rows: Record<number, number[]> = {}
  for (const [child, parents] of linked.entries())
    for (const parent of parents) (rows[parent] ??= []).push(child + 1)
  return rows
}
