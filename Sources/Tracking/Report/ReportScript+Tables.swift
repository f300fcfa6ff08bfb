extension ReportScript {
  /// Sorting by a click on a head, and a box that keeps the rows with its words.
  static let tables = #"""
    function sortable(table) {
      const body = table.tBodies[0], heads = all("thead tr:last-child > th", table);
      heads.forEach((head, column) => {
        if (!head.textContent.trim() || head.hasAttribute("data-fixed")) return;
        const button = make("button", { type: "button" });
        button.append(...head.childNodes);
        head.append(button);
        button.addEventListener("click", () => {
          const rising = head.getAttribute("aria-sort") !== "ascending";
          sort(column, rising);
          state.sorts[table.id] = [column, rising];
        });
      });
      function value(row, column) {
        const cell = row.cells[column];
        if (!cell) return "";
        const data = cell.dataset.value;
        return data === undefined ? cell.textContent.trim() : data === "" ? "" : Number(data);
      }
      function sort(column, rising) {
        // What is missing comes last either way; equal rows keep their order.
        const rows = all("tr", body).map(row => [value(row, column), row]);
        rows.sort(([a], [b]) => {
          if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1;
          const order = typeof a === "number" && typeof b === "number"
            ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
          return rising ? order : -order;
        });
        body.append(...rows.map(([, row]) => row));
        for (const head of heads) head.removeAttribute("aria-sort");
        heads[column].setAttribute("aria-sort", rising ? "ascending" : "descending");
      }
      const sorted = state.sorts[table.id];
      if (sorted) sort(...sorted);
    }
    let kept = null;
    // Keeps the rows whose keys a brush has left; `null` for all of them.
    function keep(some) { kept = some; filter(); }
    function filter() {
      const words = state.filter.toLowerCase().split(/\s+/).filter(word => word);
      for (const table of all("table[data-filters]")) {
        let shown = 0, count = 0;
        for (const row of table.tBodies[0].rows) {
          const text = row.textContent.toLowerCase();
          row.hidden = !(words.every(word => text.includes(word))
            && (!kept || keys(row).some(key => kept.has(key))));
          count += 1;
          if (!row.hidden) shown += 1;
        }
        const output = document.getElementById("shown");
        if (output) output.textContent = shown === count ? "" : `${shown} of ${count} rows`;
      }
    }
    function filterBox() {
      const table = document.querySelector("table[data-filters]");
      if (!table || document.getElementById("filter")) return;
      const input = make("input", {
        type: "search", id: "filter", placeholder: "filter rows", "aria-label": "filter rows by words"
      });
      input.value = state.filter;
      input.addEventListener("input", () => { state.filter = input.value; filter(); });
      table.closest(".scroll").before(make("div", { class: "controls above" }, input,
        make("output", { id: "shown" })));
      filter();
    }

    """#

  /// The page of a server: it hears of what happens, and takes the parts that have changed from a new
  /// page of the same server.
  static let live = #"""
    function follow() {
      const line = document.getElementById("live");
      const say = text => { if (line) line.textContent = text; };
      let busy = false, again = false, last = 0;
      async function refresh() {
        if (busy) { again = true; return; }
        busy = true;
        // At most four times a second, however much happens.
        await new Promise(resolve => setTimeout(resolve, Math.max(0, last + 250 - Date.now())));
        last = Date.now();
        try {
          const answer = await fetch("/", { credentials: "same-origin" });
          if (answer.ok) replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
        } catch { say("the server does not answer"); }
        busy = false;
        if (again) { again = false; refresh(); }
      }
      // Only what differs is replaced, so that what somebody reads or holds stays where it is.
      function replace(page) {
        for (const part of all("[data-part]", page)) {
          const old = document.querySelector(`[data-part="${part.dataset.part}"]`);
          if (!old || old.dataset.digest === part.dataset.digest) continue;
          const fresh = document.importNode(part, true);
          const open = all("details", old).map(detail => detail.open);
          old.replaceWith(fresh);
          all("details", fresh).forEach((detail, index) => { detail.open = !!open[index]; });
          enhance(fresh);
          spy(fresh);
        }
        document.title = page.title;
        filterBox();
        document.documentElement.dataset.redraws =
          Number(document.documentElement.dataset.redraws || 0) + 1;
      }
      const source = new EventSource("/events");
      source.addEventListener("open", () => say("live"));
      source.addEventListener("error", () => say("waiting for the server"));
      for (const kind of ["run", "epoch", "status"]) {
        source.addEventListener(kind, event => {
          try { say("live · " + JSON.parse(event.data).text); } catch { say("live"); }
          document.documentElement.dataset.heard = event.lastEventId;
        });
      }
      source.addEventListener("page", event => {
        document.documentElement.dataset.heard = event.lastEventId;
        if (!document.hidden) refresh(); else again = true;
      });
      document.addEventListener("visibilitychange", () => {
        if (!document.hidden && again) { again = false; refresh(); }
      });
    }

    """#
}
