"""Opens the page of `experiments data` in a headless Chromium, without JavaScript, and checks what is seen.

    python3 Tests/BrowserTests/check_data_page.py PROGRAM FOLDER [SPEC-OR-LIST...]

By default the page is about the scenes of experiments/quickstart.yaml. Page and screenshots go to FOLDER.
`make test-browser` runs it.
"""

import os
import subprocess
import sys

from browser import Browser, Page, find
from check_report import CONTRAST, SMALL, check, failures

MOST_BYTES = 4_000_000

STRUCTURE = """(() => {
  const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
  return {
    h1: document.querySelectorAll("h1").length,
    scripts: document.querySelectorAll("script").length,
    styles: document.querySelectorAll("[style]").length,
    sections: [...document.querySelectorAll("main section")].map(section => section.id),
    twice: ids.filter((id, index) => ids.indexOf(id) !== index),
    scopes: [...document.querySelectorAll("th")].filter(th => !th.scope).length,
    unnamed: [...document.querySelectorAll("svg[role=img]")].filter(svg =>
      !(svg.querySelector("title") && svg.querySelector("title").textContent.trim())).length,
    images: document.querySelectorAll("img").length,
    silent: [...document.querySelectorAll("img")].filter(img => !img.alt).length,
    broken: [...document.querySelectorAll("img")].filter(img => !img.complete || !img.naturalWidth).length,
    policy: document.querySelector("meta[http-equiv=Content-Security-Policy]").content
  };
})()"""


def looks(browser, folder, address):
    for kind, width, dark in [("light", 1200, False), ("dark", 1200, True), ("phone", 390, False),
                              ("phone-dark", 390, True), ("small", 320, False)]:
        page = Page(browser, width, dark=dark)
        page.open(address, ready=False)
        complaints = [text for text in page.complaints() if text != "request: " + address]
        check(not complaints, f"data {kind}: no message, no request {complaints[:3]}")
        overflow = page.run("document.documentElement.scrollWidth - innerWidth")
        check(overflow <= 0, f"data {kind}: nothing is wider than the screen ({overflow})")
        contrast = page.run(CONTRAST)
        check(contrast["count"] > 20 and not contrast["bad"],
              f"data {kind}: {contrast['count']} texts contrast 4.5:1 {contrast['bad']}")
        small = page.run(SMALL)
        check(not small, f"data {kind}: what is clicked is 24 pixels or more {small[:3]}")
        page.screenshot(f"{folder}/data-{kind}.png")
        page.close()


def structure(browser, folder, address):
    page = Page(browser, 1200, script=False)
    page.open(address, ready=False)
    page.send("Emulation.setScriptExecutionDisabled", value=False)
    facts = page.run(STRUCTURE)
    check(facts["h1"] == 1 and facts["scripts"] == 0 and facts["styles"] == 0,
          "data: one first heading, no script and no style of an element")
    check(facts["sections"][:2] == ["findings", "sets"], f"data: sections {facts['sections']}")
    check(not facts["twice"] and not facts["scopes"] and not facts["unnamed"],
          f"data: ids are unique, headings have scopes, drawings have titles {facts['twice'][:3]}")
    check(facts["images"] > 2 and not facts["silent"] and not facts["broken"],
          f"data: {facts['images']} images are shown and described")
    check(facts["policy"].startswith("default-src 'none'; style-src 'sha256-")
          and "script-src" not in facts["policy"], "data: the policy allows no script")
    page.pdf(f"{folder}/data.pdf")
    page.media(dark=True, media="print")
    colour = page.run("getComputedStyle(document.body).backgroundColor")
    check(colour == "rgb(255, 255, 255)", f"data print: the paper is white ({colour})")
    page.close()


def main():
    if len(sys.argv) < 3:
        print(__doc__)
        return 64
    program, folder = map(os.path.abspath, sys.argv[1:3])
    data = [os.path.abspath(path) for path in sys.argv[3:] or ["experiments/quickstart.yaml"]]
    path = find()
    if path is None:
        print("skipped: there is no chromium-headless-shell here")
        return 0
    os.makedirs(folder, exist_ok=True)
    file = f"{folder}/data.html"
    done = subprocess.run([program, "data", *data, "-o", file], cwd=folder, capture_output=True)
    check(done.returncode == 0, f"data: the page is written {done.stderr.decode()[-200:]}")
    size = os.path.getsize(file)
    check(size < MOST_BYTES, f"data: the page has {size} bytes")
    browser = Browser(path)
    try:
        looks(browser, folder, f"file://{file}")
        structure(browser, folder, f"file://{file}")
    finally:
        browser.close()
    print(f"{len(failures)} checks went wrong; screenshots are in {folder}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
