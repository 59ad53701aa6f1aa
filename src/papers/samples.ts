import type { PapersSettings } from '../config/papers-file.ts'
import { qrPicture } from './qr.ts'

const DAY = {
  title: 'Journée',
  date: '1er mars 2026',
  place: 'Ici',
  epci: 'EPCI',
  siren: '200000000',
  line: 'Ligne',
}
const PERSON = { name: 'Prénom Nom', organisation: 'Structure', position: 'Fonction', group: 'Groupe 1' }

/** Data of each template that ships, whole and short: what `check-config` tries every template with. */
export function sampleData({ labels }: PapersSettings): Readonly<Record<string, object>> {
  const svg = qrPicture('Portrea')
  const day = { who: 'Qui', estimate: '5', range: 'de 4 à 6', basis: 'selon' }
  const place = { name: 'Lieu', commune: 'Commune' }
  const sheet = labels[0]
  return {
    'fiche.typ': sheetSample(svg, day),
    'emargement.typ': { day: DAY, halves: ['Matin', 'Après-midi'], people: [PERSON], empty: 1, note: 'Note' },
    'etiquettes.typ': { sheet, day: DAY, people: [PERSON], note: 'Note' },
    'etiquettes-essai.typ': { sheet },
    'groupes.typ': {
      ...{ day: DAY, note: 'Note' },
      groups: [
        { name: 'Groupe 1', people: ['Nom'], size: null, facilitator: 'Nom' },
        { name: 'Groupe 2', people: [], size: '5 personnes', facilitator: '' },
      ],
    },
    'salle.typ': {
      day: DAY,
      signs: [
        { text: 'Accueil', arrow: 'left' },
        { text: 'Accueil', arrow: '' },
      ],
    },
    'conditions.typ': {
      ...{ day: DAY, sentence: 'Phrase.' },
      headings: [
        {
          title: 'Titre',
          conditions: [{ label: 'Condition', status: 'Remplie', done: true, evidence: 'Preuve' }],
        },
      ],
    },
    'qui-fait-quoi.typ': {
      ...{ day: DAY, sentence: 'Phrase.' },
      places: [{ ...place, services: 'Services', publics: '', access: 'Accès', contact: '' }],
    },
    'a-bonifier.typ': {
      day: DAY,
      sentence: 'Phrase.',
      places: [{ ...place, todo: 'À faire', svg, description: 'Code QR' }],
    },
    'convention.typ': {
      ...{ day: DAY, days: [day], conditions: ['Condition.'] },
      referential: { label: 'Outil', chosen: false, aim: 'but.', method: ['Méthode.'] },
    },
  }
}

function sheetSample(svg: string, day: object): object {
  const bar = {
    label: 'Facteur',
    score: 40,
    shown: '40',
    said: 'connu',
    description: 'Facteur : 40 sur 100.',
  }
  return {
    epci: { name: 'EPCI', siren: '200000000', facts: 'Faits' },
    verdict: {
      label: 'Outil',
      follows: 'recommandé',
      aim: 'But.',
      confidence: 'Moyenne',
      retained: 'Autre.',
      method: ['Méthode.'],
    },
    ...{ why: ['Raison.'], sure: ['Certitude.'], change: ['Changement.'], days: [day] },
    factors: [bar, { ...bar, score: null, shown: null }],
    work: {
      title: 'Le pré-remplissage',
      status: 'À risque',
      progress: 40,
      description: 'Fait : 40 %.',
      sentences: ['Phrase.'],
    },
    roles: [{ who: 'Qui', days: '5 jours', does: ['Quoi'] }],
    steps: [
      { when: 'avant le 1er mars', what: 'Étape', detail: 'Détail' },
      { when: null, what: 'Étape', detail: '' },
    ],
    ...{
      conditions: 'Phrase.',
      axes: ['Axe'],
      redo: { svg, description: 'Code QR', rules: 'abc', sentences: ['Phrase.'] },
    },
  }
}
