import { readInvitation } from '../../src/config/invitation-file.ts'
import type { InvitationParts } from '../../src/http/invitation-routes.ts'
import { CONFIG } from './rules.ts'
import type { DayDesk } from '../../src/http/day-desk.ts'

/** A desk in a base without journées, but for what `given` says. */
export function deskDouble(given: Partial<DayDesk> = {}): DayDesk {
  return {
    journee: async () => null,
    records: async () => [],
    people: async () => [],
    hindrance: async () => null,
    groups: () => [1],
    answer: async () => ({ kept: 0, gone: true, faults: [], nothing: 0, same: 0 }),
    add: async () => ({ kept: 0, faults: [] }),
    attend: async () => false,
    brought: async () => [],
    turnout: async () => ({ invited: null, expected: null, present: null }),
    referents: async () => new Map(),
    asked: (field) => ({ field, title: field, help: null, choices: [] }),
    fields: ['telephone'],
    newPlace: ['nom', 'commune'],
    page: 40,
    ...given,
  }
}

/** Nobody to invite, but for what `of` says. */
export function invitationsDouble(of: InvitationParts['of'] = async () => null): InvitationParts {
  return { text: readInvitation(CONFIG), of, say: async () => ({ kind: 'gone' }) }
}
