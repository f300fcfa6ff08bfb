"""A headless Chromium, driven over two pipes: no port, no package.

Messages are JSON that ends with a zero byte: the browser reads them from its descriptor 3 and
writes them to 4.
"""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time

NAMES = ["chromium-headless-shell", "chrome-headless-shell"]


def find():
    """The browser's path, or None."""
    return os.environ.get("BROWSER_SHELL") or next(
        (path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    def __init__(self, path):
        self.profile = tempfile.mkdtemp(prefix="browser-")
        to_browser, self.outgoing = os.pipe()
        self.incoming, from_browser = os.pipe()

        def arrange():
            # The pipes may have the numbers 3 and 4 themselves.
            copies = os.dup(to_browser), os.dup(from_browser)
            os.dup2(copies[0], 3)
            os.dup2(copies[1], 4)

        options = ["--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                   "--force-color-profile=srgb", "--user-data-dir=" + self.profile]
        # Descriptors 3 and 4 have to live until the browser runs.
        self.process = subprocess.Popen(
            [path] + options, preexec_fn=arrange, close_fds=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.buffer, self.count, self.events = b"", 0, []

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def receive(self):
        while b"\0" not in self.buffer:
            part = os.read(self.incoming, 1 << 20)
            if not part:
                raise RuntimeError("the browser has ended")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def send(self, method, session=None, **parameters):
        """Sends a command and returns its result; what happens meanwhile is kept in events."""
        self.count += 1
        message = {"id": self.count, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.outgoing, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)


class Page:
    """A tab of its own, which notes everything that must not happen."""

    def __init__(self, browser, width=1280, height=900, dark=False, media="", script=True):
        self.browser = browser
        target = browser.send("Target.createTarget", url="about:blank")["targetId"]
        self.target = target
        self.session = browser.send(
            "Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Network", "Log"]:
            self.send(domain + ".enable")
        self.size(width, height)
        self.media(dark, media)
        if not script:
            self.send("Emulation.setScriptExecutionDisabled", value=True)

    def send(self, method, **parameters):
        return self.browser.send(method, self.session, **parameters)

    def size(self, width, height=900):
        self.width, self.height = width, height
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=width < 600)

    def media(self, dark=False, media=""):
        self.send("Emulation.setEmulatedMedia", media=media, features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def open(self, address, ready=True):
        self.browser.events.clear()
        self.send("Page.navigate", url=address)
        for _ in range(200):
            time.sleep(0.05)
            if not ready or self.run("document.documentElement?.dataset.ready || ''") == "1":
                break
        else:
            raise RuntimeError(f"{address}: the page does not get ready")

    def run(self, expression, wait=False):
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True,
                           awaitPromise=wait)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def complaints(self):
        """Messages on the console, exceptions, refusals of the policy and requests of the page."""
        self.run("0")
        found = []
        for event in self.browser.events:
            if event.get("sessionId") != self.session:
                continue
            method, parameters = event["method"], event["params"]
            if method == "Runtime.consoleAPICalled":
                found.append("console: " + json.dumps(parameters["args"])[:300])
            elif method == "Runtime.exceptionThrown":
                found.append("exception: " + json.dumps(parameters["exceptionDetails"])[:600])
            elif method == "Log.entryAdded":
                found.append("log: " + parameters["entry"]["text"][:300])
            elif method == "Network.requestWillBeSent":
                address = parameters["request"]["url"]
                if not address.startswith("data:"):
                    found.append("request: " + address)
        return found

    def mouse(self, kind, x, y, buttons=0, count=0):
        self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, buttons=buttons,
                  button="left" if buttons or kind == "mouseReleased" else "none", clickCount=count)

    def key(self, name, shift=False):
        code = {"ArrowUp": 38, "ArrowDown": 40, "ArrowLeft": 37, "ArrowRight": 39, "Home": 36,
                "End": 35, "Delete": 46, "Enter": 13, "Tab": 9, "Escape": 27}[name]
        text = {"text": "\r"} if name == "Enter" else {}
        for kind, more in [("keyDown", text), ("keyUp", {})]:
            self.send("Input.dispatchKeyEvent", type=kind, key=name, code=name,
                      windowsVirtualKeyCode=code, modifiers=8 if shift else 0, **more)

    def box(self, selector, index=0):
        """Where an element is on the screen, after it was scrolled into view."""
        find = f"document.querySelectorAll({json.dumps(selector)})[{index}]"
        self.run(f"{find} && {find}.scrollIntoView({{ block: 'center', behavior: 'instant' }})")
        # The page hears of it with its next frame.
        time.sleep(0.1)
        return self.run(f"""(() => {{
          const element = {find};
          if (!element) return null;
          const box = element.getBoundingClientRect();
          return {{ x: box.x, y: box.y, width: box.width, height: box.height }};
        }})()""")

    def screenshot(self, file, whole=True):
        options = {}
        if whole:
            height = self.run("document.documentElement.scrollHeight")
            options = {"captureBeyondViewport": True, "clip": {
                "x": 0, "y": 0, "width": self.width, "height": min(height, 16000), "scale": 1}}
        data = self.send("Page.captureScreenshot", format="png", **options)["data"]
        with open(file, "wb") as output:
            output.write(base64.b64decode(data))

    def pdf(self, file):
        data = self.send("Page.printToPDF", printBackground=True, preferCSSPageSize=True)["data"]
        with open(file, "wb") as output:
            output.write(base64.b64decode(data))

    def close(self):
        self.browser.send("Target.closeTarget", targetId=self.target)
