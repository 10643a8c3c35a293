// The table of results, in place of YASR's own, whose cells are markup, some of it unescaped. Ours are elements that hold
// text, so whatever a graph says stays words; and none of them needs a style that our security policy does not allow.

import { make } from "./elements.js";
import { holdsNumbers, readRows, search, sort } from "./rows.js";

const DATE = /^\d{4}-\d\d(-\d\d(T\S{8,20})?)?$/;
const PAGE_SIZES = [50, 200, 1000];

/** The plugin, for one way of showing IRIs. */
export function makeTable(Yasr, links) {
  const { getIcon } = Yasr.plugins.table.prototype;
  return class Table {
    label = "Table";
    priority = 10;
    getIcon = getIcon;

    constructor(yasr) {
      this.yasr = yasr;
    }

    canHandleResults() {
      return (this.yasr.results?.getVariables()?.length ?? 0) > 0;
    }

    draw(kept) {
      this.kept = { pageSize: PAGE_SIZES[0], isTyped: false, ...kept };
      this.names = this.yasr.results.getVariables();
      this.rows = readRows(this.yasr.results);
      Object.assign(this, { words: "", column: null, isDown: false, page: 0 });
      this.areNumbers = this.names.map((_, i) => holdsNumbers(this.rows, i));
      this.heads = this.names.map((name, i) => this.drawHead(name, i));
      this.body = make("tbody");
      this.pager = make("p", "pager");
      const table = make("table", "results", make("thead", "", make("tr", "", ...this.heads)), this.body);
      this.yasr.resultsEl.replaceChildren(make("div", "wide", table), this.pager);
      this.yasr.pluginControls.replaceChildren(...this.drawControls());
      this.fill();
    }

    destroy() {
      this.yasr.pluginControls.replaceChildren();
    }

    drawHead(name, column) {
      const button = make("button", "", name);
      button.title = "Sort";
      button.addEventListener("click", () => this.change({ column, isDown: this.column === column && !this.isDown }));
      return Object.assign(make("th", "", button), { scope: "col" });
    }

    drawControls() {
      const typed = Object.assign(make("input"), { type: "checkbox", checked: this.kept.isTyped });
      typed.addEventListener("change", () => this.keep({ isTyped: typed.checked }));
      const words = Object.assign(make("input"), { type: "search", placeholder: "Filter rows" });
      words.setAttribute("aria-label", "Filter rows");
      words.addEventListener("input", () => this.change({ words: words.value }));
      const size = make("select", "", ...PAGE_SIZES.map((n) => new Option(`${n} a page`, n, false, n === this.kept.pageSize)));
      size.setAttribute("aria-label", "Rows on a page");
      size.addEventListener("change", () => this.keep({ pageSize: Number(size.value) }));
      return [make("label", "", typed, " Datatypes"), words, size];
    }

    keep(kept) {
      this.kept = { ...this.kept, ...kept };
      this.yasr.storePluginConfig("table", this.kept);
      this.change({});
    }

    change(state) {
      Object.assign(this, { page: 0 }, state);
      this.fill();
    }

    /** Draw the rows of the page that is looked at. */
    fill() {
      const found = search(this.rows, this.words);
      const ordered = this.column === null ? found : sort(found, this.column, this.isDown);
      const from = this.page * this.kept.pageSize;
      const shown = ordered.slice(from, from + this.kept.pageSize);
      this.body.replaceChildren(...shown.map((row) => make("tr", "", ...row.map((term, i) => this.drawCell(term, i)))));
      this.heads.forEach((head, i) => {
        head.setAttribute("aria-sort", i !== this.column ? "none" : this.isDown ? "descending" : "ascending");
      });
      this.pager.replaceChildren(...this.drawPager(from, shown.length, found.length));
    }

    drawCell(term, column) {
      if (!term) return make("td");
      if (term.type === "uri") return make("td", "", links.draw(term.value));
      if (term.type === "bnode") return make("td", "", `_:${term.value}`);
      const name = this.areNumbers[column] ? "numeric" : DATE.test(term.value) ? "date" : "literal";
      const cell = make("td", name, term.value);
      if (term["xml:lang"]) cell.append(make("small", "", ` ${term["xml:lang"]}`));
      else if (term.datatype && this.kept.isTyped) cell.append(make("small", "", " ", links.draw(term.datatype)));
      return cell;
    }

    drawPager(from, shown, all) {
      if (all === 0) return [this.rows.length ? "No row has these words." : "No rows."];
      if (shown === all) return [];
      const step = (label, page) => {
        const button = Object.assign(make("button", "", label), { disabled: page < 0 || page * this.kept.pageSize >= all });
        button.addEventListener("click", () => this.change({ page }));
        return button;
      };
      const numbers = [from + 1, from + shown, all].map((n) => n.toLocaleString("en"));
      return [step("Back", this.page - 1), ` ${numbers[0]} to ${numbers[1]} of ${numbers[2]} `, step("On", this.page + 1)];
    }
  };
}
