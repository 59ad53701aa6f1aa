#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander'
import { exitCodeOf, tell } from './commands/output.ts'
import { speakFrench } from './commands/usage-in-french.ts'

/** What every command answers: its exit code (0 done, 1 done but something was refused or found faulty). */
type Action = (...args: never[]) => Promise<number>
/** A command is loaded when it is called: `assess` has no use for an HTTP server. */
type Load = () => Promise<Action>

const program = speakFrench(new Command('portrea'))
  .description(
    'Complétude, maturité, référentiel recommandé et charge de chaque EPCI, à côté d’une base NocoDB.',
  )
  .exitOverride()
const profile = new Option('--profile <profil>', 'le moment pour lequel juger')
  .choices(['prefill', 'journee', 'publication'])
  .default('publication')
const fragility = () =>
  new Option(
    '--fragility <fichier>',
    'CSV ou JSON d’un indice de fragilité par SIREN, montré pour le contexte',
  )

onBase(
  'check-config',
  'lit et vérifie config/ et l’environnement ; toutes les fautes à la fois',
  async () => (await import('./commands/check-config.ts')).checkConfig,
)
onBase(
  'doctor',
  'joint NocoDB, vérifie jeton, tables, colonnes, webhooks et horloge ; dit ce que le serveur sait faire',
  async () => (await import('./commands/doctor.ts')).doctor,
)
onBase(
  'provision',
  'crée ou complète tables, colonnes, vues et webhooks ; ne supprime ni ne renomme jamais rien',
  async () => (await import('./commands/provision.ts')).provisionCommand,
).option('--dry-run', 'montre le plan, ne change rien')
onBase(
  'adopt',
  'reconnaît tables et colonnes d’une base qui existe, écrit config/columns.yaml ; la base reste telle quelle',
  async () => (await import('./commands/adopt.ts')).adopt,
)
  .option('--yes', 'ne demande rien : prend ce qui atteint le seuil')
  .option('--threshold <score>', 'à partir de quel score une proposition est sûre (config/adoption.yaml)')
  .option(
    '--link-epcis [colonnes...]',
    'une fois la base complétée : remplit les liens vers EPCI encore vides d’après ces colonnes (la première que chaque table d’acteurs possède) et les communes',
  )
  .option('--ask-again', 'redemande ce qui a été refusé auparavant (`refused` de config/columns.yaml)')
  .option('--dry-run', 'montre ce qui serait écrit, n’écrit rien')
onBase(
  'upgrade',
  'met au schéma de cette version une base complétée par un Portrea plus ancien',
  async () => (await import('./commands/upgrade.ts')).upgradeCommand,
).option('--dry-run', 'montre le plan, ne change rien')
onBase(
  'remove',
  'retire ce que provision a ajouté, rien de ce où quelqu’un a écrit',
  async () => (await import('./commands/remove.ts')).removeCommand,
)
  .option('--dry-run', 'montre ce qui partirait et ce qui resterait, ne change rien')
  .option('--yes', 'le fait')
onBase(
  'purge',
  'efface les données personnelles qui ont passé leur durée (config/retention.yaml) ; ne dit que des comptes',
  async () => (await import('./commands/purge.ts')).purge,
)
  .option('--dry-run', 'montre les comptes, ne change rien')
  .option('--yes', 'le fait')
onBase('sync', 'tout le travail, une fois', async () => (await import('./commands/sync.ts')).sync)
  .option('--dry-run', 'montre le plan, ne change rien')
  .option(
    '--accept',
    'laisse écrire ce que le frein retenait ; il retient de nouveau ce qui s’est aggravé depuis',
  )
  .option('--epci <siren...>', 'n’écrit que ces EPCI et leurs fiches')
  .option(
    '--whole',
    'relit toutes les fiches, et compare ce que le service en retenait (il le fait seul chaque semaine)',
  )
onBase(
  'explain',
  'pourquoi cet EPCI reçoit ce référentiel et cette charge',
  async () => (await import('./commands/explain.ts')).explain,
)
  .argument('[siren]', 'sans lui, avec --pdf : tous les EPCI')
  .option(
    '--pdf <fichier>',
    'la fiche territoire en PDF, dans un fichier qui n’existe pas ; sans SIREN, toutes, dans un dossier',
  )
  .option('--prefill', 'dit aussi qui suit ses fiches, et lesquelles faire ensuite')
  .option('--at <jour>', 'refait le résultat de ce jour (AAAA-MM-JJ), avec ses propres règles')
  .addOption(fragility())
