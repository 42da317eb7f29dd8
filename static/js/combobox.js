// A field that proposes while one types, after the combobox pattern of ARIA 1.2: the focus stays in
// the field, aria-activedescendant names the proposal. The field's data-combobox is an address
// that answers ?q= with {"options": [{"value", "label", "note"}]}.
(() => {
  const TYPING_PAUSE = 200;

  function enhance(box) {
    const input = box.querySelector("input");
    const list = document.createElement("ul");
    const status = document.createElement("span");
    const option = (place) => list.children[place];
    let active = -1;
    let timer = 0;
    let asking = null;

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function activate(place) {
      option(active)?.setAttribute("aria-selected", "false");
      active = (place + list.children.length) % list.children.length;
      option(active).setAttribute("aria-selected", "true");
      option(active).scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option(active).id);
    }

    function choose(place) {
      input.value = option(place).dataset.value;
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function itemFor({ value, label, note }, place) {
      const item = document.createElement("li");
      const name = document.createElement("span");
      const beside = document.createElement("span");
      item.id = `${input.id}_option_${place}`;
      item.className = "combobox-option";
      item.dataset.value = value;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      name.textContent = label;
      beside.className = "combobox-note";
      beside.textContent = note;
      item.append(name, beside);
      return item;
    }

    function show(options) {
      close();
      list.replaceChildren(...options.map(itemFor));
      list.hidden = !options.length;
      input.setAttribute("aria-expanded", String(Boolean(options.length)));
      status.textContent = options.length ? `候補が${options.length}件あります。` : "候補がありません。";
    }

    async function ask() {
      asking?.abort();
      asking = new AbortController();
      const query = new URLSearchParams({ q: input.value });
      const { signal } = asking;
      try {
        const answer = await fetch(`${box.dataset.combobox}?${query}`, { signal });
        show(answer.ok ? (await answer.json()).options : []);
      } catch {
        close(); // typed on, or no connection: the field stays a field of text
      }
    }

    const keys = {
      ArrowDown: () => (list.hidden ? ask() : activate(active + 1)),
      ArrowUp: () => list.hidden || activate(active < 0 ? -1 : active - 1),
      Enter: () => choose(active),
      Escape: close,
    };

    list.id = `${input.id}_list`;
    list.className = "combobox-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "候補");
    list.hidden = true;
    status.className = "hidden-visually";
    status.setAttribute("role", "status");
    input.removeAttribute("list");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    box.append(list, status);

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => (input.value.trim() ? ask() : close()), TYPING_PAUSE);
    });
    input.addEventListener("keydown", (event) => {
      const meant = !event.isComposing && (event.key !== "Enter" || active >= 0);
      if (meant && keys[event.key] && (event.key !== "Escape" || !list.hidden)) {
        event.preventDefault();
        keys[event.key]();
      }
    });
    input.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) {
        choose([...list.children].indexOf(item));
      }
    });
  }

  const enhanceAll = (part) => part.querySelectorAll("[data-combobox]").forEach(enhance);
  enhanceAll(document);
  document.addEventListener("htmx:afterSettle", (event) => enhanceAll(event.target));
})();
