/** One answer, or one failure to get it, serves everybody who asks within `milliseconds`. */
export function shared<Answer>(look: () => Promise<Answer>, milliseconds: number): () => Promise<Answer> {
  let last: Promise<Answer> | null = null
  const forget = () => {
    last = null
  }
  return () => (last ??= look().finally(() => setTimeout(forget, milliseconds).unref()))
}
