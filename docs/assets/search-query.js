/*
 * Between the theme's search box and its search (lunr, in a worker): asks in the words of the index, and
 * puts the rows that answer first.
 *
 *   the index        is fetched when a reader turns to the search, not with every first view; of many rows,
 *                    what they are called is indexed first, and answers until the whole of them is
 *   on its way in    a row becomes a document of its own, whatever page it stands on
 *   a query          loses the words that only make it a question; each word left is asked for as it is
 *                    (which weighs most), with other endings, and as the beginning of a word; a word that
 *                    begins nothing in the index is asked for as the words one slip away from it, too
 *   on its way out   rows that hold more of the words, and hold them in their title, come first; each
 *                    shows its title, its kind and its first line
 */
(() => {
  const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3 // the theme's SearchMessageType
  const QUESTION = new Set(("a about an and any are as at be been by can could did do does for from give given has have how i if in into is it its "
    + "many me much my of on or shall should that the their there these they this to used was were what when where which who why will with would you your").split(" "))
  const ENDINGS = ["ies", "ied", "es", "s", "ing", "ed", "ly", "ами", "ями", "ого", "его", "ому", "ему", "ов", "ев", "ом", "ем", "ой", "ей", "ая", "ое", "ые", "ий", "ый", "а", "я", "у", "ю", "е", "и", "ы", "о"]
  const SHORTEST = 4 // never cut a word shorter than this: it would find everything
  const SLIP = 5 // nor take one shorter than this for misspelt
  const WEIGHTS = { exact: 10, family: 4 } // against 1 for the beginning of a word
  const COVERAGE = 3 // a row with half of the words counts (1/2)³
  const MANY = 300 // rows; fewer are indexed in less time than a key takes
  const CALLED = ["title", "names", "about", "queries"] // the fields that are indexed first

  /** A word without a simple ending: enough, since what is left finds every word that it begins. */
  const cut = word => {
    if (/(?:ss|us|is)$/.test(word)) return word
    const ending = ENDINGS.find(each => word.endsWith(each) && word.length - each.length >= SHORTEST)
    return ending ? word.slice(0, -ending.length) : word
  }

  /** Whether one letter left out, put in, changed, or changed places with the next makes one of the other. */
  const isOneSlipFrom = (one, other) => {
    if (Math.abs(one.length - other.length) > 1) return false
    let i = 0
    while (i < one.length && one[i] === other[i]) i++
    const rest = (word, from) => word.slice(from)
    return rest(one, i + 1) === rest(other, i) || rest(one, i) === rest(other, i + 1) || rest(one, i + 1) === rest(other, i + 1)
      || (one[i] === other[i + 1] && one[i + 1] === other[i] && rest(one, i + 2) === rest(other, i + 2))
  }

  /** The words of the index, in order; but for those that only stand in what else a row says. */
  class Vocabulary {
    constructor({ config, docs }) {
      this.separator = new RegExp(config.separator, "g")
      const fields = Object.keys(config.fields).filter(field => config.fields[field].boost >= 1)
      this.words = [...new Set(docs.flatMap(doc => fields.flatMap(field => this.split(doc[field] ?? ""))))].sort()
      this.families = new Map()
      for (const word of this.words) this.families.set(cut(word), [...this.families.get(cut(word)) ?? [], word])
    }

    split(text) {
      return String(text).toLowerCase().split(this.separator).filter(Boolean)
    }

    knows(beginning) {
      let low = 0, high = this.words.length
      while (low < high) {
        const middle = (low + high) >> 1
        if (this.words[middle] < beginning) low = middle + 1
        else high = middle
      }
      return this.words[low]?.startsWith(beginning) ?? false
    }

    near(word) {
      return word.length < SLIP || /\d/.test(word) ? [] : this.words.filter(each => isOneSlipFrom(word, each))
    }

    /** Each word of a query that tells rows apart, with the ways to ask for it. */
    ask(query) {
      const words = [...new Set(this.split(query
        .normalize("NFC")
        .replace(/\u03bc/g, "\u00b5") // Greek mu, as many keyboards and PDFs give it, to the micro sign
        .replace(/(\d),(?=\d)/g, "$1.") // a decimal comma to the point the site writes
        .replace(/[~^*+"]/g, " ")))] // marks of lunr's own language
      const telling = words.filter(word => !QUESTION.has(word) && !/^\p{Script=Latin}$/u.test(word)) // "Dupont’s" leaves an s
      return (telling.length ? telling : words).map(word => {
        const isKnown = this.knows(word) || this.knows(cut(word))
        return isKnown ? [word] : [word, ...this.near(word)]
      })
    }
  }

  /** A query in lunr's language; what begins with a single letter is looked for in titles only, to be quick. */
  const inLunr = (wanted, families) => wanted.flat().flatMap(way => {
    const family = (families.get(cut(way)) ?? []).filter(word => word !== way)
    return [`${way}^${WEIGHTS.exact}`, ...family.map(word => `${word}^${WEIGHTS.family}`), `${way.length > 1 ? "" : "title:"}${cut(way)}`]
  }).join(" ")

  /** The share of a row's title that was found, as the theme has marked it. */
  const shareOfTitle = title => (title.match(/<mark/g) ?? []).length / Math.max(1, title.replace(/<[^>]*>/g, "").trim().split(/[\s,:–—-]+/).length)

  const ranked = (rows, wanted) => rows.flat()
    .filter(row => row.score > 0)
    .map(row => {
      const found = Object.keys(row.terms).filter(term => row.terms[term])
      const covered = wanted.filter(ways => ways.some(way => found.includes(way) || found.includes(cut(way)))).length
      const score = row.score * (covered / wanted.length) ** COVERAGE * (1 + shareOfTitle(row.title) / 2)
      return { ...row, score, terms: Object.fromEntries(found.map(term => [term, true])) }
    })
    .sort((a, b) => b.score - a.score)

  const shown = ({ title, kind, text, location, score, terms }) => [{
    location: location.replace(ROW, "#"),
    title: `${title} <small class="hit__kind">${kind}</small><span class="hit__answer">${text}</span>`,
    text: "",
    score,
    terms,
  }]
  const ROW = "\u0001" // stands for # in an address, so that the theme files no row under its page

  /** Kept once the reader's pointer or focus is on the search, or where the address holds a query. */
  const turnedToSearch = new Promise(resolve => {
    const look = ({ target }) => target.closest?.(".md-search, [for=__search]") && resolve()
    for (const event of ["focus", "pointerover", "pointerdown"]) addEventListener(event, look, { capture: true, passive: true })
    if (new URLSearchParams(location.search).has("q")) resolve()
  })
  window.XMLHttpRequest = class extends XMLHttpRequest {
    open(method, url, ...rest) {
      this.isOfIndex = new URL(url, location).pathname.endsWith("/search/search_index.json")
      return super.open(method, url, ...rest)
    }

    send(body) {
      if (this.isOfIndex) turnedToSearch.then(() => super.send(body))
      else super.send(body)
    }
  }

  const Base = window.Worker // on file:// already the frame from iframe-worker.js
  window.Worker = class extends Base {
    constructor(...settings) {
      super(...settings)
      this.settings = settings
      this.waiting = { first: [], whole: [] }
      this.addEventListener("message", event => {
        if (event.data.type === READY && this.rest) this.indexTheRest()
        if (event.data.type === RESULT) this.answered(event)
      })
    }

    postMessage(message, ...rest) {
      if (message?.type === SETUP) return super.postMessage(this.setUp(message), ...rest)
      if (message?.type !== QUERY) return super.postMessage(message, ...rest)
      this.typed = message.data
      this.ask()
    }

    /** Give the rows to be indexed; of many, their names, and the rest once those are. */
    setUp(message) {
      const { config, docs } = message.data
      this.vocabulary = new Vocabulary(message.data)
      const rows = docs.map(doc => ({ ...doc, location: doc.location.replace("#", ROW) }))
      const whole = { ...message, data: { ...message.data, docs: rows } }
      if (rows.length < MANY || location.protocol === "file:") return whole // a file has one thread for both
      this.rest = whole
      const fields = Object.fromEntries(CALLED.map(field => [field, config.fields[field]]))
      return { ...whole, data: { ...whole.data, config: { ...config, fields } } }
    }

    indexTheRest() {
      const whole = new Base(...this.settings)
      whole.addEventListener("message", ({ data: message }) => {
        if (message.type === READY) {
          this.whole = whole
          const isReading = document.activeElement?.closest(".md-search-result") // whom nothing should move
          if (this.isOwed || this.waiting.first.length || this.typed && !isReading) this.ask()
        }
        if (message.type === RESULT) this.dispatchEvent(new MessageEvent("message", { data: { ...message, isWhole: true } }))
      })
      whole.addEventListener("error", () => { // what rows are called must do
        this.isInTwo = false
        if (this.isOwed) this.ask()
      })
      whole.postMessage(this.rest)
      this.rest = null
      this.isInTwo = true
    }

    /** Ask for what was typed last, all that is indexed by now. */
    ask() {
      const wanted = this.vocabulary.ask(this.typed)
      const message = { type: QUERY, data: inLunr(wanted, this.vocabulary.families) }
      this.waiting[this.whole ? "whole" : "first"].push({ wanted, typed: this.typed })
      this.isOwed = false
      this.isWholeAsked = Boolean(this.whole)
      if (this.whole) this.whole.postMessage(message)
      else super.postMessage(message)
    }

    answered(event) {
      const { isWhole, data: answer } = event.data
      const { wanted, typed } = this.waiting[isWhole ? "whole" : "first"].shift()
      if (/[<&]/.test(typed)) answer.suggest = [] // the theme shows what was typed as HTML beside it
      answer.items = ranked(answer.items, wanted).map(shown)
      if (!this.isInTwo || isWhole) return
      if (!this.whole && typed && typed === this.typed && !answer.items.length) this.isOwed = true
      if (this.isOwed || this.isWholeAsked) event.stopImmediatePropagation() // the whole index answers in a moment
    }
  }
})()
