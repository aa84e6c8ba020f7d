{#-
  Stands inside the page, since no address from it is sure: the page is shown at any depth, and the site may stand
  at another place on its host than the page says. Where the styles did not load, the folders above are asked for
  them, the deepest first; then everything that the page names is taken from there.
-#}
(() => {
  const settings = document.getElementById("__config")
  const config = JSON.parse(settings.textContent)
  const stated = new URL(config.base, location).pathname
  const below = (root, address) => root + address.slice(stated.length)

  const offerSearch = root => {
    let words = ""
    try {
      words = decodeURIComponent(location.pathname.split("/").filter(Boolean).pop() ?? "").replace(/\.html?$|[^\p{L}\p{N}]+/gu, " ").trim()
    } catch {} // the address is no text
    if (!words || words === "404") return
    const offer = document.getElementById("search-for")
    offer.hidden = false
    offer.firstElementChild.textContent = words
    offer.firstElementChild.href = root + "index.html?q=" + encodeURIComponent(words)
  }

  const isStyled = () => getComputedStyle(document.documentElement).getPropertyValue("--paper")
  const holds = async folder => {
    try {
      const answer = await fetch(folder + "assets/site.css", { method: "HEAD" })
      return answer.ok && /css/.test(answer.headers.get("Content-Type"))
    } catch {
      return false
    }
  }

  const takeAllFrom = root => {
    for (const name of ["href", "src"]) {
      for (const element of document.querySelectorAll("[" + name + "^='" + stated + "']")) {
        element.setAttribute(name, below(root, element.getAttribute(name)))
      }
    }
    settings.textContent = JSON.stringify({ ...config, base: root, search: below(root, config.search) })
    for (const script of document.querySelectorAll("script[src]")) { // none of them was there to run
      const again = document.createElement("script")
      again.src = script.src
      again.async = false
      script.replaceWith(again)
    }
  }

  const findRoot = async () => {
    const folders = location.pathname.split("/").slice(0, -1).map((_, depth, names) => names.slice(0, depth + 1).join("/") + "/")
    for (const folder of folders.reverse()) if (await holds(folder)) return folder
    return stated
  }

  offerSearch(stated)
  if (isStyled()) return
  findRoot().then(root => {
    if (root === stated) return
    takeAllFrom(root)
    offerSearch(root)
  })
})()
