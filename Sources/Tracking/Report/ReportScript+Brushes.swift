extension ReportScript {
  /// Ranges on the axes of parallel coordinates: lines outside of one become faint, and the table below
  /// keeps the rows of the others.
  static let brushes = #"""
    function brushes(figure) {
      const svg = figure.querySelector("svg"), group = svg && svg.querySelector(".panel");
      if (!group) return;
      const x = scale(group.dataset.x), y = scale(group.dataset.y);
      const lines = all(".line[data-key]", group).map(path => ({
        path, key: path.dataset.key, places: new Map(numbers(path.dataset.x).map((at, index) =>
          [at, y.pixel(numbers(path.dataset.y)[index])]))
      }));
      const axes = [...new Set(lines.flatMap(line => [...line.places.keys()]))].sort((a, b) => a - b);
      const names = (figure.dataset.axes || "").split("\u001f");
      const top = Math.min(y.first, y.last), bottom = Math.max(y.first, y.last);
      const ranges = new Map();
      const head = figure.querySelector(".figure-head");
      const count = make("output", {}, `${lines.length} of ${lines.length}`);
      const clear = make("button", { type: "button" }, "show all");
      head.append(make("div", { class: "controls" }, count, clear));
      clear.hidden = true;
      keep(null);
      let waiting = false;
      function apply() {
        waiting = false;
        let kept = 0;
        const some = ranges.size ? new Set() : null;
        for (const line of lines) {
          let inside = true;
          for (const [axis, range] of ranges) {
            const at = line.places.get(axis);
            if (at === undefined || at < range[0] - 0.5 || at > range[1] + 0.5) inside = false;
          }
          if (inside) { kept += 1; if (some) some.add(line.key.slice(0, 8)); }
          if (inside !== line.inside) line.path.classList.toggle("faint", !inside);
          line.inside = inside;
        }
        count.textContent = `${kept} of ${lines.length}`;
        clear.hidden = !ranges.size;
        keep(some);
      }
      // Many movements of a pointer are one change of the page.
      function change() {
        if (!waiting) { waiting = true; requestAnimationFrame(apply); }
      }
      const zones = axes.map((axis, index) => {
        const middle = x.pixel(axis);
        const band = draw("rect",
          { class: "brush-range", x: middle - 9, width: 18, y: top, height: 0, visibility: "hidden" });
        const zone = draw("rect", {
          class: "brush-zone", x: middle - 17, width: 34, y: top - 4, height: bottom - top + 8,
          tabindex: "0", role: "slider", "aria-orientation": "vertical", "aria-valuemin": "0",
          "aria-valuemax": "100", "aria-valuenow": "100",
          "aria-label": `range on ${names[index] || "axis " + (index + 1)}: arrow keys move it, ` +
            "with shift they widen or narrow it, Delete clears it"
        });
        function set(range) {
          if (range) {
            range = [Math.max(top, range[0]), Math.min(bottom, range[1])];
            ranges.set(axis, range);
            band.setAttribute("y", range[0]);
            band.setAttribute("height", Math.max(1, range[1] - range[0]));
          } else ranges.delete(axis);
          band.setAttribute("visibility", range ? "visible" : "hidden");
          const share = range ? (bottom - (range[0] + range[1]) / 2) / (bottom - top) * 100 : 100;
          zone.setAttribute("aria-valuenow", share.toFixed(0));
          zone.setAttribute("aria-valuetext", range ? `around ${share.toFixed(0)} %` : "everything");
          change();
        }
        let from = null;
        zone.addEventListener("pointerdown", event => {
          const place = within(svg, event);
          if (!place) return;
          from = place.y;
          zone.setPointerCapture(event.pointerId);
          event.preventDefault();
          zone.focus({ preventScroll: true });
        });
        zone.addEventListener("pointermove", event => {
          if (from === null) return;
          const place = within(svg, event);
          if (place && Math.abs(place.y - from) > 2) {
            set([Math.min(from, place.y), Math.max(from, place.y)]);
          }
        });
        zone.addEventListener("pointerup", () => { from = null; });
        zone.addEventListener("dblclick", () => set(null));
        zone.addEventListener("keydown", event => {
          const step = (bottom - top) / 20;
          const range = ranges.get(axis) || [top, top + 4 * step];
          const up = event.key === "ArrowUp", down = event.key === "ArrowDown";
          if (event.key === "Delete" || event.key === "Escape" || event.key === "Backspace") set(null);
          else if (!up && !down) return;
          else if (!ranges.has(axis)) set(range);
          else if (event.shiftKey) {
            const grown = range[1] + (down ? step : -step);
            set([range[0], Math.max(range[0] + step / 2, grown)]);
          } else {
            const by = up ? Math.max(-step, top - range[0]) : Math.min(step, bottom - range[1]);
            set([range[0] + by, range[1] + by]);
          }
          event.preventDefault();
        });
        group.append(band, zone);
        return { set };
      });
      clear.addEventListener("click", () => { for (const zone of zones) zone.set(null); });
    }

    """#
}
