// The preview follows what is typed, as the page of a response does; nothing is stored.
(() => {
  const form = document.querySelector("form[data-preview]");
  if (!form) {
    return;
  }
  const inputs = window.answerInputs(form);
  const display = window.answerDisplay(form, inputs);
  let last = 0;

  async function follow() {
    const turn = ++last;
    const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form) });
    if (!answer.ok || turn !== last) {
      return;
    }
    const content = await answer.json();
    display.showQuestions({ ...content, sections: [] });
    const visible = new Set(content.visible_sections);
    for (const section of form.querySelectorAll("[data-preview-section]")) {
      section.hidden = !visible.has(section.dataset.previewSection);
    }
  }

  // Offline or signed out: the button below still asks the server, and says so.
  form.addEventListener("change", () => follow().catch(() => {}));
})();
