// Shows how far a file has come. A form whose file field has components/upload.html is sent with progress;
// without this script the browser sends the same form. The answer replaces the page's main part.
(() => {
  const REFUSED = "upload-refused";
  let replaced = false;
  const megabytes = (bytes) => `${(bytes / 1024 / 1024).toFixed(1)}MB`;
  const partsOf = (box) => ({
    input: box.querySelector("input[type=file]"),
    state: box.querySelector(".upload-state"),
    words: box.querySelector(".upload-words"),
    bar: box.querySelector("progress"),
    stop: box.querySelector("[data-upload-stop]"),
  });

  function tell(box, sentence, { refused = false, sending = false } = {}) {
    const { state, words, bar, stop } = partsOf(box);
    state.hidden = !sentence;
    words.textContent = sentence;
    words.classList.toggle(REFUSED, refused);
    bar.hidden = stop.hidden = !sending;
  }

  // True when every chosen file may be sent; otherwise says which may not, before it is sent.
  function sizesAllowed(box) {
    const { input } = partsOf(box);
    const most = Number(input.dataset.maxBytes) || Infinity;
    const large = [...input.files].find((file) => file.size > most);
    if (large) {
      const limit = `1ファイル${megabytes(most)}まで送信できます。`;
      tell(box, `「${large.name}」は${megabytes(large.size)}あります。${limit}`, { refused: true });
    } else {
      tell(box, "");
    }
    input.setAttribute("aria-invalid", String(Boolean(large)));
    return !large;
  }

  function showAnswer(request, box) {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const main = page.getElementById("main");
    // A refused form comes back with its errors; any other refusal must not take the form away.
    if (!main || (request.status >= 400 && !main.querySelector(".error-summary"))) {
      const why = main?.querySelector("h1")?.textContent ?? "しばらくしてから、もう一度送信してください";
      const told = `送信できませんでした（エラー番号 ${request.status}）。${why}。`;
      tell(box, `${told}ファイルは選んだままです。`, { refused: true });
      return;
    }
    document.title = page.title;
    document.getElementById("main").replaceWith(main);
    if (request.responseURL !== location.href) {
      history.pushState({}, "", request.responseURL);
      replaced = true;
    }
    window.htmx?.process(main);
    (main.querySelector(".error-summary") ?? main).focus();
    scrollTo(0, 0);
  }

  function send(form, box, submitter) {
    const { bar, stop } = partsOf(box);
    const request = new XMLHttpRequest();
    const sent = new FormData(form, submitter);
    const failed = () =>
      tell(box, "通信が切れました。ファイルは選んだままです。もう一度送信してください。", {
        refused: true,
      });
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      const percent = total ? Math.floor((100 * loaded) / total) : 0;
      bar.value = percent;
      const words = percent < 100 ? `送信しています（${percent}%）` : "送信しました。確認しています。";
      tell(box, words, { sending: true });
    });
    request.addEventListener("load", () => showAnswer(request, box));
    request.addEventListener("error", failed);
    request.addEventListener("abort", () => tell(box, "送信をやめました。"));
    request.addEventListener("loadend", () => {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    });
    stop.onclick = () => request.abort();
    tell(box, "送信を始めます。", { sending: true });
    request.open("POST", form.action);
    request.send(sent);
  }

  document.addEventListener("change", (event) => {
    const box = event.target.closest?.("[data-upload]");
    if (box) {
      sizesAllowed(box);
    }
  });

  // While capturing: the lock against a second press (forms.js) must see what was decided here.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const boxes = [...form.querySelectorAll("[data-upload]")];
      const chosen = boxes.filter((box) => partsOf(box).input.files.length);
      if (!chosen.length || form.method !== "post") {
        return;
      }
      event.preventDefault();
      if (!form.dataset.sent && chosen.every(sizesAllowed)) {
        form.dataset.sent = "true";
        form.setAttribute("aria-busy", "true");
        send(form, chosen[0], event.submitter);
      }
    },
    true,
  );

  // Going back to the page before: its address alone does not bring its content.
  addEventListener("popstate", () => replaced && location.reload());
})();
