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

  // Firefox keeps a switch over a reload, unless a script says otherwise.
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
    const update = () => button.setAttribute("aria-expanded", String(drawer.checked))
    drawer.addEventListener("change", update)
    update()
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

  // The list of what is on a page lies over it: it closes by Escape, and when something else is chosen.
  const contents = document.querySelector(".on-this-page")
  if (contents) {
    addEventListener("click", event => {
      if (!contents.contains(event.target) || event.target.closest("a")) contents.open = false
    })
    contents.addEventListener("keydown", event => {
      if (event.key !== "Escape" || !contents.open) return
      contents.open = false
      contents.querySelector("summary").focus()
    })
  }

  // A word of the glossary leads to its entry. With a script its meaning opens in place, by click, touch or
  // key. It moves with the word, and closes by the same, by Escape, or when the reader turns to something else.
  const meaning = document.createElement("div")
  meaning.className = "meaning"
  meaning.id = "meaning"
  meaning.setAttribute("role", "status")
  meaning.popover = "manual"
  let opened = null

  const closeMeaning = () => {
    if (!opened) return
    opened.setAttribute("aria-expanded", "false")
    meaning.hidePopover()
    meaning.remove()
    opened = null
  }

  /** Below the word, or above it where there is no room below; within the window in any case. */
  const placeMeaning = ({ left, top, bottom }) => {
    const { width, height } = meaning.getBoundingClientRect()
    const below = bottom + 4
    meaning.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`
    meaning.style.top = `${below + height < innerHeight ? below : Math.max(8, top - height - 4)}px`
  }

  const openMeaning = term => {
    closeMeaning()
    const entry = Object.assign(document.createElement("a"), { href: term.href, textContent: "In the glossary" })
    term.after(meaning)
    meaning.replaceChildren(`${term.textContent}: ${term.dataset.meaning}`, entry)
    meaning.showPopover()
    placeMeaning(term.getClientRects()[0])
    term.setAttribute("aria-expanded", "true")
    opened = term
  }

  if (meaning.showPopover) {
    all("a.term", term => {
      term.dataset.meaning = term.title
      term.setAttribute("role", "button")
      term.setAttribute("aria-expanded", "false")
    })
    document.addEventListener("click", event => {
      const term = event.target.closest("a.term")
      if (!term) {
        if (!meaning.contains(event.target)) closeMeaning()
        return
      }
      if (event.ctrlKey || event.metaKey || event.shiftKey) return // to the entry, in a tab of its own
      event.preventDefault()
      if (term === opened) closeMeaning()
      else openMeaning(term)
    })
    document.addEventListener("keydown", event => {
      if (event.key === "Escape") closeMeaning()
      if (event.key !== " " || !event.target.matches?.("a.term")) return
      event.preventDefault()
      event.target.click()
    })
    addEventListener("resize", closeMeaning)
    // To focus a word may scroll the page, and the event of it may come after the key that opens the meaning.
    addEventListener("scroll", () => {
      if (!opened) return
      const box = opened.getClientRects()[0]
      if (box.bottom < 0 || box.top > innerHeight) closeMeaning()
      else placeMeaning(box)
    }, { passive: true })
  }

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
