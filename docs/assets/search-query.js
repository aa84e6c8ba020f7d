/*
 * Makes a query look the way the index was written, just before it reaches the search.
 *
 * The index has no stemmer (it makes search worse, see mkdocs.yml), but every query word also finds the
 * longer words it begins: so cutting a simple English ending is enough for "strokes" to find "stroke".
 */
(() => {
  const QUERY = 2 // the theme's SearchMessageType.QUERY
  const endings = ["ies", "es", "s", "ing", "ed", "ly"]
  const shortest = 4 // never cut a word shorter than this: it would find everything

  const stem = word => {
    if (/(?:ss|us|is)$/i.test(word)) return word
    const cut = endings.find(ending => word.toLowerCase().endsWith(ending) && word.length - ending.length >= shortest)
    return cut ? word.slice(0, -cut.length) : word
  }
  const rewriteWord = word => {
    if (/^[a-z]+$/i.test(word)) return stem(word)
    // "0.2 mg" is mostly found in pages with "mg": the very number has to weigh more than its unit.
    if (/^\d+(?:\.\d+)?$/.test(word)) return `${word}^10 ${word}`
    return word
  }
  const rewrite = query => query
    .normalize("NFC")
    .replace(/\u03bc/g, "\u00b5") // Greek mu, as many keyboards and PDFs give it, to the micro sign
    .replace(/(\d),(?=\d)/g, "$1.") // a decimal comma to the point the site writes
    .split(/(\s+)/).map(rewriteWord).join("")

  const Base = window.Worker // on file:// already the frame from iframe-worker.js
  window.Worker = class extends Base {
    postMessage(message, ...rest) {
      const isQuery = message && message.type === QUERY && typeof message.data === "string"
      return super.postMessage(isQuery ? { ...message, data: rewrite(message.data) } : message, ...rest)
    }
  }
})()
