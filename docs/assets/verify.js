/*
 * Checks this copy of the site in the reader's own browser: opens each page in a hidden frame, asks it for
 * its links and the places on it (access.js answers), and compares. It works from disk, where no page may
 * read another, because the pages answer by message.
 */
(() => {
  const addresses = JSON.parse(document.querySelector("#verify-addresses").textContent)
  const here = new URL(".", location.href)
  const downloads = new URL("download/", here).pathname
  const PATIENCE = 8000 // ms for a page to answer
  const FRAMES = 4

  const show = (what, checked, faults) => {
    document.querySelector(`#verify-${what}`).textContent = String(checked)
    document.querySelector(`#verify-${what}-faults`).textContent = String(faults)
  }
  const tell = text => document.querySelector("#verify-faults")
    .append(Object.assign(document.createElement("li"), { textContent: text }))

  /** What a page answers to a question, or null where it does not answer in time. */
  const ask = (frame, address, question) => new Promise(resolve => {
    const done = answer => {
      removeEventListener("message", listen)
      clearTimeout(timer)
      resolve(answer)
    }
    const listen = event => {
      if (event.source === frame.contentWindow && event.data?.answers === question.ask) done(event.data)
    }
    const timer = setTimeout(done, PATIENCE, null)
    addEventListener("message", listen)
    frame.onload = () => frame.contentWindow.postMessage(question, "*")
    frame.src = new URL(address, here).href
  })

  const newFrame = style => {
    const frame = document.createElement("iframe")
    frame.title = "A page that is being checked"
    frame.style.cssText = style
    frame.setAttribute("aria-hidden", "true")
    frame.tabIndex = -1
    document.body.append(frame)
    return frame
  }
  const ASIDE = "position:absolute;left:-9999px;width:1280px;height:800px"
  // A browser lets a frame out of sight sleep, and the search draws nothing in its sleep.
  const IN_SIGHT = "position:fixed;right:0;bottom:0;width:400px;height:300px;border:0;opacity:.6"

  /** The answers of all pages, by address; a few frames take turns. */
  const openAll = async () => {
    const answers = new Map()
    const waiting = [...addresses]
    const progress = document.querySelector("#verify-progress")
    const work = async () => {
      const frame = newFrame(ASIDE)
      for (let address = waiting.shift(); address; address = waiting.shift()) {
        answers.set(address, await ask(frame, address, { ask: "links" }))
        progress.value = answers.size
      }
      frame.remove()
    }
    await Promise.all(Array.from({ length: FRAMES }, work))
    return answers
  }

  const checkPages = answers => {
    const silent = addresses.filter(address => !answers.get(address))
    silent.forEach(address => tell(`${address} does not open`))
    show("pages", addresses.length, silent.length)
  }

  const checkLinks = answers => {
    const places = new Map([...answers].filter(([, answer]) => answer)
      .map(([address, answer]) => [new URL(address, here).pathname, new Set(answer.places)]))
    const counts = { links: [0, 0], anchors: [0, 0] }
    const count = (what, holds, text) => {
      counts[what][0] += 1
      if (holds) return
      counts[what][1] += 1
      tell(text)
    }
    for (const [address, answer] of answers) {
      for (const link of answer?.links ?? []) {
        const to = new URL(link, new URL(address, here))
        if (to.protocol !== here.protocol || to.host !== here.host || !to.pathname.endsWith(".html")) continue
        if (to.pathname.startsWith(downloads)) continue // the website offers the whole as a file: no page of it
        const there = places.get(to.pathname)
        count("links", there, `${address} links to ${link}, which is not there`)
        const place = decodeURIComponent(to.hash.slice(1))
        if (there && place) count("anchors", there.has(place), `${address} links to ${link}: no such place`)
      }
    }
    Object.entries(counts).forEach(([what, [checked, faults]]) => show(what, checked, faults))
  }

  const checkSearch = async answers => {
    const address = addresses.find(each => each === "glossary/index.html") ?? addresses[0]
    const frame = newFrame(IN_SIGHT)
    const query = answers.get(address)?.title ?? ""
    const answer = await ask(frame, addresses[0], { ask: "search", query })
    frame.remove()
    const found = answer?.hits?.some(hit => hit.includes(address))
    if (!found) tell(`search does not find “${query}”`)
    show("search", 1, found ? 0 : 1)
  }

  document.querySelector("#verify-start").addEventListener("click", async event => {
    event.target.disabled = true
    document.querySelector("#verify-faults").replaceChildren()
    const answers = await openAll()
    checkPages(answers)
    checkLinks(answers)
    await checkSearch(answers)
    event.target.disabled = false
  })
})()
