// Small comforts for forms; everything works without them.

// The reader hears at once what is wrong on a page that was refused, or what was done on the page
// before; the next press of Tab goes on from there instead of through the header once more.
const told = document.title.startsWith("エラー") ? ".error-summary" : "#messages > *";
const news = document.querySelector(told);
if (news) {
  news.tabIndex = -1;
  news.focus();
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
  if (event.defaultPrevented || form.method !== "post" || event.submitter?.formTarget === "_blank") {
    return; // another tab only shows what was typed: here the form stays and may be sent
  }
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  // The answer would be opened at the place to which a link of this page has led last, and the
  // focus would go there instead of to the news.
  if (location.hash) {
    history.replaceState(history.state, "", location.pathname + location.search);
  }
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
