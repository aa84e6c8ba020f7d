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

  // The choice of colours. Until a reader chooses, the first option holds, which follows the system.
  const options = [...document.querySelectorAll("input[name=__palette]")]
  const light = matchMedia("(prefers-color-scheme: light)")

  /** The option whose colours an option has: that of the system for "(prefers-color-scheme)". */
  const coloursOf = option => {
    const ofSystem = `(prefers-color-scheme: ${light.matches ? "light" : "dark"})`
    const isOfSystem = option.dataset.media === "(prefers-color-scheme)"
    return isOfSystem ? options.find(other => other.dataset.media === ofSystem) : option
  }

  const themeColour = Object.assign(document.createElement("meta"), { name: "theme-color" })
  document.head.append(themeColour)

  /** Give the browser the colours of the page's header, for its own bars around the page. */
  const setBrowserColours = () => {
    const { backgroundColor, colorScheme } = getComputedStyle(document.querySelector(".md-header"))
    themeColour.content = backgroundColor
    document.querySelector("meta[name=color-scheme]").content = colorScheme
  }

  const show = option => {
    option.checked = true
    document.body.dataset.mdColorScheme = coloursOf(option).dataset.scheme
    for (const other of options) other.nextElementSibling.hidden = other !== option // the label, which is the button
    requestAnimationFrame(setBrowserColours)
  }

  const choose = option => {
    document.body.dataset.mdColorSwitching = "" // site.css then turns transitions off
    show(option)
    requestAnimationFrame(() => delete document.body.dataset.mdColorSwitching)
    __md_set("__palette", { index: options.indexOf(option) })
  }

  const stored = __md_get("__palette")?.index // perhaps written by something else
  show(options.find((_, number) => number === stored) ?? options[0])
  for (const option of options) {
    option.addEventListener("change", () => choose(option))
    option.addEventListener("keydown", event => {
      if (event.key !== "Enter") return
      const next = options[(options.indexOf(option) + 1) % options.length]
      choose(next)
      next.focus()
    })
  }
  light.addEventListener("change", () => show(options.find(option => option.checked)))
})()
