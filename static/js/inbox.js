// Keys for a list of notices; everything works without them. They are told on the page.

const form = document.querySelector("form[data-inbox]");
const rows = [...form?.querySelectorAll("tbody tr") ?? []];
let current = -1;

function go(step) {
  current = Math.min(Math.max(current + step, 0), rows.length - 1);
  const link = rows[current].querySelector("a");
  link.focus();
  rows[current].scrollIntoView({ block: "nearest" });
}

// Where the reader went by other means is where the keys go on from.
form?.addEventListener("focusin", (event) => {
  const row = event.target.closest("tbody tr");
  current = row ? rows.indexOf(row) : current;
});

const keys = {
  j: () => go(1),
  k: () => go(-1),
  x: () => rows[current]?.querySelector("[name=delivery]")?.click(),
  a: () => form.querySelector("[name=delivery]:checked") && form.requestSubmit(),
};

function isTyping(target) {
  return target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], dialog");
}

document.addEventListener("keydown", (event) => {
  const withAnother = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (rows.length && !withAnother && Object.hasOwn(keys, event.key) && !isTyping(event.target)) {
    event.preventDefault();
    keys[event.key]();
  }
});
