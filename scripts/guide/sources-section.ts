import type { Sources } from '../../src/config/sources.ts'
import { table } from './arithmetic.ts'

/** The lists that others keep, and how a Hub adds its own. */
export function sourcesSection(sources: Sources): string[] {
  return [
    '## Les listes des autres',
    '',
    'Chaque fichier de `sources/` dit comment lire une liste que quelqu’un tient : `npm run -s portrea -- import NOM` la lit à son adresse, `npm run -s portrea -- import FICHIER --as NOM` dans un fichier. Aucune valeur n’y est devinée : ce qu’une liste ne dit pas sans doute possible n’y est pas.',
    '',
    ...table(
      ['Nom', 'Liste', 'Tenue par', 'Licence', 'Adresse'],
      [...sources.values()].map(({ name, title, producer, licence, url }) => [
        `\`${name}\``,
        title,
        producer,
        licence,
        url === undefined ? 'à donner' : 'connue',
      ]),
    ),
    '',
    'Pour ajouter la vôtre, copiez l’un de ces fichiers sous un autre nom. Sans `columns`, les colonnes sont celles du standard national, ou leurs noms courants. Avec `columns`, chaque champ dit d’où il vient, comme dans `columns.yaml` : un titre de colonne, ou `from` (`first`, `join`, `all`, `each`, `days`, `point`, `constant`), et `words` pour vos mots ; `others: drop` laisse de côté les valeurs qui n’y sont pas. D’un JSON, `adresse.commune` nomme une partie emboîtée, `services[].label` celle de chaque élément d’une liste, `items` la clé de la liste. `key` nomme les colonnes qui désignent une fiche pour de bon. `megabytes`, `minutes` et `allowPrivate` bornent ce qu’une adresse peut donner.',
    '',
  ]
}
