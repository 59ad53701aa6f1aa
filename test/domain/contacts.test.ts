import { describe, expect, it } from 'vitest'
import { ownEpcis } from '../../src/domain/contacts.ts'

const person = { name: 'Léa', kind: null, organisation: null, phone: null }
const contacts = {
  listed: [{ name: 'Ana Bihan', daysPerMonth: 4, email: 'A.B@hub.bzh' }],
  bySiren: new Map([
    ['1', 'Bihan Ana'],
    ['2', 'Camille Le Goff'],
    ['3', 'Ana Bihan et Yann Coz'],
    ['4', 'Claire Martin'],
  ]),
  referents: new Map([
    ['4', [{ ...person, email: 'Lea@Lieu.bzh' }]],
    ['5', [{ ...person, email: null }]],
  ]),
}

describe('the EPCI of an account', () => {
  it.each([
    ['a.b@hub.bzh', ['1'], []],
    ['camille.le-goff@hub.bzh', ['2'], []],
    ['legoff.camille@hub.bzh', ['2'], []],
    ['clegoff@hub.bzh', ['2'], []],
    ['lea@lieu.bzh', [], ['4']],
    ['camille@hub.bzh', [], []],
    ['c.m@hub.bzh', [], []],
    ['', [], []],
  ])('%s', (email, officer, referent) => {
    const own = ownEpcis(contacts, email)
    expect([[...own.officer], [...own.referent]]).toEqual([officer, referent])
  })
})
