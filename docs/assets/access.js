/* What the theme leaves out for keyboards and screen readers. Each part mends one thing. */
(() => {
  const all = (selector, mend) => document.querySelectorAll(selector).forEach(mend)

  // The search is a dialog without a name, and its number of results is never announced.
  const search = document.querySelector(".md-search[role=dialog]")
  search?.setAttribute("aria-label", search.querySelector("input")?.getAttribute("aria-label") ?? "Search")
  document.querySelector(".md-search-result__meta")?.setAttribute("role", "status")

  // The theme searches when a key comes up: what is pasted or dropped by pointer, or spoken, gives it no key.
  const box = search?.querySelector("input")
  box?.addEventListener("input", () => {
    if (document.activeElement !== box) box.focus()
    box.dispatchEvent(new Event("keyup"))
  })

  // Firefox keeps a switch over a reload, unless it is told otherwise in a way that HTML has no word for.
  all(".md-toggle", toggle => toggle.setAttribute("autocomplete", "off"))

  // The menu opens through a <label> that the keyboard cannot reach: a button takes its place.
  const drawer = document.querySelector("#__drawer")
  all(".md-header label[for=__drawer]", label => {
    const button = document.createElement("button")
    button.type = "button"
    button.className = `${label.className} menu`
    button.setAttribute("aria-label", "Menu")
    button.append(...label.childNodes)
    button.addEventListener("click", () => drawer.click())
    const tell = () => button.setAttribute("aria-expanded", String(drawer.checked))
    drawer.addEventListener("change", tell)
    tell()
    document.addEventListener("keydown", event => {
      if (event.key !== "Escape" || !drawer.checked) return
      drawer.click()
      button.focus()
    })
    label.replaceWith(button)
  })

  // What scrolls sideways must take the keyboard. (.scroll is looked after by tables.js; the theme wraps
  // Markdown's own tables only once the page has loaded.)
  addEventListener("load", () => all(".md-typeset__scrollwrap, figure.chart", box => new ResizeObserver(() => {
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0
    else box.removeAttribute("tabindex")
  }).observe(box)))

  // As cards on a phone, a table's elements are no longer laid out as a table, and browsers then
  // stop saying that it is one. Roles say it in any layout.
  const roles = { THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" }
  all("table.stack", table => {
    table.setAttribute("role", "table")
    table.querySelectorAll("thead, tbody, tr, td, th").forEach(part =>
      part.setAttribute("role", roles[part.tagName] ?? (part.scope === "row" ? "rowheader" : "columnheader")))
  })

  // verify.html opens each page in a frame and asks it what it holds. Nothing here is secret: it answers anyone.
  const answers = {
    links: () => ({
      title: document.querySelector("h1")?.textContent.replace("¶", "").trim() ?? "",
      links: [...document.querySelectorAll(".md-content a[href], .md-footer a[href]")].map(a => a.getAttribute("href")),
      places: [...document.querySelectorAll("[id]")].map(element => element.id),
    }),
    search: async ({ query }) => {
      const box = document.querySelector(".md-search__input")
      const toggle = document.querySelector("#__search")
      toggle.checked = true
      toggle.dispatchEvent(new Event("change", { bubbles: true }))
      box.dispatchEvent(new FocusEvent("focus")) // a frame may not take the focus; the search waits for it
      box.value = query
      box.dispatchEvent(new Event("input", { bubbles: true }))
      box.dispatchEvent(new Event("keyup", { bubbles: true }))
      for (let tries = 0; tries < 60; tries += 1) {
        await new Promise(resolve => setTimeout(resolve, 100))
        const hits = [...document.querySelectorAll(".md-search-result__link")].map(a => a.href)
        if (hits.length) return { hits }
      }
      return { hits: [] }
    },
  }
  addEventListener("message", async event => {
    if (event.source !== parent || parent === window || !Object.hasOwn(answers, event.data?.ask)) return
    parent.postMessage({ answers: event.data.ask, ...await answers[event.data.ask](event.data) }, "*")
  })
})()
