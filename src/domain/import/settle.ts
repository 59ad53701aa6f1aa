/** Where a proposal stands. */
export type ProposalState = 'pending' | 'applied' | 'refused' | 'outdated' | 'undone' | 'impossible'
/** What a person said of it; null: nothing. */
export type Decision = 'accept' | 'refuse' | 'undo'

/**
 * What is to be done: write the values, put back what stood there, remember that it is not wanted, wait for a person again,
 * or tell why nothing is done.
 */
export type Settlement =
  | 'nothing'
  | 'apply'
  | 'revert'
  | 'refuse'
  | 'reopen'
  | 'tell_outdated'
  | 'tell_applied'
  | 'tell_nothing_to_undo'

/** By what a person said and where it stands: done already is `nothing`, so that twice changes nothing. */
const TABLE: Readonly<Record<Decision | 'none', Readonly<Record<ProposalState, Settlement>>>> = {
  none: {
    ...{ pending: 'nothing', applied: 'nothing', outdated: 'nothing', undone: 'nothing' },
    ...{ refused: 'reopen', impossible: 'nothing' },
  },
  accept: {
    ...{ pending: 'apply', applied: 'nothing', outdated: 'tell_outdated', undone: 'apply' },
    ...{ refused: 'apply', impossible: 'apply' },
  },
  refuse: {
    ...{ pending: 'refuse', applied: 'tell_applied', outdated: 'refuse', undone: 'refuse' },
    ...{ refused: 'nothing', impossible: 'refuse' },
  },
  undo: {
    ...{ pending: 'tell_nothing_to_undo', applied: 'revert', outdated: 'tell_nothing_to_undo' },
    ...{ undone: 'nothing', refused: 'reopen', impossible: 'nothing' },
  },
}

/** What follows from a decision. */
export function settlement(state: ProposalState, decision: Decision | null): Settlement {
  return TABLE[decision ?? 'none'][state]
}

const DECISIONS = ['accept', 'refuse', 'undo'] as const satisfies readonly Decision[]
const STATES = [
  ...(['pending', 'applied', 'refused', 'outdated', 'undone', 'impossible'] as const),
] as const satisfies readonly ProposalState[]

/**
 * The decisions that wait to be carried out, wherever no call told of them. One that was impossible is tried again only
 * where a person touches it.
 */
export const UNSETTLED: readonly (readonly [Decision | null, readonly ProposalState[]])[] = [
  null,
  ...DECISIONS,
].map((decision) => {
  const open = STATES.filter((state) => {
    const next = settlement(state, decision)
    return next !== 'nothing' && !next.startsWith('tell_') && !(next === 'apply' && state === 'impossible')
  })
  return [decision, open] as const
})
