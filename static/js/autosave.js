// Saves the answers of a section while they are typed, and says truthfully how that goes.
// Without this script the same form is saved as a whole by its buttons.
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) {
    return;
  }
  const { autosave: url, section, person } = form.dataset;
  const inputs = window.answerInputs(form);
  const display = window.answerDisplay(form, inputs);
  const { keyOf, inputsOf, read, write, same, kept, keep } = inputs;
  const TYPING_PAUSE = 1200;
  const WAITS = [2, 4, 8, 16, 30];
  const SENDING_LIMIT = 20_000;
  const stateLine = document.getElementById("save-state");
  const seenInput = form.elements.namedItem("seen");
  const tokenInput = form.elements.namedItem("csrfmiddlewaretoken");
  const seen = JSON.parse(seenInput.value || "{}");
  const unsent = new Set(); // typed, not yet stored
  const held = new Map(); // stale or refused, with the value that was: the person decides
  let sending = null;
  let timer = 0;
  let failures = 0;
  let stopped = false;
  let leaving = false;
  let submitAfter = null;

  // --- the visible state ---

  function say(state, text) {
    stateLine.dataset.state = state;
    if (stateLine.textContent !== text) {
      stateLine.textContent = text;
    }
  }

  // --- sending ---

  function changed(key, pause) {
    if (held.has(key) && same(read(key), held.get(key))) {
      return; // only left, on the way to the buttons that ask: nothing new was typed
    }
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
    display.showQuestions(content);
    for (const [key, field] of Object.entries(content.fields)) {
      if (field.outcome === "refused") {
        display.refuse(key, field.message);
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
      if (unsent.has(key)) {
        return; // changed again meanwhile: what is sent next decides
      }
      held.set(key, sending.get(key));
      if (field.conflict) {
        const decided = (choice) => decide(key, field, choice === "theirs" ? field.value : read(key));
        display.askWhichToKeep(key, field.conflict, decided);
      }
      return;
    }
    seen[key] = [field.revision, field.mark];
    held.delete(key);
    display.settleConflict(key);
    if (!unsent.has(key)) {
      keep((all) => delete all[key]);
      const focused = inputsOf(key).includes(document.activeElement);
      if (!focused && same(read(key), sending.get(key))) {
        write(key, field.value);
      }
    }
  }

  function decide(key, field, value) {
    seen[key] = [field.revision, field.mark];
    seenInput.value = JSON.stringify(seen);
    held.delete(key);
    display.settleConflict(key);
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

  // --- what was left unsent earlier ---

  function offer() {
    const left = Object.entries(kept()).filter(([key, { section: id, value }]) => {
      return id !== section || (inputsOf(key).length && !same(read(key), value));
    });
    const keys = new Set(left.map(([key]) => key));
    keep((all) => Object.keys(all).forEach((key) => keys.has(key) || delete all[key]));
    if (left.length) {
      const discard = () => keep((all) => left.forEach(([key]) => delete all[key]));
      display.offerLeft(left, { restore, discard });
    }
  }

  function restore(entries) {
    for (const [key, { value, revision }] of entries) {
      write(key, value);
      if (revision !== (seen[key]?.[0] ?? 0)) {
        seen[key] = [revision, ""];
      }
      changed(key, 0);
    }
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

  form.addEventListener("input", (event) => {
    const key = keyOf(event.target);
    if (event.target.tagName === "TEXTAREA") {
      inputs.count(event.target);
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

  form.querySelectorAll("textarea").forEach(inputs.count);
  say("idle", "入力した内容は自動で保存します。");
  offer();
})();
