// A button that copies the field named by data-copy; without this script the field is selected by hand.
(() => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        return; // not allowed here: the text is selected, ready for Ctrl+C
      }
      document.dispatchEvent(new CustomEvent("toast", { detail: { text: "コピーしました。" } }));
    });
  }
})();
