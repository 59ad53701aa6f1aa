import { z } from 'zod'
import { Accessibility } from '../src/config/accessibility-file.ts'
import { AdoptionFile } from '../src/config/adoption-file.ts'
import { ColumnsFile } from '../src/config/columns-file.ts'
import { DaySettings } from '../src/config/day-file.ts'
import { ExportSettings } from '../src/config/exports-file.ts'
import { FormSettings } from '../src/config/forms-file.ts'
import { MailFile } from '../src/config/mail-file.ts'
import { MapSettings } from '../src/config/map-file.ts'
import { HubFile } from '../src/config/hub-file.ts'
import { NocodbSettings } from '../src/config/nocodb-file.ts'
import { PlanningSettings } from '../src/config/planning-file.ts'
import { PapersFile } from '../src/config/papers-file.ts'
import { RULE_FILES } from '../src/config/rules-file.ts'
import { SourceFile } from '../src/config/sources.ts'
import { ViewsFile } from '../src/config/views-file.ts'
import { WebhookSettings } from '../src/config/webhooks-file.ts'
import { InvitationText } from '../src/domain/rules/invitation.ts'
import { Retention } from '../src/domain/rules/retention.ts'

const SCHEMAS = {
  ...Object.fromEntries(Object.entries(RULE_FILES).map(([name, { schema }]) => [name, schema])),
  accessibility: Accessibility,
  adoption: AdoptionFile,
  columns: ColumnsFile,
  views: ViewsFile,
  day: DaySettings,
  exports: ExportSettings,
  forms: FormSettings,
  mail: MailFile,
  map: MapSettings,
  hub: HubFile,
  invitation: InvitationText,
  nocodb: NocodbSettings,
  planning: PlanningSettings,
  papers: PapersFile,
  retention: Retention,
  source: SourceFile,
  webhooks: WebhookSettings,
}

/** The JSON Schema of each YAML file of config/, by which editors complete and check it; `file` is under config/. */
export function schemaFiles(): { readonly file: string; readonly text: string }[] {
  return Object.entries(SCHEMAS).map(([name, schema]) => {
    const json = z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any', reused: 'ref' })
    return { file: `schema/${name}.schema.json`, text: `${JSON.stringify(json, null, 2)}\n` }
  })
}
