"""Opens reports in a headless Chromium and checks what a person would see and do.

    python3 Tests/BrowserTests/check_report.py PROGRAM FOLDER

FOLDER holds the pages that BrowserPagesTests wrote; screenshots go there. `make test-browser` runs both.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time

from browser import Browser, Page, find

failures = []


def check(condition, what):
    print(("ok    " if condition else "WRONG ") + what, flush=True)
    if not condition:
        failures.append(what)


# What a reader has to read must contrast 4.5 : 1 with what lies behind it (WCAG 2.2, 1.4.3).
CONTRAST = """(() => {
  const canvas = document.createElement("canvas"), context = canvas.getContext("2d");
  canvas.width = canvas.height = 1;
  function colour(text) {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = text;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  function behind(element) {
    for (let node = element; node; node = node.parentElement) {
      const back = colour(getComputedStyle(node).backgroundColor);
      if (back[3] > 0.98) return back;
    }
    return [255, 255, 255, 1];
  }
  const bad = new Set();
  let count = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("script, style, title, desc, #tip")) continue;
    const style = getComputedStyle(element);
    if (style.visibility === "hidden" || !element.getClientRects().length) continue;
    const isDrawn = element.closest("svg") !== null;
    let back = behind(element);
    if (isDrawn) {
      // Letters in a bar or a cell lie on it, and not on the paper.
      const box = element.getBoundingClientRect();
      const middle = [box.x + box.width / 2, box.y + box.height / 2];
      for (const shape of element.closest("svg").querySelectorAll("rect")) {
        if (!(shape.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
        const area = shape.getBoundingClientRect(), fill = colour(getComputedStyle(shape).fill);
        const opacity = Number(getComputedStyle(shape).fillOpacity) * fill[3];
        if (middle[0] > area.left && middle[0] < area.right && middle[1] > area.top &&
            middle[1] < area.bottom) {
          back = [0, 1, 2].map(i => fill[i] * opacity + back[i] * (1 - opacity)).concat(1);
        }
      }
    }
    const front = colour(isDrawn ? style.fill : style.color);
    const [a, b] = [light(front), light(back)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    count += 1;
    if (ratio < 4.5) bad.add(`${ratio.toFixed(2)} ${walker.currentNode.data.trim().slice(0, 40)}`);
  }
  return { count, bad: [...bad].slice(0, 12) };
})()"""

SMALL = """[...document.querySelectorAll("button, input, summary, nav a, .brush-zone")].filter(element => {
  const box = element.getBoundingClientRect();
  return box.width && (box.height < 23.5 || box.width < 23.5);
}).map(element => element.outerHTML.slice(0, 90))"""


def looks(browser, folder, name, address):
    """One page on a wide and a narrow screen, light and dark, and on paper."""
    for kind, width, dark in [("light", 1280, False), ("dark", 1280, True), ("phone", 390, False),
                              ("phone-dark", 390, True), ("small", 320, False)]:
        page = Page(browser, width, dark=dark)
        page.open(address)
        complaints = [text for text in page.complaints() if text != "request: " + address]
        check(not complaints, f"{name} {kind}: no message, no request {complaints[:3]}")
        overflow = page.run("document.documentElement.scrollWidth - innerWidth")
        check(overflow <= 0, f"{name} {kind}: nothing is wider than the screen ({overflow})")
        contrast = page.run(CONTRAST)
        check(contrast["count"] > 20 and not contrast["bad"],
              f"{name} {kind}: {contrast['count']} texts contrast 4.5:1 {contrast['bad']}")
        small = page.run(SMALL)
        check(not small, f"{name} {kind}: what is clicked is 24 pixels or more {small[:3]}")
        page.screenshot(f"{folder}/{name}-{kind}.png")
        page.close()
    page = Page(browser, 1280, dark=True)
    page.open(address)
    page.pdf(f"{folder}/{name}.pdf")
    page.media(dark=True, media="print")
    colour = page.run("getComputedStyle(document.body).backgroundColor")
    check(colour == "rgb(255, 255, 255)", f"{name} print: the paper is white ({colour})")
    hidden = page.run("""["nav", ".controls", "#tip"].every(name =>
      [...document.querySelectorAll(name)].every(one => getComputedStyle(one).display === "none"))""")
    check(hidden, f"{name} print: no navigation and no controls")
    page.close()


def structure(browser, address):
    page = Page(browser, 1280)
    page.open(address)
    facts = page.run("""(() => {
      const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
      return {
        h1: document.querySelectorAll("h1").length, lang: document.documentElement.lang,
        sections: [...document.querySelectorAll("main section")].map(section => section.id),
        twice: ids.filter((id, index) => ids.indexOf(id) !== index),
        unnamed: [...document.querySelectorAll("svg[role=img]")].filter(svg =>
          !svg.getAttribute("aria-label") &&
          !(svg.querySelector("title") && svg.querySelector("title").textContent.trim())).length,
        scopes: [...document.querySelectorAll("th")].filter(th => !th.scope).length,
        images: [...document.querySelectorAll("img")].filter(img => !img.hasAttribute("alt")).length,
        lines: document.querySelectorAll("#curves .line[data-key]").length,
        points: document.querySelectorAll("#curves .point").length,
        tables: document.querySelectorAll("figure details table").length,
        styles: document.querySelectorAll("[style]:not(#tip):not(img)").length
      };
    })()""")
    check(facts["h1"] == 1 and facts["lang"] == "en", "one first heading, and a language")
    wanted = ["answer", "points", "learning", "hyperparameters", "classes", "health", "fairness", "origin"]
    check([s for s in facts["sections"] if s != "images"] == wanted, f"sections {facts['sections']}")
    check(not facts["twice"], f"no id twice {facts['twice'][:5]}")
    check(facts["unnamed"] == 0, "every drawing has a name")
    check(facts["scopes"] == 0 and facts["images"] == 0, "heads have scopes, images have words")
    check(facts["lines"] >= 9 and facts["points"] >= 9, f"curves and marks are drawn {facts}")
    check(facts["tables"] >= 4, "figures have their numbers as tables")
    page.close()


def behaviour(browser, address):
    page = Page(browser, 1280)
    page.open(address)
    # The pointer reads values of the record, as they stand in the line's own data.
    box = page.box("#curves .panel rect")
    page.mouse("mouseMoved", box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.5)
    tip = page.run("({ text: document.getElementById('tip').innerText, "
                   "shown: getComputedStyle(document.getElementById('tip')).visibility })")
    epoch = re.match(r"epoch (\d+)", tip["text"])
    values = page.run("""[...document.querySelector("#curves .panel").querySelectorAll(".line[data-key]")]
      .map(line => [line.dataset.tip, line.dataset.x.split(" ").map(Number),
                    line.dataset.y.split(" ").map(Number)])""")
    right = bool(epoch) and all(
        str(float(f"{y[x.index(int(epoch[1]))]:.5g}")) in tip["text"] for _, x, y in values)
    check(tip["shown"] == "visible" and right, f"the cross hair reads the values of an epoch {tip['text'][:80]!r}")
    hairs = page.run("[...document.querySelectorAll('#curves .hair')].filter(h => "
                     "h.getAttribute('visibility') === 'visible').length")
    panels = page.run("document.querySelectorAll('#curves .hair').length")
    check(hairs == panels > 1, f"the cross hair goes through all panels ({hairs} of {panels})")
    # The same by keyboard.
    page.run("document.querySelector('#curves .panel').focus()")
    for _ in range(3):
        page.key("ArrowLeft")
    check(page.run("document.getElementById('tip').innerText").startswith("epoch "),
          "arrow keys read the values of an epoch")
    page.key("Escape")
    check(page.run("getComputedStyle(document.getElementById('tip')).visibility") == "hidden",
          "Escape takes them away")
    # Smoothing.
    before = page.run("document.querySelector('#curves .line[data-key]').getAttribute('d')")
    page.run("""(() => { const slider = document.querySelector("#curves input[type=range]");
      slider.value = 90; slider.dispatchEvent(new Event("input")); })()""")
    after = page.run("""({ d: document.querySelector("#curves .line[data-key]").getAttribute("d"),
      raw: document.querySelectorAll("#curves .raw").length,
      lines: document.querySelectorAll("#curves .line[data-key]").length })""")
    check(after["d"] != before and after["raw"] == after["lines"], "smoothing draws another line over what was measured")
    page.run("""(() => { const slider = document.querySelector("#curves input[type=range]");
      slider.value = 0; slider.dispatchEvent(new Event("input")); })()""")
    check(page.run("document.querySelector('#curves .line[data-key]').getAttribute('d')") == before
          and page.run("document.querySelectorAll('#curves .raw').length") == 0,
          "without smoothing the lines are those that were measured")
    # Sorting, by the keyboard too.
    order = "[...document.querySelectorAll('#points-table tbody tr')].map(row => row.cells[0].textContent)"
    first = page.run(order)
    column = page.run("""[...document.querySelectorAll("#points-table thead tr:last-child th")]
      .findIndex(th => th.title === "validation loss")""")
    head = f"#points-table thead tr:last-child th:nth-child({column + 1}) button"
    page.run(f"document.querySelector({json.dumps(head)}).focus()")
    page.key("Enter")
    values = page.run("[...document.querySelectorAll('#points-table tbody tr')].map(row => "
                      f"Number(row.cells[{column}].dataset.value))")
    check(values == sorted(values) and len(first) > 1, f"a head sorts the rows by its values {values[:4]}")
    check(page.run(f"document.querySelector({json.dumps(head)}).parentElement.getAttribute('aria-sort')")
          == "ascending", "and says so")
    page.run("document.querySelector('#points-table thead tr:last-child th:first-child button').click()")
    check(page.run(order) == first, "the first column brings back the ranks")
    # Filtering.
    page.run("""(() => { const box = document.getElementById("filter");
      box.value = "dice"; box.dispatchEvent(new Event("input")); })()""")
    shown = page.run("[...document.querySelectorAll('#points-table tbody tr')].filter(row => !row.hidden)"
                     ".map(row => row.textContent.includes('dice'))")
    check(shown and all(shown) and len(shown) < len(first), f"a word keeps its rows ({len(shown)} of {len(first)})")
    page.run("""(() => { const box = document.getElementById("filter");
      box.value = ""; box.dispatchEvent(new Event("input")); })()""")
    brush(page, len(first))
    complaints = [text for text in page.complaints() if text != "request: " + address]
    check(not complaints, f"no message and no request in all of this {complaints[:3]}")
    page.close()


def brush(page, rows):
    count = "document.querySelector('#parallel output').textContent"
    lines = page.run("document.querySelectorAll('#parallel .line[data-key]').length")
    zones = page.run("document.querySelectorAll('#parallel .brush-zone').length")
    check(zones >= 2 and lines > rows, f"there are axes to drag on ({zones}) and a line for each run ({lines})")
    box = page.box("#parallel .brush-zone", zones - 1)
    x = box["x"] + box["width"] / 2
    page.mouse("mousePressed", x, box["y"] + 4, 1, 1)
    for share in [0.1, 0.2, 0.3]:
        page.mouse("mouseMoved", x, box["y"] + box["height"] * share, 1)
    page.mouse("mouseReleased", x, box["y"] + box["height"] * 0.3, 0, 1)
    time.sleep(0.2)
    state = page.run(f"""({{ text: {count},
      faint: document.querySelectorAll("#parallel .line.faint").length,
      rows: [...document.querySelectorAll("#points-table tbody tr")].filter(row => !row.hidden).length }})""")
    kept = int(state["text"].split()[0])
    check(0 < kept < lines and kept + state["faint"] == lines, f"a drag keeps the lines that pass there ({state['text']})")
    check(0 < state["rows"] < rows, f"and the rows of these runs ({state['rows']} of {rows})")
    page.run("document.querySelector('#parallel .controls button').click()")
    time.sleep(0.2)
    check(page.run(count) == f"{lines} of {lines}", "a button shows all again")
    page.run("document.querySelectorAll('#parallel .brush-zone')[0].focus()")
    for _ in range(3):
        page.key("ArrowDown")
    page.key("ArrowDown", shift=True)
    time.sleep(0.2)
    check(page.run(count) != f"{lines} of {lines}", f"arrow keys move a range ({page.run(count)})")
    page.key("Delete")
    time.sleep(0.2)
    check(page.run(count) == f"{lines} of {lines}", "Delete clears it")


def unscripted(browser, address):
    page = Page(browser, 1280, script=False)
    page.open(address, ready=False)
    time.sleep(0.5)
    # Runtime.evaluate works also where the page's own scripts do not.
    facts = page.run("""({ rows: document.querySelectorAll("#points-table tbody tr").length,
      svg: document.querySelectorAll("figure svg").length, text: document.body.innerText.length,
      dead: document.querySelectorAll("button, input").length })""")
    check(facts["rows"] > 1 and facts["svg"] > 3 and facts["text"] > 2000 and facts["dead"] == 0,
          f"without JavaScript everything is there, and nothing that does not work {facts}")
    page.close()


def courses(browser, address):
    """The predictions of a training, epoch by epoch."""
    steps = """[...document.querySelectorAll("#course li[data-epoch]")].filter(step =>
      getComputedStyle(step).display !== "none").map(step => step.dataset.epoch)"""
    plain = Page(browser, 1280, script=False)
    plain.open(address, ready=False)
    time.sleep(0.5)
    every = plain.run(steps)
    check(len(every) > 1, f"without JavaScript the epochs are a list {every}")
    plain.close()
    page = Page(browser, 1280)
    page.open(address)
    check(page.run(steps) == every[-1:], "with it the last epoch is shown first")
    page.run("document.querySelector('#course input[type=range]').focus()")
    page.key("Home")
    check(page.run(steps) == every[:1], "Home shows the first one")
    page.key("ArrowRight")
    said = page.run("document.querySelector('#course input').getAttribute('aria-valuetext')")
    check(page.run(steps) == every[1:2] and said == f"epoch {every[1]}", f"an arrow key the next one ({said})")
    shown = page.run("""[...document.querySelectorAll("#course li:not([hidden]) img")]
      .every(image => image.complete && image.naturalWidth > 0)""")
    check(shown, "its images are drawn")
    check(not [text for text in page.complaints() if text != "request: " + address],
          "no message, no request")
    page.close()


def large(browser, address):
    page = Page(browser, 1280)
    start = time.time()
    page.open(address)
    print(f"      200 runs × 300 epochs: ready after {time.time() - start:.2f} s")
    spent = page.run("""new Promise(resolve => {
      const zone = [...document.querySelectorAll("#parallel .brush-zone")].pop();
      const box = (zone.scrollIntoView({ block: "center", behavior: "instant" }), zone.getBoundingClientRect());
      const at = (kind, share) => zone.dispatchEvent(new PointerEvent(kind, {
        bubbles: true, pointerId: 1, clientX: box.x + box.width / 2, clientY: box.y + box.height * share }));
      zone.setPointerCapture = () => {};
      const times = [];
      at("pointerdown", 0.1);
      let step = 0;
      const next = () => {
        const start = performance.now();
        at("pointermove", 0.15 + 0.05 * step);
        requestAnimationFrame(() => requestAnimationFrame(() => {
          times.push(performance.now() - start);
          if (++step < 12) next(); else { at("pointerup", 0.8); resolve(times); }
        }));
      };
      next();
    })""", wait=True)
    middle = sorted(spent)[len(spent) // 2]
    print(f"      a movement of a brush is drawn after {middle:.0f} ms (longest {max(spent):.0f} ms)")
    check(middle < 100, "a brush over 200 runs is drawn in less than 100 ms")
    kept = page.run("document.querySelector('#parallel output').textContent")
    check(kept.split()[0] != kept.split()[2], f"it keeps some of the lines ({kept})")
    page.close()


def live(browser, program, folder):
    """The page of a server, while runs are trained by another process."""
    work = os.path.join(folder, "live")
    os.makedirs(work, exist_ok=True)
    spec = """experiment: live
about: Does the page follow?
data: {generated: {train: 16, validation: 8, size: [32, 32], classes: 3, seed: 3}}
template: {name: unet, base_channels: 4, depth: 2}
losses: cross_entropy
solver: {type: ADAM, base_lr: 1e-2}
training: {epochs: 12, batch_size: 4}
evaluation: {previews: 2}
limits: {threads: 1}
sweep: {seeds: 2, parameters: {solver.base_lr: [1e-2, 1e-3]}}
"""
    with open(f"{work}/live.yaml", "w") as file:
        file.write(spec)
    train = [program, "run", "live.yaml"]
    subprocess.run(train + ["--set", "sweep.seeds=1"], cwd=work, check=True, capture_output=True)
    server = subprocess.Popen([program, "serve", "live"], cwd=work, stdout=subprocess.PIPE, text=True)
    try:
        follow(browser, folder, work, train, server.stdout.readline().strip())
        server.send_signal(signal.SIGINT)
        check(server.wait(timeout=20) == 0, "Ctrl-C ends the server in order")
    finally:
        server.kill()


def follow(browser, folder, work, train, address):
    base = address.split("?")[0]
    page = Page(browser, 1280)
    page.open(address)
    check(page.run("location.href") == base, "the secret leaves the address bar")
    rows = "document.querySelectorAll('#points-table tbody tr').length"
    check(page.run(rows) == 2, "the page has a row for each point")
    page.run("document.querySelector('#points-table thead tr:last-child th button').click()")
    trained = subprocess.run(train, cwd=work, capture_output=True)
    check(trained.returncode == 0, "other runs are trained meanwhile")
    for _ in range(100):
        time.sleep(0.1)
        if "4 trials" in page.run("document.querySelector('header').innerText"):
            break
    check("4 trials" in page.run("document.querySelector('header').innerText"), "the page shows them")
    check(int(page.run("document.documentElement.dataset.redraws || 0")) > 0, "it was redrawn, and not loaded again")
    check(page.run("document.querySelector('#points-table thead tr:last-child th').getAttribute('aria-sort')") == "ascending",
          "and is sorted as it was")
    check(page.run("document.querySelectorAll('img').length") >= 2, "images are shown")
    foreign = [text for text in page.complaints()
               if not (text.startswith("request: " + base) or text.startswith("request: " + address))]
    check(not foreign, f"no message, and no request but to the server {foreign[:3]}")
    page.screenshot(f"{folder}/live.png")
    page.close()


def main():
    if len(sys.argv) != 3:
        print(__doc__)
        return 64
    program, folder = map(os.path.abspath, sys.argv[1:])
    path = find()
    if path is None:
        print("skipped: there is no chromium-headless-shell here; apt-get install chromium-headless-shell "
              "fonts-dejavu-core, or name one in BROWSER_SHELL")
        return 0
    browser = Browser(path)
    try:
        pages = {name: f"file://{folder}/{name}.html" for name in
                 ["sweep", "large", "failed", "single", "hostile", "predicted"]}
        for name in ["sweep", "failed", "single", "hostile", "predicted"]:
            looks(browser, folder, name, pages[name])
        structure(browser, pages["sweep"])
        behaviour(browser, pages["sweep"])
        unscripted(browser, pages["sweep"])
        courses(browser, pages["predicted"])
        large(browser, pages["large"])
        live(browser, program, folder)
    finally:
        browser.close()
    print(f"{len(failures)} checks went wrong; screenshots are in {folder}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
