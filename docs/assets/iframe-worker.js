/*
 * Lets the theme's search run when the site is opened from disk.
 *
 * A browser refuses to start a Worker from a file:// address. There, and only there, Worker becomes a
 * hidden frame that loads the same script: a frame may do so, and it has its own global object, which is
 * all the search script asks for. The file's name is known to Material's offline plugin, which would
 * otherwise fetch a shim like this from another host; the global IFrameWorker is known to its search script.
 */
if (location.protocol === "file:") {
  class IFrameWorker extends EventTarget {
    constructor(url) {
      super()
      const frame = document.createElement("iframe")
      frame.hidden = true
      frame.title = "Search"
      frame.srcdoc = "<!doctype html>"
      // Messages wait until the script in the frame is there to hear them, and keep their order.
      this.scope = new Promise((resolve, reject) => {
        frame.addEventListener("load", () => {
          const scope = frame.contentWindow
          const load = src => new Promise((loaded, failed) => {
            const script = scope.document.createElement("script")
            script.src = src
            script.addEventListener("load", loaded)
            script.addEventListener("error", () => failed(new Error(`cannot load ${src}`)))
            scope.document.body.append(script)
          })
          scope.importScripts = (...sources) => sources.reduce((before, src) => before.then(() => load(src)), Promise.resolve())
          scope.postMessage = data => this.dispatchEvent(new MessageEvent("message", { data }))
          load(new URL(url, document.baseURI).href).then(() => resolve(scope), reject)
        }, { once: true })
      })
      this.scope.catch(error => this.dispatchEvent(new ErrorEvent("error", { error, message: error.message })))
      this.frame = frame
      document.body.append(frame)
    }

    postMessage(data) {
      this.scope.then(scope => scope.dispatchEvent(new MessageEvent("message", { data })), () => {})
    }

    terminate() {
      this.frame.remove()
    }
  }
  window.IFrameWorker = IFrameWorker
  window.Worker = IFrameWorker
}
