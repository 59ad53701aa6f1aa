import type { Logger } from 'pino'
import type { Columns } from '../config/columns-file.ts'
import type { Rules } from '../config/rules-file.ts'
import type { WebhookSettings } from '../config/webhooks-file.ts'
import type { BrakeRules } from '../domain/rules/brake.ts'
import type { Geography } from '../domain/geography.ts'
import type { Base } from '../nocodb/base.ts'
import type { Store } from '../store/database.ts'

/** What a run works with; opened by the caller, who closes it. */
export type SyncContext = {
  readonly base: Base
  readonly columns: Columns
  readonly rules: Rules
  /** From which loss on a run writes nothing and waits for a person. */
  readonly brake: BrakeRules
  /** What is told of what happens, and to whom. */
  readonly webhooks: WebhookSettings
  readonly geography: Geography
  readonly store: Store
  readonly log: Logger
  readonly now: () => Date
}
