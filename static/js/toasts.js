// Says in a corner what was done. A page or an answer to htmx (header HX-Trigger) raises the event
// "toast" with {text}. Nothing disappears by itself: a reader with a magnifier needs the time.
(() => {
  const MOST = 5;
  const region = document.createElement("div");
  const list = document.createElement("ul");
  region.className = "toasts-corner no-print";
  region.setAttribute("role", "status");
  list.className = "toasts";
  region.append(list);
  document.body.append(region);

  function show(text) {
    const item = document.createElement("li");
    const words = document.createElement("p");
    const close = document.createElement("button");
    item.className = "toast";
    words.className = "toast-text";
    words.textContent = text;
    close.className = "toast-close";
    close.type = "button";
    close.dataset.toastClose = "";
    close.textContent = "閉じる";
    item.append(words, close);
    list.append(item);
    while (list.children.length > MOST) {
      list.firstElementChild.remove();
    }
  }

  document.addEventListener("toast", (event) => show(event.detail.text));

  document.addEventListener("click", (event) => {
    const item = event.target.closest?.("[data-toast-close]")?.closest(".toast");
    if (item) {
      const next = item.nextElementSibling ?? item.previousElementSibling;
      item.remove();
      (next?.querySelector("button") ?? document.getElementById("main"))?.focus();
    }
  });
})();