onBase(
  'workload',
  'les jours de tous les EPCI ensemble, avec leur fourchette, par mois de la journée',
  async () => (await import('./commands/workload.ts')).workload,
)
onBase(
  'planning',
  'une année de journées par chargé·e : jours par mois, surcharges, mois proposés ; une proposition, rien n’est écrit',
  async () => (await import('./commands/planning.ts')).planningCommand,
).option('--months <nombre>', 'combien de mois montrer (config/planning.yaml)')
onBase(
  'calibrate',
  'jours réels face aux jours estimés ; propose ce qui compte en plein, n’applique rien',
  async () => (await import('./commands/calibrate.ts')).calibrateCommand,
)
onBase(
  'typology',
  'les types de territoires (config/typology.yaml) : leurs EPCI, ce qui y est recommandé, retenu et passé en jours',
  async () => (await import('./commands/typology.ts')).typologyCommand,
)
  .argument(
    '[fichier]',
    'sans base : JSON ou YAML, une liste de situations comme pour recommend, avec name, population, fragility',
  )
  .option(
    '--needs <chiffres>',
    'avec un fichier : des chiffres de besoin par SIREN, comme pour import --needs',
  )
onBase(
  'contours',
  'prend les contours des EPCI pour la page « Carte » : à l’adresse de config/map.yaml, à une autre, ou dans un fichier',
  async () => (await import('./commands/contours.ts')).contours,
)
  .argument(
    '[source]',
    'GeoJSON, en degrés : une adresse http(s) ou un fichier ; rien : ce que dit config/map.yaml',
  )
  .option('--dry-run', 'vérifie et compte, ne garde rien')
command(
  'assess',
  'sans base : complétude et anomalies d’un fichier au standard national',
  async () => (await import('./commands/assess.ts')).assess,
)
  .argument('<fichier>', 'CSV, ou tableau JSON')
  .addOption(profile)
  .option(
    '--fix <copie>',
    'écrit une copie (CSV) où ce qui n’est qu’à normaliser l’est ; jamais par-dessus un fichier',
  )
  .addOption(fragility())
command(
  'recommend',
  'sans base, « et si… » : réponses et indicateurs d’un EPCI → recommandation',
  async () => (await import('./commands/recommend.ts')).recommend,
).argument('<fichier>', 'JSON ou YAML ; - pour l’entrée standard')
command(
  'rules',
  'chaque champ, code, poids et seuil de config/, en français',
  async () => (await import('./commands/rules.ts')).rules,
)
  .option('--markdown', 'en une page Markdown')
  .option(
    '--impact <proposition>',
    'ce que changerait un fichier de règles proposé, ou un dossier, pour chaque EPCI ; n’applique rien',
  )
  .option(
    '--on <situations>',
    'avec --impact ou --learn : ces situations (fichier ou dossier), au lieu de la dernière synchronisation',
  )
  .option(
    '--learn',
    'ce que « Référentiel retenu » dit des poids : accord, et proposition dès 30 choix ; n’applique rien',
  )
  .option('--demo', 'la mémoire de `npm run demo`')
onBase(
  'groups',
  'des groupes égaux pour tant de personnes, sans base ; ou, avec --day, ceux des participant·e·s d’une journée (tailles dans config/success-conditions.yaml)',
  async () => (await import('./commands/groups.ts')).groupsCommand,
)
  .argument('[personnes]', 'combien de personnes viennent')
  .option(
    '--day <journée>',
    'le numéro d’une journée, ou son jour et le SIREN (2027-03-12+242900314) : les noms par groupe, écrits dans « Groupe »',
  )
  .option('--dry-run', 'avec --day : montre les groupes, n’écrit rien')
  .option('--yes', 'avec --day : les écrit')
onBase(
  'invitations',
  'les acteurs à inviter à la prochaine journée d’un EPCI, dans l’ordre, jusqu’à quand, et où chacun·e en est, et le texte à envoyer (config/invitation.yaml) ; n’envoie rien',
  async () => (await import('./commands/invitations.ts')).invitationsCommand,
)
  .argument('<siren>')
  .option('--day <numéro>', 'cette journée, au lieu de la prochaine')
  .option('--csv <fichier>', 'écrit un fichier pour un publipostage : une ligne par acteur, avec son texte')
  .option('--yes', 'écrit les lignes de cette journée dans « Invitations », comme le fait chaque nuit')
onBase(
  'papers',
  'les documents d’une journée en PDF, comme les pages les impriment : émargement, étiquettes, panneaux, listes, convention',
  async () => (await import('./commands/papers.ts')).papersCommand,
)
  .argument('<journée>', 'son numéro dans « Journées », ou son jour et le SIREN : 2027-03-12+242900314')
  .option('--kind <clés...>', 'ces documents seulement ; une clé inconnue affiche la liste')
  .option('--out <dossier>', 'où les écrire, au lieu du dossier courant ; aucun fichier n’est remplacé')
