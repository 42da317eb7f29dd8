// Saves the answers of a section while they are typed, and says truthfully how that goes.
// Without this script the same form is saved as a whole by its buttons.
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) {
    return;
  }
  const { autosave: url, assignment, section, person } = form.dataset;
  const PREFIX = "f-";
  const TYPING_PAUSE = 1200;
  const WAITS = [2, 4, 8, 16, 30];
  const SENDING_LIMIT = 20_000;
  const storageKey = `onepublic:answers:${person}:${assignment}`;
  const stateLine = document.getElementById("save-state");
  const unsentBox = document.getElementById("unsent");
  const seenInput = form.elements.namedItem("seen");
  const tokenInput = form.elements.namedItem("csrfmiddlewaretoken");
  const seen = JSON.parse(seenInput.value || "{}");
  const unsent = new Set(); // typed, not yet stored
  const held = new Set(); // stale or refused: the person decides
  let sending = null;
  let timer = 0;
  let failures = 0;
  let stopped = false;
  let leaving = false;
  let submitAfter = null;

  // --- what the inputs hold ---

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
    return inputs[0].type === "radio" ? (checked[0] ?? "") : inputs[0].value;
  }

  function write(key, value) {
    for (const input of inputsOf(key)) {
      if (input.type === "checkbox" || input.type === "radio") {
        input.checked = [value].flat().includes(input.value);
      } else {
        input.value = value;
      }
    }
  }

  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  // --- what survives a closed window ---

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

  // --- the visible state ---

  function say(state, text) {
    stateLine.dataset.state = state;
    if (stateLine.textContent !== text) {
      stateLine.textContent = text;
    }
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text ?? "";
    return made;
  }

  function button(label, act) {
    const made = element("button", "button button-secondary button-small", label);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  // --- sending ---

  function changed(key, pause) {
    unsent.add(key);
    held.delete(key);
    keep((all) => {
      all[key] = { value: read(key), revision: seen[key]?.[0] ?? 0, section };
    });
    say("waiting", "入力中です。まもなく保存します。");
    later(pause);
  }

  function later(pause) {
    if (!stopped) {
      clearTimeout(timer);
      timer = setTimeout(send, pause);
    }
  }

  function request(options) {
    const headers = { Accept: "application/json", ...options?.headers };
    const signal = AbortSignal.timeout(SENDING_LIMIT);
    return fetch(url, { redirect: "error", ...options, headers, signal });
  }

  async function send() {
    clearTimeout(timer);
    if (sending || stopped || !unsent.size) {
      return finishSubmit();
    }
    sending = new Map([...unsent].map((key) => [key, read(key)]));
    unsent.clear();
    say("saving", "保存中…");
    try {
      await settle(await post());
    } catch {
      retry("保存できませんでした。入力は画面に残っています。");
    }
    sending = null;
    if (unsent.size && !failures) {
      later(0);
    } else {
      finishSubmit();
    }
  }

  function post() {
    const changes = {};
    for (const [key, value] of sending) {
      changes[key] = { value, revision: seen[key]?.[0] ?? 0 };
    }
    return request({
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": tokenInput.value },
      body: JSON.stringify({ section, changes }),
    });
  }

  async function settle(response) {
    if (response.status === 401 || response.status === 403) {
      return renew();
    }
    const content = response.headers.get("Content-Type")?.includes("json") ? await response.json() : null;
    if (content?.fields) {
      failures = 0;
      return accept(content);
    }
    if (response.status >= 500) {
      return retry("保存できませんでした。入力は画面に残っています。");
    }
    return stop(content?.message ?? "保存できませんでした。入力は画面に残っています。画面を開き直してください。");
  }

  function putBack() {
    for (const key of sending?.keys() ?? []) {
      unsent.add(key);
    }
  }

  function retry(message) {
    putBack();
    submitAfter = null;
    const wait = WAITS[Math.min(failures, WAITS.length - 1)];
    failures += 1;
    say("failed", `${message}${wait}秒後にもう一度保存します。`);
    later(wait * 1000);
  }

  function stop(message) {
    putBack();
    submitAfter = null;
    stopped = true;
    say("failed", message);
  }

  // Signed out, or signed in anew elsewhere: the page's token is renewed, nothing typed is lost.
  async function renew() {
    const response = await request({ cache: "no-store" });
    if (response.status === 401) {
      retry("ログインの有効期限が切れたため、保存できていません。入力は画面に残っています。別のタブでログインすると、自動で保存します。");
      return;
    }
    if (!response.ok) {
      stop("この回答を保存する権限がありません。入力は画面に残っています。");
      return;
    }
    const { token, person: current } = await response.json();
    if (String(current) !== person) {
      stop("別の利用者としてログインされているため、保存できません。入力は画面に残っています。");
      return;
    }
    tokenInput.value = token;
    putBack();
    failures = 0;
  }

  // --- what the server answers ---

  function accept(content) {
    for (const [key, field] of Object.entries(content.fields)) {
      acceptField(key, field);
    }
    seenInput.value = JSON.stringify(seen);
    showQuestions(content);
    for (const [key, field] of Object.entries(content.fields)) {
      if (field.outcome === "refused") {
        refuse(key, field.message);
      }
    }
    if (held.size) {
      say("held", `${held.size}件は保存していません。それぞれの表示を確認してください。`);
    } else {
      say("saved", `保存しました ${content.saved_at}`);
    }
  }

  function acceptField(key, field) {
    if (field.outcome !== "saved") {
      held.add(key);
      if (field.conflict) {
        ask(key, field);
      }
      return;
    }
    seen[key] = [field.revision, field.mark];
    questionOf(key)?.querySelector(`[data-conflict="${CSS.escape(key)}"]`)?.remove();
    if (!unsent.has(key)) {
      keep((all) => delete all[key]);
      const focused = inputsOf(key).includes(document.activeElement);
      if (!focused && same(read(key), sending.get(key))) {
        write(key, field.value);
      }
    }
  }

  function refuse(key, message) {
    const line = element("p", "question-message question-message-invalid", `エラー：${message}`);
    document.getElementById(`messages-${questionOf(key)?.dataset.question}`)?.append(line);
    for (const input of inputsOf(key)) {
      input.setAttribute("aria-invalid", "true");
    }
  }

  function ask(key, field) {
    const { label, theirs, yours, writer } = field.conflict;
    const box = element("div", "conflict");
    box.dataset.conflict = key;
    box.setAttribute("role", "alert");
    const who = writer ? `ほかの方（${writer}）` : "ほかの方";
    box.append(element("p", "conflict-title", `「${label}」は、${who}が先に保存しました。どちらを残すか選んでください。`));
    box.append(choice("保存されている回答", theirs, "こちらを使う", () => decide(key, field, field.value)));
    box.append(choice("あなたの入力", yours, "こちらで上書きする", () => decide(key, field, read(key))));
    const question = questionOf(key);
    question.querySelector(`[data-conflict="${CSS.escape(key)}"]`)?.remove();
    question.append(box);
  }

  function choice(title, text, label, act) {
    const row = element("div", "conflict-choice");
    row.append(element("p", "quiet small", title), element("p", "conflict-value", text), button(label, act));
    return row;
  }

  function decide(key, field, value) {
    seen[key] = [field.revision, field.mark];
    seenInput.value = JSON.stringify(seen);
    held.delete(key);
    questionOf(key).querySelector(`[data-conflict="${CSS.escape(key)}"]`)?.remove();
    const keepsTheirs = same(value, field.value);
    write(key, value);
    if (keepsTheirs) {
      keep((all) => delete all[key]);
      say("saved", "保存されている回答を残しました。");
    } else {
      changed(key, 0);
    }
    inputsOf(key)[0]?.focus();
  }

  // --- what follows from the answers ---

  function showQuestions(content) {
    for (const [id, question] of Object.entries(content.questions)) {
      const box = document.getElementById(`q-${id}`);
      if (!box) {
        continue;
      }
      box.hidden = !question.visible;
      showMessages(id, question.messages);
      showTotals(box, question.totals);
    }
    const visible = new Set(content.visible_fields);
    for (const box of form.querySelectorAll("[data-field]")) {
      box.hidden = !visible.has(box.dataset.field);
    }
    const wrong = new Set(content.wrong);
    for (const input of form.elements) {
      const key = keyOf(input);
      if (key !== null) {
        input.toggleAttribute("aria-invalid", wrong.has(key));
        if (wrong.has(key)) {
          input.setAttribute("aria-invalid", "true");
        }
      }
    }
    showSteps(content.sections);
  }

  // A live region that is written anew is read anew: only what differs is replaced.
  function showMessages(id, messages) {
    const words = { warning: "注意：", blank: "未入力：" };
    const texts = messages.map(({ level, text }) => [level, (words[level] ?? "エラー：") + text]);
    const region = document.getElementById(`messages-${id}`);
    const shown = [...region.children].map((line) => line.textContent);
    if (same(shown, texts.map(([, text]) => text))) {
      return;
    }
    region.replaceChildren(
      ...texts.map(([level, text]) => element("p", `question-message question-message-${level}`, text)),
    );
  }

  function showTotals(box, totals) {
    for (const output of totals ? box.querySelectorAll("[data-total]") : []) {
      const { total, part } = output.dataset;
      output.textContent = (part ? totals[total][part] : totals[total]) ?? "";
    }
  }

  function showSteps(steps) {
    const list = document.querySelector(".task-list");
    list?.replaceChildren(
      ...steps.map((step) => {
        const item = element("li", "task");
        item.dataset.sectionStep = step.id;
        if (step.current) {
          item.setAttribute("aria-current", "step");
        }
        const link = element("a", "", step.title);
        link.href = step.url;
        item.append(link, element("span", `badge badge-${step.tone}`, step.state));
        return item;
      }),
    );
  }

  // --- what was left unsent earlier ---

  function offer() {
    const left = Object.entries(kept()).filter(([key, { section: id, value }]) => {
      return id !== section || (inputsOf(key).length && !same(read(key), value));
    });
    keep((all) => {
      const keys = new Set(left.map(([key]) => key));
      Object.keys(all).forEach((key) => keys.has(key) || delete all[key]);
    });
    const here = left.filter(([, { section: id }]) => id === section);
    if (!left.length) {
      return;
    }
    const other = left.length - here.length;
    const where = other ? `（このうち${other}件は、ほかの節の入力です）` : "";
    unsentBox.append(element("p", "conflict-title", `前回保存できなかった入力が${left.length}件、この端末に残っています${where}。`));
    const row = element("div", "cluster");
    if (here.length) {
      row.append(button("入力を戻して保存する", () => restore(here)));
    }
    for (const id of new Set(left.map(([, entry]) => entry.section).filter((id) => id !== section))) {
      const link = document.querySelector(`[data-section-step="${CSS.escape(id)}"] a`)?.cloneNode(true);
      row.append(...(link ? [link] : []));
    }
    row.append(button("破棄する", () => close(() => keep((all) => left.forEach(([key]) => delete all[key])))));
    unsentBox.append(row);
    unsentBox.hidden = false;
  }

  function restore(entries) {
    close(() => {
      for (const [key, { value, revision }] of entries) {
        write(key, value);
        if (revision !== (seen[key]?.[0] ?? 0)) {
          seen[key] = [revision, ""];
        }
        changed(key, 0);
      }
    });
  }

  function close(act) {
    act();
    unsentBox.hidden = true;
    unsentBox.replaceChildren();
  }

  // --- listening ---

  function finishSubmit() {
    if (!submitAfter || sending || unsent.size) {
      return;
    }
    const submitter = submitAfter;
    submitAfter = null;
    if (held.size) {
      form.querySelector("[data-conflict] button, [aria-invalid]")?.focus();
      return;
    }
    leaving = true;
    form.requestSubmit(submitter);
  }

  function count(area) {
    const counter = form.querySelector(`[data-counter="${CSS.escape(area.name)}"]`);
    if (counter) {
      const length = [...area.value].length;
      counter.textContent = `${length.toLocaleString()} / ${Number(counter.dataset.longest).toLocaleString()}文字`;
      counter.classList.toggle("counter-over", length > Number(counter.dataset.longest));
    }
  }

  form.addEventListener("input", (event) => {
    const key = keyOf(event.target);
    if (event.target.tagName === "TEXTAREA") {
      count(event.target);
    }
    if (key !== null && !event.isComposing) {
      changed(key, TYPING_PAUSE);
    }
  });
  form.addEventListener("compositionend", (event) => {
    const key = keyOf(event.target);
    if (key !== null) {
      changed(key, TYPING_PAUSE);
    }
  });
  form.addEventListener("change", (event) => {
    const key = keyOf(event.target);
    if (key !== null) {
      changed(key, 0);
    }
  });
  form.addEventListener("submit", (event) => {
    if (leaving || stopped || (!unsent.size && !sending && !held.size)) {
      leaving = true;
      return;
    }
    event.preventDefault();
    submitAfter = event.submitter;
    send();
  });
  window.addEventListener("online", () => later(0));
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (unsent.size || sending || held.size)) {
      event.preventDefault();
    }
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });

  form.querySelectorAll("textarea").forEach(count);
  say("idle", "入力した内容は自動で保存します。");
  offer();
})();
