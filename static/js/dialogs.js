// A link with data-dialog asks in a dialog of the page instead of leading to the page that asks.
// The first button is the harmless one, so that it has the focus when the dialog opens.
document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("a[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    dialog.showModal();
  }
  if (event.target.closest?.("[data-dialog-close]")) {
    event.target.closest("dialog").close();
  }
});
