/**
 * What a phone does on a poor network: what is typed is kept in the browser until it is sent; what is sent waits its turn,
 * and goes again by itself once the network is back, one after the other. Without it the forms are plain forms.
 */
export const DAY_SCRIPT = `
(() => {
  const page = 'portrea ' + location.pathname.split('/').slice(0, 4).join('/')
  const read = (name) => { try { return JSON.parse(localStorage.getItem(page + name)) } catch { return null } }
  const keep = (name, value) => { try { localStorage.setItem(page + name, JSON.stringify(value)) } catch {} }
  const drafts = read(' drafts') ?? {}
  let queue = read(' queue') ?? []
  let sending = false
  const state = document.querySelector('[data-queue]')
  const forms = [...document.querySelectorAll('form[data-answer]')]
  const formOf = (path) => forms.find((form) => new URL(form.action).pathname === path)
  const values = (form) => [...new FormData(form)].filter(([, value]) => value !== '')
  const tell = (form, text, kind) => {
    const place = form?.querySelector('[data-said]')
    if (place) { place.textContent = text; place.className = kind }
  }
  const show = () => {
    if (!state) return
    const count = queue.length
    state.textContent = count === 0 ? 'Tout est envoyé.' : count === 1
      ? 'Une réponse attend le réseau : elle partira d’elle-même.'
      : count + ' réponses attendent le réseau : elles partiront d’elles-mêmes.'
    state.dataset.queue = String(count)
  }
  const forget = (path) => { delete drafts[path]; keep(' drafts', drafts) }
  const done = (form, path, said) => {
    const same = form && JSON.stringify(values(form)) === JSON.stringify(drafts[path] ?? values(form))
    if (!form || same) forget(path)
    tell(form, said, 'done')
    if (form?.dataset.answer === 'presence') return
    if (form && same) for (const field of form.querySelectorAll('input, textarea')) { if (field.type === 'checkbox') field.checked = false; else if (field.type !== 'hidden') field.value = '' }
  }
  const flush = async () => {
    if (sending) return
    sending = true
    try {
      while (queue.length > 0) {
        const [{ path, body }] = queue
        const form = formOf(path)
        const answer = await fetch(path, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }, redirect: 'error', signal: AbortSignal.timeout(60000) })
        if (answer.status >= 500 || answer.status === 429) break
        const told = await answer.json().catch(() => ({}))
        queue = queue.slice(1)
        keep(' queue', queue)
        if (answer.ok) done(form, path, told.said ?? 'Envoyé.')
        else tell(form, told.said ?? 'Cette réponse n’a pas pu être prise.', 'error')
        show()
      }
    } catch {} finally { sending = false; show() }
  }
  for (const form of forms) {
    const { pathname: path } = new URL(form.action)
    for (const [name, value] of drafts[path] ?? [])
      for (const field of form.elements) {
        if (field.name !== name || field.type === 'hidden') continue
        if (field.type === 'checkbox') { if (field.value === value) field.checked = true }
        else field.value = value
      }
    form.addEventListener('input', () => { drafts[path] = values(form); keep(' drafts', drafts) })
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const body = new URLSearchParams(values(form)).toString()
      if (form.dataset.answer === 'presence') {
        const button = form.querySelector('button')
        const field = form.querySelector('[name=present]')
        const present = field.value === '1'
        button.setAttribute('aria-pressed', String(present))
        field.value = present ? '' : '1'
      } else {
        if (values(form).length === 0) return tell(form, 'Rien n’est encore écrit.', 'error')
        drafts[path] = values(form)
        keep(' drafts', drafts)
        tell(form, 'Gardé sur ce téléphone, en attente d’envoi…', 'soft')
      }
      queue = queue.filter((one) => one.path !== path).concat({ path, body })
      keep(' queue', queue)
      show()
      flush()
    })
  }
  addEventListener('online', flush)
  setInterval(flush, 5000)
  show()
  flush()
})()`
