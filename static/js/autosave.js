// Saves the answers of a section while they are typed, and says truthfully how that goes.
// Without this script the same form is saved as a whole by its buttons.
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) {
    return;
  }
  const { section, signIn } = form.dataset;
  const inputs = window.answerInputs(form);
  const display = window.answerDisplay(form, inputs);
  const server = window.answerServer(form);
  const { keyOf, inputsOf, read, write, same, kept, keep } = inputs;
  const TYPING_PAUSE = 1000;
  const LONGEST_WAIT = 1500; // also of somebody who types without a pause: saved within two seconds
  const WAITS = [2, 4, 8, 16, 30];
  const stateLine = document.getElementById("save-state");
  const seenInput = form.elements.namedItem("seen");
  const seen = JSON.parse(seenInput.value || "{}");
  const unsent = new Set(); // typed, not yet stored
  const held = new Map(); // stale or refused, with the value that was: the person decides
  const tried = new Map(); // sent without an answer: the values that may be stored after all
  let sending = null;
  let timer = 0;
  let waitingSince = 0;
  let failures = 0;
  let most = Infinity; // fields sent at once
  let stopped = false;
  let leaving = false;
  let submitAfter = null;

  // --- the visible state ---

  function say(state, text, link) {
    stateLine.dataset.state = state;
    if (stateLine.textContent !== text + (link?.textContent ?? "")) {
      stateLine.replaceChildren(text, ...(link ? [link] : []));
    }
  }

  function signInLink() {
    const link = document.createElement("a");
    link.href = signIn;
    link.target = "_blank";
    link.textContent = "ログイン画面を別のタブで開く";
    return link;
  }

  // --- sending ---

  function changed(key, pause) {
    if (held.has(key) && same(read(key), held.get(key))) {
      return; // only left, on the way to the buttons that ask: nothing new was typed
    }
    waitingSince = unsent.size ? waitingSince : Date.now();
    unsent.add(key);
    held.delete(key);
    keep((all) => {
      all[key] = { value: read(key), revision: seen[key]?.[0] ?? 0, section };
    });
    if (!failures && !stopped) {
      say("waiting", "入力中です。まもなく保存します。");
      later(Math.min(pause, Math.max(0, waitingSince + LONGEST_WAIT - Date.now())));
    }
  }

  function later(pause) {
    if (!stopped) {
      clearTimeout(timer);
      timer = setTimeout(send, pause);
    }
  }

  async function send() {
    clearTimeout(timer);
    if (sending || stopped || !unsent.size) {
      return finishSubmit();
    }
    const keys = [...unsent].slice(0, most);
    sending = new Map(keys.map((key) => [key, read(key)]));
    keys.forEach((key) => unsent.delete(key));
    waitingSince = Date.now();
    if (!failures) {
      say("saving", "保存中…");
    }
    settle(await server.send(changes()));
    sending = null;
    if (unsent.size && !failures) {
      later(0);
    } else {
      finishSubmit();
    }
  }

  function changes() {
    const all = [...sending].map(([key, value]) => [key, { value, revision: seen[key]?.[0] ?? 0 }]);
    return Object.fromEntries(all);
  }

  function settle(outcome) {
    if (outcome.kind === "stored") {
      failures = 0;
      return accept(outcome.content);
    }
    if (outcome.kind === "smaller" && sending.size === 1) {
      const [[key, value]] = sending;
      held.set(key, value);
      display.refuse(key, "内容が大きすぎるため保存できません。短くしてください。");
      return say("held", "1件は保存していません。表示を確認してください。");
    }
    sending.forEach((value, key) => unsent.add(key));
    if (outcome.kind === "smaller") {
      most = Math.ceil(sending.size / 2);
    } else if (outcome.kind === "again") {
      retry(outcome);
    } else if (outcome.kind === "end") {
      submitAfter = null;
      stopped = true;
      say("failed", outcome.text);
    } else {
      failures = 0;
    }
  }

  function retry({ text, signIn: isSignedOut }) {
    submitAfter = null;
    sending.forEach((value, key) => tried.set(key, [...(tried.get(key) ?? []), value]));
    const wait = WAITS[Math.min(failures, WAITS.length - 1)];
    failures += 1;
    if (isSignedOut) {
      say("failed", text, signInLink());
    } else {
      say("failed", `${text}自動でもう一度保存します。`);
    }
    later(wait * 1000);
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
    } else if (unsent.size) {
      say("waiting", "入力中です。まもなく保存します。");
    } else {
      say("saved", `保存しました ${content.saved_at}`);
    }
  }

  function acceptField(key, field) {
    const before = tried.get(key) ?? [];
    tried.delete(key);
    if (field.outcome === "saved") {
      return acceptSaved(key, field);
    }
    if (field.conflict?.own && before.some((value) => same(value, field.value))) {
      seen[key] = [field.revision, field.mark]; // our own write, whose answer got lost on the way
      unsent.add(key);
      return;
    }
    if (unsent.has(key)) {
      return; // changed again meanwhile: what is sent next decides
    }
    held.set(key, sending.get(key));
    if (field.conflict) {
      const decided = (choice) => decide(key, field, choice === "theirs" ? field.value : read(key));
      display.askWhichToKeep(key, field.conflict, decided);
    }
  }

  function acceptSaved(key, field) {
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

  function listen(kind, pause) {
    form.addEventListener(kind, (event) => {
      const key = keyOf(event.target);
      if (event.target.tagName === "TEXTAREA") {
        inputs.count(event.target);
      }
      if (key !== null && !event.isComposing) {
        changed(key, pause);
      }
    });
  }

  listen("input", TYPING_PAUSE);
  listen("compositionend", TYPING_PAUSE);
  listen("change", 0);
  form.addEventListener("submit", (event) => {
    if (leaving || stopped || (!unsent.size && !sending && !held.size)) {
      leaving = true;
      return;
    }
    event.preventDefault();
    submitAfter = event.submitter;
    send();
  });
  // Back in this tab, perhaps from the one where the person signed in; or back on the network.
  ["online", "focus"].forEach((kind) => window.addEventListener(kind, () => failures && later(0)));
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
