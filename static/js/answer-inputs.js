// What the inputs of a section hold, and what of it survives a closed window. Used by autosave.js.
// A page loads this file first; it leaves one function, answerInputs, behind.
window.answerInputs = (form) => {
  const PREFIX = "f-";
  const storageKey = `onepublic:answers:${form.dataset.person}:${form.dataset.assignment}`;

  const keyOf = (input) =>
    input.name?.startsWith(PREFIX) && input.type !== "file" ? input.name.slice(PREFIX.length) : null;
  const inputsOf = (key) => [...form.querySelectorAll(`[name="${CSS.escape(PREFIX + key)}"]`)];
  const questionOf = (key) => inputsOf(key)[0]?.closest("[data-question]");

  function read(key) {
    const inputs = inputsOf(key);
    const checked = inputs.filter((input) => input.checked).map((input) => input.value);
    if (inputs[0].type === "checkbox") {
      return checked;
    }
    if (inputs[0].closest(".ranking")) {
      return inputs.map((input) => input.value);
    }
    return inputs[0].type === "radio" ? (checked[0] ?? "") : inputs[0].value;
  }

  function write(key, value) {
    for (const [place, input] of inputsOf(key).entries()) {
      if (input.closest(".ranking")) {
        input.value = value[place] ?? "";
      } else if (input.type === "checkbox" || input.type === "radio") {
        input.checked = [value].flat().includes(input.value);
      } else {
        input.value = value;
      }
    }
  }

  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  // Longer than the question takes is allowed while typing: cutting it off would lose text.
  function count(area) {
    const counter = form.querySelector(`[data-counter="${CSS.escape(area.name)}"]`);
    if (counter) {
      const length = [...area.value].length;
      counter.textContent = `${length.toLocaleString()} / ${Number(counter.dataset.longest).toLocaleString()}文字`;
      counter.classList.toggle("counter-over", length > Number(counter.dataset.longest));
    }
  }

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(storageKey)) ?? {};
    } catch {
      return {};
    }
  }

  function keep(change) {
    const all = kept();
    change(all);
    try {
      if (Object.keys(all).length) {
        localStorage.setItem(storageKey, JSON.stringify(all));
      } else {
        localStorage.removeItem(storageKey);
      }
    } catch {
      // A browser that keeps nothing still saves to the server.
    }
  }

  return { keyOf, inputsOf, questionOf, read, write, same, count, kept, keep };
};
