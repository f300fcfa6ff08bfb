extension ReportScript {
  /// Truth and prediction over their image, as strongly as one wants.
  static let images = #"""
    function overlays(root) {
      for (const figure of all("figure[data-overlays]", root)) {
        for (const row of all(".image-row", figure)) {
          const photograph = row.querySelector("img.photograph");
          for (const label of all("img.labels", row)) {
            const below = photograph.cloneNode(false);
            below.alt = "";
            below.className = photograph.className.replace("photograph", "below");
            label.before(below);
            label.parentElement.classList.add("stack");
          }
        }
        const input = make("input",
          { type: "range", min: "0", max: "100", step: "5", value: "100", "aria-label": "overlay" });
        const apply = () => {
          for (const label of all("img.labels", figure)) label.style.opacity = input.value / 100;
        };
        input.addEventListener("input", apply);
        figure.querySelector(".figure-head").append(
          make("div", { class: "controls" }, make("label", {}, "image", input, "classes")));
      }
    }

    """#

  /// The epochs of a training, one at a time: a slider in the place of a list.
  static let courses = #"""
    function courses(root) {
      for (const figure of all("figure[data-course]", root)) {
        const steps = all("li[data-epoch]", figure);
        const input = make("input", { type: "range", min: "0", max: String(steps.length - 1),
          step: "1", "aria-label": "epoch" });
        const output = make("output");
        input.value = state.course === undefined ? String(steps.length - 1) : state.course;
        const apply = () => {
          const shown = steps[Number(input.value)] || steps[steps.length - 1];
          for (const step of steps) step.hidden = step !== shown;
          output.textContent = shown.dataset.epoch;
          input.setAttribute("aria-valuetext", "epoch " + shown.dataset.epoch);
        };
        input.addEventListener("input", () => { state.course = input.value; apply(); });
        figure.classList.add("sliding");
        figure.querySelector(".figure-head").append(
          make("div", { class: "controls" }, make("label", {}, "epoch", input, output)));
        apply();
      }
    }

    """#
}
