import type { MetaClient } from '../meta-client.ts'
import type { CurrentTable } from '../meta-model.ts'
import type { DesiredQuestion, DesiredView } from './desired-views.ts'

/** What NocoDB writes above and below a form. */
export function formWords({
  heading,
  subheading,
  thanks,
}: Extract<DesiredView, { kind: 'form' }>): Readonly<Record<string, unknown>> {
  return { heading, subheading, success_msg: thanks, submit_another_form: true, show_blank_form: false }
}

/** Asks these questions in this order, and no other. */
export async function fillForm(
  meta: MetaClient,
  table: CurrentTable,
  viewId: string,
  questions: readonly DesiredQuestion[],
): Promise<void> {
  const columns = await meta.formColumns(viewId)
  const titles = new Map(table.columns.map(({ id, title }) => [id, title]))
  const asked = new Map(
    questions.map((question, index) => [question.title, { ...question, order: index + 1 }]),
  )
  await Promise.all(
    columns.map(async ({ id, fk_column_id: column }) => {
      const question = asked.get(titles.get(column) ?? '')
      if (question === undefined) return meta.updateFormColumn(id, { show: false })
      const { order, question: label, help: description, required, list } = question
      const shown = { show: true, order, label, description, required, meta: { isList: list } }
      return meta.updateFormColumn(id, shown)
    }),
  )
}
