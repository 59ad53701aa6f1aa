import { globSync, readFileSync } from 'node:fs'
import { html } from '@remix-run/html-template'
import { expect, it } from 'vitest'
import { layout } from '../../../src/http/pages/layout.ts'

const PAGES = new URL('../../../src/http/', import.meta.url)

it('takes as HTML what a template made, and shows all else as text, lists included', () => {
  const name = `<img src=x onerror="alert('1')"> & Cie`
  const shown = String(
    layout({
      title: name,
      visitor: { email: name, role: 'editor', trustedUntil: null },
      main: html`<p title="${name}">${[name, html`<b>${name}</b>`]}</p>`,
    }),
  )
  expect(shown).not.toContain('<img')
  expect(shown).toContain('<b>&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; Cie</b></p>')
})

it('has no other raw HTML than the style and the scripts', () => {
  const files = globSync('**/*.ts', { cwd: PAGES })
  const raw = files.flatMap((file) => {
    const text = readFileSync(new URL(file, PAGES), 'utf8')
    return (
      text.match(/\braw`.*|html\.raw|as SafeHtml|isSafeHtml/gu)?.map((found) => `${file}: ${found}`) ?? []
    )
  })
  expect(raw).toEqual([
    'pages/layout.ts: raw`<style>${STYLE}</style>`',
    'pages/layout.ts: raw`<script>${SCRIPT}</script>`',
    'pages/layout.ts: raw`<script>${DAY_SCRIPT}</script>`',
  ])
})
