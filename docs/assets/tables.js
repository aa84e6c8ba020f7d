/*
 * Sorting and filtering of data tables. Without this script they are plain, complete tables.
 *
 *   table.sortable     the column headers become buttons; a cell sorts by its data-sort, else by its text
 *   table.filterable   a box above the table hides the rows that do not hold every word typed
 *   .scroll            is focusable only while there is something to scroll; while there is not, the
 *                      column headers stick below the page's header (tables.css)
 */
(() => {
  const rowsOf = table => [...table.tBodies].flatMap(body => [...body.rows])
  const make = (tag, attributes = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), attributes)
    element.append(...children)
    return element
  }

  // --- sorting ---------------------------------------------------------------------------------

  const text = new Intl.Collator(document.documentElement.lang || "en", { numeric: true, sensitivity: "base" })

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
    return sign * (typeof a === "number" ? a - b : text.compare(a, b))
  }

  const sort = (table, header) => {
    const descending = header.getAttribute("aria-sort") === "ascending"
    for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort")
    header.setAttribute("aria-sort", descending ? "descending" : "ascending")
    for (const body of table.tBodies) {
      const rows = [...body.rows].map(row => ({ row, key: keyOf(row.cells[header.cellIndex]) }))
      rows.sort((a, b) => compare(a.key, b.key, descending ? -1 : 1))
      body.append(...rows.map(({ row }) => row))
    }
  }

  const makeSortable = table => {
    if (!table.tHead || table.querySelector("[rowspan], tbody [colspan]")) return // cells would not line up with headers
    for (const header of table.tHead.rows[table.tHead.rows.length - 1].cells) {
      const button = make("button", { type: "button", className: "sort" }, ...header.childNodes)
      button.addEventListener("click", () => sort(table, header))
      header.append(button)
    }
  }

  // --- filtering -------------------------------------------------------------------------------

  const makeFilterable = table => {
    const rows = rowsOf(table)
    const searched = rows.map(row => row.textContent.replace(/\s+/g, " ").toLowerCase())
    const box = make("input", { type: "search", autocomplete: "off", spellcheck: false })
    const count = make("span", { className: "filter__count" })
    count.setAttribute("role", "status")

    const apply = () => {
      const words = box.value.toLowerCase().split(/\s+/).filter(Boolean)
      rows.forEach((row, i) => { row.hidden = !words.every(word => searched[i].includes(word)) })
      const shown = rows.filter(row => !row.hidden).length
      count.textContent = words.length ? `${shown} of ${rows.length} rows` : `${rows.length} rows`
    }
    box.addEventListener("input", apply)
    box.addEventListener("keydown", event => {
      if (event.key !== "Escape" || !box.value) return
      event.preventDefault()
      box.value = ""
      apply()
    })
    const label = make("label", { className: "filter__label" }, make("span", {}, "Filter rows"), box)
    ;(table.closest(".scroll") ?? table).before(make("div", { className: "filter" }, label, count))
    apply()
  }

  // --- scrolling -------------------------------------------------------------------------------

  const watchWidth = frame => {
    const table = frame.querySelector("table")
    if (!table) return
    const measure = () => {
      const fits = table.offsetWidth <= frame.clientWidth + 1
      frame.classList.toggle("fits", fits)
      if (fits) frame.removeAttribute("tabindex")
      else frame.tabIndex = 0
    }
    new ResizeObserver(measure).observe(frame)
    measure()
  }

  document.querySelectorAll("table.sortable").forEach(makeSortable)
  document.querySelectorAll("table.filterable").forEach(makeFilterable)
  document.querySelectorAll(".scroll").forEach(watchWidth)
})()
