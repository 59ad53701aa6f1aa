import { expect, it } from 'vitest'
import { newName } from '../../../src/nocodb/provision/new-name.ts'

it.each([
  ["Complément d'adresse", 'complement_d_adresse'],
  ['Complétude (%)', 'completude'],
  ['Chargé·e de déploiement', 'charge_e_de_deploiement'],
  ['%', 'colonne'],
])('gives the database plain letters: %s', (title, name) => {
  expect(newName(title, new Set())).toBe(name)
})

it('never gives a name that is taken', () => {
  const taken = new Set(['id'])
  expect([newName('Id', taken), newName('ID', taken), newName('Nom', taken)]).toEqual(['id_2', 'id_3', 'nom'])
})
