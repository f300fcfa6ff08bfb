internal import Digest

/// The script of reports: it adds what a page can do beyond being read. Without it nothing is missing that
/// is to be read.
///
/// It builds elements and sets their text; it never makes markup of data.
package struct ReportScript: Sendable {
  package let text: String

  package static let standard = ReportScript(
    text: "(() => {\n\"use strict\";\n" + basics + tips + curves + smoothing + brushes + tables
      + images + courses + live + start + "})();\n")

  /// SHA-256 in base 64, as a content policy names what it allows.
  var digest: String { SHA256.base64(of: text) }

  private static let basics = #"""
    const svgSpace = "http://www.w3.org/2000/svg";
    const all = (selector, root = document) => [...root.querySelectorAll(selector)];
    function make(name, attributes = {}, ...children) {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      element.append(...children);
      return element;
    }
    function draw(name, attributes) {
      const element = document.createElementNS(svgSpace, name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      return element;
    }
    const numbers = text => (text || "").split(" ").filter(word => word).map(Number);
    // "linear 0 15 40 400": the kind of scale, its first and last value, and their pixels.
    function scale(text) {
      const words = (text || "").split(" ");
      const [low, high, first, last] = words.slice(1).map(Number);
      const log = words[0] === "log", from = log ? Math.log(low) : low;
      const extent = (log ? Math.log(high) : high) - from || 1;
      return {
        first, last, log,
        pixel: value => first + ((log ? Math.log(value) : value) - from) / extent * (last - first),
        value: pixel => {
          const at = from + (pixel - first) / (last - first || 1) * extent;
          return log ? Math.exp(at) : at;
        }
      };
    }
    // A place on the screen in the drawing's own pixels.
    function within(svg, event) {
      const matrix = svg.getScreenCTM();
      if (!matrix) return null;
      return new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    }
    const state = window.reportState = window.reportState || { smoothing: {}, sorts: {}, filter: "" };

    """#

  private static let tips = #"""
    const tip = make("div", { id: "tip", role: "status" });
    function hideTip() { tip.style.visibility = "hidden"; }
    function showTip(x, y, title, lines) {
      tip.replaceChildren(make("b", {}, title));
      for (const line of lines) {
        tip.append(Array.isArray(line)
          ? make("span", {}, make("i", {}, line[0]), make("i", {}, line[1])) : line + "\n");
      }
      const width = tip.offsetWidth, height = tip.offsetHeight;
      tip.style.left = Math.max(4, x + 16 + width > innerWidth ? x - width - 12 : x + 16) + "px";
      tip.style.top = Math.max(4, y + 16 + height > innerHeight ? y - height - 12 : y + 16) + "px";
      tip.style.visibility = "visible";
    }
    // What a mark says of itself is shown at once, and not after the browser's pause.
    function marks(root) {
      for (const title of all("svg .line > title, svg .point > title, svg .cell > title, " +
        "svg .bar > title, svg .band > title", root)) {
        const mark = title.parentElement;
        mark.dataset.tip = title.textContent;
        mark.setAttribute("aria-label", title.textContent);
        title.remove();
      }
    }
    function markAt(event) {
      const mark = event.target.closest("[data-tip]");
      // Where a cross hair reads all values, single lines have nothing to add.
      const isRead = event.target.closest("[data-curves] .panel") && !(mark && mark.matches(".point"));
      if (mark && !isRead) {
        const [title, ...rest] = mark.dataset.tip.split("\n");
        showTip(event.clientX, event.clientY, title, rest);
      } else if (!isRead) hideTip();
      stress(mark && mark.dataset.key);
    }
    // What belongs to the same point is stressed wherever it is drawn.
    let stressed = "";
    const keys = element => (element.dataset.key || "").split(" ").map(key => key.slice(0, 8));
    function stress(key) {
      if ((key || "") === stressed) return;
      for (const element of all(".strong, tr.marked")) element.classList.remove("strong", "marked");
      stressed = key || "";
      if (!key) return;
      const wanted = new Set(key.split(" ").map(one => one.slice(0, 8)));
      const belongs = element => keys(element).some(one => wanted.has(one));
      for (const line of all(".line[data-key]")) if (belongs(line)) line.classList.add("strong");
      for (const row of all("tr[data-key]")) if (belongs(row)) row.classList.add("marked");
    }

    """#

  private static let start = #"""
    // The entry of the navigation whose section is read.
    const watcher = "IntersectionObserver" in window && new IntersectionObserver(entries => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const link of all("nav a")) {
          if (link.hash === "#" + entry.target.id) link.setAttribute("aria-current", "true");
          else link.removeAttribute("aria-current");
        }
      }
    }, { rootMargin: "-20% 0px -70% 0px" });
    function spy(root) {
      if (watcher) for (const section of all("section[id]", root)) watcher.observe(section);
    }
    function enhance(root) {
      marks(root);
      for (const figure of all("figure[data-curves]", root)) curves(figure);
      for (const figure of all("figure[data-brush]", root)) brushes(figure);
      for (const table of all("table[data-sorts]", root)) sortable(table);
      overlays(root);
      courses(root);
    }
    document.body.append(tip);
    enhance(document);
    filterBox();
    document.addEventListener("pointermove", markAt);
    document.addEventListener("keydown", event => { if (event.key === "Escape") hideTip(); });
    document.addEventListener("scroll", hideTip, { passive: true });
    spy(document);
    if (document.body.hasAttribute("data-live")) follow();
    document.documentElement.dataset.ready = "1";

    """#
}
