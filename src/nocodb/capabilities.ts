/** What this server can do: asked once when the base is opened, printed by `doctor`. */
export type Capabilities = {
  readonly version: string | null
  readonly edition: 'community' | 'enterprise' | null
  readonly routes: { readonly v1: boolean; readonly v2: boolean; readonly v3: boolean }
  /** Rows in one page of a reading. */
  readonly pageSize: number
  /** Rows in one writing; learnt from the first refusal, so it may shrink or grow while running. */
  readonly batch: { v1: number; v2: number; v3: number }
  readonly foreignKeys: boolean
  readonly metaViews: boolean
  readonly metaHooks: boolean
  readonly metaTokens: boolean
}
