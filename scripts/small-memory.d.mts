/** Flags of Node. */
export const SMALL_HEAP: string[]
/** Variables of the environment. */
export const SMALL_POOLS: Readonly<Record<string, string>>
