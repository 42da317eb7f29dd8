// The builder of questionnaires: what stands open is saved before anything else is done, the focus
// stays with what was moved, and cards can be dragged. Everything has its button without this script.
(() => {
  // A request replaces the cards: an open form that can't be saved keeps it from happening. The form
  // that is sent itself goes in any case, and comes back with what is wrong.
  document.addEventListener("htmx:confirm", (event) => {
    const forms = [...document.querySelectorAll("form[data-stays]")].filter((form) => form.settleDraft);
    if (event.detail.verb !== "post" || !forms.length) {
      return;
    }
    event.preventDefault();
    Promise.all(forms.map((form) => form.settleDraft())).then((settled) => {
      const open = forms.find((form, place) => !settled[place] && !form.contains(event.target));
      if (open) {
        open.scrollIntoView({ block: "center" });
        open.querySelector("input:not([type=hidden]), select, textarea").focus();
      } else {
        event.detail.issueRequest(true);
      }
    });
  });

  // A form that saved itself has followed on what the page shows, unless somebody else wrote too.
  document.addEventListener("draft-saved", ({ target, detail }) => {
    const steps = document.querySelector("#steps [name=revision]");
    document.getElementById("undo")?.removeAttribute("aria-disabled");
    if (detail.seen_all && steps?.value === target.elements.namedItem("revision").value) {
      steps.value = detail.revision;
    }
  });

  // A refused form comes with its reasons: it is shown all the same.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if ([409, 422].includes(detail.xhr.status)) {
      detail.shouldSwap = true;
    }
  });

  document.addEventListener("htmx:afterSettle", ({ target }) => {
    document.getElementById(target.dataset?.focus)?.focus();
    grips();
  });

  // Lines pasted into an option become options of their own.
  document.addEventListener("paste", (event) => {
    const list = event.target.closest?.("[data-build-rows]");
    const text = event.clipboardData.getData("text/plain").trim();
    if (event.target.type === "text" && list && text.includes("\n")) {
      event.preventDefault();
      list.querySelector("textarea[name$=-paste]").value = text;
      list.querySelector("button[value$=paste]").click();
    }
  });

  // --- dragging ---

  const EDGE = 80;
  let held = null;
  let drop = null;

  function grips() {
    document.querySelectorAll("[data-grip][hidden]").forEach((grip) => {
      grip.hidden = false;
      grip.ariaHidden = "true"; // the buttons do the same, and have names
    });
  }

  function mark(place) {
    drop?.classList.remove("build-drop");
    drop = place;
    drop?.classList.add("build-drop");
  }

  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest?.("[data-grip]");
    if (grip && event.button === 0) {
      held = grip.closest("[data-card]");
      held.classList.add("build-held");
      grip.setPointerCapture(event.pointerId);
      event.preventDefault();
    }
  });

  document.addEventListener("pointermove", (event) => {
    if (!held) {
      return;
    }
    if (event.clientY < EDGE || event.clientY > innerHeight - 2 * EDGE) {
      scrollBy(0, event.clientY < EDGE ? -20 : 20);
    }
    const under = document.elementFromPoint(event.clientX, event.clientY);
    mark(under?.closest("[data-card], .build-section-head") ?? drop);
  });

  function letGo() {
    const [card, place] = [held, drop];
    held?.classList.remove("build-held");
    mark(null);
    held = null;
    const section = place?.closest("[data-section]")?.dataset.section;
    if (card && section && place !== card) {
      const button = document.createElement("button");
      Object.assign(button, { type: "submit", name: "do", hidden: true });
      button.value = `place ${card.dataset.card} ${section} ${place.dataset.card ?? "-"}`;
      document.getElementById("steps").append(button);
      button.click();
    }
  }

  document.addEventListener("pointerup", letGo);
  document.addEventListener("pointercancel", () => {
    mark(null);
    letGo();
  });
  document.addEventListener("keydown", (event) => {
    if (held && event.key === "Escape") {
      mark(null);
      letGo();
    }
  });

  grips();
})();
