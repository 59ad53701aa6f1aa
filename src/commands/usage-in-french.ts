import type { Command, Help, Option } from 'commander'
import { typeset } from '../domain/typography.ts'

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'Usage :',
  'Arguments:': 'Arguments :',
  'Options:': 'Options :',
  'Commands:': 'Commandes :',
}

/** What commander says of a wrong use, in the order of its own texts; what is not here stays as it is. */
const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^error: missing required argument '(.+)'/m, 'il manque « $1 »'],
  [/^error: option '(.+)' argument missing/m, "l'option « $1 » attend une valeur"],
  [
    /^error: option '(.+)' argument '(.*)' is invalid\. Allowed choices are (.+)\./m,
    "l'option « $1 » n'accepte pas « $2 » ; elle accepte : $3",
  ],
  [/^error: option '(.+)' argument '(.*)' is invalid\./m, "l'option « $1 » n'accepte pas « $2 »"],
  [/^error: unknown option '(.+)'/m, "l'option « $1 » n'existe pas"],
  [/^error: unknown command '(.+)'/m, "la commande « $1 » n'existe pas"],
  [
    /^error: too many arguments(?: for '(.+?)')?\. Expected (\d+) arguments? but got (\d+)\./m,
    'trop de mots : $3 au lieu de $2',
  ],
  [/\(Did you mean (?:one of )?(.+)\?\)/, 'Vouliez-vous dire $1 ?'],
]

/** Makes the help and the faults of this program, and of every command added to it afterwards, French. */
export function speakFrench(program: Command): Command {
  return program
    .helpOption('-h, --help', 'affiche cette aide')
    .usage('[options] [commande]')
    .helpCommand('help [commande]', "affiche l'aide d'une commande")
    .configureHelp({
      styleTitle: (title) => typeset(TITLES[title] ?? title),
      commandDescription: (one) => typeset(one.description()),
      subcommandDescription: (one) => typeset(one.summary() || one.description()),
      argumentDescription: ({ description }) => typeset(description),
      optionDescription,
    })
    .configureOutput({ outputError: (text, write) => write(faultInFrench(text)) })
    .showHelpAfterError(typeset('(voir : portrea --help)'))
}

/** A fault of use in French. */
export function faultInFrench(text: string): string {
  return typeset(FAULTS.reduce((said, [pattern, french]) => said.replace(pattern, french), text))
}

function optionDescription(this: Help, { description, argChoices, defaultValue }: Option): string {
  const beside = [
    ...(argChoices === undefined ? [] : [`au choix : ${argChoices.join(', ')}`]),
    ...(defaultValue === undefined ? [] : [`par défaut : ${String(defaultValue)}`]),
  ]
  return typeset(beside.length === 0 ? description : `${description} (${beside.join(' ; ')})`)
}
