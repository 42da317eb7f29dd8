// A button that copies the field named by data-copy around it; without this script it is not shown.
(() => {
  for (const place of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(place.dataset.copy);
    place.hidden = false;
    place.firstElementChild.addEventListener("click", async () => {
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
