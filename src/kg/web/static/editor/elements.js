// Elements made of text and other elements, never of markup.

/** An element with a class and content. */
export function make(tag, name = "", ...content) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...content);
  return element;
}
