// Says who else has the response open. What is not known for sure is not shown: without an answer
// from the server the line is empty. A page that is hidden or closed says that it is left.
(() => {
  const line = document.getElementById("presence");
  if (!line) {
    return;
  }
  const { address, section, beat } = line.dataset;
  const SENDING_LIMIT = 5_000;
  const page = document.getElementById("answers") ?? document; // whose token is renewed after a sign-in
  const token = () => page.querySelector("[name=csrfmiddlewaretoken]").value;

  function show(text) {
    if (line.textContent !== text) {
      line.textContent = text;
    }
  }

  function send(facts, options) {
    const body = new URLSearchParams({ section, ...facts });
    const headers = { Accept: "application/json", "X-CSRFToken": token() };
    return fetch(address, { method: "POST", redirect: "error", headers, body, ...options });
  }

  async function sign() {
    if (document.visibilityState === "hidden") {
      return;
    }
    try {
      const response = await send({}, { signal: AbortSignal.timeout(SENDING_LIMIT) });
      show(response.ok ? (await response.json()).text : "");
    } catch {
      show("");
    }
  }

  function leave() {
    send({ leaving: "1" }, { keepalive: true }).catch(() => {}); // else the time limit tells it
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      show("");
      leave();
    } else {
      sign();
    }
  });
  setInterval(sign, Number(beat) * 1000);
  sign();
})();
