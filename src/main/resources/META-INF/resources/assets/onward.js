// What the board does where scripts run: times in the reader's zone, kept up to date; news read out; what is open stays
// open when a part of the page is replaced. Without scripts every page still tells all and every form works.
(() => {
  "use strict";

  const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

  // As Moment.java says it.
  function left(seconds) {
    if (seconds <= 60) return `${Math.ceil(seconds)} s`;
    const minutes = Math.ceil(seconds / 60);
    return [[Math.floor(minutes / 1440), "d"], [Math.floor(minutes / 60) % 24, "h"], [minutes % 60, "min"]]
      .filter(([amount]) => amount > 0).slice(0, 2).map(([amount, unit]) => `${amount} ${unit}`).join(" ");
  }
  function relative(seconds) {
    if (seconds > 0) return `in ${left(seconds)}`;
    const s = Math.abs(seconds);
    const rough =
      s >= 2 * 86400 ? `${Math.floor(s / 86400)} d`
      : s >= 3600 ? `${Math.floor(s / 3600)} h`
      : s >= 60 ? `${Math.floor(s / 60)} min`
      : `${Math.floor(s)} s`;
    return s < 5 ? "just now" : `${rough} ago`;
  }

  function tellTimes(root) {
    const now = Date.now();
    for (const it of root.querySelectorAll("time[datetime]")) {
      const at = Date.parse(it.dateTime);
      if (Number.isNaN(at)) continue;
      if (!it.dataset.told) {
        it.title = exact.format(at);
        it.dataset.told = "yes";
      }
      if (it.classList.contains("exact")) {
        it.textContent = exact.format(at);
      } else if (Math.abs(at - now) < 2 * 365 * 86400e3) {
        it.textContent = relative((at - now) / 1000);
      }
    }
  }

  // The time line's axis, in the reader's zone.
  const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
  const day = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short" });
  function tellAxis() {
    for (const it of document.querySelectorAll("text[data-at]")) {
      it.textContent = (it.dataset.day === "true" ? day : clock).format(Date.parse(it.dataset.at));
    }
  }

  // Over HTTP/1.1 a browser has six connections to a server, and each page that listens holds one. So a page that nobody
  // sees lets go of its own, and asks for what it missed when it is seen again.
  class SeenEventSource extends EventTarget {
    #url;
    #names = new Set();
    #source = null;
    #last = null;
    #closed = false;
    onopen = null;
    onerror = null;

    constructor(url) {
      super();
      this.#url = new URL(url, location.href);
      document.addEventListener("visibilitychange", () => this.#look());
      // A page that is kept for "back" is not seen either, and says so.
      this.#look();
    }
    get readyState() {
      return this.#closed ? EventSource.CLOSED : this.#source?.readyState ?? EventSource.CONNECTING;
    }
    addEventListener(name, listener, options) {
      super.addEventListener(name, listener, options);
      if (!this.#names.has(name)) {
        this.#names.add(name);
        this.#hear(name);
      }
    }
    close() {
      this.#closed = true;
      this.#letGo();
    }
    #look() {
      if (document.hidden) this.#letGo();
      else if (!this.#closed && !this.#source) this.#open();
    }
    #open() {
      if (this.#last) this.#url.searchParams.set("since", this.#last);
      const source = new EventSource(this.#url);
      this.#source = source;
      source.onopen = (event) => this.onopen?.(event);
      source.onerror = (event) => {
        if (source !== this.#source) return;
        if (source.readyState === EventSource.CLOSED) this.close();
        this.onerror?.(event);
      };
      for (const name of this.#names) this.#hear(name);
    }
    #hear(name) {
      this.#source?.addEventListener(name, (event) => {
        if (event.lastEventId) this.#last = event.lastEventId;
        this.dispatchEvent(new MessageEvent(name, { data: event.data, lastEventId: event.lastEventId }));
      });
    }
    #letGo() {
      this.#source?.close();
      this.#source = null;
    }
  }
  if (window.htmx) htmx.createEventSource = (url) => new SeenEventSource(url);

  tellTimes(document);
  tellAxis();
  setInterval(() => tellTimes(document), 1000);

  // A part of the page is replaced by its newer self: whoever opened or focused something finds it as it was.
  let open = new Set();
  let focused = null;
  function selector(it) {
    if (!it || it === document.body) return null;
    if (it.id) return "#" + CSS.escape(it.id);
    if (it.getAttribute("href")) return `a[href="${CSS.escape(it.getAttribute("href"))}"]`;
    const parent = it.tagName === "SUMMARY" && it.parentElement.id;
    return parent ? `#${CSS.escape(parent)} > summary` : null;
  }
  document.addEventListener("htmx:beforeSwap", () => {
    open = new Set([...document.querySelectorAll("details[open][id]")].map((it) => it.id));
    focused = selector(document.activeElement);
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (focused && !document.activeElement?.matches(focused)) {
      document.querySelector(focused)?.focus({ preventScroll: true });
    }
    tellTimes(document);
    tellAxis();
  });

  // Whoever's session has ended is sent to sign in, which only the page itself can be.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 499 || event.detail.xhr.status === 401) location.reload();
  });

  // News: shown for a while, and read out by screen readers, for their container is a live region.
  const news = document.getElementById("news");
  function tell(text) {
    if (!news || !text) return;
    const line = document.createElement("p");
    line.textContent = text;
    news.append(line);
    while (news.children.length > 3) news.firstElementChild.remove();
    setTimeout(() => line.remove(), 8000);
  }
  document.addEventListener("htmx:sseBeforeMessage", (event) => {
    if (event.target.id === "news") {
      event.preventDefault();
      tell(event.detail.data);
    }
  });
  const light = document.querySelector(".live");
  function live(on, words) {
    if (!light) return;
    light.classList.toggle("on", on);
    light.parentElement.title = words;
  }
  document.addEventListener("htmx:sseOpen", () => live(true, "This page keeps itself up to date."));
  document.addEventListener("htmx:sseError", () => live(false, "Not connected: reload to see what is new."));
})();
