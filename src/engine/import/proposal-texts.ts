import { counted, typeset } from '../../domain/typography.ts'

/** What people read in « Suite donnée »; each says what was done, or why nothing was and what to do. */
export const TEXTS = {
  applied: () => typeset('Écrit dans la fiche.'),
  created: (shown: string, left: readonly string[]) =>
    typeset(
      left.length === 0
        ? `Fiche créée : ${shown}.`
        : `Fiche créée : ${shown}. Reste à y mettre à la main :\n${left.map((one) => `• ${one}`).join('\n')}`,
    ),
  added: (before: string) => typeset(`Ajouté à la liste. Il y avait : ${before}`),
  merged: (other: string) =>
    typeset(
      `Écrit dans la fiche. Reste à faire : quand elle dit tout ce que vous voulez garder, supprimez ${other} vous-même (Portrea ne supprime jamais une fiche).`,
    ),
  linked: (shown: string, found: number) =>
    typeset(
      found === 0
        ? `C'est ${shown} : elle dit déjà tout ce que dit la source. Les prochaines lectures le savent.`
        : `C'est ${shown} : ${counted(found, 'donnée est proposée', 'données sont proposées')} pour elle, chacune sur sa ligne. Les prochaines lectures le savent.`,
    ),
  linkedLater: (shown: string) =>
    typeset(
      `C'est ${shown}. Ce qui était proposé a été changé ici : ce qui manque à la fiche sera proposé à la prochaine lecture de la source.`,
    ),
  unlinked: () =>
    typeset("Ce lieu n'est plus tenu pour cette fiche ; ce qu'elle a reçu se défait ligne par ligne."),
  noSuchRecord: (said: string) =>
    typeset(
      `« ${said} » ne désigne aucune fiche de la base : écrivez le numéro de la fiche (12), ou « aucune » si c'est un autre lieu.`,
    ),
  severalRecords: (said: string) =>
    typeset(`« ${said} » désigne plusieurs fiches : n'écrivez que le numéro d'une seule.`),
  noMoreMerge: () =>
    typeset(
      "Ces deux fiches ne sont plus un doublon sûr, ou disent autre chose qu'alors : rien n'a été écrit.",
    ),
  refused: () => typeset('Ne sera plus proposé.'),
  refusedUnsure: () => typeset('Ne sera plus proposé tant que des fiches de la base lui ressemblent.'),
  refusedGone: () =>
    typeset('Ne sera plus dit, à moins que la source ne le cite de nouveau, puis ne le cite plus.'),
  undone: () => typeset("Ce qu'il y avait avant est remis dans la fiche. Ne sera plus proposé."),
  alreadyThere: () => typeset('La fiche le dit déjà.'),
  changed: () =>
    typeset(
      "La fiche a changé depuis que ceci a été proposé : rien n'y a été écrit. Si la source le dit encore quand elle changera, Portrea le proposera de nouveau.",
    ),
  noMore: () =>
    typeset("La source ne dit plus cela, ou la fiche dit autre chose qu'alors : rien n'y a été écrit."),
  recordGone: () => typeset("La fiche n'est plus dans la base."),
  altered: () =>
    typeset(
      "Ce qui était proposé a été changé ici : Portrea n'écrit que ce que dit la source. Écrivez votre valeur dans la fiche.",
    ),
  notKept: () => typeset("NocoDB n'a pas gardé cette valeur : écrivez-la dans la fiche."),
  placeNotMade: () =>
    typeset(
      "NocoDB n'a pas confirmé la création de cette fiche. Si elle n'est pas dans la base, remettez « Accepter », ou créez-la à la main.",
    ),
  toApplied: () => typeset('Déjà dans la fiche : choisissez « Annuler » pour remettre ce qu’il y avait.'),
  toOutdated: () =>
    typeset(
      "Dépassée : la source, la fiche ou la base a changé entre-temps, rien n'a été écrit. Décidez sur la ligne qui la remplace, s'il y en a une.",
    ),
  nothingToUndo: () => typeset("Rien à annuler : cette proposition n'a rien changé."),
  changedSince: () =>
    typeset("La fiche a changé depuis : rien n'a été remis. Corrigez-la à la main s'il y a lieu."),
  notPutBack: () =>
    typeset(
      "NocoDB n'a pas remis ce qu'il y avait : Portrea essaiera de nouveau, tant que la fiche ne change pas.",
    ),
  neverDeleted: (shown: string) =>
    typeset(
      `Portrea ne supprime jamais une fiche : si ${shown} est en trop, supprimez-la vous-même, ou cochez « Ne pas publier ».`,
    ),
  gone: () =>
    typeset(
      'Portrea ne supprime jamais une fiche : si le lieu a fermé, supprimez-la vous-même ou cochez « Ne pas publier » ; sinon, choisissez « Refuser » pour ne plus voir cette ligne.',
    ),
  sameId: (shown: string) =>
    typeset(`Une fiche porte déjà cet identifiant : ${shown}. Aucune n'a été créée.`),
  alike: (shown: string) =>
    typeset(
      `Ce lieu ressemble à ${shown} : aucune fiche n'a été créée. Si c'est un autre lieu, créez sa fiche à la main.`,
    ),
} as const
