// Small comforts for forms; everything works without them.

// On a page that was refused, the reader hears and sees what is wrong as soon as it is there.
if (document.title.startsWith("エラー")) {
  document.querySelector(".error-summary")?.focus();
}

// A second press while the first is under way must not send the form again. The lock opens by
// itself, since an answer may be a download that leaves the page where it is.
const LOCK_MILLISECONDS = 5000;

function unlock(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") {
    return;
  }
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  form.setAttribute("aria-busy", "true");
  setTimeout(unlock, LOCK_MILLISECONDS, form);
});

// A page that comes back from the browser's memory may be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach(unlock);
});

// An open menu closes with Escape and gives the focus back.
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector("details.menu[open]");
  if (event.key === "Escape" && menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
