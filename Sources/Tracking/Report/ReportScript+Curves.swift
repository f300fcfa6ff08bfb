extension ReportScript {
  /// A cross hair through all panels of a figure of curves, with the values at an epoch.
  static let curves = #"""
    function curves(figure) {
      const svg = figure.querySelector("svg");
      if (!svg) return;
      const panels = all(".panel", svg).map(group => {
        const panel = {
          group, x: scale(group.dataset.x), y: scale(group.dataset.y),
          title: group.dataset.title || "", xlabel: group.dataset.xlabel || "",
          lines: all(".line[data-key]", group).map(path => ({
            path, key: path.dataset.key, name: (path.dataset.tip || path.dataset.key).split("\n")[0],
            x: numbers(path.dataset.x), y: numbers(path.dataset.y), drawn: path.getAttribute("d")
          })).filter(line => line.x.length > 1)
        };
        const { x, y } = panel;
        // Catches the pointer where nothing is drawn.
        panel.zone = draw("rect", {
          x: Math.min(x.first, x.last), y: Math.min(y.first, y.last), fill: "transparent",
          width: Math.abs(x.last - x.first), height: Math.abs(y.last - y.first)
        });
        group.prepend(panel.zone);
        panel.hair = draw("line", { class: "hair", y1: y.first, y2: y.last, visibility: "hidden" });
        group.append(panel.hair);
        return panel;
      }).filter(panel => panel.lines.length);
      figure.panels = panels;
      const steps = panel => [...new Set(panel.lines.flatMap(line => line.x))].sort((a, b) => a - b);
      function nearest(list, value) {
        return list.reduce((best, at) => Math.abs(at - value) < Math.abs(best - value) ? at : best);
      }
      function leave() {
        for (const panel of panels) panel.hair.setAttribute("visibility", "hidden");
        hideTip();
      }
      function read(panel, at, x, y) {
        for (const other of panels) {
          const pixel = other.x.pixel(at);
          other.hair.setAttribute("x1", pixel);
          other.hair.setAttribute("x2", pixel);
          other.hair.setAttribute("visibility", "visible");
        }
        const lines = panel.lines.map(line => [line.name, line.y[line.x.indexOf(at)], line.key])
          .filter(line => line[1] !== undefined && !line[2].endsWith(":band"))
          .sort((a, b) => b[1] - a[1]);
        const shown = lines.slice(0, 14).map(line => [line[0], String(Number(line[1].toPrecision(5)))]);
        if (lines.length > shown.length) shown.push([`${lines.length - shown.length} more`, ""]);
        const unit = panel.xlabel || "epoch";
        showTip(x, y, `${unit} ${at}${panel.title ? " · " + panel.title : ""}`, shown);
        panel.at = at;
      }
      for (const panel of panels) {
        const list = steps(panel);
        panel.group.addEventListener("pointermove", event => {
          if (event.target.closest("[data-tip]") && event.target.closest(".point")) return;
          const place = within(svg, event);
          if (place) read(panel, nearest(list, panel.x.value(place.x)), event.clientX, event.clientY);
        });
        panel.group.addEventListener("pointerleave", leave);
        panel.group.setAttribute("tabindex", "0");
        panel.group.setAttribute("role", "group");
        panel.group.setAttribute("aria-label",
          `${panel.title || "curves"}: arrow keys read the values at each ${panel.xlabel || "epoch"}`);
        panel.group.addEventListener("blur", leave);
        panel.group.addEventListener("keydown", event => {
          const move = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[event.key];
          const now = list.indexOf(panel.at === undefined ? list[list.length - 1] : panel.at);
          let next = now + (panel.at === undefined ? 0 : move || 0);
          if (event.key === "Home") next = 0;
          else if (event.key === "End") next = list.length - 1;
          else if (!move) return;
          event.preventDefault();
          next = Math.max(0, Math.min(list.length - 1, next));
          const box = panel.zone.getBoundingClientRect();
          const share = (panel.x.pixel(list[next]) - panel.x.first) / (panel.x.last - panel.x.first);
          read(panel, list[next], box.left + share * box.width, box.top + box.height / 3);
        });
      }
      smoothing(figure);
    }

    """#

  /// Moving averages in the place of curves; what was measured stays behind them.
  static let smoothing = #"""
    function smoothing(figure) {
      const head = figure.querySelector(".figure-head");
      if (!head || figure.querySelector("input[type=range]")) return;
      const input = make("input",
        { type: "range", min: "0", max: "95", step: "5", value: "0", "aria-label": "smoothing" });
      const output = make("output", {}, "0");
      head.append(make("div", { class: "controls" },
        make("label", {}, "smoothing", input, output)));
      const name = figure.id;
      function apply() {
        const weight = Number(input.value) / 100;
        output.textContent = weight ? weight.toFixed(2) : "0";
        state.smoothing[name] = input.value;
        for (const panel of figure.panels || []) {
          for (const line of panel.lines) smooth(panel, line, weight);
        }
      }
      // An exponential moving average without the bias of its beginning: m = w·m + (1 − w)·x, of which
      // m / (1 − w^t) is drawn.
      function smooth(panel, line, weight) {
        if (line.raw) { line.raw.remove(); line.raw = null; }
        if (!weight) { line.path.setAttribute("d", line.drawn); return; }
        line.raw = line.path.cloneNode(false);
        for (const trace of ["data-key", "data-tip", "data-x", "data-y", "aria-label"]) {
          line.raw.removeAttribute(trace);
        }
        line.raw.setAttribute("class", "raw");
        line.raw.setAttribute("d", line.drawn);
        line.path.before(line.raw);
        let mean = 0, power = 1, path = "";
        line.y.forEach((value, index) => {
          mean = weight * mean + (1 - weight) * value;
          power *= weight;
          const x = panel.x.pixel(line.x[index]), y = panel.y.pixel(mean / (1 - power));
          path += (index ? "L" : "M") + x.toFixed(1) + "," + y.toFixed(1);
        });
        line.path.setAttribute("d", path);
      }
      input.addEventListener("input", apply);
      if (state.smoothing[name]) { input.value = state.smoothing[name]; apply(); }
    }

    """#
}
