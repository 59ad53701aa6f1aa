export type RowId = number
export type Cell = string | number | boolean | null
export type Row = Readonly<Record<string, Cell>> & { readonly Id: RowId }
