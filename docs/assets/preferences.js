/*
 * What the theme writes into each page, as a file: where a reader's choices are stored, and the chosen colours.
 * A file runs where a host minifies pages, and lets the policy of a page allow no script inside it.
 *
 * The functions __md_get, __md_set and __md_hash and the variable __md_scope are those that the theme's other
 * scripts call. A browser that stores nothing (cookies blocked) throws at the first use of its storage, and the
 * theme would stop there: choices then last as long as the page.
 */
(() => {
  class Memory {
    items = new Map()
    getItem(name) { return this.items.get(name) ?? null }
    setItem(name, value) { this.items.set(name, String(value)) }
    removeItem(name) { this.items.delete(name) }
  }
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      window[name].getItem("")
    } catch {
      Object.defineProperty(window, name, { value: new Memory() })
    }
  }

  const nameIn = (scope, name) => `${scope.pathname}.${name}`
  window.__md_scope = new URL("..", document.currentScript.src)
  window.__md_hash = text => [...text].reduce((hash, mark) => (hash << 5) - hash + mark.charCodeAt(0), 0)
  window.__md_get = (name, storage = localStorage, scope = __md_scope) => {
    try {
      return JSON.parse(storage.getItem(nameIn(scope, name)))
    } catch {
      return null // written by something else
    }
  }
  window.__md_set = (name, value, storage = localStorage, scope = __md_scope) => {
    try {
      storage.setItem(nameIn(scope, name), JSON.stringify(value))
    } catch {
      // The storage is full.
    }
  }

  const SYSTEM = "(prefers-color-scheme)"
  const attributes = ["media", "scheme", "primary", "accent"]
  const { index, color: chosen } = __md_get("__palette") ?? {}
  if (!chosen || !document.querySelector(`#__palette_${Number(index)}`)) { // none, or that of another site
    localStorage.removeItem(nameIn(__md_scope, "__palette"))
    return
  }
  if (chosen.media === SYSTEM) {
    const media = `(prefers-color-scheme: ${matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark"})`
    const input = document.querySelector(`[data-md-color-media="${media}"]`)
    for (const name of attributes) chosen[name] = input.getAttribute(`data-md-color-${name}`)
  }
  for (const name of attributes) document.body.setAttribute(`data-md-color-${name}`, chosen[name])
})()
