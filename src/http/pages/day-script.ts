/**
 * What a phone does on a poor network: what is typed is kept in the browser until it is sent; what is sent waits its turn, on
 * whichever page of the journée one is, and goes again by itself once the network is back; what was refused is kept with
 * the reason. Without it the forms are plain forms.
 */
export const DAY_SCRIPT = `
(() => {
  const state = document.querySelector('[data-queue]')
  if (!state) return
  const key = 'portrea ' + state.dataset.root
  const memory = {}
  const read = (name) => {
    try { return JSON.parse(localStorage.getItem(key + name)) ?? memory[name] ?? [] } catch { return memory[name] ?? [] }
  }
  const keep = (name, value) => {
    memory[name] = value
    try { localStorage.setItem(key + name, JSON.stringify(value)) } catch {}
  }
  const drafts = () => Object.fromEntries(read(' drafts'))
  const draft = (path, values) => {
    const others = read(' drafts').filter(([one]) => one !== path)
    keep(' drafts', values ? [...others, [path, values]] : others)
  }
  const forms = [...document.querySelectorAll('form[data-answer]')]
  const formOf = (path) => forms.find((form) => new URL(form.action).pathname === path)
  const values = (form) => [...new FormData(form)].filter(([, value]) => value !== '')
  const alone = (work) => navigator.locks
    ? navigator.locks.request(key, { ifAvailable: true }, (lock) => lock ? work() : undefined)
    : work()
  let stopped = ''
  const tell = (form, text, kind) => {
    const place = form?.querySelector('[data-said]')
    if (place) { place.textContent = text; place.className = kind }
  }
  const show = () => {
    const count = read(' queue').length
    state.textContent = stopped || (count === 0 ? 'Tout est envoyé.' : count === 1
      ? 'Une réponse attend le réseau : elle partira d’elle-même.'
      : count + ' réponses attendent le réseau : elles partiront d’elles-mêmes.')
    state.dataset.queue = String(count)
    const here = document.querySelector('[data-here]')
    if (here) here.textContent = String(document.querySelectorAll('.tick[aria-pressed=true]').length)
    const refused = read(' refused')
    const list = document.querySelector('[data-refused]')
    if (!list) return
    list.hidden = refused.length === 0
    list.querySelector('ul').replaceChildren(...refused.map(({ about, said, typed }) => {
      const item = document.createElement('li')
      item.textContent = about + said + (typed ? ' (vous aviez écrit : ' + typed + ')' : '')
      return item
    }))
  }
  const press = (form, present) => {
    form.querySelector('button').setAttribute('aria-pressed', String(present))
    form.querySelector('[name=present]').value = present ? '' : '1'
  }
  const wants = (body) => new URLSearchParams(body).get('present') === '1'
  const empty = (form) => {
    for (const field of form.querySelectorAll('input, textarea')) {
      if (field.type === 'checkbox') field.checked = false
      else if (field.type !== 'hidden') field.value = ''
    }
  }
  const taken = ({ path, body }, said) => {
    const form = formOf(path)
    tell(form, said, 'done')
    if (form?.dataset.answer === 'presence') return
    const same = !form || new URLSearchParams(values(form)).toString() === body
    if (same) draft(path, null)
    if (form && same) empty(form)
  }
  const refuse = ({ path, body, about }, said) => {
    const form = formOf(path)
    tell(form, said, 'error')
    if (form?.dataset.answer === 'presence') return press(form, !wants(body))
    if (form) return
    const typed = [...new URLSearchParams(body)].map(([, value]) => value).join(', ')
    keep(' refused', [...read(' refused'), { about, said, typed }])
  }
  const send = async () => {
    const tried = new Set()
    for (;;) {
      const entry = read(' queue').find(({ id }) => !tried.has(id))
      if (!entry) return
      tried.add(entry.id)
      const answer = await fetch(entry.path, {
        method: 'POST', body: entry.body, redirect: 'error', signal: AbortSignal.timeout(60000),
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      })
      const told = await answer.json().catch(() => ({}))
      if (told.stop) { stopped = told.said; return }
      stopped = ''
      if (answer.status >= 500 || answer.status === 429) continue
      keep(' queue', read(' queue').filter(({ id }) => id !== entry.id))
      if (answer.ok) taken(entry, told.said ?? 'Envoyé.')
      else refuse(entry, told.said ?? 'Cette réponse n’a pas pu être prise.')
      show()
    }
  }
  let sending = false
  const flush = async () => {
    if (sending || read(' queue').length === 0) return
    sending = true
    try { await alone(send) } catch {} finally { sending = false; show() }
  }
  for (const form of forms) {
    const { pathname: path } = new URL(form.action)
    if (form.dataset.answer === 'presence') {
      const waiting = read(' queue').findLast((one) => one.path === path)
      if (waiting) press(form, wants(waiting.body))
    }
    for (const [name, value] of drafts()[path] ?? [])
      for (const field of form.elements) {
        if (field.name !== name || field.type === 'hidden') continue
        if (field.type === 'checkbox') { if (field.value === value) field.checked = true }
        else field.value = value
      }
    form.addEventListener('input', () => draft(path, values(form)))
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const own = values(form)
      const body = new URLSearchParams(own).toString()
      if (form.dataset.answer === 'presence') press(form, wants(body))
      else {
        if (own.every(([name]) => name === 'groupe')) return tell(form, 'Rien n’est encore écrit.', 'error')
        draft(path, own)
        tell(form, 'Gardé sur ce téléphone, en attente d’envoi…', 'soft')
      }
      const about = form.dataset.about ? form.dataset.about + ' : ' : ''
      const entry = { id: crypto.randomUUID?.() ?? String(Math.random()), path, body, about }
      keep(' queue', [...read(' queue').filter((one) => one.path !== path), entry])
      show()
      flush()
    })
  }
  document.querySelector('[data-forget]')?.addEventListener('click', () => { keep(' refused', []); show() })
  addEventListener('online', flush)
  addEventListener('storage', show)
  setInterval(flush, 5000)
  show()
  flush()
})()`
