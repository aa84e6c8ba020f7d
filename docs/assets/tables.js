/*
 * Sorting, filtering and taking away. Without this script the tables are plain and complete.
 *
 *   table.sortable     the column headers become buttons; a cell sorts by its data-sort, else by its text
 *   table.filterable   above the table: a box that hides the rows without every word typed, in their cells or
 *                      in the row's data-words (fields of the record that no cell shows), and a choice
 *                      for each header with data-facet (the values of its cells: data-values, parted by |,
 *                      else the word of absence or the text) or data-gaps (reported, or which absence)
 *   tr.group           the head of the rows of its body: rows are sorted below it, and it goes when all of them do
 *   table[data-key]    its sort and filter stand in the address under this name, so that a link keeps them
 *   button[data-copy]  copies the text it holds
 *   .scroll            is focusable only while there is something to scroll; while there is not, the
 *                      column headers stick below the page's header (tables.css)
 */
(() => {
  /** The rows of a body without the head of its group. */
  const rowsIn = body => [...body.rows].filter(row => !row.matches(".group"))
  const rowsOf = table => [...table.tBodies].flatMap(rowsIn)
  const make = (tag, attributes = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), attributes)
    element.append(...children)
    return element
  }

  const headersOf = table => [...table.tHead.rows[table.tHead.rows.length - 1].cells]
  const nameOf = header => header.textContent.trim().toLowerCase().replace(/[^a-z0-9]+/g, "-")

  /** What the address keeps of a table: `?reports.dose=reported&reports.sort=-length`. */
  const viewState = {
    read: (table, name) => new URLSearchParams(location.search).get(`${table.dataset.key}.${name}`) ?? "",
    write: (table, name, value) => {
      const address = new URL(location.href)
      address.searchParams.delete(`${table.dataset.key}.${name}`)
      if (value) address.searchParams.set(`${table.dataset.key}.${name}`, value)
      history.replaceState(history.state, "", address)
    },
  }

  // --- sorting ---------------------------------------------------------------------------------

  let collator = null // until somebody sorts: to make one takes a slow phone as long as all else here
  const compareTexts = (a, b) => {
    collator ??= new Intl.Collator(document.documentElement.lang || "en", { numeric: true, sensitivity: "base" })
    return collator.compare(a, b)
  }

  /** What a cell sorts by: a number, a text, or null where the record has no value. */
  const keyOf = cell => {
    const stated = cell.dataset.sort
    if (stated === "" || (stated === undefined && cell.querySelector(".absence"))) return null
    const key = (stated ?? cell.textContent).trim()
    const number = /^[<>≤≥~≈]?\s*(-?\d+(?:\.\d+)?)/.exec(key.replace(/(\d)[,\u00a0\u202f](?=\d{3})/g, "$1"))
    return number ? Number(number[1]) : key
  }

  /** Numbers before texts; cells without a value last, whichever way one sorts. */
  const compare = (a, b, sign) => {
    if (a === null || b === null) return (a === null) - (b === null)
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1
    return sign * (typeof a === "number" ? a - b : compareTexts(a, b))
  }

  const sort = (table, header, descending) => {
    for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort")
    header.setAttribute("aria-sort", descending ? "descending" : "ascending")
    for (const body of table.tBodies) {
      const rows = rowsIn(body).map(row => ({ row, key: keyOf(row.cells[header.cellIndex]) }))
      rows.sort((a, b) => compare(a.key, b.key, descending ? -1 : 1))
      body.append(...rows.map(({ row }) => row))
    }
  }

  const makeSortable = table => {
    if (!table.tHead || table.querySelector("[rowspan], tbody tr:not(.group) > [colspan]")) return // cells would not line up with headers
    const headers = headersOf(table)
    for (const header of headers) {
      const button = make("button", { type: "button", className: "sort" }, ...header.childNodes)
      button.addEventListener("click", () => {
        const descending = header.getAttribute("aria-sort") === "ascending"
        sort(table, header, descending)
        viewState.write(table, "sort", (descending ? "-" : "") + nameOf(header))
      })
      header.append(button)
    }
    const [, sign, name] = /^(-?)(.*)$/.exec(viewState.read(table, "sort"))
    const header = headers.find(each => nameOf(each) === name)
    if (header) sort(table, header, sign === "-")
  }

  // --- filtering -------------------------------------------------------------------------------

  const valuesOf = cell => {
    const values = cell.dataset.values ?? cell.querySelector(".absence")?.textContent ?? cell.textContent
    return values.split("|").map(value => value.replace(/\s+/g, " ").trim())
  }
  const gapOf = cell => [cell.querySelector(".absence")?.textContent ?? "reported"]

  /** A control with its label before it. */
  const labelled = (table, name, label, control) => {
    control.id = `filter-${table.dataset.key}-${name}`
    return make("div", { className: "filter__label" }, make("label", { htmlFor: control.id }, label), control)
  }

  /** The order of choices: by the number that they begin with, then by their letters. */
  const inOrder = (a, b) => {
    const [one, other] = [a, b].map(value => value.normalize("NFD").toLowerCase())
    return parseFloat(one) - parseFloat(other) || (one > other) - (one < other)
  }

  /** A choice among the values of a column; nothing where its cells leave none. */
  const makeChoice = (table, rows, header) => {
    const read = header.dataset.facet ? valuesOf : gapOf
    const held = rows.map(row => read(row.cells[header.cellIndex]))
    const values = [...new Set(held.flat())].sort(inOrder)
    if (values.length < 2) return null
    const name = nameOf(header)
    const list = make("select", {}, new Option("all", ""), ...values.map(value => new Option(value, value)))
    list.value = values.includes(viewState.read(table, name)) ? viewState.read(table, name) : ""
    const shown = labelled(table, name, header.dataset.facet ?? header.dataset.gaps, list)
    return { name, control: list, shown, allows: i => !list.value || held[i].includes(list.value) }
  }

  /** A text without what spellings differ in: case, accents, hyphens, and British or American forms. */
  const fold = words => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[\s\p{Pd}]+/gu, " ").replace(/[ao]e/g, "e").replace(/z/g, "s")

  /** The box for words. */
  const makeWords = (table, rows) => {
    const textOf = row => fold(`${row.textContent} ${row.dataset.words ?? ""}`)
    let searched = null // until somebody types: on a slow phone it takes as long as the rest of a table
    const box = make("input", { type: "search", autocomplete: "off", spellcheck: false, value: viewState.read(table, "words") })
    const shown = labelled(table, "words", "Filter rows", box)
    box.addEventListener("keydown", event => {
      if (event.key !== "Escape" || !box.value) return
      event.preventDefault()
      box.value = ""
      box.dispatchEvent(new Event("input", { bubbles: true }))
    })
    const allows = i => {
      const words = fold(box.value).split(" ").filter(Boolean)
      if (words.length) searched ??= rows.map(textOf)
      return words.every(word => searched[i].includes(word))
    }
    return { name: "words", control: box, shown, allows }
  }

  const roomy = matchMedia("(min-width: 45em)")

  /** The choices, behind a button where they would push the table off a small screen. */
  const folding = choices => {
    if (choices.length < 2) return choices.map(choice => choice.shown)
    const list = make("div", { className: "filter__choices" }, ...choices.map(choice => choice.shown))
    const button = make("button", { type: "button", className: "filter__fold" }, `Filter by column (${choices.length})`)
    const unfold = isOpen => {
      list.hidden = !isOpen
      button.hidden = roomy.matches
      button.setAttribute("aria-expanded", isOpen)
    }
    const asTheScreenAllows = () => unfold(roomy.matches || choices.some(choice => choice.control.value))
    button.addEventListener("click", () => unfold(list.hidden))
    roomy.addEventListener("change", asTheScreenAllows)
    asTheScreenAllows()
    return [button, list]
  }

  const makeFilterable = table => {
    const rows = rowsOf(table)
    const asking = table.querySelectorAll("th[data-facet], th[data-gaps]")
    const filters = [makeWords(table, rows), ...[...asking].map(header => makeChoice(table, rows, header))].filter(Boolean)
    const count = make("span", { className: "filter__count" })
    count.setAttribute("role", "status")
    const clear = make("button", { type: "button", className: "filter__clear" }, "Show all")

    const apply = () => {
      rows.forEach((row, i) => { row.hidden = !filters.every(filter => filter.allows(i)) })
      for (const head of table.querySelectorAll("tr.group")) head.hidden = rowsIn(head.parentNode).every(row => row.hidden)
      const isOn = filters.some(filter => filter.control.value)
      const shown = rows.filter(row => !row.hidden).length
      count.textContent = isOn ? `${shown} of ${rows.length} ${rows.length === 1 ? "row matches" : "rows match"}` : `${rows.length} ${rows.length === 1 ? "row" : "rows"}`
      clear.hidden = !isOn
    }
    for (const { name, control } of filters) {
      control.addEventListener("input", () => {
        viewState.write(table, name, control.value)
        apply()
      })
    }
    clear.addEventListener("click", () => {
      for (const { name, control } of filters) {
        control.value = ""
        viewState.write(table, name, "")
      }
      apply()
      filters[0].control.focus()
    })
    const [words, ...choices] = filters
    const bar = make("div", { className: "filter" }, words.shown, ...folding(choices), count, clear, makeDownload(table))
    ;(table.closest(".scroll") ?? table).before(bar)
    apply()
  }

  // --- taking away -----------------------------------------------------------------------------

  /** Put a text where it can be pasted; pages opened over plain http have no clipboard but the old one. */
  const copy = async words => {
    if (navigator.clipboard) return navigator.clipboard.writeText(words)
    const area = make("textarea", { value: words })
    document.body.append(area)
    area.select()
    document.execCommand("copy")
    area.remove()
  }

  /** A text on one line, as a cell of CSV; an apostrophe precedes what a spreadsheet would take for a formula. */
  const asCell = words => {
    const line = words.replace(/[\s\u00a0\u202f]+/g, " ").trim()
    return `"${line.replace(/^(?=[=+@-])(?!-\d+(\.\d+)?$)/, "'").replaceAll('"', '""')}"`
  }

  /** What a cell says, without what copies it. */
  const wordsOf = cell => {
    const shown = cell.cloneNode(true)
    for (const extra of shown.querySelectorAll("[data-copy], .copy__status")) extra.remove()
    for (const line of shown.querySelectorAll("br")) line.replaceWith(" ")
    return shown.textContent
  }

  /** The rows that are shown, as CSV (RFC 4180), each with its group and the address of the record that it links to. */
  const asCsv = table => {
    const isGrouped = table.querySelector("tr.group")
    const head = [...(isGrouped ? ["Group"] : []), ...headersOf(table).map(wordsOf), "Address"]
    const lines = rowsOf(table).filter(row => !row.hidden).map(row => [
      ...(isGrouped ? [wordsOf(row.parentNode.querySelector(".group") ?? make("p"))] : []),
      ...[...row.cells].map(wordsOf),
      row.querySelector("th a, td a")?.href ?? "",
    ])
    return [head, ...lines].map(line => line.map(asCell).join(",") + "\r\n").join("")
  }

  const makeDownload = table => {
    const button = make("button", { type: "button", className: "filter__download" }, "Download CSV")
    button.addEventListener("click", () => {
      const file = URL.createObjectURL(new Blob(["\ufeff", asCsv(table)], { type: "text/csv" }))
      make("a", { href: file, download: `${table.dataset.key}.csv` }).click()
      setTimeout(() => URL.revokeObjectURL(file), 60000)
    })
    return button
  }

  const makeCopying = button => {
    const status = make("span", { className: "copy__status" })
    status.setAttribute("role", "status")
    button.after(status)
    button.hidden = false
    button.addEventListener("click", async () => {
      await copy(button.dataset.copy.replace(/[\u00a0\u202f]/g, " "))
      status.textContent = "Copied"
      setTimeout(() => { status.textContent = "" }, 3000)
    })
  }

  // --- scrolling -------------------------------------------------------------------------------

  /** What fits is found out for all frames before any of them changes, so that the page is laid out once. */
  const markFits = frames => {
    const found = frames.map(frame => [frame, frame.querySelector("table").offsetWidth <= frame.clientWidth + 1])
    for (const [frame, fits] of found) {
      frame.classList.toggle("fits", fits)
      if (fits) frame.removeAttribute("tabindex")
      else frame.tabIndex = 0
    }
  }

  const watchWidths = frames => {
    const watching = new ResizeObserver(changed => markFits(changed.map(each => each.target)))
    for (const frame of frames) watching.observe(frame) // which calls it for each, once the page is laid out
  }

  /**
   * Keep what the address leads to in view, for a second or until the reader does something. On a phone, a card has
   * its real height only near the screen (tables.css), so the page below it moves while cards are laid out.
   */
  const stayAtTarget = () => {
    const target = document.querySelector(":target")
    const card = document.querySelector("table.stack tbody tr:not(.group)")
    if (!target || !card || getComputedStyle(card).contentVisibility !== "auto") return
    const end = performance.now() + 1000
    const reader = new AbortController()
    for (const input of ["wheel", "touchstart", "pointerdown", "keydown"]) {
      addEventListener(input, () => reader.abort(), { signal: reader.signal, passive: true })
    }
    const step = () => {
      if (performance.now() > end) reader.abort()
      if (reader.signal.aborted) return
      target.scrollIntoView({ behavior: "instant" })
      requestAnimationFrame(step)
    }
    step()
  }
  const [visit] = performance.getEntriesByType("navigation")
  if (visit?.type === "navigate") addEventListener("load", stayAtTarget) // else the browser restores the place
  addEventListener("hashchange", stayAtTarget)

  document.querySelectorAll("table.sortable").forEach(makeSortable)
  document.querySelectorAll("table.filterable").forEach(makeFilterable)
  document.querySelectorAll("button[data-copy]").forEach(makeCopying)
  watchWidths([...document.querySelectorAll(".scroll")].filter(frame => frame.querySelector("table")))
})()
