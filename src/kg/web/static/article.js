"use strict";
// Shows which words stand behind which fact. The page works without it: every mark and number is a link.

const text = document.querySelector(".text");
const facts = document.querySelector(".facts");

function marks(attribute, name) {
  return [...text.querySelectorAll(`[${attribute}]`)].filter((one) => one.getAttribute(attribute).split(" ").includes(name));
}

function light(names) {
  document.querySelectorAll(".lit").forEach((one) => one.classList.remove("lit"));
  for (const name of names) {
    marks("data-facts", name).forEach((one) => one.classList.add("lit"));
    document.getElementById(name)?.classList.add("lit");
  }
}

function aim() {
  const name = decodeURIComponent(location.hash.slice(1));
  document.querySelectorAll(".aimed").forEach((one) => one.classList.remove("aimed"));
  [...marks("data-spans", name), ...marks("data-facts", name)].forEach((one) => one.classList.add("aimed"));
}

text.addEventListener("mouseover", (event) => {
  const over = event.target.closest("[data-facts]");
  light(over ? over.getAttribute("data-facts").split(" ") : []);
});
facts.addEventListener("mouseover", (event) => {
  const over = event.target.closest("li[id]");
  light(over ? [over.id] : []);
});
for (const side of [text, facts]) side.addEventListener("mouseleave", () => light([]));
window.addEventListener("hashchange", aim);
aim();