onBase(
  'import',
  'lit une source (config/sources/), un fichier ou une adresse, dit ce qui s’y trouve, et le propose dans la base (table « Propositions ») ; ou une liste de référence, des chiffres, une copie de la mémoire',
  async () => (await import('./commands/import.ts')).importFile,
)
  .argument(
    '[source]',
    'une source de config/sources/, une adresse http(s), ou un fichier : CSV, JSON, GeoJSON, XLSX ; avec --store, ce qu’export a fait',
  )
  .option('--as <nom>', 'lit ce fichier ou cette adresse comme cette source de config/sources/')
  .option('--sheet <feuille>', 'XLSX : cette feuille, au lieu de la première qui est affichée')
  .option(
    '--duplicates',
    'sans source : ce que des doublons sûrs de la base diraient à la fiche qui reste, proposé champ par champ',
  )
  .option('--again', 'relit ce qui est à une adresse même si rien n’y a changé')
  .option('--services <fichier>', 'data·inclusion : le fichier des services de ces structures')
  .option('--store', 'met cette copie à la place de la mémoire ; celle d’avant est gardée à côté')
  .option(
    '--reference',
    'compte les fiches de ce fichier par EPCI ; rien d’autre n’est gardé, rien ne va dans NocoDB',
  )
  .option(
    '--needs',
    'des chiffres de besoin : une ligne par EPCI, une colonne par chiffre, et une de SIREN (CSV ou JSON)',
  )
  .option('--source <nom>', 'avec --needs : d’où viennent les chiffres, si aucune colonne `source` ne le dit')
  .option('--year <année>', 'avec --needs : leur année, si aucune colonne `year` ne la dit')
  .option('--dry-run', 'montre les comptes, ne garde rien')
onBase(
  'export',
  'les fiches publiables, dans un nouveau fichier, pour une carte ou un annuaire ; ou une copie de la mémoire du service, même pendant qu’il tourne',
  async () => (await import('./commands/store-copy.ts')).exportFile,
)
  .argument('<fichier>', 'le fichier à créer')
  .option(
    '--format <format>',
    'standard (CSV), data-inclusion (JSON), geojson, gogocarto (JSON) ou xlsx ; dit ce qui n’est pas exporté, et pourquoi',
  )
  .option('--epci <SIREN...>', 'avec --format : les fiches de ces EPCI seulement')
  .option('--store', 'les résultats, l’historique et le jour où chaque fiche a changé')
onBase(
  'webhooks',
  'qui est prévenu de quoi (config/webhooks.yaml), ce qui attend et ce qui est abandonné',
  async () => (await import('./commands/webhooks.ts')).webhooks,
)
  .option('--test <nom>', 'envoie maintenant un message à cet abonnement')
  .option('--retry', 'fait renvoyer par le service ce qui est abandonné')
onBase(
  'mail',
  'le courriel de la semaine à chaque chargé·e et référent·e (config/mail.yaml) : qui recevrait quoi, un essai, ou l’envoi',
  async () => (await import('./commands/mail.ts')).mailCommand,
)
  .option('--dry-run', 'montre qui recevrait quoi, n’envoie rien')
  .option('--test <adresse>', 'envoie un exemple à cette adresse')
  .option('--yes', 'envoie maintenant celui de cette semaine à qui ne l’a pas eu')
  .option(
    '--new-key',
    'après un changement de PORTREA_API_TOKEN : oublie qui s’était désinscrit, et n’envoie rien cette semaine',
  )
onBase(
  'retry',
  'réessaie ce qui est abandonné : les lignes que NocoDB refusait sans cesse',
  async () => (await import('./commands/retry.ts')).retry,
)
onBase('serve', 'le service', async () => (await import('./commands/serve.ts')).serve)

// `portrea explain … | head`: a reader that has seen enough is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

await main()

function command(name: string, description: string, load: Load): Command {
  return program
    .command(name)
    .description(description)
    .option('--json', 'un document JSON sur la sortie standard')
    .exitOverride()
    .action(async (...args: unknown[]) => {
      const action = await load()
      process.exitCode = await action(...(args as never[]))
    })
}

function onBase(name: string, description: string, load: Load): Command {
  return command(name, description, load).option('--demo', 'la base de `npm run demo` (var/demo.json)')
}

async function main(): Promise<void> {
  try {
    await program.parseAsync()
  } catch (cause) {
    if (cause instanceof CommanderError) process.exitCode = cause.exitCode === 0 ? 0 : 2
    else {
      tell(cause, process.argv.includes('--json'))
      process.exitCode = exitCodeOf(cause)
    }
  }
}
