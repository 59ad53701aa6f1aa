import type { Rules } from '../config/rules-file.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import {
  blockSentences,
  countSentences,
  needSentences,
  placeSentences,
  similarSentence,
} from '../domain/place-sentences.ts'
import { typeset } from '../domain/typography.ts'
import type { EpciContext } from '../engine/epci-context.ts'

/** The indicators of an EPCI, what it is held beside, and its past, as a person reads them in a terminal. */
export function contextLines(
  report: EpciReport & EpciContext,
  { indicators, completeness }: Pick<Rules, 'indicators' | 'completeness'>,
): string[] {
  return [
    ...section('Désaccord avec le référentiel retenu :', report.disagreement?.sentences ?? []),
    ...section('Depuis la dernière fois :', report.changes?.sentences ?? []),
    ...turnedLines(report),
    ...section('Territoires les plus semblables :', report.similar.map(similarSentence)),
    ...section('Les quatre besoins :', needSentences(report, indicators)),
    ...section('Remplissage par bloc :', blockSentences(report, indicators)),
    ...section('Ce que comptent les parts :', countSentences(report)),
    ...section('Le territoire :', placeSentences(report, report, completeness.fields)),
  ].map(typeset)
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines.map((line) => `  • ${line}`)]
}

/** When it last turned, unless that is what is told just above. */
function turnedLines({ turned, changes }: EpciContext): string[] {
  if (turned === null || turned.since === changes?.since) return []
  return section('Dernier changement de référentiel recommandé :', turned.sentences)
}
