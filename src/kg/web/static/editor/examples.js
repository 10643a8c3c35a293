// The example queries that the server lists on the page, as links and as a menu.

/** The menu of the examples in `list`; `choose` is called with the query of the one that is picked, here or there. */
export function offerExamples(list, choose) {
  const links = [...list.querySelectorAll("a")];
  const menu = document.createElement("select");
  menu.setAttribute("aria-label", "Examples");
  menu.append(new Option("Examples …", ""), ...links.map((link, i) => new Option(link.textContent, i)));
  menu.addEventListener("change", () => {
    if (menu.value) choose(queryOf(links[menu.value]));
    menu.selectedIndex = 0;
  });
  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      choose(queryOf(link));
    });
  }
  return menu;
}

function queryOf(link) {
  return new URL(link.href).searchParams.get("query");
}
