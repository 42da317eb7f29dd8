// Pasting from Word or Excel keeps lists and tables: the server turns them into our Markdown. It
// goes in as if it were typed, so that Ctrl+Z takes it back; without a network the plain text does.
(() => {
  const KEPT = /<(?:table|ul|ol|h[1-6]|b|strong|a)\b|mso-(?:list|char-indent)|font-weight:\s*(?:bold|[6-9]00)/i;
  const LONGEST = 1_000_000;
  const WAIT = 5000;

  function insert(area, text) {
    area.focus();
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  async function converted(area, html, plain) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", area.form.elements.namedItem("csrfmiddlewaretoken").value);
    body.append("html", html);
    try {
      const signal = AbortSignal.timeout(WAIT);
      const { paste } = area.closest("[data-paste]").dataset;
      const answer = await fetch(paste, { method: "POST", body, signal, redirect: "error" });
      return (answer.ok && (await answer.text())) || plain;
    } catch {
      return plain;
    }
  }

  document.addEventListener("paste", async (event) => {
    const area = event.target.closest?.("[data-paste] textarea[name=body]");
    const html = area ? event.clipboardData.getData("text/html") : "";
    if (!KEPT.test(html) || html.length > LONGEST) {
      return;
    }
    event.preventDefault();
    const plain = event.clipboardData.getData("text/plain");
    area.readOnly = true;
    const text = await converted(area, html, plain);
    area.readOnly = false;
    insert(area, text);
  });
})();
