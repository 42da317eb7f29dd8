// Saves the form of a draft while it is typed, and says truthfully how that goes. Without this
// script the same form is saved by its button. Forms that htmx brings later are saved as well.
function keepDraft(form) {
  let url = form.dataset.draft; // empty where only the button saves
  const PAUSE = 1500;
  const RETRY = 10_000;
  const LIMIT = 20_000;
  const NOT_SAVED = "保存できていません。";
  const line = form.querySelector("[data-save-state]") ?? document.getElementById("save-state");
  const token = form.elements.namedItem("csrfmiddlewaretoken");
  let changed = false;
  let sending = false;
  let stopped = !url;
  let leaving = false;
  let timer = 0;

  function say(state, text) {
    if (line && line.textContent !== text) {
      line.dataset.state = state;
      line.textContent = text;
    }
  }

  function later(wait) {
    clearTimeout(timer);
    if (!stopped) {
      timer = setTimeout(save, wait);
    }
  }

  const request = (options) =>
    fetch(url, {
      headers: { Accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(LIMIT),
      ...options,
    });

  async function save() {
    if (sending || leaving || stopped || !changed || !form.isConnected) {
      return;
    }
    sending = true;
    changed = false;
    say("saving", "保存中…");
    try {
      await settle(await request({ method: "POST", body: new FormData(form) }));
    } catch {
      again("通信できないため、保存できていません。入力は画面に残っています。");
    }
    sending = false;
    if (changed && line?.dataset.state !== "failed") {
      later(PAUSE);
    }
  }

  async function settle(response) {
    const json = response.headers.get("Content-Type")?.includes("json");
    const { message, ...saved } = json ? await response.json() : {};
    if (response.ok) {
      form.dispatchEvent(new CustomEvent("draft-saved", { bubbles: true, detail: saved }));
      const page = saved.page ?? form.dataset.then?.replace("/-/", `/${saved.about}/`);
      if (page) {
        goOnAt(page, saved.address ?? `${page}autosave/`);
      }
      for (const name of ["revision", "mark"]) {
        const input = form.elements.namedItem(name);
        if (input && saved[name] !== undefined) {
          input.value = saved[name];
        }
      }
      say("saved", `保存しました ${saved.saved_at}`);
    } else if (response.status === 422 || (response.status === 413 && json)) {
      changed = true; // mended by typing on; what is wrong would be refused again
      say("failed", NOT_SAVED + message);
    } else if (response.status === 409) {
      stop(`${NOT_SAVED}ほかの人が内容を変更しました。入力は画面に残っています。保存のボタンを押すと、内容を確かめてから保存できます。`);
    } else if (response.status === 401) {
      again(message);
    } else if (response.status === 403 && !json) {
      await renew();
    } else {
      again("保存できていません。入力は画面に残っています。");
    }
  }

  // What was new is there now: from here on it is changed, under its own address.
  function goOnAt(page, address) {
    url = address;
    form.action = page;
    delete form.dataset.then;
    history.replaceState(null, "", page);
    const fixed = form.elements.namedItem("division")?.options ?? [];
    [...fixed].forEach((one) => one.selected || one.remove());
  }

  // Signed in anew elsewhere: the page's token is renewed, nothing typed is lost.
  async function renew() {
    const response = await request();
    if (response.ok) {
      token.value = (await response.json()).token;
      again(NOT_SAVED);
    } else {
      stop("保存する権限がありません。入力は画面に残っています。");
    }
  }

  function again(message) {
    changed = true;
    say("failed", message);
    later(RETRY);
  }

  function stop(message) {
    changed = true;
    stopped = true;
    say("failed", message);
  }

  function typed(event) {
    if (event.target.name && !event.isComposing) {
      changed = true;
      if (!stopped) {
        say("waiting", "入力中です。まもなく保存します。");
        later(PAUSE);
      }
    }
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("compositionend", typed);
  form.addEventListener("submit", (event) => {
    // Another tab only shows what was typed. A save under way would make this one look stale.
    if (event.submitter?.formTarget === "_blank" || "stays" in form.dataset) {
      return;
    }
    if (sending) {
      event.preventDefault();
      setTimeout(() => form.requestSubmit(event.submitter), 200);
      return;
    }
    leaving = true;
    clearTimeout(timer);
  });
  window.addEventListener("online", () => later(0));
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && form.isConnected && (changed || sending)) {
      event.preventDefault();
    }
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  // For whoever is about to replace the form: true once nothing is left unsaved.
  form.settleDraft = async () => {
    clearTimeout(timer);
    while (sending) {
      await new Promise((wake) => setTimeout(wake, 50));
    }
    await save();
    return !changed;
  };
  if (url) {
    say("idle", "入力した内容は自動で保存します。");
    if ("touched" in form.dataset) {
      changed = true;
      later(PAUSE);
    }
  }
}

document.querySelectorAll("form[data-draft]").forEach(keepDraft);
document.addEventListener("htmx:load", ({ target }) => {
  target.parentNode?.querySelectorAll("form[data-draft]").forEach((form) => {
    form.settleDraft ?? keepDraft(form);
  });
});
